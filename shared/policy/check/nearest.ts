/** The known word that was most likely meant; undefined where none is near enough: a third of the letters may differ, at least one. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const asked = plain(word)
  const allowed = Math.max(1, Math.floor(asked.length / 3))
  let best: { readonly word: string; readonly distance: number } | undefined
  for (const candidate of known) {
    const distance = distanceBetween(asked, plain(candidate))
    if (distance <= allowed && (best === undefined || distance < best.distance)) best = { word: candidate, distance }
  }
  return best?.word
}

/** Words that differ in capitals and separators only are the same word to a clerk. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[\s._+-]/g, '')
}

/** Optimal string alignment: letters put in, left out, replaced, or two neighbours exchanged. */
function distanceBetween(left: string, right: string): number {
  let before: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1]
      const turned = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        turned ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = previous
    previous = current
  }
  return previous[right.length] ?? 0
}

/** What to write instead of an unknown word: the nearest known one, or all of them, in Chinese and English. */
export function advice(word: string, known: readonly string[]): { readonly zh: string; readonly en: string } {
  const near = nearest(word, known)
  if (near !== undefined) return { zh: `是不是 “${near}”？请改正`, en: `did you mean "${near}"? Correct it` }
  if (known.length === 0)
    return { zh: '这里一个也没有定义，请先定义或删去', en: 'none is defined here; define it or remove it' }
  const shown = known.slice(0, 12)
  const more = known.length > shown.length
  return {
    zh: `可用的有：${shown.join('、')}${more ? ' 等' : ''}，请改用其中之一`,
    en: `use one of: ${shown.join(', ')}${more ? ' and others' : ''}`,
  }
}
