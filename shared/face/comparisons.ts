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

/** Each photo with templates of three other photos in a row, all the way round. Who has fewer than four photos gives no template. */
export function compareTemplates(people: People, metric: Metric): Comparisons {
  const templates = people.flatMap((embeddings, one) => {
    if (embeddings.length <= photosForTemplate) return []
    return embeddings.map((_, first) => {
      const used = Array.from({ length: photosForTemplate }, (_, step) => (first + step) % embeddings.length)
      return { one, template: meanEmbedding(used.flatMap(index => embeddings[index] ?? [])), used: new Set(used) }
    })
  })
  return split(
    templates.flatMap(({ one, template, used }) =>
      people.flatMap((embeddings, other) =>
        embeddings.flatMap((embedding, photo) =>
          one === other && used.has(photo) ? [] : [{ one, other, distance: faceDistance(template, embedding, metric) }],
        ),
      ),
    ),
  )
}

/**
 * As a terminal compares: the template of each person, of all their photos, with each photo of the others; and each photo with the template of
 * the person's other photos. Who has fewer than three photos cannot be enrolled and only plays the stranger.
 */
export function compareAsEnrolled(people: People, metric: Metric): Comparisons {
  const enrolled = people.flatMap((embeddings, one) =>
    embeddings.length < photosForTemplate ? [] : [{ one, embeddings }],
  )
  return {
    genuine: enrolled.flatMap(({ one, embeddings }) =>
      embeddings.map((embedding, photo) => {
        const template = meanEmbedding(embeddings.filter((_, index) => index !== photo))
        return { one, other: one, distance: faceDistance(template, embedding, metric) }
      }),
    ),
    impostor: enrolled.flatMap(({ one, embeddings }) => {
      const template = meanEmbedding(embeddings)
      return people.flatMap((others, other) =>
        one === other
          ? []
          : others.map(embedding => ({ one, other, distance: faceDistance(template, embedding, metric) })),
      )
    }),
  }
}

function split(comparisons: readonly Comparison[]): Comparisons {
  return {
    genuine: comparisons.filter(({ one, other }) => one === other),
    impostor: comparisons.filter(({ one, other }) => one !== other),
  }
}
