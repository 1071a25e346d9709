import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { approval } from './afterwards-api.ts'
import { businessDate } from './business-day.ts'
import { assurance, means } from './credential.ts'
import { done, notice } from './done.ts'
import { faceToConfirmView } from './face-api.ts'
import { operatorId, proxyId, recordId, seniorId } from './ids.ts'
import { pinText } from './pin.ts'
import { clockText } from './policy/facts.ts'
import { foundSenior } from './senior-found.ts'
import { bilingual, tenderKind } from './site.ts'
import { orderId } from './visit/order.ts'
import { carerId, carerRole, serviceKind } from './visit/service.ts'

const fen = z.int()
const instant = z.int()

export const serviceView = z.object({
  id: z.string(),
  kind: serviceKind,
  name: bilingual,
  unit: bilingual,
  /** Null: without money. */
  fen: fen.nullable(),
  leastMinutes: z.int(),
  usualMinutes: z.int(),
  where: z.enum(['station', 'home']),
})
export type ServiceView = z.infer<typeof serviceView>

const carerView = z.object({
  carer: carerId,
  name: z.string(),
  role: carerRole,
  pin: z.enum(['none', 'set', 'locked']),
  /** A phone of theirs holds a key of this till. */
  phone: z.boolean(),
})
export type CarerView = z.infer<typeof carerView>

/** Somebody who is registered for a senior and may vouch for them by a PIN of their own; `problem`: why not today. */
const proxyChoice = z.object({
  proxy: proxyId,
  name: z.string(),
  from: businessDate,
  until: businessDate,
  pin: z.enum(['none', 'set', 'locked']),
  problem: notice.nullable(),
})
export type ProxyChoice = z.infer<typeof proxyChoice>

/** What shows that somebody was at the place; `reference` names the device or the place of the code. */
export const placeView = z.object({
  evidence: z.enum(['reader', 'rotating-code', 'unproven']),
  reference: z.string().nullable(),
})

/** Priced as it would end now; at sign-out it is what is paid. */
const visitPrice = z.object({
  listFen: fen,
  discountFen: fen,
  subsidyFen: fen,
  pendingFen: fen,
  ownPayFen: fen,
  /** What the tender takes: cash has no coins below 0.10 yuan. */
  dueFen: fen,
  tender: tenderKind,
  digest: z.string(),
  /** The title of the scheme that pays; null where none does. */
  scheme: bilingual.nullable(),
})

const personView = z.object({
  senior: seniorId,
  name: z.string(),
  sex: z.enum(['female', 'male']),
  age: z.int(),
})

/** One visit that goes on, or waits for its payment and its rating. */
export const visitView = z.object({
  /** The record of its beginning. */
  visit: recordId,
  person: personView,
  means: means.nullable(),
  assurance: assurance.nullable(),
  /** The registered proxy who vouched for them; null where none did. */
  proxy: z.string().nullable(),
  service: serviceView,
  carer: z.object({ name: z.string(), role: carerRole, ofToday: z.int(), changes: z.int() }),
  startedAt: instant,
  /** Paused since; null while it goes on. */
  pausedAt: instant.nullable(),
  /** Whole minutes of service until `asOf`, pauses taken off. */
  minutes: z.int(),
  asOf: instant,
  place: placeView,
  /** Minutes between the carer's visit before and this one; null where there was none today. */
  gapMinutes: z.int().nullable(),
  /** Null for a service without money. */
  price: visitPrice.nullable(),
  order: orderId.nullable(),
})
export interface VisitView extends z.infer<typeof visitView> {}

/** A line of the day's list: an order that waits, a visit that goes on, or what is done. */
export const dayLine = z.object({
  key: z.string(),
  /** When it is due, began or was noted. */
  at: clockText,
  kind: serviceKind,
  /** Masked. */
  name: z.string(),
  service: bilingual,
  where: z.enum(['station', 'home']),
  minutes: z.int().nullable(),
  state: z.enum(['due', 'running', 'paused', 'present', 'done', 'unproven', 'cancelled', 'late', 'void']),
  /** To look at it; null for one that stands in another till's ledger. */
  visit: recordId.nullable(),
  order: orderId.nullable(),
  /** Whether it may still be taken back. */
  takesBack: z.boolean(),
  /** The day on which it was given, of what was entered late today and is of another day; absent: today. */
  date: businessDate.optional(),
})
export type DayLine = z.infer<typeof dayLine>

