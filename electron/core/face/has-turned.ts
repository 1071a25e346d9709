import type { TurnSeen } from '../../../shared/credential.ts'
import { decideOneToOne } from '../../../shared/face/decide.ts'
import { type Embedding, faceDistance } from '../../../shared/face/embedding.ts'
import { isTurn } from '../../../shared/face/head-turn.ts'
import type { FaceEngineRef } from '../../../shared/face/site-face.ts'
import { numbersIn } from './face-parts.ts'
import type { FaceRules } from './face-setting.ts'

/**
 * Whether a look comes with a turn of the head to the side asked for, of the face that is compared: the turned face may lie as far from each
 * frame as staff may compare, since a turned face is described less well.
 */
export function hasTurned(
  rules: FaceRules,
  look: FaceEngineRef & { turn: TurnSeen | null },
  frames: readonly Embedding[],
): boolean {
  const { turn } = look
  if (turn === null || !isTurn(turn, turn.asked)) return false
  const turned = numbersIn(rules, look, [turn.frame])?.[0]
  if (turned === undefined) return false
  return frames.every(frame => decideOneToOne(faceDistance(frame, turned, rules.metric), rules.thresholds) !== 'nobody')
}
