import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { FaceApiFiles, ModelFiles } from '../../../shared/face/face-api-networks.ts'

/** Where the networks lie among the installed packages. They are not in the packaged app, whose pages carry their own copy. */

const { resolve } = createRequire(import.meta.url)
/** The folder of an installed package, by its main file, which lies in a folder `dist`. */
const packageFolder = (name: string) => join(dirname(resolve(name)), '..')

export const wasmFolder = () => join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist')

function read(folder: string, description: string, weights: string): ModelFiles {
  return {
    description: JSON.parse(readFileSync(join(folder, description), 'utf8')),
    weights: new Uint8Array(readFileSync(join(folder, weights))).buffer,
  }
}

export function readFaceApiFiles(): FaceApiFiles {
  const folder = join(packageFolder('face-api.js'), 'model')
  const ofFaceApi = (name: string) => read(folder, `${name}-weights_manifest.json`, `${name}.bin`)
  return {
    detector: read(join(packageFolder('@vladmandic/human'), 'models'), 'blazeface.json', 'blazeface.bin'),
    landmarks: ofFaceApi('face_landmark_68_model'),
    recognition: ofFaceApi('face_recognition_model'),
  }
}
