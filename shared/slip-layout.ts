import type { Slip } from './slip.ts'

/** Paper widths (mm) that are sold, with the columns of a half-width character and the dots across. */
export const papers = {
  58: { columns: 32, dots: 384 },
  80: { columns: 48, dots: 576 },
} as const
export type PaperWidth = keyof typeof papers

/** One line as it stands on paper: `text` fits the columns, half of them where it is large. */
export type PaperLine =
  | { readonly kind: 'text'; readonly text: string; readonly large: boolean }
  | { readonly kind: 'qr'; readonly text: string }

// Controls, unseen format characters, separators of lines, and halves of characters: nothing of them can be seen on paper.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
/** What code pages of printers lack, by what they have: the minus of the screens takes four bytes, the plain one none of them misreads. */
const plainer: Readonly<Record<string, string>> = { '\u2212': '-', '\u00a5': '\uffe5', '\u00a0': ' ' }

/** A text of which every character stands on paper and none can reach the printer as a command. */
export function printable(text: string): string {
  return text.replace(unprintable, '').replace(/[\u2212\u00a5\u00a0]/g, sign => plainer[sign] ?? sign)
}

/** Columns that a text takes: one for ASCII, two for everything else, as printers in their Chinese mode set it. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const letter of text) columns += letter <= '~' ? 1 : 2
  return columns
}

/** Cuts a text into lines of at most so many columns: between words of Latin letters, anywhere in Chinese. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.match(/[!-~]+|[^!-~]/gu) ?? []) {
    if (columnsOf(line + word) <= columns) {
      line += word
      continue
    }
    if (line.trim() !== '') lines.push(line.trimEnd())
    line = ''
    // A word that is longer than a line is cut where the line ends.
    for (const letter of word === ' ' ? '' : word) {
      if (columnsOf(line + letter) > columns) {
        lines.push(line)
        line = ''
      }
      line += letter
    }
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd())
  return lines
}

function pair(left: string, right: string, columns: number): string[] {
  const ends = wrapped(right, columns).map(line => ' '.repeat(columns - columnsOf(line)) + line)
  const begins = left === '' ? [] : wrapped(left, columns)
  const [end] = ends
  const last = begins.at(-1)
  if (end === undefined || last === undefined || ends.length > 1) return [...begins, ...ends]
  const gap = columns - columnsOf(last) - columnsOf(end.trimStart())
  return gap > 0 ? [...begins.slice(0, -1), last + ' '.repeat(gap) + end.trimStart()] : [...begins, end]
}

/** The lines of a slip on paper of a width; no text is lost, whatever its length. */
export function layOutSlip(slip: Slip, width: PaperWidth): PaperLine[] {
  const { columns } = papers[width]
  return slip.flatMap((part): PaperLine[] => {
    if (part.kind === 'qr') return [{ kind: 'qr', text: part.text }]
    if (part.kind === 'rule') return [{ kind: 'text', text: '-'.repeat(columns), large: false }]
    const large = part.size === 'large'
    const room = large ? columns / 2 : columns
    const left = printable(part.left)
    const texts =
      part.right === undefined
        ? wrapped(left, room).map(line =>
            part.center ? ' '.repeat(Math.floor((room - columnsOf(line)) / 2)) + line : line,
          )
        : pair(left, printable(part.right), room)
    return texts.map(text => ({ kind: 'text', text, large }))
  })
}
