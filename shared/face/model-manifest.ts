import { z } from 'zod'
import { bytesToHex, sha256 } from '../bytes.ts'
import { metric } from './embedding.ts'
import { faceThresholds } from './thresholds.ts'

/** What comes with a recognition network that the operator brings: where it is from, how it is fed, and where its decisions change. */
export const modelManifest = z.strictObject({
  v: z.literal(1),
  name: z.string().trim().min(1).max(80),
  /** The ONNX file beside the manifest. */
  file: z.string().regex(/^[\w.-]+\.onnx$/, 'a file name that ends in .onnx'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
  licence: z.strictObject({
    /** Its name or SPDX id. */
    name: z.string().trim().min(1).max(200),
    /** Where it is written, and by whom the weights were given. */
    source: z.string().trim().min(1).max(500),
    /** What the network learned from, as far as its maker says. */
    trainingData: z.string().trim().min(1).max(500),
  }),
  input: z.strictObject({
    /** Pixels of the square picture. */
    size: z.int().min(32).max(512),
    channels: z.enum(['RGB', 'BGR']),
    layout: z.enum(['NCHW', 'NHWC']),
    /** Each number is (0..255 - mean) x scale, by channel in the network's order. */
    mean: z.tuple([z.number(), z.number(), z.number()]),
    scale: z.tuple([z.number(), z.number(), z.number()]),
  }),
  output: z.strictObject({ numbers: z.int().min(16).max(4096) }),
  alignment: z.literal('arcface-five-points'),
  metric,
  thresholds: faceThresholds,
})
export type ModelManifest = z.infer<typeof modelManifest>

export type CheckedModel =
  | { readonly ok: true; readonly manifest: ModelManifest }
  | { readonly ok: false; readonly problem: 'FACE_MODEL_BAD' | 'FACE_MODEL_CHANGED'; readonly detail: string }

/** Whether a manifest is whole and the model is the very file that it names. */
export function checkModel(manifest: unknown, model: Uint8Array): CheckedModel {
  const parsed = modelManifest.safeParse(manifest)
  if (!parsed.success) return { ok: false, problem: 'FACE_MODEL_BAD', detail: z.prettifyError(parsed.error) }
  const found = bytesToHex(sha256(model))
  if (found !== parsed.data.sha256) return { ok: false, problem: 'FACE_MODEL_CHANGED', detail: `SHA-256 is ${found}` }
  return { ok: true, manifest: parsed.data }
}
