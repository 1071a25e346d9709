import type { Embedding } from '../../shared/face/embedding.ts'
import { randomFrom } from './random.ts'

/** How many numbers a made-up face has. */
export const madeUpNumbers = 128

/**
 * SYNTHETIC people, made from a seed and of no photograph: photos of one lie about 0.4 apart, of two about 0.75, as measured distances do. Gives
 * `photos` embeddings for each of `people`.
 */
export function madeUpPeople(options: { seed: number; people: number; photos: number }): Embedding[][] {
  const { below } = randomFrom(options.seed)
  // Twelve throws of an even number from 0 to 1 sum to about a normal one around 6.
  const normal = () =>
    Array.from({ length: 12 }, () => below(1 << 20) / (1 << 20)).reduce((sum, each) => sum + each, -6)
  const vector = (length: number) =>
    Array.from({ length: madeUpNumbers }, () => (normal() * length) / Math.sqrt(madeUpNumbers))
  const personLength = 0.45
  const photoLength = 0.28
  return Array.from({ length: options.people }, () => {
    const person = vector(personLength)
    return Array.from({ length: options.photos }, () => {
      const photo = vector(photoLength)
      return Float32Array.from(person, (value, index) => value + (photo[index] ?? 0))
    })
  })
}
