import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One fenced block of the page: the words after the fence, and what stands inside. */
interface Block {
  readonly label: string
  readonly text: string
}

export interface Example {
  /** The record's bytes as the page shows them. */
  readonly text: string
  readonly hash: string
  readonly signature: string
}

const pageFile = join(import.meta.dirname, '../../../docs/record-format.md')

/** docs/record-format.md, read as another programmer would: its text, its examples in order, and the values that it publishes. */
export function readFormatPage() {
  const page = readFileSync(pageFile, 'utf8')
  const blocks: Block[] = [...page.matchAll(/^```(.*)\n([\s\S]*?)\n```$/gm)].map(([, label = '', text = '']) => ({
    label,
    text,
  }))
  const labelled = (label: string) => blocks.flatMap(block => (block.label === label ? [block.text] : []))
  const proofs = labelled('text proof').map(pairs)
  const examples = labelled('json record').map((text, index): Example => {
    const proof = proofs[index]
    return { text, hash: proof?.get('hash') ?? '', signature: proof?.get('signature') ?? '' }
  })
  const keys = pairs(labelled('text keys').join('\n'))
  return {
    page,
    examples,
    key(name: string): string {
      const value = keys.get(name)
      if (value === undefined) throw new Error(`the page publishes no ${name}`)
      return value
    },
    openedInputs: labelled('json opened-inputs'),
    quotes: labelled('json quote'),
    openedCard: labelled('json opened-card').join(''),
    openedAgent: labelled('json opened-agent').join(''),
    openedProxy: labelled('json opened-proxy').join(''),
    openedNote: labelled('json opened-note').join(''),
    sealed: labelled('text sealed').join(''),
    anchor: labelled('json anchor').join(''),
  }
}

function pairs(text: string): Map<string, string> {
  return new Map(
    text.split('\n').map(line => {
      const [name = '', value = ''] = line.split(' ')
      return [name, value]
    }),
  )
}
