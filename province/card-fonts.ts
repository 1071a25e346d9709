import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** The package of Noto Serif SC, whose files each hold some of the characters, as its `unicode.json` says. */
const home = dirname(createRequire(import.meta.url).resolve('@fontsource/noto-serif-sc/package.json'))

interface Subset {
  readonly file: string
  readonly ranges: readonly (readonly [from: number, to: number])[]
}

let subsets: readonly Subset[] | null = null

function allSubsets(): readonly Subset[] {
  if (subsets !== null) return subsets
  const listed = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(home, 'unicode.json'), 'utf8')))
  subsets = Object.entries(listed).map(([name, ranges]) => ({
    file: join(home, 'files', `noto-serif-sc-${name.replace(/[[\]]/g, '')}-600-normal.woff`),
    ranges: ranges.split(',').map(range => {
      const [from = '', to = from] = range.replace(/^U\+/i, '').split('-')
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
    }),
  }))
  return subsets
}

/** The font file that draws a character; null where the typeface does not have it. */
export function fontFileFor(character: string): string | null {
  const code = character.codePointAt(0) ?? 0
  return allSubsets().find(({ ranges }) => ranges.some(([from, to]) => from <= code && code <= to))?.file ?? null
}
