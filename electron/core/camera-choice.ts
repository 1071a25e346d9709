import { type CameraChoice, cameraChoice } from '../../shared/terminal-api.ts'
import type { Documents } from './store/documents.ts'

const unchosen: CameraChoice = { camera: null, mirrored: true, zoom: 1 }

/** Which camera the staff chose for codes; kept over restarts, since a browser host's pages have another address each time. */
export function createCameraChoice(documents: Documents): {
  current(): CameraChoice
  keep(choice: CameraChoice): void
} {
  let known: CameraChoice | null = null
  return {
    current: () => {
      known ??= documents.read('camera-choice', cameraChoice) ?? unchosen
      return known
    },
    keep(choice) {
      documents.write('camera-choice', choice)
      known = choice
    },
  }
}
