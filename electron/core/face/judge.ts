import { decideOneToOne, type FaceOutcome } from '../../../shared/face/decide.ts'
import { type Embedding, faceDistance } from '../../../shared/face/embedding.ts'
import type { FaceModel } from '../../../shared/face/networks.ts'

/** Compares the frames of a look with one person's template: what most of them reach counts. */
export function judgeOne(
  frames: readonly Embedding[],
  template: Embedding,
  { metric, thresholds }: Pick<FaceModel, 'metric' | 'thresholds'>,
): FaceOutcome {
  const outcomes = frames.map(frame => decideOneToOne(faceDistance(frame, template, metric), thresholds))
  const most = (some: readonly FaceOutcome[]) =>
    outcomes.filter(outcome => some.includes(outcome)).length * 2 > outcomes.length
  if (most(['person-confirms'])) return 'person-confirms'
  return most(['person-confirms', 'staff-compares']) ? 'staff-compares' : 'nobody'
}
