import { z } from 'zod'

/** A face as numbers, as the network gives them: not scaled to length 1, since lengths tell faces apart too. */
export type Embedding = Float32Array

/** How embeddings are compared: by their straight distance, or by 1 minus the cosine between them. */
export const metric = z.enum(['euclidean', 'cosine'])
export type Metric = z.infer<typeof metric>

/** Fewer photos make no template: the mean of three tells people apart better than any one of them. */
export const photosForTemplate = 3

/** How far apart two embeddings are; 0 is the same, smaller is more alike. Throws a RangeError for embeddings of different length or none. */
export function faceDistance(one: Embedding, other: Embedding, by: Metric): number {
  if (one.length !== other.length || one.length === 0) throw new RangeError('embeddings of different networks')
  return by === 'euclidean' ? straightDistance(one, other) : 1 - cosineOf(one, other)
}

function straightDistance(one: Embedding, other: Embedding): number {
  let sum = 0
  for (let index = 0; index < one.length; index += 1) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0)
    sum += difference * difference
  }
  return Math.sqrt(sum)
}

function cosineOf(one: Embedding, other: Embedding): number {
  let [product, oneSquare, otherSquare] = [0, 0, 0]
  for (let index = 0; index < one.length; index += 1) {
    const [a, b] = [one[index] ?? 0, other[index] ?? 0]
    product += a * b
    oneSquare += a * a
    otherSquare += b * b
  }
  const lengths = Math.sqrt(oneSquare * otherSquare)
  return lengths > 0 ? product / lengths : 0
}

/** The mean of some embeddings, number by number. Throws a RangeError for none or for different lengths. */
export function meanEmbedding(embeddings: readonly Embedding[]): Embedding {
  const [first] = embeddings
  if (first === undefined) throw new RangeError('no embeddings have no mean')
  const sum = new Float64Array(first.length)
  for (const embedding of embeddings) {
    if (embedding.length !== first.length) throw new RangeError('embeddings of different networks')
    for (let index = 0; index < sum.length; index += 1) sum[index] = (sum[index] ?? 0) + (embedding[index] ?? 0)
  }
  return Float32Array.from(sum, total => total / embeddings.length)
}

/** What is kept of an enrolled person. Throws a RangeError for fewer than `photosForTemplate` embeddings. */
export function templateOf(embeddings: readonly Embedding[]): Embedding {
  if (embeddings.length < photosForTemplate) throw new RangeError(`a template needs ${photosForTemplate} photos`)
  return meanEmbedding(embeddings)
}
