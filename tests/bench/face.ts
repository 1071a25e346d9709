import { readdirSync } from 'node:fs'
import { startNodeFaceEngine } from '../../electron/core/face/node-engine.ts'
import { describePeople } from '../../electron/core/face/people-folder.ts'
import { type Comparison, type Comparisons, comparePhotos, compareTemplates } from '../../shared/face/comparisons.ts'
import { wilson } from '../../shared/face/intervals.ts'
import { acceptedAt, equalErrorRate, type Weighted } from '../../shared/face/rates.ts'
import { randomFrom } from '../support/random.ts'

const seed = 20_261_122
const draws = 500

/**
 * Finds and compares the faces of `folder/person/*.jpg` by the engine as it is shipped (the same networks and the same code, in a thread of
 * Node). Intervals of 95 %: of `foundRate` by Wilson, of the other rates by drawing people anew, with replacement (bootstrap over people).
 */
export async function benchFace(folder: string): Promise<object> {
  readdirSync(folder)
  const started = await startNodeFaceEngine()
  if (!started.ok) throw new Error(started.detail)
  const { engine } = started
  try {
    const { people, photos, withoutFace, unreadable, milliseconds } = await describePeople(folder, engine)
    const found = photos - withoutFace.length - unreadable.length
    const { low, high } = wilson(found, photos)
    const single = rates(comparePhotos(people, engine.model.metric), people.length)
    const template3 = rates(compareTemplates(people, engine.model.metric), people.length)
    return {
      ...{ bench: 'face', model: engine.model.id, people: people.length, photos },
      ...{ foundRate: rounded(found / photos), foundRate95: [rounded(low), rounded(high)], foundRateBy: 'wilson' },
      ...{ ...single, template3, ratesBy: `bootstrap over people, ${draws} draws, seed ${seed}` },
      ...{ msPerFrame: milliseconds.length === 0 ? null : middle(milliseconds), threads: 1 },
      ...{ withoutFace, unreadable },
    }
  } finally {
    engine.stop()
  }
}

function rates({ genuine, impostor }: Comparisons, people: number): object {
  // Without pairs of both kinds there is no rate: a perfect score of nothing would be a lie.
  if (genuine.length === 0 || impostor.length === 0)
    return {
      eer: null,
      tarAt1e2: null,
      tarAt1e3: null,
      why: 'too few people',
      genuinePairs: genuine.length,
      impostorPairs: impostor.length,
    }
  const own = genuine.toSorted((one, other) => one.distance - other.distance)
  const foreign = impostor.toSorted((one, other) => one.distance - other.distance)
  const all = measure(weigh(own), weigh(foreign))
  const random = randomFrom(seed)
  const drawn = Array.from({ length: draws }, () => {
    const times = new Float64Array(people)
    for (let draw = 0; draw < people; draw += 1) {
      const person = random.below(people)
      times[person] = (times[person] ?? 0) + 1
    }
    return measure(weigh(own, times), weigh(foreign, times))
  })
  const interval = (name: keyof typeof all) => {
    const values = drawn
      .map(each => each[name])
      .filter(Number.isFinite)
      .sort((one, other) => one - other)
    const at = (part: number) => values[Math.min(values.length - 1, Math.floor(part * values.length))] ?? Number.NaN
    return [rounded(at(0.025)), rounded(at(0.975))]
  }
  return {
    ...{ eer: rounded(all.eer), eer95: interval('eer') },
    ...{ tarAt1e2: rounded(all.tarAt1e2), tarAt1e2_95: interval('tarAt1e2') },
    ...{ tarAt1e3: rounded(all.tarAt1e3), tarAt1e3_95: interval('tarAt1e3') },
    ...{ genuinePairs: genuine.length, impostorPairs: impostor.length },
  }
}

/** How often each comparison counts where each person was drawn so many times; a person is never their own impostor. */
function weigh(comparisons: readonly Comparison[], times?: Float64Array): Weighted[] {
  return comparisons.map(({ one, other, distance }) => {
    if (times === undefined) return { distance, weight: 1 }
    return { distance, weight: (times[one] ?? 0) * (one === other ? 1 : (times[other] ?? 0)) }
  })
}

function measure(genuine: readonly Weighted[], impostor: readonly Weighted[]) {
  return {
    eer: equalErrorRate(genuine, impostor),
    tarAt1e2: acceptedAt(genuine, impostor, 1e-2),
    tarAt1e3: acceptedAt(genuine, impostor, 1e-3),
  }
}

function middle(values: readonly number[]): number {
  const ordered = values.toSorted((one, other) => one - other)
  return Math.round((ordered[Math.floor(ordered.length / 2)] ?? Number.NaN) * 10) / 10
}

function rounded(value: number): number {
  return Math.round(value * 100_000) / 100_000
}
