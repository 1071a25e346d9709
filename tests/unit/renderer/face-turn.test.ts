import { expect, test } from 'vitest'
import type { Gathered } from '../../../renderer/state/face-frames.ts'
import { anySide, watchTurn } from '../../../renderer/state/face-turn.ts'
import type { FoundFace } from '../../../shared/face/analyse-face.ts'
import type { TurnDirection } from '../../../shared/face/head-turn.ts'
import { type HeadLook, seen } from '../../support/made-up-head.ts'

/** A made-up head in the frames of a camera: turned by degrees to the picture's right. */
function face(look: HeadLook): FoundFace {
  const box = { x: 0, y: 0, width: 100, height: 100, score: 1, keyPoints: [] }
  return { found: true, box, others: 0, hints: [], landmarks: seen(look), embedding: null }
}

const numbers = Float32Array.from({ length: 128 }, (_, at) => at / 128)

/** What comes of these frames, one after the other, and which of them was described. */
async function watching(side: TurnDirection, looks: readonly HeadLook[], end: Gathered = 'unclear') {
  const described: number[] = []
  const watched = await watchTurn<number>({
    before: seen({}),
    side,
    async gather(take) {
      for (const [at, look] of looks.entries()) if ((await take(face(look), at)) === 'enough') return 'enough'
      return end
    },
    async describe(at) {
      described.push(at)
      return looks[at]?.scale === 0.5 ? null : numbers
    },
  })
  return { ...watched, described }
}

test('a head that turns to its own left is seen on the right of the picture, with its measures and its numbers', async () => {
  const { gathered, turn, described } = await watching('left', [{}, { turn: 8 }, { turn: 30 }, { turn: 40 }])
  expect([gathered, described]).toEqual(['enough', [2]])
  expect(turn).toMatchObject({ asked: 'right', frame: Array.from(numbers) })
  expect(turn?.side).toBeGreaterThan(0.25)
  expect(turn?.shift).toBeGreaterThan(0.09)
})

test('to its own right, on the left', async () => {
  const { turn } = await watching('right', [{ turn: -30 }])
  expect(turn?.asked).toBe('left')
  expect(turn?.side).toBeLessThan(-0.25)
})

test.each([
  ['to the other side', [{ turn: -15 }, { turn: -30 }, { turn: -45 }]],
  ['only a little', [{ turn: 2 }, { turn: 5 }]],
  ['not at all', [{}, {}]],
  ['as a flat picture, however it is turned', [10, 20, 30, 40, 50].map(turn => ({ turn, flat: true }))],
] satisfies [string, HeadLook[]][])(
  'a head that turns %s is not seen to turn, and nobody is described',
  async (_how, looks) => {
    expect(await watching('left', looks)).toEqual({ gathered: 'unclear', turn: null, described: [] })
  },
)

test('a turned face that gives no numbers is looked at once more', async () => {
  const { gathered, described } = await watching('left', [{ turn: 30, scale: 0.5 }, { turn: 30 }])
  expect([gathered, described]).toEqual(['enough', [0, 1]])
})

test.each(['stopped', 'lost', 'no-picture'] as const)(
  'frames that end as %s are told so, without a turn',
  async end => {
    expect(await watching('left', [{}], end)).toMatchObject({ gathered: end, turn: null })
  },
)

test('the side is any of the two', () => {
  const sides = new Set(Array.from({ length: 64 }, () => anySide()))
  expect([...sides].sort()).toEqual(['left', 'right'])
})
