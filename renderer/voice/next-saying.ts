import { type Aloud, type Piece, type Shown, sentenceOf } from '../../shared/voice/sentences.ts'

/** What the till says next. `cuts`: at once, whatever is being said; else once that is over. `hint`: how to present a card, a code or a face. */
export interface Saying {
  readonly sentence: readonly Piece[]
  readonly cuts: boolean
  readonly hint: boolean
}

/** The moment that a view shows: the core tells a view again whenever anything changed, and a moment speaks once. */
function momentOf({ now, atCamera }: Shown): string {
  if (atCamera !== null) return `camera ${atCamera}`
  return 'at' in now ? `${now.state} ${now.at}` : now.state
}

const sameSentence = (one: readonly Piece[], other: readonly Piece[]) => JSON.stringify(one) === JSON.stringify(other)

/**
 * What is said when one view follows another: a sentence, `hush` where the next person has come and nothing is to be said yet, or null.
 * A price that changes under the same person is said again only where amounts are said. A view without one before it says nothing: the page
 * has just loaded, and what it finds may have been said.
 */
export function nextSaying(before: Shown | null, view: Shown, aloud: Aloud): Saying | 'hush' | null {
  if (before === null) return null
  const sentence = sentenceOf(view, aloud)
  if (momentOf(before) === momentOf(view) && sameSentence(sentenceOf(before, aloud), sentence)) return null
  if (sentence.length === 0) return view.now.state === 'reading' ? 'hush' : null
  const sameVisit = before.now.state === 'priced' && view.now.state === 'confirmed'
  return { sentence, cuts: !sameVisit, hint: view.atCamera !== null || view.now.state === 'problem' }
}

/** Somebody was here and is not served yet: what was tried ended without a sale. */
export function mayWait(before: Shown | null, view: Shown): boolean {
  if (before === null || view.now.state !== 'idle' || view.atCamera !== null) return false
  return before.atCamera !== null || before.now.state === 'problem' || before.now.state === 'asking'
}
