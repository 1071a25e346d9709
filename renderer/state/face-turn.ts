import type { TurnSeen } from '../../shared/credential.ts'
import type { FoundFace } from '../../shared/face/analyse-face.ts'
import type { Embedding } from '../../shared/face/embedding.ts'
import type { Point } from '../../shared/face/frame.ts'
import { isTurn, seenByCamera, type TurnDirection, turnMeasures } from '../../shared/face/head-turn.ts'
import type { Gathered } from './face-frames.ts'

/** To which side the person is asked to turn: nobody knows it before. */
export function anySide(): TurnDirection {
  const [number = 0] = crypto.getRandomValues(new Uint8Array(1))
  return number % 2 === 0 ? 'left' : 'right'
}

/**
 * Watches for a turn of the head to the person's own `side`, away from how it was in the frame that is compared (`before`: its landmarks).
 * `describe` gives the numbers of the turned face, which the core compares with that frame. `turn` is null where none was seen in time.
 */
export async function watchTurn<Picture>(options: {
  before: readonly Point[]
  side: TurnDirection
  gather(take: (face: FoundFace, picture: Picture) => Promise<'enough' | 'more'>): Promise<Gathered>
  describe(picture: Picture): Promise<Embedding | null>
}): Promise<{ readonly gathered: Gathered; readonly turn: TurnSeen | null }> {
  const asked = seenByCamera(options.side)
  let turn: TurnSeen | null = null
  const gathered = await options.gather(async ({ landmarks }, picture) => {
    const measures = turnMeasures(options.before, landmarks)
    if (measures === null || !isTurn(measures, asked)) return 'more'
    const numbers = await options.describe(picture)
    if (numbers === null) return 'more'
    turn = { asked, ...measures, frame: Array.from(numbers) }
    return 'enough'
  })
  return { gathered, turn }
}
