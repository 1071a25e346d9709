import { create } from 'zustand'
import type { Approvers } from '../../shared/afterwards-api.ts'
import type { TenderKind } from '../../shared/site.ts'
import type { FoundSenior } from '../../shared/terminal-api.ts'
import type { ServiceKind } from '../../shared/visit/service.ts'
import type { DayLine, FollowUpLine, LateVisitPriced, Seen, StationView } from '../../shared/visit-api.ts'

/** Why a visit is entered late; the record holds its Chinese words. */
export type LateVisitReason = 'power cut' | 'machine' | 'elsewhere' | 'forgotten'

/** A visit that was given without the terminal, as far as it is entered. */
export interface LateVisitDraft {
  readonly who: FoundSenior | null
  readonly service: string | null
  readonly carer: string | null
  readonly servedOn: string
  /** Minutes of that day. */
  readonly from: number
  readonly until: number
  readonly tender: TenderKind
  readonly reason: LateVisitReason
  /** Which colleague approves it; null: nobody, and it is held. */
  readonly approver: string | null
  readonly staff: Approvers | null
  /** What it costs, or why that cannot be said; null until it was asked for. */
  readonly priced: LateVisitPriced | null
  readonly busy: boolean
  readonly recorded: { readonly held: boolean } | null
}

export interface StationState {
  /** What the core says of the station; null until it has said anything. */
  view: StationView | null
  /** Beside the desk: a late entry, whoever was not seen yet, or a line of the list. */
  panel: 'desk' | 'late' | 'follow-ups' | 'line' | 'phones'
  /** What staff choose anew although it was chosen. */
  choosing: 'service' | 'carer' | 'code' | 'answer' | 'early' | 'proxy' | null
  /** The kind of service whose list stands open; null: the kinds. */
  kind: ServiceKind | null
  /** Which nine of a longer list stand there, from 0. */
  nine: number
  /** The code of the station, or what a phone answers to it, as far as it is typed. */
  code: string
  seen: Seen | null
  note: string
  late: LateVisitDraft | null
  /** What of the day's list is looked at. */
  line: DayLine | null
  /** Whom staff note as seen after all. */
  followUp: FollowUpLine | null
  /** Whose phone is given a key, or loses it. */
  phoneOf: string | null
  /** What brings a key to a phone: shown once, then forgotten. */
  phoneLink: string | null
  /** The core is being asked to record something. */
  busy: boolean
}

/** Nothing chosen yet for whoever comes next. */
export const freshDesk = {
  ...{ panel: 'desk', choosing: null, kind: null, nine: 0, code: '', seen: null, note: '' },
  ...{ late: null, line: null, followUp: null, busy: false, phoneOf: null, phoneLink: null },
} as const satisfies Partial<StationState>

export const useStation = create<StationState>(() => ({ view: null, ...freshDesk }))
