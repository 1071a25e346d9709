import type { BusinessDate } from '../../../shared/business-day.ts'
import { type Amount, emptyHolder, type Holder } from '../../../shared/leases/holder.ts'
import type { Batch, Entry, Epochs, Scope, Word } from './messages.ts'
import { firstDay } from './world.ts'

/** What a visit came to. */
export interface Served {
  readonly sale: number
  readonly subsidyFen: number
  readonly pendingFen: number
  readonly debits: readonly Amount[]
  /** Payouts that were made with it: draws on their rights. */
  readonly madeGood: readonly Amount[]
  readonly asked: boolean
  /** The epochs that the debits were drawn in; of what was given without a right the person's is 0. */
  readonly epochs: Epochs
  readonly generation: number
  /** Given without a right, under `bounded`. */
  readonly boldFen: number
}

/** What a terminal knows of one senior. */
export interface Known {
  held: Holder
  /** Drawn here, voids taken off, by counter. */
  readonly own: Map<string, number>
  /** Drawn anywhere, as the province last said. */
  readonly told: Map<string, number>
  owed: Word['owed']
  /** Given without a right since the last word of the province, under `bounded`. */
  boldFen: number
  boldDay: { readonly date: BusinessDate; readonly fen: number } | null
  touchedOn: BusinessDate | null
  last: Served | null
}

interface Generation {
  readonly generation: number
  /** The business date on which it ended; null for the one that is written to. */
  readonly ended: BusinessDate | null
  readonly entries: Entry[]
  acknowledged: number
}

/** All that is on a simulated terminal's disk. */
export interface TerminalState {
  readonly ledgers: Generation[]
  readonly known: Map<number, Known>
  readonly pots: Map<string, Holder>
  potsTouchedOn: BusinessDate | null
  /** The last recall that was answered, by whose rights it asked back. */
  readonly answered: Map<Scope, string>
  /** Fen of pots that are neither drawn nor here, as the province last said. */
  elsewhere: Readonly<Record<string, number>>
  cursor: number
  today: BusinessDate | null
}

export function freshState(): TerminalState {
  const ledgers = [{ generation: 1, ended: null, entries: [], acknowledged: 0 }]
  return {
    ledgers,
    known: new Map(),
    pots: new Map(),
    answered: new Map(),
    potsTouchedOn: null,
    elsewhere: {},
    cursor: 0,
    today: null,
  }
}

export function freshKnown(): Known {
  const nothing = { held: emptyHolder, owed: {}, boldFen: 0, boldDay: null, touchedOn: null, last: null }
  return { ...nothing, own: new Map(), told: new Map() }
}

/** The generation that a terminal writes to. */
export function generationOf({ ledgers }: TerminalState): Generation {
  const last = ledgers.at(-1)
  if (last === undefined) throw new Error('a terminal without a ledger')
  return last
}

/** A copy of a disk that nothing done to the other changes. */
export function copyOf(state: TerminalState): TerminalState {
  return {
    ...state,
    ledgers: state.ledgers.map(item => ({ ...item, entries: [...item.entries] })),
    known: new Map(
      [...state.known].map(([senior, item]) => [senior, { ...item, own: new Map(item.own), told: new Map(item.told) }]),
    ),
    pots: new Map(state.pots),
    answered: new Map(state.answered),
  }
}

/**
 * A backup that goes on as the next generation: it knows what was sold, and holds no right, because nobody knows what was drawn after it was
 * made. `slips`: pending claims made since, entered again from the papers that the seniors hold.
 */
export function restoredFrom(
  backup: TerminalState,
  date: BusinessDate,
  mint: () => number,
  slips: readonly Entry[],
): TerminalState {
  const state = copyOf(backup)
  const before = generationOf(state)
  const ended = state.ledgers.map(item => ({ ...item, ended: item.ended ?? state.today ?? firstDay }))
  const opened: Entry = { id: mint(), kind: 'opened', after: before.entries.length, date }
  const entries = [opened, ...slips.map(slip => ({ ...slip, id: mint() }))]
  const known = [...state.known].map(([senior, { own }]): [number, Known] => [senior, { ...freshKnown(), own }])
  return {
    ...state,
    ledgers: [...ended, { generation: before.generation + 1, ended: null, entries, acknowledged: 0 }],
    known: new Map(known),
    pots: new Map(),
    answered: new Map(),
    elsewhere: {},
    today: state.today !== null && state.today > date ? state.today : date,
  }
}

/** What of a disk's ledgers the province has not acknowledged: of the last one also nothing, as a sign of life. */
export function unsentOf({ ledgers, today }: TerminalState): Batch[] {
  return ledgers
    .filter(({ ended, entries, acknowledged }) => ended === null || acknowledged < entries.length)
    .map(({ generation, ended, entries, acknowledged: from }) => {
      return { generation, date: ended ?? today ?? firstDay, from, entries: entries.slice(from) }
    })
}