/** Somebody whom a call or a round did not meet, until somebody has seen them. */
const followUpLine = z.object({
  of: recordId,
  date: businessDate,
  at: clockText,
  /** Masked. */
  name: z.string(),
  kind: serviceKind,
  service: bilingual,
})
export type FollowUpLine = z.infer<typeof followUpLine>

/** What the middle of the station's screen shows. */
const deskStates = [
  z.object({ state: z.literal('list') }),
  /** Somebody stands here: what is it to be? Their orders of today come first. */
  z.object({
    state: z.literal('arriving'),
    person: personView,
    means: means.nullable(),
    /** The registered proxy who vouched for them; null where none did. */
    proxy: z.string().nullable(),
    /** Who may; null where the person showed a means of their own. */
    proxies: z.array(proxyChoice).nullable(),
    orders: z.array(z.object({ order: orderId, at: clockText, service: z.string(), carer: carerId.nullable() })),
    /** Chosen so far. */
    service: serviceView.nullable(),
    carer: carerView.omit({ pin: true, phone: true }).nullable(),
    place: placeView,
    /** What keeps it from beginning. */
    needs: z.array(z.enum(['service', 'carer'])),
    attention: z.array(notice),
  }),
  z.object({
    state: z.literal('visit'),
    visit: visitView,
    proxies: z.array(proxyChoice),
    attention: z.array(notice),
  }),
  /** The senior showed themselves again, or staff compared them: it ends now, and this is what it costs. */
  z.object({
    state: z.literal('leaving'),
    visit: visitView,
    /** Why it ends before its least minutes; null where it does not. */
    early: z.enum(['asked', 'needed']).nullable(),
    /** Whether its subsidy asks that staff compare the senior; `list-price`: nobody is here to be compared, and the difference is claimed. */
    proof: z.enum(['enough', 'needed', 'list-price']),
    /** See `arriving`. */
    proxies: z.array(proxyChoice).nullable(),
    attention: z.array(notice),
  }),
  /** Recorded; three faces to choose from, or none. */
  z.object({ state: z.literal('rating'), visit: visitView }),
] as const

export const stationView = z.object({
  /** Null: this site gives no services. */
  station: z
    .object({
      services: z.array(serviceView),
      carers: z.array(carerView),
      /** What the station's own screen shows, for a carer to type, or as a square code; changes each minute. */
      code: z.object({ text: z.string(), qr: z.string(), until: instant }),
      /** Carers may have a page on their phone. */
      phones: z.boolean(),
    })
    .nullable(),
  date: businessDate,
  /** The station's screen stands in place of the till's: cards and codes go to it. */
  open: z.boolean(),
  desk: z.discriminatedUnion('state', deskStates),
  day: z.array(dayLine),
  counts: z.object({ present: z.int(), done: z.int(), due: z.int() }),
  /** The oldest first. */
  followUps: z.array(followUpLine),
  notice: notice.nullable(),
  /** Whose face may be looked at now, all members' on the list; null where faces are off, nobody agreed, or a face adds nothing. */
  face: z.union([z.literal('members'), seniorId]).nullable(),
  /** Somebody was found by the face, and staff say whether it is they. */
  asked: faceToConfirmView.nullable(),
})
export interface StationView extends z.infer<typeof stationView> {}

export const earlyReason = z.enum(['unwell', 'asked', 'called-away', 'not-home', 'other'])
export type EarlyReason = z.infer<typeof earlyReason>

/** What was seen at a visiting-care call or a doctor's visit. */
export const seen = z.enum(['well', 'unwell', 'not-seen'])
export type Seen = z.infer<typeof seen>

const visitInput = z.object({ visit: recordId })

/** A visit that was given without the terminal. */
const lateVisit = z.object({
  senior: seniorId,
  service: z.string().max(64),
  carer: carerId,
  servedOn: businessDate,
  from: clockText,
  until: clockText,
  tender: tenderKind,
})
export type LateVisit = z.infer<typeof lateVisit>

const lateVisitPriced = z.discriminatedUnion('result', [
  z.object({ result: z.literal('priced'), minutes: z.int(), price: visitPrice, attention: z.array(notice) }),
  z.object({ result: z.literal('refused'), notice }),
])
export type LateVisitPriced = z.infer<typeof lateVisitPriced>

/** `link` is shown once, for the carer's phone to open; null where the key was withdrawn. */
const phoneGiven = z.discriminatedUnion('result', [
  z.object({ result: z.literal('done'), link: z.string().nullable() }),
  z.object({ result: z.literal('refused'), notice }),
])
export type PhoneGiven = z.infer<typeof phoneGiven>

