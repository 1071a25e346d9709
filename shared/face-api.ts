import { oc } from '@orpc/contract'
import { z } from 'zod'
import { businessDate } from './business-day.ts'
import { faceCredential, faceFrame, turnSeen } from './credential.ts'
import { consentGiver, consentKind, enrolmentCheck } from './face/consent.ts'
import { modelManifest } from './face/model-manifest.ts'
import { faceCalibration, faceEngineRef } from './face/site-face.ts'
import { bytes32, checkInId, recordId, seniorId } from './ids.ts'
import { problemCode } from './problems.ts'
import { bilingual } from './site.ts'

const notice = z.object({ code: problemCode, values: z.record(z.string(), z.union([z.string(), z.number()])) })
const refused = z.object({ result: z.literal('refused'), notice })
const done = z.discriminatedUnion('result', [z.object({ result: z.literal('done') }), refused])

/** Faces at this terminal. Null in the terminal's view: the province does not allow them here. */
export const faceView = faceEngineRef.extend({
  on: z.boolean(),
  enrolled: z.int(),
  portraits: z.int(),
  /** One face among all members may be looked for now. */
  oneToMany: z.boolean(),
  /** Up to how many members the calibration allows that; 0 without one. */
  mostMembers: z.int(),
  calibration: faceCalibration.nullable(),
  /** Each look has to show a turn of the head. */
  headTurn: z.boolean(),
  /** The last deletion that nobody watched (a withdrawal at another counter, somebody who left, a year unused), and what the search found. */
  erased: z.object({ on: businessDate, people: z.int(), files: z.int(), found: z.int() }).nullable(),
})
export type FaceView = z.infer<typeof faceView>

/** A face was found, and waits for somebody to say whether it is this person. */
export const faceToConfirmView = z.object({
  state: z.literal('face-to-confirm'),
  look: checkInId,
  /** Masked, since it may be somebody else's. */
  name: z.string(),
  sex: z.enum(['female', 'male']),
  /** `staff`: too little for the person's own word, staff compares. */
  confirmBy: z.enum(['anybody', 'staff']),
  /** A portrait can be shown to staff. */
  portrait: z.boolean(),
  triesLeft: z.int(),
  at: z.int(),
})
export type FaceToConfirmView = z.infer<typeof faceToConfirmView>

/** What the face said of the person of a priced check-in who came by another means. It changes neither assurance nor price. */
export const faceBesideView = z.object({
  result: z.enum(['match', 'staff-compares', 'differs', 'no-turn']),
  triesLeft: z.int(),
})

/** What a look asks of the person before the camera: to look into it, or to turn the head. */
export const lookStage = z.enum(['ahead', 'turning'])
export type LookStage = z.infer<typeof lookStage>

const enrolmentId = z.uuid()
const ofEnrolment = z.object({ enrolment: enrolmentId })

const erasure = z.object({
  /** What was deleted here; nothing where the person had agreed elsewhere only. */
  what: z.array(consentKind),
  files: z.int(),
  bytes: z.int(),
  /** Traces that are left, none of which opens; 0 where the deletion is proven. */
  found: z.int(),
  /** The lines for the screen and the slip. */
  statement: z.array(bilingual),
})
export type Erasure = z.infer<typeof erasure>

const atThreshold = z.object({
  distance: z.number(),
  known: z.object({ rate: z.number(), interval: z.object({ low: z.number(), high: z.number() }) }),
  falseAcceptance: z.object({ hits: z.int(), trials: z.int(), atMost: z.number() }),
  members: z.object({ safe: z.int(), byBareRate: z.int().nullable() }),
})
const bins = z.array(z.object({ bin: z.int(), count: z.int() }))

/** What the looks of this site's daily work say about its thresholds; see `reportOnCounts`. Bins are `binWidth` wide. */
export const faceReport = faceEngineRef.extend({
  looks: z.int(),
  comparisons: z.int(),
  enough: z.boolean(),
  looksNeeded: z.int(),
  comparisonsNeeded: z.int(),
  genuine: bins,
  impostor: bins,
  measured: z
    .object({
      oneToOne: atThreshold,
      suggested: atThreshold,
      allowsAll: z.boolean(),
      equalErrorRate: z.number(),
    })
    .nullable(),
  /** What `adoptCalibration` takes over; null while there is too little. */
  adopt: faceCalibration.nullable(),
})
export type FaceReport = z.infer<typeof faceReport>

