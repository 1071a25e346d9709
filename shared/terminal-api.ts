import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { afterwardsApi } from './afterwards-api.ts'
import { businessDate, meal } from './business-day.ts'
import { closeApi, drawerFen } from './close-api.ts'
import { assurance, means } from './credential.ts'
import { done, notice } from './done.ts'
import { type FaceToConfirmView, faceApi, faceBesideView, faceToConfirmView, faceView, lookStage } from './face-api.ts'
import { groupApi, groupView } from './group-api.ts'
import { checkInId, deviceEventId, fundId, operatorId, proxyId, recordId, seniorId } from './ids.ts'
import { neighbourApi } from './neighbour-api.ts'
import { payment, paymentApi } from './payment-api.ts'
import { pinText } from './pin.ts'
import { channel } from './policy/facts.ts'
import { printerApi, printerView } from './printer-api.ts'
import { problemCode } from './problems.ts'
import { feedName, verdictCode } from './province-api.ts'
import { proxyApi, proxyView } from './proxy-api.ts'
import { receiptFacts } from './receipt.ts'
import { roundApi } from './round-api.ts'
import { foundSenior } from './senior-found.ts'
import { contrast, nameForm, screenLanguage, textSize } from './setting-change.ts'
import { settingsApi, setupApi } from './settings-api.ts'
import { bilingual, setMeal, tenderKind } from './site.ts'
import { statementApi } from './statement-api.ts'
import { visitApi } from './visit-api.ts'
import { voiceView } from './voice/settings.ts'

export { type Done, done, type Notice, notice } from './done.ts'

const fen = z.int()
const instant = z.int()

const noticeValues = z.record(z.string(), z.union([z.string(), z.number()]))

/** What staff should know of a camera that runs: too dark to read codes, codes read without WebAssembly, another camera than the chosen one. */
export const cameraNote = z.enum(['dark', 'slow-reader', 'other-camera'])
export type CameraNote = z.infer<typeof cameraNote>

export const deviceView = z.object({
  id: z.string(),
  kind: z.enum(['card-reader', 'code-scanner', 'camera']),
  simulated: z.boolean(),
  state: z.enum(['closed', 'no-service', 'no-device', 'idle', 'busy', 'error']),
  media: z.enum(['absent', 'present', 'mute', 'unknown']),
  /** How often its driver hung or crashed and was started again in the last ten minutes. */
  restarts: z.int().nonnegative(),
  /** Of a camera only. */
  notes: z.array(cameraNote).optional(),
})
export type DeviceView = z.infer<typeof deviceView>

/** Which camera reads codes (null: whichever the system offers first) and how; `mirrored` is for the staff's picture only. */
export const cameraChoice = z.object({
  camera: z.object({ id: z.string().max(200), label: z.string().max(200) }).nullable(),
  mirrored: z.boolean(),
  zoom: z.number().min(1).max(4),
})
export type CameraChoice = z.infer<typeof cameraChoice>

export const saleView = z.object({
  record: recordId,
  at: instant,
  /** Masked name, or null for a guest. */
  name: z.string().nullable(),
  set: bilingual,
  means: means.nullable(),
  ownPayFen: fen,
  claimPending: z.boolean(),
  voided: z.boolean(),
  /** It was taken back by a refund: its use stays used. */
  refunded: z.boolean().optional(),
  voidable: z.boolean(),
  /** What is known of a phone payment that was not confirmed at the counter; left out where there is none, or another till's ledger has it. */
  phone: z.enum(['waiting', 'settled', 'not-paid']).optional(),
  /** What came by which tenders (fen), as it goes back where the sale is undone; left out by an older first till. */
  paid: z.array(payment).optional(),
  /** Only of a sale that the first till recorded for this one, whose ledger does not hold it. */
  receipt: receiptFacts.optional(),
})
export type SaleView = z.infer<typeof saleView>

