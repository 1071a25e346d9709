import { z } from 'zod'
import { type BusinessDate, businessDate } from '../business-day.ts'
import { bytes32 } from '../ids.ts'
import { membersAllowed } from './decide.ts'
import { metric } from './embedding.ts'
import { type FaceThresholds, faceThresholds } from './thresholds.ts'

/** Which network makes embeddings here, by its name and the SHA-256 of its weights: those of another are never compared. */
export const faceEngineRef = z.strictObject({ engine: z.string().min(1).max(120), modelHash: bytes32 })
export type FaceEngineRef = z.infer<typeof faceEngineRef>

export function isSameEngine(one: FaceEngineRef, other: FaceEngineRef): boolean {
  return one.engine === other.engine && one.modelHash === other.modelHash
}

/** What was measured on the site's own members with the site's own camera. */
export const faceCalibration = z.strictObject({
  on: businessDate,
  /** Comparisons of different people on which `far` rests. */
  pairs: z.int().positive(),
  /** Upper end of the 95 % interval of how often one comparison takes a stranger for a member, at `thresholds.oneToMany.candidate`. */
  far: z.number().positive().max(1),
  thresholds: faceThresholds,
})
export type FaceCalibration = z.infer<typeof faceCalibration>

/** The province allows faces at a site, with one network and its measures. Absent: no face is taken or compared there. */
export const siteFace = faceEngineRef.extend({
  /** How many numbers an embedding of this network has. */
  numbers: z.int().min(16).max(4096),
  metric,
  /** In force until the site is calibrated. */
  thresholds: faceThresholds,
  calibration: faceCalibration.nullable(),
  /** One face among all members may be looked for, as far as the calibration carries. */
  oneToMany: z.boolean(),
  /** Each look asks for a turn of the head; see head-turn.ts. Absent: no. */
  headTurn: z.boolean().optional(),
})
export type SiteFace = z.infer<typeof siteFace>

/** A site's own calibration, held to the province's thresholds, to today, and to what so few comparisons can show at all. */
export function noLaxer(own: FaceCalibration, than: FaceThresholds, today: BusinessDate): FaceCalibration {
  const { oneToOne, oneToMany } = own.thresholds
  type Rule = typeof oneToMany.candidate
  const stricter = (one: Rule, other: Rule): Rule => ({
    distance: Math.min(one.distance, other.distance),
    margin: Math.max(one.margin, other.margin),
  })
  return {
    on: own.on < today ? own.on : today,
    pairs: own.pairs,
    far: Math.max(own.far, 1 / own.pairs),
    thresholds: {
      oneToOne: {
        match: Math.min(oneToOne.match, than.oneToOne.match),
        staffCompares: Math.min(oneToOne.staffCompares, than.oneToOne.staffCompares),
      },
      oneToMany: {
        candidate: stricter(oneToMany.candidate, than.oneToMany.candidate),
        staffCompares: stricter(oneToMany.staffCompares, than.oneToMany.staffCompares),
      },
    },
  }
}

/** Among how many members one face may be looked for; 0 before the site is calibrated. */
export function mostMembers(calibration: FaceCalibration | null): number {
  return calibration === null ? 0 : membersAllowed(calibration.far)
}
