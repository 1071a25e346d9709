import type { EarlierSale, RefundReason } from '../../shared/afterwards-api.ts'
import { addDays, type BusinessDate } from '../../shared/business-day.ts'
import { type Countable, countableOf } from '../../shared/countable.ts'
import { type OperatorId, type RecordId, recordId, type SeniorId } from '../../shared/ids.ts'
import { receivedOf, waitingPayments } from '../../shared/payment-outcome.ts'
import { givenBack } from '../../shared/payments.ts'
import { maskName } from '../../shared/person-names.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { LedgerRecord, SeniorRef } from '../../shared/record.ts'
import { refundOf } from '../../shared/refund.ts'
import type { Bilingual, Site } from '../../shared/site.ts'
import type { Done } from '../../shared/terminal-api.ts'
import type { Clock } from './clock.ts'
import type { SecondTill } from './lanes/second-till.ts'
import type { LeaseDesk } from './lease-desk.ts'
import type { EarlierSales } from './store/earlier-sales.ts'
import type { Ledger, StoredRecord } from './store/ledger.ts'
import type { Policies } from './store/policies.ts'
import type { Roster } from './store/roster.ts'
import type { SealedInputsStore } from './store/sealed-inputs.ts'
import type { TenderDesk } from './tenders.ts'
import { noName } from './visit/day-lines.ts'

/** How far back (days) the sales of one senior are looked through; by its date any sale is found: no till sells more in a day. */
const lookedBackDays = 92
const mostFound = { ofDay: 5000, ofSenior: 60 }

export interface RefundParts {
  readonly ledger: Ledger
  readonly earlier: EarlierSales
  readonly leases: Pick<LeaseDesk, 'owed'>
  readonly desk: TenderDesk
  readonly clock: Clock
  readonly sealed: SealedInputsStore
  readonly roster: Roster
  readonly policies: Pick<Policies, 'byHash'>
  readonly lane: Pick<SecondTill, 'owns' | 'takeBackOnce'>
  site(): Site | null
  refOf(senior: { id: SeniorId }): SeniorRef | null
  operator(): OperatorId | null
  today(): BusinessDate
  online(): boolean
  onRecorded(): void
}

export interface Refunds {
  /** Sales, visits and late entries of this terminal, of a business date or of one senior, newest first. */
  find(of: { date: BusinessDate } | { senior: SeniorId }): EarlierSale[]
  /**
   * Gives the money of a record back, whole and once: to the senior by each tender what it took, to the funds in the claims of this
   * month. What the meal used stays used. Not while nobody has said whether its phone payment came: perhaps there is nothing to give back.
   */
  refund(request: { sale: RecordId; reason: RefundReason }): Promise<Done>
}