/** A check-in that staff put aside. */
export const parkedView = z.object({
  checkIn: checkInId,
  at: instant,
  /** Masked name, or null for a guest and a person whom nobody here knows. */
  name: z.string().nullable(),
  set: bilingual,
  means: means.nullable(),
  /** It came on an earlier day: only a late entry can record it. */
  earlier: z.boolean(),
})
export type ParkedView = z.infer<typeof parkedView>

const terminalViewSchema = z.object({
  terminal: z.string(),
  /** Where the first start stands: `code` waits for the enrolment code, `devices` for somebody to try them; null: nothing is left to do. */
  setup: z.enum(['code', 'devices']).nullable(),
  contrast,
  textSize,
  siteName: z.string(),
  fictional: z.boolean(),
  businessDate,
  meal: z.object({ name: meal, endsAt: instant }).nullable(),
  nextMeal: z.object({ name: meal, startsAt: instant }).nullable(),
  network: z.object({ state: z.enum(['online', 'offline', 'connecting']), since: instant.nullable() }),
  unsent: z.object({ count: z.int(), oldestAt: instant.nullable() }),
  /** When a stick was written, and when one was read back. `left`: records that it had no room for; `upToDate`: it brought all news. */
  usb: z.object({
    out: z.object({ at: instant, records: z.int(), left: z.int() }).nullable(),
    back: z.object({ at: instant, upToDate: z.boolean() }).nullable(),
  }),
  /** `goodUntil`: the last business date on which the roster still counts. */
  roster: z.object({
    syncedAt: instant.nullable(),
    members: z.int(),
    stale: z.boolean(),
    goodUntil: businessDate.nullable(),
    validDays: z.int(),
  }),
  /** The pack that the site prices by; its signature was checked when it arrived. `next` is a version that comes into force later. */
  policy: z
    .object({
      id: z.string(),
      title: bilingual,
      fictional: z.boolean(),
      version: z.object({ id: z.string(), from: businessDate, to: businessDate.nullable() }).nullable(),
      next: z.object({ id: z.string(), from: businessDate }).nullable(),
    })
    .nullable(),
  /** Packs that came and did not pass, and were not followed by a good one yet. */
  policiesRefused: z.array(z.object({ id: z.string(), detail: z.string(), at: instant })),
  /** Records that the province wants looked at, newest first, twenty at the most; names masked. The notice `RECORD_REFUSED` counts all. */
  recordsDoubted: z.array(
    z.object({
      ...{ generation: z.int(), seq: z.int(), at: instant.nullable(), name: z.string().nullable() },
      code: verdictCode.nullable(),
    }),
  ),
  /** What of each feed could not be read; `ids`: of two at the most, short; `why`: the member that was unknown. The notice `FEED_UNREAD` counts all. */
  feedsUnread: z.array(z.object({ feed: feedName, count: z.int(), ids: z.array(z.string()), why: z.string() })),
  operator: z.object({ id: operatorId, name: z.string() }).nullable(),
  operators: z.array(z.object({ id: operatorId, name: z.string() })),
  shift: z.object({ record: recordId, openedAt: instant }).nullable(),
  /** Today is closed, and sells nothing more. `before`: a day before today that nobody closed. */
  close: z.object({ today: z.boolean(), before: businessDate.nullable() }),
  devices: z.array(deviceView),
  camera: cameraChoice,
  /** Null: the site has no printer. */
  printer: printerView.nullable(),
  served: z.object({
    inMeal: z.int(),
    lastTenMinutes: z.int(),
    perFiveMinutes: z.array(z.object({ from: instant, count: z.int() })),
  }),
  lastSales: z.array(saleView),
  /** The sale that was undone just now and can be brought back. */
  restorable: recordId.nullable(),
  /** The oldest first. A shift or day must not close before it is empty. */
  parked: z.array(parkedView),
  /** Null: everybody pays for themselves. */
  group: groupView.nullable(),
  menu: z.array(setMeal),
  chosenSet: z.string(),
  chosenTender: tenderKind,
  chosenChannel: channel,
  tenders: z.array(z.object({ kind: tenderKind, name: bilingual, simulated: z.boolean() })),
  expressSeconds: z.number().nullable(),
  keyProtection: z.enum(['host', 'file']),
  /** Null: the province allows no faces here. */
  face: faceView.nullable(),
  /** A kiosk without staff: which page sells now, and since when somebody calls for help. Null: no kiosk. */
  kiosk: z.object({ front: z.enum(['kiosk', 'staff']), helpSince: instant.nullable() }).nullable(),
  simulator: z.boolean(),
  /** The clock jumped far ahead (ms): nothing is sold before an operator says that it is right. `date`: the business date that it would be. */
  clockJump: z.object({ before: instant, after: instant, date: businessDate }).nullable(),
  /** Sales cannot be recorded now, and why. */
  stopped: notice.nullable(),
  notices: z.array(notice),
})
/** All that the staff's frame shows beside the current check-in. Named, since compilers write the unnamed type out. */
export interface TerminalView extends z.infer<typeof terminalViewSchema> {}
export const terminalView: z.ZodType<TerminalView> = terminalViewSchema

