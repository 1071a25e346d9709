import { z } from 'zod'
import { anchors, detectorInput, numbersPerCandidate } from './blazeface.ts'
import type { Patch, Point } from './frame.ts'
import { pointOf } from './landmarks.ts'
import { chipPoints, meanPoint } from './mean-face.ts'
import { type FaceFinder, type FaceModel, type FaceRecogniser, landmarkInput } from './networks.ts'
import { fitSimilarity, type Similarity } from './similarity.ts'
import { defaultThresholds } from './thresholds.ts'

/** The networks of face-api.js and BlazeFace on TensorFlow.js: the same code in a page's worker and under Node. */

interface Tensor {
  readonly shape: readonly number[]
  data(): Promise<ArrayLike<number>>
  dispose(): void
}

interface Network {
  loadFromWeightMap(weights: Readonly<Record<string, Tensor>>): void
  forwardInput(input: object): Tensor
}

/** What is used of `face-api.js/dist/face-api.esm.js`; its own types name only a part of it, and those of a browser. */
export interface FaceApi {
  readonly tf: {
    env(): { set(flag: string, value: boolean): void; platform: object }
    setWasmPaths(paths: Readonly<Record<string, string>>, usePlatformFetch: boolean): void
    setBackend(name: string): Promise<boolean>
    ready(): Promise<void>
    getBackend(): string
    tensor3d(values: Float32Array, shape: readonly number[]): Tensor
    tensor4d(values: Float32Array, shape: readonly number[]): Tensor
    loadGraphModel(source: object): Promise<{ predict(input: Tensor): Tensor[] }>
    io: {
      decodeWeights(bytes: ArrayBuffer, specs: readonly object[]): Record<string, Tensor>
      fromMemory(model: object): object
    }
  }
  readonly NetInput: new (tensors: readonly Tensor[], isBatch: boolean) => object
  readonly FaceLandmark68Net: new () => Network
  readonly FaceRecognitionNet: new () => Network
}

const isFunction = (value: unknown) => typeof value === 'function'
const has = (value: unknown, names: readonly string[]) =>
  typeof value === 'object' && value !== null && names.every(name => isFunction(Reflect.get(value, name)))

/** The module as this code uses it; parsing fails where a part is missing. */
export const faceApi = z.custom<FaceApi>(
  module =>
    has(module, ['NetInput', 'FaceLandmark68Net', 'FaceRecognitionNet']) &&
    has(Reflect.get(Object(module), 'tf'), ['env', 'setWasmPaths', 'setBackend', 'tensor4d', 'loadGraphModel']),
  'not the build of face-api.js that carries TensorFlow.js',
)

/** The files of a model: its description, and its weights in one piece. */
export interface ModelFiles {
  readonly description: unknown
  readonly weights: ArrayBuffer
}

export interface FaceApiFiles {
  readonly detector: ModelFiles
  readonly landmarks: ModelFiles
  readonly recognition: ModelFiles
}

export const faceApiModel: FaceModel = {
  id: 'dlib-resnet-v1/face-api-1.7.15/aligned-1',
  numbers: 128,
  metric: 'euclidean',
  thresholds: defaultThresholds,
}

/** Where the binaries of TensorFlow.js lie: the one with vector instructions, and the one for processors without them. */
export interface WasmPaths {
  readonly simd: string
  readonly plain: string
}

/**
 * Starts TensorFlow.js on WebAssembly with one thread. Rejects where that cannot be had: the library would otherwise go on by itself with a
 * way that takes seconds a frame.
 */
export async function startWasm(
  { tf }: Pick<FaceApi, 'tf'>,
  { simd, plain }: WasmPaths,
  usePlatformFetch: boolean,
): Promise<void> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  // The library wants a path for each of its binaries, though without threads it never asks for the third.
  const paths = { 'tfjs-backend-wasm-simd.wasm': simd, 'tfjs-backend-wasm.wasm': plain }
  tf.setWasmPaths({ ...paths, 'tfjs-backend-wasm-threaded-simd.wasm': simd }, usePlatformFetch)
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js did not start on WebAssembly')
  await tf.ready()
  assertWasm({ tf })
}

