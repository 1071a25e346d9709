import { detectorInput, type FaceBox, facesAmong, othersBeside } from './blazeface.ts'
import { type Embedding, meanEmbedding } from './embedding.ts'
import { type Frame, mirrored, type Patch, type Point } from './frame.ts'
import { landmarksFrom, meanOfBothSides } from './landmarks.ts'
import { meanKeyPoints, meanPoint } from './mean-face.ts'
import { type FaceFinder, type FaceRecogniser, landmarkInput } from './networks.ts'
import { type QualityHint, qualityHints } from './quality.ts'
import { cutPatch, letterbox } from './resample.ts'
import { applySimilarity, fitSimilarity, inverseOf, type Similarity } from './similarity.ts'

/** What is asked of a frame: `embedding` to know who it is, `turn` for the head-turn challenge. */
export type FaceQuestion = 'embedding' | 'turn'

export interface NoFace {
  readonly found: false
  readonly hints: readonly QualityHint[]
}

export interface FoundFace {
  readonly found: true
  /** The face that counts, and how many others there are. */
  readonly box: FaceBox
  readonly others: number
  readonly hints: readonly QualityHint[]
  /** 68 points in pixels of the frame. */
  readonly landmarks: readonly Point[]
  /** To the question `turn` null. */
  readonly embedding: Embedding | null
}

export type FaceFindings = NoFace | FoundFace

/**
 * Looks for the nearest face in a frame and says who it could be: BlazeFace on the letterboxed frame, landmarks on an upright crop and its
 * mirror image, once more on a crop that follows from them, the face laid as the recognition network wants it, and the mean of that
 * network's answers for it and its mirror image. Throws a RangeError for a frame whose bytes are not four a pixel.
 */
export async function analyseFace(
  frame: Frame,
  networks: { finder: FaceFinder; recogniser: FaceRecogniser },
  question: FaceQuestion = 'embedding',
): Promise<FaceFindings> {
  const { finder, recogniser } = networks
  if (!(frame.width > 0) || frame.data.length !== frame.width * frame.height * 4) throw new RangeError('not a frame')
  const toSquare = letterbox(frame.width, frame.height, detectorInput)
  const faces = facesAmong(await finder.detect(cutPatch(frame, toSquare, detectorInput)), toSquare)
  const [box] = faces
  if (box === undefined) return { found: false, hints: ['no-face'] }
  const toCrop = fitSimilarity(keyPointsOf(box), meanKeyPoints(landmarkInput))
  const first = toCrop === null ? null : await findLandmarks(frame, toCrop, finder)
  const landmarks = first === null ? null : await secondPass(frame, first, finder)
  const toPatch = landmarks === null ? null : recogniser.layOnPatch(landmarks)
  if (landmarks === null || toPatch === null) return { found: false, hints: ['no-face'] }
  const patch = cutPatch(frame, toPatch, recogniser.patchSize)
  const others = othersBeside(faces)
  const hints = qualityHints({ box, others, landmarks, patch })
  const embedding = question === 'embedding' ? await embeddingOf(patch, recogniser) : null
  return { found: true, box, others: others.length, hints, landmarks, embedding }
}

/** Both eyes and the mouth. */
function keyPointsOf({ keyPoints }: FaceBox): Point[] {
  return [0, 1, 3].flatMap(index => keyPoints[index] ?? [])
}

async function findLandmarks(frame: Frame, toCrop: Similarity, finder: FaceFinder): Promise<Point[] | null> {
  const crop = cutPatch(frame, toCrop, landmarkInput)
  const [plain, inMirror] = await finder.landmarks([crop, mirrored(crop)])
  if (plain === undefined || inMirror === undefined) return null
  const [one, other] = [landmarksFrom(plain, landmarkInput), landmarksFrom(inMirror, landmarkInput)]
  const back = inverseOf(toCrop)
  return meanOfBothSides(one, other, landmarkInput).map(point => applySimilarity(back, point))
}

/** Landmarks once more, on a crop that follows from the first ones rather than from the detector's coarse points. */
async function secondPass(frame: Frame, first: readonly Point[], finder: FaceFinder): Promise<Point[] | null> {
  const inner = first.slice(17)
  const toCrop = fitSimilarity(
    inner,
    inner.map((_, index) => meanPoint(index + 17, landmarkInput)),
  )
  return toCrop === null ? null : findLandmarks(frame, toCrop, finder)
}

async function embeddingOf(patch: Patch, recogniser: FaceRecogniser): Promise<Embedding> {
  const embedding = meanEmbedding(await recogniser.embed([patch, mirrored(patch)]))
  if (!embedding.every(Number.isFinite)) throw new RangeError('the network gave no numbers')
  return embedding
}
