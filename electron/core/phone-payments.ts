import type { WaitingPayment } from '../../shared/afterwards-api.ts'
import type { PaymentOutcome } from '../../shared/afterwards-reasons.ts'
import { addDays, type BusinessDate } from '../../shared/business-day.ts'
import { countableOf } from '../../shared/countable.ts'
import { sheetWords } from '../../shared/day-close/sheet-words.ts'
import type { OperatorId, RecordId } from '../../shared/ids.ts'
import { outcomeIdOf, outcomeOf, unconfirmedPayments, waitingPayments } from '../../shared/payment-outcome.ts'
import { maskName } from '../../shared/person-names.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import type { Site } from '../../shared/site.ts'
import type { Done } from '../../shared/terminal-api.ts'
import type { Clock } from './clock.ts'
import type { SecondTill } from './lanes/second-till.ts'
import type { EarlierSales } from './store/earlier-sales.ts'
import type { Ledger } from './store/ledger.ts'
import type { Roster } from './store/roster.ts'
import type { SealedInputsStore } from './store/sealed-inputs.ts'

/** How far back (days), and how many at most, phone payments that wait are shown: what is older the month's statement of the device has settled. */
const lookedBackDays = 92
const mostShown = 200

export interface PhonePaymentParts {
  readonly ledger: Ledger
  readonly earlier: Pick<EarlierSales, 'unconfirmed' | 'groupOf'>
  readonly clock: Clock
  readonly sealed: SealedInputsStore
  readonly roster: Roster
  readonly lane: Pick<SecondTill, 'owns'>
  site(): Site | null
  operator(): OperatorId | null
  today(): BusinessDate
  onRecorded(): void
}

/** What staff do about phone payments that were not confirmed when the meal was handed out. */
export interface PhonePaymentDesk {
  /** Those in this terminal's ledger that nobody has said anything of yet, newest first; what one payer paid for many is one. */
  waiting(): WaitingPayment[]
  /** That of one sale, however long ago it was; null: none of it waits. */
  ofSale(id: RecordId): WaitingPayment | null
  /**
   * Records whether a payment came, once: for its sale, or for each sale of its group that still waits, all or none. The sales stay as they are, and
   * nobody is asked for money afterwards.
   */
  say(said: { of: RecordId; tender: number; outcome: PaymentOutcome; reference: string | null }): Promise<Done>
}

export function createPhonePaymentDesk(parts: PhonePaymentParts): PhonePaymentDesk {
  const { ledger, clock } = parts
  const find = (id: string) => ledger.byId(id)?.record ?? null

  /** The sales that one payment paid for: those of its group, in their order, or the one. */
  function paidAtOnce(record: LedgerRecord) {
    const id = parts.earlier.groupOf(record.id, record.businessDate)
    const group = id === null ? null : find(id)
    if (group?.kind !== 'group' || group.payload.sales.length === 1) return { askedFen: null, sales: [record] }
    return { askedFen: group.payload.sumFen, sales: group.payload.sales.flatMap(id => find(id) ?? []) }
  }

  /** What of these sales waits: of what was taken back nobody needs to know. */
  function waitingOf(sales: readonly LedgerRecord[]) {
    return sales
      .filter(({ id }) => ledger.reversalOf(id) === null)
      .flatMap(sale => waitingPayments(sale, find).map(payment => ({ sale, ...payment })))
  }

  function whoAndWhat(record: LedgerRecord) {
    const served = countableOf(record)
    const senior = parts.sealed.read(record.id)?.inputs.senior ?? null
    const person = senior === null ? null : parts.roster.bySenior(senior)
    const set = served?.items?.[0]?.set
    const onMenu = parts.site()?.menu.find(({ id }) => id === set)?.name ?? { zh: `套餐 ${set}`, en: `Set ${set}` }
    return {
      name: person?.kind === 'full' ? maskName(person.name) : null,
      guest: served?.means === null,
      what: set === undefined ? sheetWords.services : onMenu,
    }
  }

  function viewOf(id: RecordId): WaitingPayment | null {
    const record = find(id)
    const served = record && countableOf(record)
    if (!record || !served) return null
    const { askedFen, sales } = paidAtOnce(record)
    const waiting = waitingOf(sales).map(({ sale, tender, fen }) => ({ of: sale.id, tender, fen, ...whoAndWhat(sale) }))
    const [first] = waiting
    if (!first) return null
    const when = { at: find(first.of)?.at ?? record.at, servedOn: served.date }
    if (askedFen === null) return { ...first, ...when, group: null }
    return { ...first, ...when, fen: waiting.reduce((sum, { fen }) => sum + fen, 0), group: { askedFen, waiting } }
  }

  return {
    waiting() {
      const views = parts.earlier
        .unconfirmed(addDays(parts.today(), -lookedBackDays), mostShown)
        .flatMap(id => viewOf(id) ?? [])
      return [...new Map(views.map(view => [view.of, view])).values()]
    },
    ofSale: viewOf,
    async say({ of, tender, outcome, reference }) {
      const answer = await ledger.inTurn(async (): Promise<Done> => {
        const operator = parts.operator()
        if (operator === null) return refuse(ledger.dayIsClosed(parts.today()) ? 'DAY_CLOSED' : 'NO_SHIFT')
        const record = find(of)
        const served = record && countableOf(record)
        if (!record || !served) return refuse(parts.lane.owns(of) ? 'PAYMENT_AT_FIRST' : 'SALE_UNKNOWN')
        if (!unconfirmedPayments(record).some(one => one.tender === tender)) return refuse('SALE_UNKNOWN')
        const known = outcomeOf(of, tender, find)
        // A second press of the same key.
        if (known?.payload.outcome === outcome) return { result: 'done' }
        if (known !== null) return refuse('PAYMENT_TOLD')
        const back = ledger.reversalOf(of)
        if (back !== null) return refuse(find(back)?.kind === 'refund' ? 'SALE_ALREADY_REFUNDED' : 'SALE_ALREADY_VOID')
        const waiting = waitingOf(paidAtOnce(record).sales)
        const drafts = () =>
          waiting.map(({ sale, tender, fen }) => ({
            draft: {
              ...{ kind: 'payment-outcome' as const, id: outcomeIdOf(sale.id, tender), at: clock.now() },
              payload: { site: served.site, of: sale.id, tender, fen, outcome, reference, operator },
            },
            also: () => true,
          }))
        while (!(await ledger.appendAll(drafts()))) {
          // The head moved: once more.
        }
        return { result: 'done' }
      })
      if (answer.result === 'done') parts.onRecorded()
      return answer
    },
  }
}

function refuse(code: ProblemCode): Done {
  return { result: 'refused', notice: { code, values: {} } }
}
