import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Embedding } from '../../../shared/face/embedding.ts'
import type { FaceEngine } from '../../../shared/face/face-engine.ts'
import { isPicture, readPicture } from './read-picture.ts'

/** One photo of `DIR/person/*.jpg|png`. */
interface Photo {
  readonly person: string
  readonly file: string
}

/** All photos below a folder, by person and name. Throws where the folder cannot be read. */
export function photosIn(folder: string): Photo[] {
  return readdirSync(folder)
    .filter(person => statSync(join(folder, person)).isDirectory())
    .sort()
    .flatMap(person =>
      readdirSync(join(folder, person))
        .filter(isPicture)
        .sort()
        .map(name => ({ person, file: join(folder, person, name) })),
    )
}

export interface DescribedPeople {
  /** By person, in the order of their names; photos without a face are left out, and with them people without any. */
  readonly people: readonly (readonly Embedding[])[]
  readonly photos: number
  /** Files in which no face was found, and files that are no picture. */
  readonly withoutFace: readonly string[]
  readonly unreadable: readonly string[]
  readonly milliseconds: readonly number[]
}

/** Describes the face on each photo of a folder. Nothing of a photo is kept but its numbers. Rejects where the engine is lost. */
export async function describePeople(folder: string, engine: FaceEngine): Promise<DescribedPeople> {
  const photos = photosIn(folder)
  const byPerson = new Map<string, Embedding[]>()
  const withoutFace: string[] = []
  const unreadable: string[] = []
  const milliseconds: number[] = []
  for (const { person, file } of photos) {
    const frame = tryToRead(file)
    if (frame === null) {
      unreadable.push(file)
      continue
    }
    const startedAt = performance.now()
    const answer = await engine.analyse(frame)
    if (!answer.ok) throw new Error(answer.detail)
    milliseconds.push(performance.now() - startedAt)
    const embedding = answer.findings.found ? answer.findings.embedding : null
    if (embedding === null) withoutFace.push(file)
    else byPerson.set(person, [...(byPerson.get(person) ?? []), embedding])
  }
  return { people: [...byPerson.values()], photos: photos.length, withoutFace, unreadable, milliseconds }
}

function tryToRead(file: string) {
  try {
    return readPicture(file)
  } catch {
    // The decoders throw errors of any kind for bytes that are no picture; the caller names the file.
    return null
  }
}
