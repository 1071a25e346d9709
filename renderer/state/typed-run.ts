/** No finger presses keys this fast one after the other (ms). */
const scannerPace = 30
/** After so long without a key (ms), the next one begins something new. */
const pause = 150

/** True where the keys came at the pace of a scanner that types. @param times when each came (ms) */
function atScannerPace(times: readonly number[]): boolean {
  const first = times[0]
  const last = times.at(-1)
  if (first === undefined || last === undefined || times.length < 2) return false
  return (last - first) / (times.length - 1) < scannerPace
}

export interface TypedRun {
  /** A key that types a sign, with its own time in ms, and the text that stood in the field before it. */
  press(at: number, text: string): void
  /** What was typed last is entered or put away. @param at the time of the Enter's own key (ms); null for a touch */
  end(at: number | null): { readonly by: 'person' } | { readonly by: 'scanner'; readonly before: string }
}

/** Tells by the times of the keys themselves who typed last in a field: a busy page may see them much later. */
export function createTypedRun(): TypedRun {
  let times: number[] = []
  let before = ''
  return {
    press(at, text) {
      if (at - (times.at(-1) ?? Number.NEGATIVE_INFINITY) > pause) {
        times = []
        before = text
      }
      times.push(at)
    },
    end(at) {
      // The Enter tells a scanner of one sign, and one that follows a finger at once.
      const withEnter = at === null ? [] : [...times, at].slice(-3)
      const isScanner = atScannerPace(times) || atScannerPace(withEnter)
      times = []
      return isScanner ? { by: 'scanner', before } : { by: 'person' }
    },
  }
}
