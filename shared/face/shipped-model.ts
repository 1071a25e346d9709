import { faceApiModel } from './face-api-networks.ts'
import type { FaceEngineRef } from './site-face.ts'

/** The shipped recognition network: its name, and the SHA-256 of `face_recognition_model.bin` of face-api.js 1.7.15. */
export const shippedModel: FaceEngineRef = {
  engine: faceApiModel.id,
  modelHash: 'tBPkINaECyd1-6MgCNtvPN2wfUhZZ_tCz883nBaoxYk',
}
