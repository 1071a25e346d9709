import { create } from 'zustand'
import type { ConsentGiver, ConsentKind, EnrolmentCheck } from '../../shared/face/consent.ts'
import type { TurnDirection } from '../../shared/face/head-turn.ts'
import type { QualityHint } from '../../shared/face/quality.ts'
import type { Erasure } from '../../shared/face-api.ts'
import type { Bilingual, SetMeal } from '../../shared/site.ts'
import type {
  CameraNote,
  CashierView,
  Notice,
  SaleView,
  SimulatedPerson,
  TerminalView,
  UsbStick,
} from '../../shared/terminal-api.ts'
import type { NamedCamera } from '../camera/camera-choice.ts'
import type { CameraInUse, CameraState } from '../camera/capture.ts'
import { type Language, languageOf } from '../i18n/dates.ts'

/** Whose PIN is asked for: the one of a check-in, a new one for the person at the desk, a colleague's who approves, a new one of one's own, a station lead's, or a carer's. */
export type PinPad =
  | { readonly asks: 'enter'; readonly checkIn: string }
  | { readonly asks: 'set' }
  | { readonly asks: 'approve'; readonly operator: string; readonly name: string }
  | { readonly asks: 'set-own' }
  | { readonly asks: 'proxy'; readonly checkIn: string; readonly operator: string; readonly name: string }
  | { readonly asks: 'proxy-desk'; readonly operator: string; readonly name: string }
  | { readonly asks: 'lead'; readonly operator: string; readonly name: string }
  | StationPad

/** PINs about a registered proxy at the service station: theirs, a lead's who gives them a new one, and that new one. */
export type ProxyPad =
  | { readonly asks: 'visit-proxy'; readonly proxy: string; readonly name: string }
  | {
      readonly asks: 'visit-proxy-lead'
      readonly proxy: string
      readonly proxyName: string
      readonly operator: string
      readonly name: string
    }
  | {
      readonly asks: 'visit-proxy-new'
      readonly proxy: string
      readonly name: string
      readonly approval: { readonly operator: string; readonly pin: string }
    }

/** PINs at the service station: a carer's, a lead's who gives a carer a new one, that new one, a lead's who lets a carer's phone answer or no more, and a colleague's who approves a late visit. */
export type StationPad =
  | ProxyPad
  | { readonly asks: 'carer'; readonly carer: string; readonly name: string }
  | {
      readonly asks: 'carer-lead'
      readonly carer: string
      readonly carerName: string
      readonly operator: string
      readonly name: string
    }
  | {
      readonly asks: 'carer-new'
      readonly carer: string
      readonly name: string
      readonly approval: { readonly operator: string; readonly pin: string }
    }
  | {
      readonly asks: 'carer-phone'
      readonly carer: string
      readonly give: boolean
      readonly operator: string
      readonly name: string
    }
  | { readonly asks: 'visit-late'; readonly operator: string; readonly name: string }

/** With whom a face is compared: all members, the person whom staff found, or the person of a priced check-in. */
export type FaceTarget =
  | { readonly with: 'members' }
  | { readonly with: 'senior'; readonly senior: string }
  | { readonly with: 'checkIn'; readonly checkIn: string }

/** A look that goes on: `again` is its second try, `turning` asks for a turn of the head to the person's own `turn`. `quality` 0 to 1. */
export interface FaceLook {
  readonly target: FaceTarget
  readonly stage: 'starting' | 'looking' | 'again' | 'turning' | 'comparing'
  readonly turn: TurnDirection | null
  readonly quality: number
  readonly hint: QualityHint | null
}

/** What a person agreed to about their face. */
export interface FaceStatus {
  readonly what: readonly ConsentKind[]
  readonly givenOn: string
  readonly usedOn: string
  readonly endsOn: string
  readonly notice: string
  readonly outdated: boolean
}

