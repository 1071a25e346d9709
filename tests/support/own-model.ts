import { bytesToHex, sha256 } from '../../shared/bytes.ts'
import type { ModelManifest } from '../../shared/face/model-manifest.ts'
import { tinyNumbers } from './tiny-onnx.ts'

/** A whole manifest for the bytes of a model that takes 112 pixels and gives `tinyNumbers` numbers. */
export function manifestFor(model: Uint8Array): ModelManifest {
  return {
    v: 1,
    name: 'tiny',
    file: 'tiny.onnx',
    sha256: bytesToHex(sha256(model)),
    licence: { name: 'Apache-2.0', source: 'made by the tests', trainingData: 'none' },
    input: {
      size: 112,
      channels: 'RGB',
      layout: 'NCHW',
      mean: [127.5, 127.5, 127.5],
      scale: [1 / 128, 1 / 128, 1 / 128],
    },
    output: { numbers: tinyNumbers },
    alignment: 'arcface-five-points',
    metric: 'cosine',
    thresholds: {
      oneToOne: { match: 0.6, staffCompares: 0.7 },
      oneToMany: { candidate: { distance: 0.5, margin: 0.08 }, staffCompares: { distance: 0.6, margin: 0.05 } },
    },
  }
}