export const ladderView = z.object({
  kind: z.string(),
  title: bilingual,
  note: bilingual.nullable(),
  fund: fundId.nullable(),
  fen,
  runningFen: fen,
})

/** A priced check-in as staff see it. `entry.seconds` null: a person confirms. */
export const pricedView = z.object({
  state: z.literal('priced'),
  checkIn: checkInId,
  person: z
    .object({
      name: z.string(),
      sex: z.enum(['female', 'male']),
      age: z.int(),
      entitledUntil: z.string().nullable(),
      home: z.boolean(),
    })
    .nullable(),
  means: means.nullable(),
  assurance: assurance.nullable(),
  /** Last four signs of the credential where staff may see them. */
  credentialTail: z.string().nullable(),
  codeKind: z.enum(['dynamic', 'paper']).nullable(),
  device: z.object({ id: z.string(), eventId: deviceEventId, simulated: z.boolean() }).nullable(),
  set: setMeal,
  /** What stands on the ticket beside the set. */
  beside: z.array(z.object({ name: bilingual, quantity: z.int(), fen })),
  /** Takes the own payment, or the rest of it. */
  tender: tenderKind,
  /** What each tender takes, in order, where it is more than one; else empty. */
  parts: z.array(payment),
  /** Of the outside payment, where staff entered it. */
  reference: z.string().nullable(),
  channel,
  listFen: fen,
  ladder: z.array(ladderView),
  discountFen: fen,
  subsidyFen: fen,
  ownPayFen: fen,
  /** What `tender` takes of it: cash has no coins below 0.10 yuan. */
  dueFen: fen,
  pendingFen: fen,
  digest: z.string(),
  /** Uses of the weekly limit before this meal, where the policy has one. */
  week: z.object({ used: z.int(), cap: z.int() }).nullable(),
  /** Why the price is not the usual one. Not empty: the calm limit layout, a person confirms. */
  attention: z.array(notice),
  /** When another card or code was read last while this price stands; null where none was. */
  another: instant.nullable(),
  entry: z.object({ seconds: z.number().nullable(), held: z.boolean() }),
  /** What the subsidy still needs to know of who came, and the ways to it here; null where nothing is missing. */
  needs: z.object({ assurance, ways: z.array(z.enum(['staff', 'pin'])) }).nullable(),
  /** The province can be asked who this is: the person came with a credential, and is not known here by name. */
  askable: z.boolean(),
  /** Null: no look was taken beside the other means. */
  face: faceBesideView.nullable(),
  proxy: proxyView,
})
export interface PricedView extends z.infer<typeof pricedView> {}

export { type FoundSenior, foundSenior } from './senior-found.ts'