/** Who stands at the desk while their face is enrolled or forgotten. */
export interface FacePerson {
  readonly senior: string
  readonly name: string
  readonly sex: 'female' | 'male'
}

/** Who agrees or withdraws, as far as it is written. */
export interface GiverDraft {
  readonly who: ConsentGiver['who']
  readonly name: string
  readonly relation: string
}

/** An enrolment on this page: the core holds what was taken, the page only where it stands. */
export interface Enrolment {
  readonly person: FacePerson
  readonly step: 'check' | 'notice' | 'extras' | 'photos' | 'trial' | 'slip'
  /** The core's session; null until the document was checked. */
  readonly id: string | null
  readonly checked: EnrolmentCheck | null
  readonly giver: GiverDraft
  /** How many of the notice's sentences were heard to their end. */
  readonly heard: number
  /** The sentence that is read now, from 0. */
  readonly reading: number
  readonly large: boolean
  readonly away: boolean | null
  readonly portrait: boolean | null
  readonly taken: number
  /** The small picture as base64url, to be looked at until the enrolment ends; null where none was agreed to or taken yet. */
  readonly portraitJpeg: string | null
  /** A key was pressed, and the camera is being looked at. */
  readonly taking: boolean
  readonly quality: number
  readonly hint: QualityHint | null
  readonly slip: readonly Bilingual[]
}

/** The consents of the person at the desk, to be ended one by one. */
export interface PersonFace {
  readonly person: FacePerson
  readonly giver: GiverDraft
  readonly chosen: readonly ConsentKind[]
  readonly busy: boolean
  /** What the deletion proved, once it is done. */
  readonly erasure: Erasure | null
}

/** The exchange by a stick, while its card is open. `sticks` null: they are being looked for. */
export interface StickPanel {
  readonly sticks: readonly UsbStick[] | null
  readonly chosen: string | null
  readonly busy: 'out' | 'back' | null
  readonly told:
    | { readonly kind: 'out'; readonly records: number; readonly left: number }
    | { readonly kind: 'back'; readonly acknowledged: number; readonly items: number; readonly upToDate: boolean }
    | { readonly kind: 'refused'; readonly notice: Notice }
    | null
}

/** The core is away for a moment, as far as anybody knows. */
export const coreLost: Notice = { code: 'CORE_LOST', values: {} }

/** Somebody who is to collect meals, as far as it is written. `member`: the senior of this site that it is, whose name is masked and whose number is known to the core. */
export interface ProxyDraft {
  readonly member: string | null
  readonly name: string
  readonly numberTail: string
  readonly relation: string
  readonly from: string
  readonly until: string
}

/** What of it is written. */
export type ProxyField = Exclude<keyof ProxyDraft, 'member'>
/** What of that the keys on the screen write: digits, but for an X, or a relation as a whole. */
export type ProxyTouched = Exclude<ProxyField, 'name'>

/** A sale that was undone. `givenFen`: what was handed over for it, where its change stood on the screen until then. */
export interface TakenBack {
  readonly sale: SaleView
  readonly givenFen: number | null
}

