import { join } from 'node:path'
import type { DemoSenior } from '../../../province/demo-people.ts'
import { surnameOf } from '../../../shared/person-names.ts'
import { type Scene, writeCameraFilm } from '../../support/fake-camera.ts'
import type { Counter } from './counter.ts'

let films = 0

/** Puts a queue of codes before a counter's camera: each is held still for a second and a half, then comes the next; at last nobody. */
export async function holdBeforeCamera(counter: Counter, folder: string, texts: readonly string[]): Promise<void> {
  const film = join(folder, `${++films}.mjpeg`)
  const scenes = texts.flatMap((text): Scene[] => [{ blank: 30 }, { text, frames: 45 }])
  writeCameraFilm(film, [...scenes, { blank: 3600 }])
  await counter.standBefore({ film })
}

/** How the senior is addressed on the screens. */
export const titleOf = (senior: DemoSenior) => `${surnameOf(senior.name)}${senior.sex === 'female' ? '女士' : '先生'}`
