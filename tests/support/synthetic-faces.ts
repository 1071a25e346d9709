import { sha256, toBase64Url } from '../../shared/bytes.ts'
import type { FaceFrame } from '../../shared/credential.ts'
import type { SiteFace } from '../../shared/face/site-face.ts'
import { defaultThresholds } from '../../shared/face/thresholds.ts'
import { deviceEventId } from '../../shared/ids.ts'
import { standardSuite } from '../../shared/suite.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { randomFrom } from './random.ts'

/**
 * Synthetic faces: numbers made from a seed, nobody's. Distances are spread as they were measured with templates of three photos: one frame
 * lies about .28 from its own template (88 % within .40, 99 % within .52); people lie about .82 apart, spread .11, so that about 8 of 100,000
 * pairs of strangers come within .40.
 */
export const syntheticEngine = { engine: 'synthetic/1', modelHash: toBase64Url(sha256('synthetic faces')) }

export const syntheticSite: SiteFace = {
  ...syntheticEngine,
  numbers: 128,
  metric: 'euclidean',
  thresholds: defaultThresholds,
  calibration: null,
  oneToMany: false,
}

const numbers = 128
/** Directions in which people differ, and by how much: the distance of two people then has the mean and spread above. */
const directions = 27
const spread = 0.1065

export interface SyntheticFaces {
  /** A frame of a person as good as a frame is on average, or at a distance from the person's true face. */
  frame(person: number, distance?: number): number[]
}

export function syntheticFaces(seed: number): SyntheticFaces {
  const random = randomFrom(seed)
  const people = new Map<number, number[]>()

  function normal(from = random): number {
    const unit = () => (from.below(2 ** 30) + 0.5) / 2 ** 30
    return Math.sqrt(-2 * Math.log(unit())) * Math.cos(2 * Math.PI * unit())
  }

  function baseOf(person: number): number[] {
    const known = people.get(person)
    if (known) return known
    const own = randomFrom(seed * 1_000_003 + person)
    const base = Array.from({ length: numbers }, (_, at) => (at < directions ? spread * normal(own) : 0))
    people.set(person, base)
    return base
  }

  return {
    frame(person, distance = Math.max(0.08, 0.24 + 0.09 * normal())) {
      const noise = Array.from({ length: numbers }, () => normal())
      const length = Math.hypot(...noise)
      return baseOf(person).map((value, at) => value + ((noise[at] ?? 0) / length) * distance)
    },
  }
}

export const mintEvent = () => deviceEventId.parse(uuidV7(Date.now(), standardSuite.randomBytes(10)))

/** As the page's camera hands a frame in. */
export function cameraFrame(embedding: number[], change: Partial<FaceFrame> = {}): FaceFrame {
  return { ...syntheticEngine, camera: 'test', eventId: mintEvent(), embedding, hints: [], ...change }
}

/** A look as the page's camera hands it in. */
export function cameraLook(frames: number[][]) {
  return { ...syntheticEngine, camera: 'test', eventId: mintEvent(), frames, checkIn: null, senior: null, turn: null }
}