/** Staff look after one person's means. */
export const deskView = z.object({
  state: z.literal('desk'),
  person: z
    .object({
      senior: seniorId,
      name: z.string(),
      sex: z.enum(['female', 'male']),
      age: z.int(),
      numberTail: z.string().nullable(),
      home: z.boolean(),
      /** The person's own means, where they presented one here; null where staff found them. */
      means: means.nullable(),
      pin: z.enum(['none', 'set', 'locked']),
      /** `bound`: by staff, who may take it off again. */
      /** Who may collect this person's meals, now or later; `byStaff`: registered at a till. */
      proxies: z.array(
        z.object({ proxy: proxyId, name: z.string(), from: businessDate, until: businessDate, byStaff: z.boolean() }),
      ),
      /** Station leads, whose PIN a registration takes. */
      leads: z.array(z.object({ operator: operatorId, name: z.string() })),
      cards: z.array(z.object({ handle: z.string(), tail: z.string(), lost: z.boolean(), bound: z.boolean() })),
    })
    .nullable(),
  /** A card that nobody has yet and that waits to be bound. */
  card: z.object({ tail: z.string() }).nullable(),
  notice: notice.nullable(),
})
export interface DeskView extends z.infer<typeof deskView> {}

const plainViews = [
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('reading'), means }),
  z.object({ state: z.literal('confirmed'), sale: saleView, at: instant }),
  z.object({
    state: z.literal('problem'),
    notice,
    means: means.nullable(),
    /** Present where the person may eat now at the list price, to be settled by the province: a check-in that `priceAsStranger` opens. */
    stranger: checkInId.nullable(),
    /** The sale that the same credential already made. */
    already: saleView.nullable(),
    at: instant,
  }),
] as const
/** The current check-in as staff see it. Of named parts, since compilers write unnamed ones out. */
export type CashierView = PricedView | DeskView | FaceToConfirmView | z.infer<(typeof plainViews)[number]>
export const cashierView: z.ZodType<CashierView> = z.discriminatedUnion('state', [
  ...plainViews,
  pricedView,
  deskView,
  faceToConfirmView,
])

/** What the public screen may know. Equal for everybody but its digits, the surname and the set. */
const customerViewSchema = z.object({
  siteName: z.string(),
  fictional: z.boolean(),
  language: screenLanguage,
  contrast,
  textSize,
  nameForm,
  /** The screen says that it is the one, for somebody who tries it. */
  flashing: z.boolean(),
  /** When staff asked last for a sample of the voice; null before. */
  sampleAt: instant.nullable(),
  meal: z.object({ name: meal, from: z.string(), to: z.string() }).nullable(),
  menu: z.array(z.object({ id: z.string(), name: bilingual, dish: bilingual, priceFen: fen })),
  /** It is too dark before the camera to read codes. */
  needsLight: z.boolean(),
  /** A look at a face goes on. */
  atCamera: lookStage.nullable(),
  voice: voiceView,
  now: z.discriminatedUnion('state', [
    z.object({ state: z.literal('idle') }),
    z.object({ state: z.literal('reading') }),
    /** Staff look after somebody's card or PIN. */
    z.object({ state: z.literal('helping') }),
    /** Somebody was recognised: "is it you?" */
    z.object({ state: z.literal('asking'), surname: z.string(), title: z.enum(['female', 'male']), at: instant }),
    z.object({
      state: z.enum(['priced', 'confirmed']),
      surname: z.string().nullable(),
      title: z.enum(['female', 'male']).nullable(),
      set: bilingual,
      /** `set` is a service that begins or ends; absent: a meal. */
      visit: z.enum(['in', 'out']).optional(),
      listFen: fen,
      offFen: fen,
      ownPayFen: fen,
      tender: tenderKind,
      /** What each tender takes, in order, where it is more than one; else empty. */
      parts: z.array(payment),
      /** A phone payment was confirmed at the counter. */
      phoneSettled: z.boolean().optional(),
      pending: z.boolean(),
      /** What accepted claims of earlier visits bring back at this one. */
      madeGoodFen: fen,
      at: instant,
      /** When another card or code was read last while this price stands, whoever's it is; absent: none was. */
      another: instant.optional(),
    }),
    /** `values` holds only what anybody may hear, such as when the next meal starts. */
    z.object({ state: z.literal('problem'), code: problemCode, values: noticeValues, at: instant }),
  ]),
})
/** Named, since compilers write the unnamed type out wherever the whole API is used. */
export interface CustomerView extends z.infer<typeof customerViewSchema> {}
export const customerView: z.ZodType<CustomerView> = customerViewSchema

