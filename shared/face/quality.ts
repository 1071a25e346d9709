import type { FaceBox } from './blazeface.ts'
import { centreOf, distanceBetween, type Patch, type Point } from './frame.ts'
import { noseSide } from './head-turn.ts'

/** Why a photo may serve badly, for the person who takes it. */
export type QualityHint =
  | 'no-face'
  | 'several-faces'
  | 'too-small'
  | 'too-dark'
  | 'too-bright'
  | 'blurred'
  | 'turned-away'

/** Least distance of the pupils, in pixels of the frame. */
const smallestEyeDistance = 30
/** Mean brightness of the face, 0-255. */
const darkest = 50
const brightest = 210
/** Variance of the Laplacian of the face's brightness, in parts of the brightness's own variance. */
const leastSharpness = 0.01
/** Of `noseSide`. */
const mostTurned = 0.4
/** A face beside the first disturbs from this part of its width on. */
const besideWidth = 0.5

/** What is the matter with a found face. `patch` is the face laid upright, as the recognition network gets it. */
export function qualityHints(found: {
  box: FaceBox
  others: readonly FaceBox[]
  landmarks: readonly Point[]
  patch: Patch
}): QualityHint[] {
  const { box, others, landmarks, patch } = found
  const { brightness, sharpness } = measurePatch(patch)
  const hints: [QualityHint, boolean][] = [
    ['several-faces', others.some(({ width }) => width >= besideWidth * box.width)],
    ['too-small', eyeDistance(landmarks) < smallestEyeDistance],
    ['too-dark', brightness < darkest],
    ['too-bright', brightness > brightest],
    ['blurred', sharpness < leastSharpness],
    ['turned-away', Math.abs(noseSide(landmarks)) > mostTurned],
  ]
  return hints.flatMap(([hint, holds]) => (holds ? [hint] : []))
}

/** Between the middles of the eyes, in the landmarks' own units. */
export function eyeDistance(landmarks: readonly Point[]): number {
  return distanceBetween(centreOf(landmarks.slice(36, 42)), centreOf(landmarks.slice(42, 48)))
}

/**
 * Mean brightness (ITU-R BT.601, 0-255) and sharpness of the middle of a patch, where the face lies. Sharpness is the variance of the
 * Laplacian by the variance of the brightness, so that it does not change with light and contrast.
 */
export function measurePatch({ data, size }: Patch): { brightness: number; sharpness: number } {
  const grey = new Float32Array(size * size)
  for (let pixel = 0; pixel < grey.length; pixel += 1)
    grey[pixel] =
      0.299 * (data[3 * pixel] ?? 0) + 0.587 * (data[3 * pixel + 1] ?? 0) + 0.114 * (data[3 * pixel + 2] ?? 0)
  const [from, to] = [Math.floor(size / 4), Math.ceil((3 * size) / 4)]
  const levels: number[] = []
  const edges: number[] = []
  for (let y = from; y < to; y += 1) {
    for (let x = from; x < to; x += 1) {
      const at = y * size + x
      const level = grey[at] ?? 0
      levels.push(level)
      const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - size] ?? 0) + (grey[at + size] ?? 0)
      edges.push(around - 4 * level)
    }
  }
  const contrast = varianceOf(levels)
  return { brightness: meanOf(levels), sharpness: contrast > 0 ? varianceOf(edges) / contrast : 0 }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
}
