import type { Point } from './frame.ts'
import { applySimilarity, inverseOf, type Similarity, scaleOf } from './similarity.ts'

/**
 * MediaPipe's BlazeFace for 256 x 256 pixels ("back" model): what its numbers mean. Bazarevsky et al. 2019, and the layout of anchors in
 * MediaPipe's `ssd_anchors_calculator` (strides 16 and 32, two and six anchors a cell).
 */
export const detectorInput = 256
/** Each candidate: score, centre x and y, width, height, then six key points. */
export const numbersPerCandidate = 17

/** A face in a frame, in the frame's pixels. */
export interface FaceBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** 0 to 1. */
  readonly score: number
  /** The person's right eye, left eye, nose tip, mouth, right and left ear. */
  readonly keyPoints: readonly Point[]
}

const minimumScore = 0.6
const sameFaceOverlap = 0.3

/** The centres to which the numbers of the candidates are relative, in the order of the network: 512 of stride 16, then 384 of stride 32. */
export const anchors: readonly Point[] = [
  { stride: 16, each: 2 },
  { stride: 32, each: 6 },
].flatMap(({ stride, each }) => {
  const cells = detectorInput / stride
  return Array.from({ length: cells * cells * each }, (_, index) => {
    const cell = Math.floor(index / each)
    return { x: ((cell % cells) + 0.5) * stride, y: (Math.floor(cell / cells) + 0.5) * stride }
  })
})

/**
 * The faces among the detector's candidates, the best first. `candidates` holds `numbersPerCandidate` numbers for each anchor, in pixels of
 * the letterboxed square; `toSquare` is the letterbox.
 */
export function facesAmong(candidates: Float32Array, toSquare: Similarity): FaceBox[] {
  const back = inverseOf(toSquare)
  const shrunk = scaleOf(toSquare)
  const found = anchors.flatMap((anchor, index): FaceBox[] => {
    const numbers = candidates.subarray(index * numbersPerCandidate, (index + 1) * numbersPerCandidate)
    const score = 1 / (1 + Math.exp(-(numbers[0] ?? Number.NEGATIVE_INFINITY)))
    if (!(score >= minimumScore)) return []
    const place = (at: number) =>
      applySimilarity(back, { x: anchor.x + (numbers[at] ?? 0), y: anchor.y + (numbers[at + 1] ?? 0) })
    const [width, height] = [(numbers[3] ?? 0) / shrunk, (numbers[4] ?? 0) / shrunk]
    const centre = place(1)
    const keyPoints = [5, 7, 9, 11, 13, 15].map(place)
    return [{ x: centre.x - width / 2, y: centre.y - height / 2, width, height, score, keyPoints }]
  })
  return withoutRepeats(found).sort((one, other) => weightOf(other) - weightOf(one))
}

/** Near faces count more than far ones: the person at the counter is the nearest. */
function weightOf({ score, width, height }: FaceBox): number {
  return score * Math.sqrt(width * height)
}

/** The faces besides the first that are other people: in a tight picture the detector also finds parts of the first as faces. */
export function othersBeside(faces: readonly FaceBox[]): FaceBox[] {
  const [first, ...rest] = faces
  if (first === undefined) return []
  return rest.filter(({ x, y, width, height }) => {
    const centre = { x: x + width / 2, y: y + height / 2 }
    const inside =
      centre.x > first.x && centre.x < first.x + first.width && centre.y > first.y && centre.y < first.y + first.height
    return !inside
  })
}

/** Of candidates that lie on one another, the one of the highest score (non-maximum suppression). */
export function withoutRepeats(faces: readonly FaceBox[]): FaceBox[] {
  const kept: FaceBox[] = []
  for (const face of faces.toSorted((one, other) => other.score - one.score))
    if (kept.every(other => overlap(face, other) <= sameFaceOverlap)) kept.push(face)
  return kept
}

type Box = Pick<FaceBox, 'x' | 'y' | 'width' | 'height'>

/** Shared area of two boxes by their joint area, 0 to 1. */
export function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / (one.width * one.height + other.width * other.height - shared)
}