/** What a page may ask about faces. Each call but `status` and `withdraw` answers FACE_OFF where faces are off. */
export const faceApi = {
  /** Staff switch faces on or off at this site, as far as the province allows them; recorded. */
  switch: oc.input(z.object({ on: z.boolean() })).output(done),
  /** Staff take over what a calibration measured here; recorded. */
  adoptCalibration: oc.input(faceEngineRef.extend({ calibration: faceCalibration })).output(done),

  /** What the looks so far say about the thresholds here. */
  report: oc.output(
    z.discriminatedUnion('result', [z.object({ result: z.literal('done'), report: faceReport }), refused]),
  ),

  /** The recognition network that this site brings, checked by its hash; null where it uses the shipped one. */
  model: oc.output(
    z.discriminatedUnion('result', [
      z.object({
        result: z.literal('done'),
        model: z.object({ manifest: modelManifest, bytes: z.int(), modelHash: bytes32 }).nullable(),
      }),
      refused,
    ]),
  ),
  /** Its bytes from `offset` on as base64url, as many as fit into one answer; none at the end. */
  modelPart: oc.input(z.object({ offset: z.int().nonnegative() })).output(z.object({ bytes: z.string() })),

  /** Begins an enrolment of a member whom staff have before them; an earlier one that is open is dropped. */
  begin: oc
    .input(z.object({ senior: seniorId, checked: enrolmentCheck }))
    .output(z.discriminatedUnion('result', [z.object({ result: z.literal('done'), enrolment: enrolmentId }), refused])),
  /** After the whole notice was shown and read aloud. What is not in `what` was not agreed to. */
  consent: oc
    .input(
      ofEnrolment.extend({
        notice: z.string(),
        heardAll: z.literal(true),
        by: consentGiver,
        what: z.array(consentKind).min(1).max(3),
      }),
    )
    .output(done),
  /** One of three photos, as numbers. */
  photo: oc
    .input(ofEnrolment.extend({ frame: faceFrame }))
    .output(
      z.discriminatedUnion('result', [
        z.object({ result: z.literal('done'), taken: z.int(), needed: z.int() }),
        refused,
      ]),
    ),
  /** One more frame, which has to fit: without it nothing is stored. */
  tryOut: oc.input(ofEnrolment.extend({ frame: faceFrame })).output(done),
  /** A small JPEG as base64url. */
  takePortrait: oc.input(ofEnrolment.extend({ jpeg: z.string().max(28_000) })).output(done),
  /** Stores and records what was agreed to. `slip`: its lines for the printer. */
  finish: oc
    .input(ofEnrolment)
    .output(
      z.discriminatedUnion('result', [
        z.object({ result: z.literal('done'), record: recordId, slip: z.array(bilingual) }),
        refused,
      ]),
    ),
  /** Forgets all that the open enrolment took. */
  cancel: oc.input(ofEnrolment).output(done),

  /** What a senior agreed to here; null where nothing. */
  status: oc.input(z.object({ senior: seniorId })).output(
    z
      .object({
        what: z.array(consentKind),
        givenOn: businessDate,
        usedOn: businessDate,
        endsOn: businessDate,
        notice: z.string(),
        /** Made by a network that is not this site's any more: enrol again. */
        outdated: z.boolean(),
      })
      .nullable(),
  ),
  /**
   * Ends consents, deletes what they allowed, and looks through the data folder for what may be left. Works while faces are off, and for whom
   * nothing is kept here: then all kinds are withdrawn. The province and every other terminal delete theirs when they hear of the record.
   */
  withdraw: oc
    .input(z.object({ senior: seniorId, what: z.array(consentKind).min(1).max(3), by: consentGiver }))
    .output(
      z.discriminatedUnion('result', [z.object({ result: z.literal('done'), record: recordId, erasure }), refused]),
    ),

  /**
   * A look: with `checkIn` compared with the person of that priced check-in, with `senior` with whom staff found by name and last digits,
   * with neither looked for among the members (three frames). Where the site asks for a turn of the head, a look without one answers
   * FACE_NO_TURN, compares nothing, and is one of the two tries.
   */
  look: oc
    .input(
      faceCredential
        .omit({ means: true })
        .extend({ checkIn: checkInId.nullable(), senior: seniorId.nullable(), turn: turnSeen.nullable() }),
    )
    .output(done),
  /** What a look at the camera asks of the person now, for the public screen; null when it is over. */
  atCamera: oc.input(z.object({ stage: lookStage.nullable() })).output(done),
  /** It is them. `person`: they said so themselves; `staff`: staff asked; `compared`: staff compared the person, which is recorded. */
  confirm: oc.input(z.object({ look: checkInId, by: z.enum(['person', 'staff', 'compared']) })).output(done),
  /** It is not them: one of the two tries. */
  notThem: oc.input(z.object({ look: checkInId })).output(done),
  /** The portrait of a found face or of a priced check-in that is not verified, as base64url JPEG; null where there is none. */
  portrait: oc.input(z.object({ checkIn: checkInId })).output(z.object({ jpeg: z.string().nullable() })),
}