export function createRefunds(parts: RefundParts): Refunds {
  const { ledger, earlier } = parts

  function standingOf(stored: StoredRecord, sale: Countable): EarlierSale['standing'] {
    const by = ledger.reversalOf(stored.record.id)
    if (by !== null) return ledger.byId(by)?.record.kind === 'refund' ? 'refunded' : 'void'
    const isOwed = sale.senior !== null && parts.leases.owed(sale.senior).some(({ of }) => of === stored.record.id)
    return isOwed || earlier.wasMadeGood(stored.record.id) ? 'made-good' : 'open'
  }

  const find = (id: string) => ledger.byId(id)?.record ?? null

  /** The countable part of a record, without phone payments that never came: nothing of those can go back. */
  function moneyOf({ record }: StoredRecord): Countable | null {
    const sale = countableOf(record)
    return sale && receivedOf(record.id, sale, find)
  }

  /** What it was: a set, or a service. */
  function nameOf(record: Refundable, sale: Countable): Bilingual {
    const site = parts.site()
    if (record.kind === 'sale' || record.kind === 'late-entry') {
      const set = sale.items?.[0]?.set ?? ''
      return site?.menu.find(({ id }) => id === set)?.name ?? { zh: `套餐 ${set}`, en: `Set ${set}` }
    }
    const began = record.kind === 'visit-out' ? ledger.byId(record.payload.of)?.record : record
    const service = began?.kind === 'visit-in' || began?.kind === 'late-visit' ? began.payload.service : null
    return site?.station?.services.find(({ id }) => id === service)?.name ?? noName
  }

  function viewOf(stored: StoredRecord | null): EarlierSale[] {
    const { record } = stored ?? {}
    if (!stored || !isRefundable(record)) return []
    const sale = moneyOf(stored)
    if (sale === null) return []
    const senior = parts.sealed.read(record.id)?.inputs.senior ?? null
    const person = senior === null ? null : parts.roster.bySenior(senior)
    const funds = parts.policies.byHash(sale.policy.hash)?.funds ?? []
    return [
      {
        record: record.id,
        kind: record.kind,
        at: record.at,
        servedOn: sale.date,
        meal: sale.meal ?? null,
        name: person?.kind === 'full' ? maskName(person.name) : null,
        guest: sale.means === null,
        set: nameOf(record, sale),
        means: sale.means,
        listFen: sale.listFen,
        discountFen: sale.discountFen,
        subsidies: sale.subsidies.map(({ fund, fen }) => ({
          fund: funds.find(item => item.id === fund)?.title ?? { zh: fund, en: fund },
          fen,
        })),
        ownPayFen: sale.ownPayFen,
        backFen: refundOf(sale).ownPayFen,
        back: [...givenBack(sale.tenders, refundOf(sale).ownPayFen)],
        waitingFen: waitingPayments(record, find).reduce((sum, { fen }) => sum + fen, 0),
        claimPending: sale.claimPending,
        standing: standingOf(stored, sale),
      },
    ]
  }

  async function record(
    by: RecordId,
    of: RecordId,
    sale: Countable,
    said: { reason: RefundReason; operator: OperatorId },
  ): Promise<Done> {
    for (const tender of sale.tenders) {
      const given = await parts.desk.giveBack(of, tender, parts.online())
      if (given !== null) return refuse(given)
    }
    const payload = { of, ...refundOf(sale), ...said }
    const also = () => {
      ledger.reverse(of, by)
      return true
    }
    for (;;) {
      const stored = await ledger.append({ kind: 'refund', id: by, at: parts.clock.now(), payload }, { also })
      if (stored) return { result: 'done' }
    }
  }

  return {
    find(of) {
      const ref = 'senior' in of ? parts.refOf({ id: of.senior }) : null
      const ids =
        'date' in of
          ? earlier.on(of.date, mostFound.ofDay)
          : ref === null
            ? []
            : earlier.of(ref, addDays(parts.today(), -lookedBackDays), mostFound.ofSenior)
      return ids.flatMap(id => viewOf(ledger.byId(id)))
    },
    async refund({ sale: of, reason }) {
      const operator = parts.operator()
      if (operator === null) return refuse(ledger.dayIsClosed(parts.today()) ? 'DAY_CLOSED' : 'NO_SHIFT')
      const answer = await ledger.inTurn(async (): Promise<Done> => {
        const stored = ledger.byId(of)
        const sale = stored && moneyOf(stored)
        if (!stored || !sale) return refuse(parts.lane.owns(of) ? 'REFUND_AT_FIRST' : 'SALE_UNKNOWN')
        const standing = standingOf(stored, sale)
        if (standing !== 'open') return refuse(standingCodes[standing])
        if (waitingPayments(stored.record, find).length > 0) return refuse('REFUND_WAITING')
        const by = recordId.parse(parts.clock.mint())
        const claim = { of, by, senior: sale.senior, pack: sale.policy.pack, heard: true }
        const refund = () => record(by, of, sale, { reason, operator })
        return sale.claimPending ? await parts.lane.takeBackOnce(claim, refund) : await refund()
      })
      if (answer.result === 'done') parts.onRecorded()
      return answer
    },
  }
}

type Refundable = Extract<LedgerRecord, { kind: EarlierSale['kind'] }>

/** What ended before its time cost nobody anything, so nothing of it can go back. */
function isRefundable(record: LedgerRecord | undefined): record is Refundable {
  if (record?.kind === 'visit-out') return record.payload.endedEarly === null
  return record?.kind === 'sale' || record?.kind === 'late-entry' || record?.kind === 'late-visit'
}

const standingCodes = {
  void: 'SALE_ALREADY_VOID',
  refunded: 'SALE_ALREADY_REFUNDED',
  'made-good': 'REFUND_MADE_GOOD',
} as const

function refuse(code: ProblemCode): Done {
  return { result: 'refused', notice: { code, values: {} } }
}
