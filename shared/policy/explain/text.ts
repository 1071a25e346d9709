import type { Phrases } from './phrases.ts'

/** A sentence without its closing mark, the numbered points that it announces, and sentences that follow them. */
export type Text = {
  readonly text: string
  readonly items?: readonly Text[] | undefined
  readonly after?: readonly Text[] | undefined
}

type Place = { readonly indent: number; readonly numbers: readonly number[]; readonly end: string }

/** A text as lines, two blanks deeper for each level of points; the points of a point carry the numbers of both. */
export function linesOf(text: Text, phrases: Phrases, place: Partial<Place> = {}): string[] {
  const { indent = 0, numbers = [], end = phrases.marks.sentence } = place
  const { items = [], after = [] } = text
  const marker = numbers.length === 0 ? '' : phrases.marker(numbers)
  const first = `${'  '.repeat(indent)}${marker}${text.text}${items.length > 0 ? phrases.marks.list : end}`
  const points = items.flatMap((item, index) => {
    const last = index === items.length - 1
    return linesOf(item, phrases, {
      indent: indent + 1,
      numbers: [...numbers, index + 1],
      end: last ? end : phrases.marks.item,
    })
  })
  return [first, ...points, ...after.flatMap(item => linesOf(item, phrases, { indent: indent + 1 }))]
}
