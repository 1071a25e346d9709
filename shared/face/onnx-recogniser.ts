import { centreOf, type Patch, type Point } from './frame.ts'
import { pointOf } from './landmarks.ts'
import type { ModelManifest } from './model-manifest.ts'
import type { FaceRecogniser } from './networks.ts'
import { fitSimilarity, type Similarity } from './similarity.ts'

/** Eyes, nose tip and corners of the mouth on 112 pixels, on which networks of the ArcFace family learn (insightface, `arcface_dst`). */
const arcFacePoints: readonly Point[] = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
]
const arcFaceSize = 112

/** Lays a face on a patch of `size` pixels as networks of the ArcFace family want it. */
export function layOnArcFace(landmarks: readonly Point[], size: number): Similarity | null {
  const scale = size / arcFaceSize
  const five = [
    centreOf(landmarks.slice(36, 42)),
    centreOf(landmarks.slice(42, 48)),
    ...[30, 48, 54].map(index => pointOf(landmarks, index)),
  ]
  return fitSimilarity(
    five,
    arcFacePoints.map(({ x, y }) => ({ x: x * scale, y: y * scale })),
  )
}

/** One run of a network: numbers in, numbers out. */
export type RunNetwork = (numbers: Float32Array, shape: readonly number[]) => Promise<Float32Array>

/** A recogniser of the operator's model. `run` feeds one picture at a time, since not every model takes several. */
export function onnxRecogniser(manifest: ModelManifest, run: RunNetwork): FaceRecogniser {
  const { input, output, metric, thresholds } = manifest
  const shape = input.layout === 'NCHW' ? [1, 3, input.size, input.size] : [1, input.size, input.size, 3]
  return {
    model: {
      id: `onnx/${manifest.name}/${manifest.sha256.slice(0, 16)}/aligned-1`,
      numbers: output.numbers,
      metric,
      thresholds,
    },
    patchSize: input.size,
    layOnPatch: landmarks => layOnArcFace(landmarks, input.size),
    embed: async patches => {
      const embeddings: Float32Array[] = []
      for (const patch of patches) {
        const embedding = await run(numbersFor(patch, input), shape)
        if (embedding.length !== output.numbers) throw new RangeError(`the model gave ${embedding.length} numbers`)
        embeddings.push(embedding)
      }
      return embeddings
    },
  }
}

/** The numbers that the network is fed for a patch. */
export function numbersFor({ data, size }: Patch, input: ModelManifest['input']): Float32Array {
  const pixels = size * size
  const numbers = new Float32Array(pixels * 3)
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const source = pixel * 3 + (input.channels === 'RGB' ? channel : 2 - channel)
      const target = input.layout === 'NCHW' ? channel * pixels + pixel : pixel * 3 + channel
      numbers[target] = ((data[source] ?? 0) - (input.mean[channel] ?? 0)) * (input.scale[channel] ?? 1)
    }
  }
  return numbers
}
