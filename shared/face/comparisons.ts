import { type Embedding, faceDistance, type Metric, meanEmbedding, photosForTemplate } from './embedding.ts'

/** One distance, and whose: `one` and `other` are places in the list of people, the same for two photos of one person. */
export interface Comparison {
  readonly one: number
  readonly other: number
  readonly distance: number
}

/** Distances between photos of one person, and between photos of two. */
export interface Comparisons {
  readonly genuine: readonly Comparison[]
  readonly impostor: readonly Comparison[]
}

/** Embeddings of each person, one a photo. */
export type People = readonly (readonly Embedding[])[]

/** Each photo with each other photo. */
export function comparePhotos(people: People, metric: Metric): Comparisons {
  const photos = people.flatMap((embeddings, person) => embeddings.map(embedding => ({ person, embedding })))
  return split(
    photos.flatMap((first, index) =>
      photos.slice(index + 1).map(second => ({
        one: first.person,
        other: second.person,
        distance: faceDistance(first.embedding, second.embedding, metric),
      })),
    ),
  )
}

/**
 * Each photo with templates of other photos, as a terminal compares. A person's templates are three photos in a row, all the way round; of
 * three photos only, two, so that one is left to compare. Who has fewer gives no template.
 */
export function compareTemplates(people: People, metric: Metric): Comparisons {
  const templates = people.flatMap((embeddings, person) => templatesOf(embeddings).map(each => ({ person, ...each })))
  return split(
    templates.flatMap(({ person: one, template, used }) =>
      people.flatMap((embeddings, other) =>
        embeddings.flatMap((embedding, photo) =>
          one === other && used.has(photo) ? [] : [{ one, other, distance: faceDistance(template, embedding, metric) }],
        ),
      ),
    ),
  )
}

function templatesOf(embeddings: readonly Embedding[]): { template: Embedding; used: ReadonlySet<number> }[] {
  const count = embeddings.length
  if (count < photosForTemplate) return []
  const size = count === photosForTemplate ? photosForTemplate - 1 : photosForTemplate
  return embeddings.map((_, first) => {
    const used = Array.from({ length: size }, (_, step) => (first + step) % count)
    return { template: meanEmbedding(used.flatMap(index => embeddings[index] ?? [])), used: new Set(used) }
  })
}

function split(comparisons: readonly Comparison[]): Comparisons {
  return {
    genuine: comparisons.filter(({ one, other }) => one === other),
    impostor: comparisons.filter(({ one, other }) => one !== other),
  }
}