export interface CashierState {
  connected: boolean
  /** What is said while the core is away. */
  lost: Notice
  terminal: TerminalView | null
  view: CashierView
  /** The check-in whose entry bar a key or touch stopped on this page. */
  heldCheckIn: string | null
  /** The check-in whose record the page is asking for. */
  savingCheckIn: string | null
  /** What the core answered to the last key where it could not do it. */
  answer: Notice | null
  /** True for the second after a sale in which the plate stays away. */
  showRecorded: boolean
  choosingSet: boolean
  /** The check-in whose proxies stand in place of the meals. */
  choosingProxy: string | null
  /** The next set key adds its dish to the ticket instead of changing the meal. */
  adding: boolean
  /** The line of the menu whose amount is being typed. */
  amountFor: { readonly checkIn: string; readonly set: SetMeal } | null
  /** What is asked about a payment: how much goes first, the reference of an outside payment, or how much cash was handed over. */
  paymentPad:
    | { readonly checkIn: string; readonly asks: 'part' | 'reference' | 'given' }
    | { readonly asks: 'group-given' }
    | null
  /** The sale that was undone a moment ago, and when (ms): the same key brings it back. */
  undone: { readonly record: string; readonly at: number } | null
  /** How the money of a sale that was undone goes back stands on the screen until the next person comes. */
  takenBack: TakenBack | null
  /** The note that was taken for a cash sale; its change stands on the screen until the next person comes. */
  cashGiven: { readonly checkIn: string; readonly givenFen: number; readonly dueFen: number } | null
  /** What was handed over for a group that is recorded; its change stands on the screen until the next person comes. */
  groupGiven: { readonly givenFen: number; readonly dueFen: number } | null
  /** The page is asking for the records of a group. */
  groupPaying: boolean
  /** The list of parked check-ins stands in place of the set keys; never while a check-in goes on. */
  parkedOpen: boolean
  chosenOperator: string | null
  syncing: boolean
  /** The screen of what waits for the network stands in place of the columns; never while a check-in goes on. */
  syncOpen: boolean
  /** When a person last asked for a sync on this page. */
  syncAskedAt: number | null
  /** Null: the card of the stick is closed. */
  stick: StickPanel | null
  camera: CameraState | 'off'
  cameraNotes: readonly CameraNote[]
  cameraInUse: CameraInUse | null
  cameras: readonly NamedCamera[]
  /** The camera's picture and settings stand in place of the columns; never while a check-in goes on. */
  cameraOpen: boolean
  /** Who may use faces here, and how many are enrolled; stands in place of the columns like the camera. */
  facesOpen: boolean
  /** What the looks of the day measured stands in place of the cards of that screen. */
  faceReportOpen: boolean
  faceLook: FaceLook | null
  /** Of the person at the desk only. */
  faceStatus: { readonly senior: string; readonly status: FaceStatus | null } | null
  enrolment: Enrolment | null
  personFace: PersonFace | null
  people: readonly SimulatedPerson[]
  drawerOpen: boolean
  pinPad: PinPad | null
  /** The card at the desk that staff are about to take off its person; nothing happens before Enter. */
  unbinding: string | null
  /** The proxies of the person at the desk; `lead` is the place of the station lead who approves, `ending` whom staff are about to end, `touched` what the keys on the screen write into, `picking` that the person is chosen by letters. */
  proxyDesk: {
    readonly senior: string
    readonly draft: ProxyDraft
    readonly lead: number
    readonly ending: string | null
    readonly touched: ProxyTouched
    readonly picking: boolean
  } | null
  /** What staff typed to find a person at the desk; while it stands, no act is offered for anybody. */
  deskText: string
  language: Language
  now: number
}

export const useCashier = create<CashierState>(() => ({
  connected: false,
  lost: coreLost,
  terminal: null,
  view: { state: 'ready' },
  heldCheckIn: null,
  savingCheckIn: null,
  answer: null,
  showRecorded: false,
  choosingSet: false,
  choosingProxy: null,
  adding: false,
  amountFor: null,
  paymentPad: null,
  undone: null,
  takenBack: null,
  cashGiven: null,
  groupGiven: null,
  groupPaying: false,
  parkedOpen: false,
  chosenOperator: null,
  syncing: false,
  syncOpen: false,
  syncAskedAt: null,
  stick: null,
  camera: 'off',
  cameraNotes: [],
  cameraInUse: null,
  cameras: [],
  cameraOpen: false,
  facesOpen: false,
  faceReportOpen: false,
  faceLook: null,
  faceStatus: null,
  enrolment: null,
  personFace: null,
  people: [],
  drawerOpen: false,
  pinPad: null,
  unbinding: null,
  proxyDesk: null,
  deskText: '',
  language: languageOf(location.search),
  now: Date.now(),
}))
