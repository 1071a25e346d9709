import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { meal } from './business-day.ts'
import { faceCredential, turnSeen } from './credential.ts'
import { faceEngineRef } from './face/site-face.ts'
import { faceApi, lookStage } from './face-api.ts'
import { checkInId, deviceEventId, operatorId } from './ids.ts'
import { pinText } from './pin.ts'
import { problemCode } from './problems.ts'
import { bilingual, tenderKind } from './site.ts'
import { confirmResult, done, terminalApi } from './terminal-api.ts'
import { voiceView } from './voice/settings.ts'

const fen = z.int()
const instant = z.int()

const somebody = {
  /** Null where nobody here knows them. */
  surname: z.string().nullable(),
  title: z.enum(['female', 'male']).nullable(),
}
/** As on the public screen. */
const another = instant.optional()
const sale = {
  ...somebody,
  set: bilingual,
  listFen: fen,
  offFen: fen,
  ownPayFen: fen,
  tender: tenderKind,
  pending: z.boolean(),
  madeGoodFen: fen,
  at: instant,
}

/** What stands on a kiosk without staff. Like the public screen it is equal for everybody but its digits, the surname and the set. */
export const kioskNow = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle') }),
  z.object({ state: z.literal('reading') }),
  /** Staff look after somebody. */
  z.object({ state: z.literal('helping') }),
  /** Somebody was recognised: "is it you?" */
  z.object({ state: z.literal('asking'), look: checkInId, ...somebody, at: instant }),
  /** A card, a paper code or a face alone: a PIN, or the list price. Whether a PIN or a subsidy is there is not told. */
  z.object({
    state: z.literal('choosing'),
    checkIn: checkInId,
    ...somebody,
    set: bilingual,
    listFen: fen,
    at: instant,
    another,
  }),
  /** `already`: this person has a meal of this period. */
  z.object({
    state: z.literal('priced'),
    checkIn: checkInId,
    digest: z.string(),
    already: z.boolean(),
    another,
    ...sale,
  }),
  z.object({ state: z.literal('confirmed'), ...sale }),
  /** `looksAgain`: the camera may look once more. `values` as on the public screen. */
  z.object({
    state: z.literal('problem'),
    code: problemCode,
    values: z.record(z.string(), z.union([z.string(), z.number()])),
    looksAgain: z.boolean(),
    at: instant,
  }),
])
export type KioskNow = z.infer<typeof kioskNow>

export const kioskView = z.object({
  siteName: z.string(),
  fictional: z.boolean(),
  /** `staff`: the PIN was given, and the cashier's page stands in front. */
  front: z.enum(['kiosk', 'staff']),
  meal: z.object({ name: meal, from: z.string(), to: z.string() }).nullable(),
  /** The one meal that is sold here; null where there is none now. */
  set: z.object({ name: bilingual, dish: bilingual, priceFen: fen }).nullable(),
  /** Why nothing can be sold now, with what anybody may hear of it; null where it can. */
  closed: z.object({ code: problemCode, values: z.record(z.string(), z.string()) }).nullable(),
  /** Null: no face can be looked for here. */
  face: faceEngineRef.extend({ headTurn: z.boolean() }).nullable(),
  helpSince: instant.nullable(),
  /** Whose PIN opens the cashier's page. */
  staff: z.array(z.object({ id: operatorId, name: z.string() })),
  /** A look at a face goes on. */
  atCamera: lookStage.nullable(),
  voice: voiceView,
  /** See the public screen. */
  sampleAt: instant.nullable(),
  /** Names what stands there: `reset` takes away this and nothing that came after it. */
  turn: z.string(),
  now: kioskNow,
})
export type KioskView = z.infer<typeof kioskView>

const checkInInput = z.object({ checkIn: checkInId })

/** All that a kiosk's page may ask for. What only staff may do is not among it, and the core answers a kiosk nothing else. */
export const kioskApi = {
  watch: oc.output(eventIterator(kioskView)),
  /** See `wedgeTyped` of the terminal. */
  wedgeTyped: oc.input(z.object({ eventId: deviceEventId, text: z.string().min(1).max(1024) })).output(done),
  /** Safe to repeat, as at the till. Refused for cash, for guests, and before the person chose between PIN and list price. */
  confirm: oc.input(z.object({ checkIn: checkInId, digest: z.string() })).output(confirmResult),
  enterPin: oc.input(checkInInput.extend({ pin: pinText })).output(done),
  /** List price now; where there is a right, the province decides. */
  takeListPrice: oc.input(checkInInput).output(done),
  /** Nobody is there any more: what stands on the screen goes. Nothing was recorded, and nothing that was recorded changes. */
  reset: oc.input(z.object({ turn: z.string() })).output(done),
  callHelp: oc.output(done),
  /** Help is not needed any more. */
  endHelp: oc.output(done),
  /** A member of staff leaves the kiosk for the cashier's page. Each wrong PIN counts. */
  leave: oc.input(z.object({ operator: operatorId, pin: pinText })).output(done),
  face: {
    model: faceApi.model,
    modelPart: faceApi.modelPart,
    /** Looked for among the members, after a person asked for it; lifts nothing by itself. */
    look: oc.input(faceCredential.omit({ means: true }).extend({ turn: turnSeen.nullable() })).output(done),
    isMe: oc.input(z.object({ look: checkInId })).output(done),
    isNotMe: oc.input(z.object({ look: checkInId })).output(done),
  },
}

/** Everything that any page can ask of the core; which page may ask what, the core checks. */
export const pagesApi = { ...terminalApi, kiosk: kioskApi }
