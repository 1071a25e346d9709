import { createCloseDesk } from '../../electron/core/close/close-desk.ts'
import { createDaySheets } from '../../electron/core/close/day-sheet.ts'
import { createShifts } from '../../electron/core/shift.ts'
import { createDays } from '../../electron/core/store/day-records.ts'
import { simulatedTenderDesk } from '../../electron/core/tenders.ts'
import type { PaymentOutcome } from '../../shared/afterwards-reasons.ts'
import { addDays, type BusinessDate, type Meal } from '../../shared/business-day.ts'
import { toBase64Url } from '../../shared/bytes.ts'
import type { ClosedShift, CloseView } from '../../shared/close-api.ts'
import { countableOf } from '../../shared/countable.ts'
import { bytes32, fundId, operatorId, type RecordId, recordId, siteId, terminalId } from '../../shared/ids.ts'
import { outcomeIdOf, receivedOf, unconfirmedPayments } from '../../shared/payment-outcome.ts'
import { type Payment, paymentsOf } from '../../shared/payments.ts'
import { packHash } from '../../shared/policy/parse-pack.ts'
import { type LedgerRecord, type SalePayload, seniorRef } from '../../shared/record.ts'
import { refundOf } from '../../shared/refund.ts'
import type { TenderKind } from '../../shared/site.ts'
import { standardSuite } from '../../shared/suite.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { firstDay, houseSite, openSaleHouse } from './sale-house.ts'

export const closeDay = firstDay
export const [zhang, liu] = [operatorId.parse('op-1'), operatorId.parse('op-2')]

/** A meal as a test makes it: amounts in fen, `who` a guest, somebody not known, or a registered person by number. */
export interface MadeMeal {
  readonly who: 'guest' | 'unknown' | number
  readonly meal: Meal
  readonly listFen: number
  readonly discountFen: number
  /** By fund; what is left of the price is the own payment. */
  readonly subsidies: Readonly<Record<string, number>>
  /** Takes what `first` leaves of it. */
  readonly tender: TenderKind
  readonly first?: Payment | null
  readonly pendingFen?: number
}