function assertWasm({ tf }: Pick<FaceApi, 'tf'>): void {
  if (tf.getBackend() !== 'wasm') throw new Error(`TensorFlow.js runs on ${tf.getBackend()}, not on WebAssembly`)
}

const weightSpecs = z.array(z.looseObject({ name: z.string(), shape: z.array(z.number()) }))
const shards = z.array(z.looseObject({ weights: weightSpecs }))
const graph = z.looseObject({ modelTopology: z.looseObject({}), weightsManifest: shards })

const specsOf = (manifest: z.infer<typeof shards>) => manifest.flatMap(({ weights }) => weights)

/** Loads the networks. Rejects for files that are none. Call `startWasm` before. */
export async function loadFaceApiNetworks(
  api: FaceApi,
  files: FaceApiFiles,
): Promise<{ finder: FaceFinder; recogniser: FaceRecogniser }> {
  assertWasm(api)
  const { tf } = api
  const { modelTopology, weightsManifest } = graph.parse(files.detector.description)
  const detector = await tf.loadGraphModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: specsOf(weightsManifest), weightData: files.detector.weights }),
  )
  const landmarks = new api.FaceLandmark68Net()
  const recognition = new api.FaceRecognitionNet()
  for (const [network, { description, weights }] of [
    [landmarks, files.landmarks],
    [recognition, files.recognition],
  ] as const)
    network.loadFromWeightMap(tf.io.decodeWeights(weights, specsOf(shards.parse(description))))
  return {
    finder: {
      detect: square => detect(api, detector, square),
      landmarks: patches => runNetwork(api, landmarks, patches, landmarkInput),
    },
    recogniser: {
      model: faceApiModel,
      patchSize: chipSize,
      layOnPatch: layOnChip,
      embed: patches => runNetwork(api, recognition, patches, chipSize),
    },
  }
}

const chipSize = 150

/** Brings a face onto the average face that the recognition network learned with. */
export function layOnChip(landmarks: readonly Point[]): Similarity | null {
  return fitSimilarity(
    chipPoints.map(index => pointOf(landmarks, index)),
    chipPoints.map(index => meanPoint(index, chipSize)),
  )
}

async function detect(
  { tf }: FaceApi,
  detector: { predict(input: Tensor): Tensor[] },
  square: Patch,
): Promise<Float32Array> {
  const input = tf.tensor4d(
    square.data.map(value => value / 127.5 - 1),
    [1, detectorInput, detectorInput, 3],
  )
  const outputs = detector.predict(input)
  try {
    // Scores and places come in a tensor of 512 candidates and one of 384 each, in no promised order.
    const parts = await Promise.all(
      outputs.map(async output => ({ shape: output.shape, numbers: await output.data() })),
    )
    const candidates = new Float32Array(anchors.length * numbersPerCandidate)
    let first = 0
    for (const count of [512, 384]) {
      const scores = parts.find(({ shape }) => shape[1] === count && shape[2] === 1)
      const places = parts.find(({ shape }) => shape[1] === count && shape[2] === 16)
      if (scores === undefined || places === undefined) throw new RangeError('not the detector that is expected')
      for (let index = 0; index < count; index += 1) {
        const at = (first + index) * numbersPerCandidate
        candidates[at] = scores.numbers[index] ?? Number.NEGATIVE_INFINITY
        for (let number = 0; number < 16; number += 1)
          candidates[at + 1 + number] = places.numbers[index * 16 + number] ?? 0
      }
      first += count
    }
    return candidates
  } finally {
    for (const tensor of [input, ...outputs]) tensor.dispose()
  }
}

async function runNetwork(
  { tf, NetInput }: FaceApi,
  network: Network,
  patches: readonly Patch[],
  size: number,
): Promise<Float32Array[]> {
  const inputs = patches.map(({ data }) => tf.tensor3d(data, [size, size, 3]))
  const output = network.forwardInput(new NetInput(inputs, true))
  try {
    const numbers = Float32Array.from(await output.data())
    const each = numbers.length / patches.length
    return patches.map((_, index) => numbers.slice(index * each, (index + 1) * each))
  } finally {
    for (const tensor of [...inputs, output]) tensor.dispose()
  }
}
