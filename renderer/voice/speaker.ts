import type { Piece } from '../../shared/voice/sentences.ts'
import type { Saying } from './next-saying.ts'

/** Starts saying a sentence, `volume` 0..1, and calls back when it is over or could not be said. Returns how to stop. */
export type Speak = (sentence: readonly Piece[], volume: number, onEnd: () => void) => () => void

export interface Speaker {
  say(saying: Saying, volume: number): void
  hush(): void
}

/** How long the same hint is not said again (ms): a card that is laid down badly twice is told once. */
const repeatPause = 3000

/** Says one sentence at a time: the next person's at once, the same person's next one after the last. */
export function createSpeaker(speak: Speak, now: () => number): Speaker {
  let stop: (() => void) | null = null
  let waiting: (() => void) | null = null
  let last: { words: string; at: number } | null = null

  function hush(): void {
    waiting = null
    stop?.()
    stop = null
  }

  function start(sentence: readonly Piece[], volume: number): void {
    last = { words: JSON.stringify(sentence), at: now() }
    let over = false
    const halt = speak(sentence, volume, () => {
      over = true
      stop = null
      const next = waiting
      waiting = null
      next?.()
    })
    if (!over) stop = halt
  }

  return {
    hush,
    say({ sentence, cuts, hint }, volume) {
      if (hint && last?.words === JSON.stringify(sentence) && now() - last.at < repeatPause) return
      if (!cuts && stop !== null) {
        waiting = () => start(sentence, volume)
        return
      }
      hush()
      start(sentence, volume)
    },
  }
}