/** The real store, ledger, shifts and closes of one till, whose clock and other surroundings are the test's. */
export async function openCloseHouse() {
  const house = await openSaleHouse()
  const { ledger, documents } = house
  let date = closeDay
  let clockTime = '11:30'
  const now = () => Date.parse(`${date}T${clockTime}:00+08:00`)
  const clock = { now, monotonic: now, mint: () => uuidV7(now(), standardSuite.randomBytes(10)) }
  const beside = { serving: false, unheard: null as Notice | null, stopped: null as Notice | null, throughFirst: 0 }
  const site = { ...houseSite, operators: [...houseSite.operators, { id: liu, name: '刘姐' }] }
  const days = createDays(house.db)
  const shifts = createShifts({ documents, ledger, clock })
  const sheets = createDaySheets({
    ...{ terminal: terminalId.parse('till-1'), days, head: ledger.head, site: () => site },
    fundsOf: () => [{ id: fundId.parse('city'), title: { zh: '市级补贴', en: 'City subsidy' } }],
  })
  const today = () => ledger.businessDateAt(date)
  const desk = createCloseDesk({
    ...{ ledger, days, sheets, shifts, clock, today, site: () => site },
    stopped: () => beside.stopped,
    betweenPeople: async work => (beside.serving ? null : await work()),
    isServing: () => beside.serving,
    grouped: () => false,
    parked: () => 0,
    visiting: () => 0,
    unheard: () => beside.unheard,
    throughFirst: () => beside.throughFirst,
    unsent: () => 7,
    isSound: async () => true,
    onRecorded: () => undefined,
  })
  const id = () => recordId.parse(clock.mint())
  const hash = bytes32.parse(toBase64Url(new Uint8Array(32)))

  function salePayload(meal: MadeMeal, shift: RecordId | null): SalePayload {
    const subsidies = Object.entries(meal.subsidies)
      .filter(([, fen]) => fen > 0)
      .map(([fund, fen]) => ({ fund: fundId.parse(fund), fen }))
    const ownPayFen = meal.listFen - meal.discountFen - subsidies.reduce((sum, { fen }) => sum + fen, 0)
    const payments = paymentsOf({ tender: meal.tender, first: meal.first ?? null }, ownPayFen)
    const tenders = payments.map(payment => simulatedTenderDesk.settle(payment, true, null))
    const cashRoundingFen = ownPayFen - tenders.reduce((sum, { fen }) => sum + fen, 0)
    const person = typeof meal.who === 'number' ? meal.who : null
    return {
      site: siteId.parse('canteen'),
      senior: person === null ? null : seniorRef.parse(toBase64Url(new Uint8Array(32).fill(person + 1))),
      means: meal.who === 'guest' ? null : 'card',
      assurance: meal.who === 'guest' ? null : 'presented',
      ...{ device: null, deviceEvent: null, meal: meal.meal, channel: 'dine-in' },
      items: [{ set: 'A', quantity: 1, fen: meal.listFen }],
      policy: { pack: 'TEST', version: null, hash: packHash(house.pack) },
      ...{ listFen: meal.listFen, discountFen: meal.discountFen, subsidies, ownPayFen, operatorFen: 0 },
      ...{ cashRoundingFen, pendingFen: meal.pendingFen ?? 0 },
      claimPending: (meal.pendingFen ?? 0) > 0 || meal.who === 'unknown',
      ...{ debits: [], quoteCommitment: hash, inputsCommitment: hash },
      tenders,
      ...{ operator: zhang, shift },
    }
  }

  type Draft = Parameters<typeof ledger.append>[0]
  async function append(draft: Draft, also: () => void = () => undefined): Promise<LedgerRecord> {
    const record = await ledger.append(draft, {
      also() {
        also()
        return true
      },
    })
    if (!record) throw new Error('nothing was stored')
    return record
  }

  const current = () => shifts.on(today())?.record ?? null

  return {
    ...{ house, ledger, days, shifts, sheets, desk, beside, today },
    setTo(to: { date?: string; time?: string }) {
      date = (to.date ?? date) as BusinessDate
      clockTime = to.time ?? clockTime
    },
    nextDay() {
      date = addDays(date, 1)
    },
    open: (operator = zhang, floatFen: number | null = null) => shifts.open(operator, date, today(), floatFen),
    sell: (meal: MadeMeal, shift: RecordId | null = current()) =>
      append({ kind: 'sale', id: id(), at: now(), payload: salePayload(meal, shift) }),
    enterLate: (meal: MadeMeal, servedOn: BusinessDate, held: boolean) =>
      append({
        ...{ kind: 'late-entry', id: id(), at: now() },
        payload: {
          servedOn,
          reason: 'power cut',
          approver: held ? null : liu,
          held,
          sale: salePayload(meal, current()),
        },
      }),
    async takeBack(of: LedgerRecord, operator = zhang) {
      const by = id()
      const payload = { of: of.id, reason: 'operator', operator }
      return await append({ kind: 'void', id: by, at: now(), payload }, () => ledger.reverse(of.id, by))
    },
    async refund(of: LedgerRecord) {
      const sale = countableOf(of)
      if (!sale) throw new Error('nothing was paid for it')
      const by = id()
      const received = receivedOf(of.id, sale, days.byId)
      const payload = { of: of.id, ...refundOf(received), reason: 'other', operator: zhang }
      return await append({ kind: 'refund', id: by, at: now(), payload }, () => ledger.reverse(of.id, by))
    },
    makeGood: (beside: LedgerRecord, fen: number) =>
      append({
        ...{ kind: 'made-good', id: id(), at: now() },
        payload: {
          ...{ site: siteId.parse('canteen'), senior: seniorRef.parse(hash), of: id(), at: beside.id, operator: zhang },
          subsidies: [{ fund: fundId.parse('city'), fen }],
        },
      }),
    /** Says whether its phone payment came; of a sale that has none, or of which it was said, nothing. */
    async sayPayment(of: LedgerRecord, outcome: PaymentOutcome) {
      const [payment] = unconfirmedPayments(of)
      const id = payment && outcomeIdOf(of.id, payment.tender)
      if (payment === undefined || id === undefined || days.byId(id) !== null) return null
      const payload = {
        ...{ site: siteId.parse('canteen'), of: of.id, ...payment, outcome, reference: null, operator: zhang },
      }
      return await append({ kind: 'payment-outcome', id, at: now(), payload })
    },
    override: () =>
      append({
        ...{ kind: 'override', id: id(), at: now() },
        payload: { of: null, what: 'assurance', reason: 'compared', operator: zhang, approver: null },
      }),
    /** Counts the open shift's drawer with so much more than there should be, and closes it. */
    async closeShift(moreFen = 0, outsideMoreFen = 0): Promise<ClosedShift> {
      const before = await desk.look(null)
      if (before.step !== 'count') throw new Error(`nothing to count: ${before.step}`)
      const { record } = before.shift
      const of = sheets.shiftsOf(before.date).find(one => one.record === record)
      if (!of) throw new Error('no such shift')
      const { sums } = sheets.shift(of).shift
      const outsideFen = before.asksOutside ? sums.outsideFen + outsideMoreFen : null
      await desk.count({ shift: record, operator: zhang, cashFen: sums.expectedFen + moreFen, outsideFen })
      const view = check(await desk.look(null))
      const reason = moreFen === 0 && outsideMoreFen === 0 ? null : 'not found'
      const closing = {
        shift: record,
        operator: zhang,
        count: view.shift.count?.record ?? null,
        reason,
        note: '',
      } as const
      const answer = await desk.closeShift(closing)
      if (answer.result !== 'done') throw new Error(answer.notice.code)
      return view.shift
    },
    async closeDay(of: string = date) {
      const view = await desk.look(of as BusinessDate)
      if (view.step !== 'day') throw new Error(`not all shifts are closed: ${view.step}`)
      return await desk.closeDay({ date: view.day.date, operator: zhang, shown: view.shown })
    },
    records: (): LedgerRecord[] => ledger.after({ generation: 0, seq: 0 }, 100_000).map(({ record }) => record),
    close: () => house.close(),
  }
}

export function check(view: CloseView): Extract<CloseView, { step: 'check' }> {
  if (view.step !== 'check') throw new Error(`nothing was counted: ${view.step}`)
  return view
}

export function dayOf(view: CloseView): Extract<CloseView, { step: 'day' }> {
  if (view.step !== 'day') throw new Error(`no day: ${view.step}`)
  return view
}

export type CloseHouse = Awaited<ReturnType<typeof openCloseHouse>>