export const confirmResult = z.discriminatedUnion('result', [
  z.object({ result: z.literal('recorded'), sale: saleView, repeated: z.boolean() }),
  /** The price is another one now; the new one is on the screen. Nothing was recorded. */
  z.object({ result: z.literal('price-changed') }),
  /** One payer pays for several: it stands on their list, and is recorded with them. */
  z.object({ result: z.literal('listed') }),
  z.object({ result: z.literal('refused'), notice }),
])
export type ConfirmResult = z.infer<typeof confirmResult>

export const usbStick = z.object({ path: z.string(), name: z.string(), freeBytes: z.int() })
export type UsbStick = z.infer<typeof usbStick>
const refused = z.object({ result: z.literal('refused'), notice })
const stickInput = z.object({ path: z.string().max(1024) })

export const simulatedPerson = z.object({
  senior: seniorId,
  name: z.string(),
  age: z.int(),
  note: bilingual,
  hasCard: z.boolean(),
})
export type SimulatedPerson = z.infer<typeof simulatedPerson>

const checkInInput = z.object({ checkIn: checkInId })

/** Everything a page can ask of the terminal's core. The first event of each stream is a snapshot. */
export const terminalApi = {
  watchTerminal: oc.output(eventIterator(terminalView)),
  watchCashier: oc.output(eventIterator(cashierView)),
  watchCustomer: oc.output(eventIterator(customerView)),

  /** A code that the page's camera read. `eventId` is minted by the page's camera driver. */
  codeSeen: oc
    .input(z.object({ camera: z.string().max(200), eventId: deviceEventId, text: z.string().min(1).max(4096) }))
    .output(done),
  /** What a scanner or card reader that types as a keyboard typed into the page. `eventId` is minted by the page. */
  wedgeTyped: oc.input(z.object({ eventId: deviceEventId, text: z.string().min(1).max(1024) })).output(done),
  cameraState: oc
    .input(
      z.object({
        camera: z.string().max(200),
        state: z.enum(['starting', 'running', 'no-camera', 'refused', 'lost']),
        notes: z.array(cameraNote),
      }),
    )
    .output(done),
  /** Kept by the terminal over restarts. */
  chooseCamera: oc.input(cameraChoice).output(done),

  /** `floatFen`: the cash in the drawer, null where nobody counted it. */
  openShift: oc
    .input(z.object({ operator: operatorId, date: businessDate, floatFen: drawerFen.nullable().default(null) }))
    .output(done),
  /** The clock, which jumped far ahead, is right: `date` is the business date that the operator read. */
  confirmClock: oc.input(z.object({ operator: operatorId, date: businessDate })).output(done),
  chooseSet: oc.input(z.object({ set: z.string() })).output(done),
  /** One more of a line of the menu beside the set; `openFen` is what staff typed for an open amount. */
  addItem: oc.input(checkInInput.extend({ set: z.string(), openFen: z.int().nullable() })).output(done),
  removeItem: oc.input(checkInInput.extend({ place: z.int().nonnegative() })).output(done),
  /** Of the check-in on the screen, else of the next one. */
  chooseChannel: oc.input(z.object({ channel })).output(done),
  chooseTender: oc.input(z.object({ tender: tenderKind })).output(done),
  payment: paymentApi,
  /** A guest at the list price. */
  startGuest: oc.output(done),
  /** Prices the unknown person of a problem at the list price with a pending claim. */
  priceAsStranger: oc.input(checkInInput).output(done),
  /** Stops the entry bar. */
  hold: oc.input(checkInInput).output(done),
  /** Puts the check-in aside, on disk, to serve the next person first. */
  park: oc.input(checkInInput).output(done),
  /** A parked check-in stands on the screen again, held and priced anew. */
  takeBack: oc.input(checkInInput).output(done),
  /** Puts a parked check-in away with nothing recorded. */
  dropParked: oc.input(checkInInput).output(done),
  dismiss: oc.output(done),
  /** Records the sale that was shown. Safe to repeat: the same check-in gives the stored result. */
  confirm: oc.input(z.object({ checkIn: checkInId, digest: z.string() })).output(confirmResult),
  /** Staff compared the person who stands there with the member on the screen; recorded with the operator. */
  comparePerson: oc.input(checkInInput).output(done),
  /** The senior's own PIN; each wrong one counts, over restarts too. */
  enterPin: oc.input(checkInInput.extend({ pin: pinText })).output(done),
  /** Goes on without the assurance that is missing: list price and a pending claim. */
  takeListPrice: oc.input(checkInInput).output(done),
  /** Asks the province who the credential of this check-in belongs to. */
  askProvince: oc.input(checkInInput).output(done),

  openDesk: oc.output(done),
  /** With the unknown card of a problem, to bind it. */
  openDeskWithCard: oc.input(checkInInput).output(done),
  /** Members whose name, pinyin initials or last digits fit; see `fitsSearch`. */
  findSeniors: oc.input(z.object({ text: z.string().max(64) })).output(z.array(foundSenior)),
  chooseSenior: oc.input(z.object({ senior: seniorId })).output(done),
  /** Asks the province for a person whom no roster here knows. */
  askProvinceByName: oc
    .input(z.object({ name: z.string().min(2).max(64), numberTail: z.string().regex(/^\d{3}[\dX]$/) }))
    .output(done),
  bindCard: oc.output(done),
  /** Takes a card that staff bound by mistake off the chosen person. */
  unbindCard: oc.input(z.object({ handle: z.string() })).output(done),
  /** Reports a card of the chosen person lost, or found again. */
  reportCard: oc.input(z.object({ handle: z.string(), lost: z.boolean() })).output(done),
  setPin: oc.input(z.object({ pin: pinText })).output(done),
  clearPin: oc.output(done),
  /** Opens a check-in for the chosen person, whom staff compared. */
  serveSenior: oc.output(done),
  voidSale: oc.input(z.object({ sale: recordId })).output(done),
  /** Undoes an undo: the visit of a void is sold again, as a sale of its own. */
  restoreSale: oc.input(z.object({ sale: recordId })).output(done),
  syncNow: oc.output(done),
  /** Staff have read `LANE_GONE`, and see to it. What it is about stays to be settled, should that till come back. */
  putLaneVisitsAway: oc.output(done),
  usbSticks: oc.output(z.array(usbStick)),
  /** Writes all that waits for the province to one of the sticks that were shown. */
  usbOut: oc
    .input(stickInput)
    .output(
      z.discriminatedUnion('result', [
        z.object({ result: z.literal('done'), records: z.int(), left: z.int() }),
        refused,
      ]),
    ),
  /** Takes the province's answer from a stick. `upToDate` false: there is more, which the next stick brings. */
  usbBack: oc
    .input(stickInput)
    .output(
      z.discriminatedUnion('result', [
        z.object({ result: z.literal('done'), acknowledged: z.int(), items: z.int(), upToDate: z.boolean() }),
        refused,
      ]),
    ),
  face: faceApi,
  afterwards: afterwardsApi,
  proxy: proxyApi,
  visit: visitApi,
  group: groupApi,
  printer: printerApi,
  statement: statementApi,
  round: roundApi,
  neighbour: neighbourApi,
  close: closeApi,
  /** Somebody went to whoever called at the kiosk. */
  answerHelp: oc.output(done),
  /** The kiosk sells again; what stands on the till's screen goes. */
  backToKiosk: oc.output(done),
  settings: settingsApi,
  setup: setupApi,

  /** Only where the terminal was started with simulated devices: tells the simulated driver, never the core, to present something. */
  simulatedPeople: oc.output(z.array(simulatedPerson)),
  simulate: oc
    .input(z.object({ senior: seniorId, present: z.enum(['card', 'dynamic-code', 'paper-code']) }))
    .output(done),
}