/** What staff of a station do: seniors in and out of services. */
export const visitApi = {
  watch: oc.output(eventIterator(stationView)),
  open: oc.output(done),
  close: oc.output(done),
  find: oc.input(z.object({ text: z.string().max(64) })).output(z.array(foundSenior)),
  /** Somebody whom staff know or compared, by name. */
  choose: oc.input(z.object({ senior: seniorId })).output(done),
  /** Back to the list; nothing that was begun is lost. */
  back: oc.output(done),
  look: oc.input(visitInput).output(done),
  chooseOrder: oc.input(z.object({ order: orderId })).output(done),
  chooseService: oc.input(z.object({ service: z.string().max(64) })).output(done),
  /** The carer says by their PIN that it is they. Before a visit begins, or in the middle of one that another carer takes over. */
  carer: oc.input(z.object({ carer: carerId, pin: pinText })).output(done),
  /** A lead gives a carer a first PIN, or a new one. */
  setCarerPin: oc.input(z.object({ carer: carerId, pin: pinText, approval })).output(done),
  /** A lead gives a carer's phone a key, which takes the place of the one before, or withdraws it. */
  setCarerPhone: oc.input(z.object({ carer: carerId, give: z.boolean(), approval })).output(phoneGiven),
  /** What the carer's phone answers to the code, as it is typed. Before a visit begins, or in the middle of one that another carer takes over. */
  answer: oc.input(z.object({ text: z.string().max(128) })).output(done),
  /** A registered proxy vouches by their PIN for the senior of the screen, whom staff found by name: as they come, or to end a visit. */
  proxy: oc.input(z.object({ proxy: proxyId, pin: pinText })).output(done),
  /** A lead gives a registered proxy of the senior of the screen a first PIN, or a new one. */
  setProxyPin: oc.input(z.object({ proxy: proxyId, pin: pinText, approval })).output(done),
  /** The code that the station's screen shows, typed by the carer. */
  stationCode: oc.input(z.object({ text: z.string().max(64) })).output(done),
  /** Begins what was chosen: a visit, or for a service without money that has no end a note of attendance. */
  begin: oc.input(z.object({ seen: seen.nullable(), note: z.string().max(200).nullable() })).output(done),
  pause: oc.input(visitInput).output(done),
  goOn: oc.input(visitInput).output(done),
  /** Staff compared the senior, who cannot show a means: the visit ends now. */
  leave: oc.input(visitInput.extend({ early: earlyReason.nullable() })).output(done),
  /** Staff compared the senior of a sign-out whose subsidy asks for it; its end stays when it was, and a proxy is out of it. */
  compare: oc.input(visitInput).output(done),
  /** Nobody is here whom staff could compare: the list price now, with a claim for the difference. Their card, or comparing them after all, undoes it. */
  takeListPrice: oc.input(visitInput).output(done),
  chooseTender: oc.input(z.object({ tender: tenderKind })).output(done),
  /** Records the end as it was shown. Safe to repeat. */
  finish: oc
    .input(visitInput.extend({ digest: z.string().nullable() }))
    .output(
      z.discriminatedUnion('result', [
        z.object({ result: z.literal('recorded'), visit: recordId }),
        z.object({ result: z.literal('price-changed') }),
        z.object({ result: z.literal('refused'), notice }),
      ]),
    ),
  /** Three faces: 3 is the happy one. Null: they would rather not. */
  rate: oc.input(visitInput.extend({ rating: z.literal([1, 2, 3]).nullable() })).output(done),
  /** Takes back a visit that was counted today, or entered late in this shift: its rights and its money return. */
  takeBack: oc.input(visitInput).output(done),
  /** What a visit that was given without the terminal costs. */
  priceLate: oc.input(lateVisit).output(lateVisitPriced),
  /** Records it with a reason and another person's word, or held without. `digest`: as it was shown; null takes the price as it is. */
  late: oc
    .input(
      lateVisit.extend({
        reason: z.string().trim().min(2).max(80),
        approval: approval.nullable(),
        digest: z.string().nullable().default(null),
      }),
    )
    .output(done),
  /** Somebody was seen after all: ends the follow-up of a call or a round on which they were not. */
  followUp: oc
    .input(z.object({ of: recordId, seen: seen.exclude(['not-seen']), by: operatorId, note: z.string().max(200) }))
    .output(done),
}
