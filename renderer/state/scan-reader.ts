import { typedCharacter } from './typed-characters.ts'

/** Guns type faster than this on average, people slower, in ms a key. */
const SCAN_MILLISECONDS = 30
/** So long without a key ends a scan that sends no Enter or Tab. A busy machine holds keys back for as much as a shorter one. */
const GAP_MILLISECONDS = 150
/** Among the first keys so long a pause is that between a finger and the gun that follows it. */
const FINGER_MILLISECONDS = 80
const FEWEST_SIGNS = 6
const MOST_SIGNS = 1024
/** These keys of a burst always reach the page as they are: by then nobody can tell a gun from a person. */
const KEYS_LEFT_ALONE = 3

/** Keys that guns, keyboards and input methods send between the signs. */
const noise = /^(Shift|CapsLock|NumLock|Lang\d|Convert|NonConvert|KanaMode)/
const terminators = new Set(['Enter', 'NumpadEnter', 'Tab'])

export interface ScanReader {
  /** Takes a key; `at` is the key's own time in ms. True where it belongs to a scan for sure, so that nothing else may come of it. */
  press(key: { code: string; shift: boolean; at: number }): boolean
  stop(): void
}

/**
 * Puts together what a scanner or card reader types: signs close together, ended by Enter, Tab or a pause. `onScan` gets the text;
 * `onBegin` is called at the first key of what may become one, `onDropped` where keys were kept from the page and it became none, so that
 * what the first of them did can be undone. What a person types never gets there.
 */
export function createScanReader(on: { onBegin(): void; onScan(text: string): void; onDropped(): void }): ScanReader {
  let signs: string[] = []
  /** Some of the signs were kept from the page. */
  let isKept = false
  let firstAt = 0
  let lastAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The last scan's end, while an Enter that follows it (CR, LF) still belongs to it. */
  let endedAt = Number.NEGATIVE_INFINITY

  const isFast = () => signs.length > 1 && (lastAt - firstAt) / (signs.length - 1) <= SCAN_MILLISECONDS

  /** True where the keys so far were a scan, or a part of them never reached the page: their Enter must not enter the rest. */
  function end(): boolean {
    clearTimeout(timer)
    const wasKept = isKept
    isKept = false
    const isScan = signs.length >= FEWEST_SIGNS && signs.length <= MOST_SIGNS && isFast()
    const text = signs.join('')
    signs = []
    if (isScan) on.onScan(text)
    else if (wasKept) on.onDropped()
    return isScan || wasKept
  }

  function begin(sign: string, at: number): void {
    signs = [sign]
    firstAt = at
    on.onBegin()
  }

  return {
    press({ code, shift, at }) {
      if (noise.test(code)) return false
      const gap = at - lastAt
      if (signs.length > 0 && gap > GAP_MILLISECONDS) end()
      if (terminators.has(code)) {
        const isEnd = end() || at - endedAt <= GAP_MILLISECONDS
        if (isEnd) endedAt = at
        return isEnd
      }
      const sign = typedCharacter(code, shift)
      if (sign === null) {
        clearTimeout(timer)
        signs = []
        isKept = false
        return false
      }
      const afterFinger = signs.length <= KEYS_LEFT_ALONE && gap > FINGER_MILLISECONDS
      if (signs.length === 0 || afterFinger) begin(sign, at)
      else if (signs.length <= MOST_SIGNS) signs.push(sign)
      lastAt = at
      clearTimeout(timer)
      timer = setTimeout(end, GAP_MILLISECONDS)
      const isTaken = signs.length > KEYS_LEFT_ALONE && isFast()
      isKept ||= isTaken
      return isTaken
    },
    stop() {
      clearTimeout(timer)
      signs = []
      isKept = false
    },
  }
}
