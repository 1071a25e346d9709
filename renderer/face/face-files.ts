import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import landmarksWeights from 'face-api.js/model/face_landmark_68_model.bin?url'
import landmarks from 'face-api.js/model/face_landmark_68_model-weights_manifest.json?url'
import recognitionWeights from 'face-api.js/model/face_recognition_model.bin?url'
import recognition from 'face-api.js/model/face_recognition_model-weights_manifest.json?url'
// By its path, since the package does not export its models.
import detectorWeights from '../../node_modules/@vladmandic/human/models/blazeface.bin?url'
import detector from '../../node_modules/@vladmandic/human/models/blazeface.json?url'
import type { FaceApiFiles, ModelFiles, WasmPaths } from '../../shared/face/face-api-networks.ts'

/** The engine's files as the build copies them beside the page: nothing is asked of any other place. */

export const wasmPaths: WasmPaths = { simd: wasmSimd, plain: wasmPlain }

export async function loadFaceApiFiles(): Promise<FaceApiFiles> {
  const [ofDetector, ofLandmarks, ofRecognition] = await Promise.all([
    load(detector, detectorWeights),
    load(landmarks, landmarksWeights),
    load(recognition, recognitionWeights),
  ])
  return { detector: ofDetector, landmarks: ofLandmarks, recognition: ofRecognition }
}

async function load(description: string, weights: string): Promise<ModelFiles> {
  const [text, bytes] = await Promise.all([get(description), get(weights)])
  return { description: await text.json(), weights: await bytes.arrayBuffer() }
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return response
}
