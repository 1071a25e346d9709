/** A text is not reported again sooner than this, in ms. */
const SAME_TEXT_MILLISECONDS = 3000
/** A code must be out of the picture this long before it counts as shown anew, in ms. */
const GONE_MILLISECONDS = 1000

/** What one look at a frame found. `at` is a steady clock in ms; `whole` says that the whole frame was searched, not only its middle. */
export interface Look {
  readonly texts: readonly string[]
  readonly at: number
  readonly whole: boolean
}

interface Held {
  readonly reportedAt: number
  readonly seenAt: number
  /** The middle alone cannot tell that a code is gone: it may lie at the edge. */
  readonly missedByWhole: boolean
}

/** Gives back a function that takes each look in turn and returns the texts that are new, so that a code held still is read once. */
export function createRepeatFilter(): (look: Look) => string[] {
  const held = new Map<string, Held>()
  return ({ texts, at, whole }) => {
    for (const [text, entry] of held) {
      if (isGone(entry, at)) held.delete(text)
      else if (whole && !texts.includes(text)) held.set(text, { ...entry, missedByWhole: true })
    }
    return [...new Set(texts)].filter(text => {
      const entry = held.get(text)
      held.set(text, { reportedAt: entry?.reportedAt ?? at, seenAt: at, missedByWhole: false })
      return entry === undefined
    })
  }
}

function isGone({ reportedAt, seenAt, missedByWhole }: Held, at: number): boolean {
  return missedByWhole && at - seenAt >= GONE_MILLISECONDS && at - reportedAt >= SAME_TEXT_MILLISECONDS
}
