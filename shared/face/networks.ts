import type { Embedding, Metric } from './embedding.ts'
import type { Patch, Point } from './frame.ts'
import type { Similarity } from './similarity.ts'
import type { FaceThresholds } from './thresholds.ts'

/** Finds faces and the points of a face. What the numbers mean: `blazeface.ts`, `landmarks.ts`. */
export interface FaceFinder {
  /** Gives `numbersPerCandidate` numbers for each of `anchors`. Takes a patch of `detectorInput` pixels. */
  detect(square: Patch): Promise<Float32Array>
  /** Gives 136 numbers for each patch. Takes patches of `landmarkInput` pixels. */
  landmarks(patches: readonly Patch[]): Promise<Float32Array[]>
}

/** Pixels of the patches on which landmarks are looked for. */
export const landmarkInput = 112

/** Which network made an embedding, and how its embeddings are compared. Those of different ids are never compared. */
export interface FaceModel {
  readonly id: string
  /** How many numbers an embedding has. */
  readonly numbers: number
  readonly metric: Metric
  readonly thresholds: FaceThresholds
}

/** Turns faces into embeddings. */
export interface FaceRecogniser {
  readonly model: FaceModel
  /** Pixels of the patches that it takes. */
  readonly patchSize: number
  /** How it wants a face to lie on its patch; null for landmarks that are no face. */
  layOnPatch(landmarks: readonly Point[]): Similarity | null
  embed(patches: readonly Patch[]): Promise<Embedding[]>
}
