import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paymentOutcomes } from '../../../shared/afterwards-reasons.ts'
import { meal } from '../../../shared/business-day.ts'
import type { DayView } from '../../../shared/close-api.ts'
import { csvLines } from '../../../shared/csv-rows.ts'
import { mealTitle } from '../../../shared/day-close/meal-lines.ts'
import { netOf } from '../../../shared/day-close/net.ts'
import { daySlip } from '../../../shared/day-close/slip.ts'
import { dayTable } from '../../../shared/day-close/table.ts'
import { fen, formatYuan } from '../../../shared/money.ts'
import { dueFen } from '../../../shared/payments.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { closeDay, dayOf, type MadeMeal, openCloseHouse } from '../../support/close-house.ts'
import { runs } from '../../support/property-runs.ts'

const funds = ['city', 'district', 'street']
const kind = fc.constantFrom('cash' as const, 'account' as const, 'outside' as const)
const part = fc.integer({ min: 0, max: 700 })
const made: fc.Arbitrary<MadeMeal> = fc
  .record({
    who: fc.oneof(fc.constantFrom('guest' as const, 'unknown' as const), fc.integer({ min: 1, max: 5 })),
    meal: fc.constantFrom(...meal.options),
    own: fc.integer({ min: 0, max: 2500 }),
    discountFen: fc.integer({ min: -200, max: 300 }),
    parts: fc.array(part, { maxLength: 3 }),
    tender: kind,
    first: fc.option(
      fc
        .record({ kind, fen: fc.integer({ min: 1, max: 1500 }) })
        .map(one => ({ ...one, fen: dueFen(one.kind, one.fen) })),
    ),
    pendingFen: fc.constantFrom(0, 0, 300),
  })
  .map(({ own, parts, discountFen, tender, first, ...rest }) => ({
    ...rest,
    // A card account is a senior's own.
    tender: rest.who === 'guest' && tender === 'account' ? ('cash' as const) : tender,
    first: rest.who === 'guest' && first?.kind === 'account' ? null : first,
    discountFen,
    subsidies: Object.fromEntries(parts.map((amount, at) => [funds[at] ?? 'city', amount])),
    listFen: own + discountFen + parts.reduce((sum, amount) => sum + amount, 0),
  }))
  .filter(({ listFen }) => listFen > 0)

const which = fc.nat({ max: 30 })
const closing = { more: fc.integer({ min: -500, max: 500 }), outsideMore: fc.integer({ min: -500, max: 500 }) }
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('eat' as const), made, hour: fc.integer({ min: 6, max: 20 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('void' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refund' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('late' as const), made, held: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('make-good' as const), which, fen: fc.integer({ min: 1, max: 900 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('say' as const), which, outcome: fc.constantFrom(...paymentOutcomes) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('override' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('hand-over' as const), ...closing }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('end-of-day' as const), ...closing }),
  },
)

/** The sums of a day, written down once more and by the plainest way: what is counted of it comes in, what is taken back goes out. */
function plainSums(records: readonly LedgerRecord[], all: ReadonlyMap<string, LedgerRecord>) {
  const sums: Record<string, number> = {}
  const add = (name: string, amount: number) => {
    sums[name] = (sums[name] ?? 0) + amount
  }
  const served = (record: LedgerRecord, sign: number) => {
    const sale = record.kind === 'sale' ? record.payload : record.kind === 'late-entry' ? record.payload.sale : null
    if (!sale) throw new Error(`${record.kind} is no meal`)
    add('people', sign)
    add(`people ${sale.meal}`, sign)
    add('list', sign * sale.listFen)
    add(`list ${sale.meal}`, sign * sale.listFen)
    add('discount', sign * sale.discountFen)
    add('own', sign * sale.ownPayFen)
    add('rounding', sign * sale.cashRoundingFen)
    add(`discount ${sale.meal}`, sign * sale.discountFen)
    add(`own ${sale.meal}`, sign * sale.ownPayFen)
    for (const { fund, fen } of sale.subsidies) {
      add(`fund ${fund}`, sign * fen)
      add(`fund ${fund} ${sale.meal}`, sign * fen)
    }
    for (const { kind, fen } of sale.tenders) add(`tender ${kind}`, sign * fen)
    return sale
  }
  for (const record of records) {
    if (record.kind === 'sale' || record.kind === 'late-entry') served(record, 1)
    if (record.kind === 'void') {
      served(needed(all, record.payload.of), -1)
      for (const one of lostOf(record.payload.of, all)) add('not paid', -one.fen)
    }
    if (record.kind === 'payment-outcome')
      add(record.payload.outcome === 'settled' ? 'settled' : 'not paid', record.payload.fen)
    if (record.kind === 'refund') {
      const of = needed(all, record.payload.of)
      const sale = of.kind === 'sale' ? of.payload : of.kind === 'late-entry' ? of.payload.sale : null
      add('refunds', record.payload.ownPayFen)
      for (const { fund, fen } of record.payload.subsidies) add(`refund ${fund}`, fen)
      for (const { kind: by, fen } of sale?.tenders ?? []) add(`tender ${by}`, -fen)
      // What never came does not go back.
      for (const one of lostOf(of.id, all)) add('tender outside', one.fen)
    }
    if (record.kind === 'made-good') {
      const paid = record.payload.subsidies.reduce((sum, { fen }) => sum + fen, 0)
      add('made good', paid)
      add('tender cash', -paid)
    }
  }
  return sums
}

/** What was said, before its end, not to have come of a sale. */
function lostOf(id: string, all: ReadonlyMap<string, LedgerRecord>) {
  return [...all.values()].flatMap(record =>
    record.kind === 'payment-outcome' && record.payload.of === id && record.payload.outcome === 'not-paid'
      ? [record.payload]
      : [],
  )
}

function needed(all: ReadonlyMap<string, LedgerRecord>, id: string): LedgerRecord {
  const found = all.get(id)
  if (!found) throw new Error(`no record ${id}`)
  return found
}

/** Phone payments of these records of which the whole chain says nothing, and that nobody took back. */
function waitingOf(records: readonly LedgerRecord[], chain: readonly LedgerRecord[]) {
  const over = new Set<string>(
    chain.flatMap(({ kind, payload }) =>
      kind === 'void' || kind === 'refund' || kind === 'payment-outcome' ? [payload.of] : [],
    ),
  )
  const waits = records
    .filter(({ id }) => !over.has(id))
    .flatMap(
      ({ kind, payload }) => (kind === 'sale' ? payload : kind === 'late-entry' ? payload.sale : null)?.tenders ?? [],
    )
    .filter(({ kind, status }) => kind === 'outside' && status === 'pending')
  return { count: waits.length, fen: waits.reduce((sum, { fen }) => sum + fen, 0) }
}

/** The same names of what a close says. */
function closeSums({ figures, phone }: Pick<DayView, 'figures' | 'phone'>) {
  return {
    ...{ people: figures.people, list: figures.listFen, discount: figures.discountFen, own: figures.ownPayFen },
    ...{ rounding: figures.roundingFen, refunds: figures.refunds.ownPayFen, 'made good': figures.madeGood.fen },
    ...{ settled: phone.settled.fen, 'not paid': phone.notPaid.fen },
    ...Object.fromEntries(figures.subsidies.map(part => [`fund ${part.fund}`, part.fen])),
    ...Object.fromEntries(figures.refunds.subsidies.map(part => [`refund ${part.fund}`, part.fen])),
    ...Object.fromEntries(figures.tenders.map(tender => [`tender ${tender.kind}`, netOf(tender)])),
    ...Object.fromEntries(
      figures.meals.flatMap(one => [
        [`people ${one.meal}`, one.people],
        [`list ${one.meal}`, one.listFen],
        [`discount ${one.meal}`, one.discountFen],
        [`own ${one.meal}`, one.ownPayFen],
        ...one.subsidies.map(part => [`fund ${part.fund} ${one.meal}`, part.fen]),
      ]),
    ),
  }
}

/** What the slip says of each meal, line by line. */
function slipByMeal(day: DayView) {
  const parts = daySlip(day, 'zh').map(part => (part.kind === 'text' ? part : null))
  return day.figures.meals.map(({ meal, subsidies }) => {
    const from = parts.findIndex(part => part?.left === mealTitle(meal).zh)
    return parts.slice(from, from + subsidies.length + 4).map(part => [part?.left, part?.right])
  })
}

function tableByMeal(day: DayView) {
  const rows = dayTable(day)
    .split('\r\n')
    .map(line => line.split(','))
    .filter(([section]) => section === 'meal')
  return day.figures.meals.map(({ meal }) =>
    rows
      .filter(([, item]) => item?.startsWith(both(mealTitle(meal))))
      .map(([, item, count, yuan]) => [item, count, yuan?.replace('-', '\u2212')]),
  )
}

/** The same, written out of the figures. */
function byMeal({ figures, funds: titles }: DayView) {
  const title = (fund: string) => titles[fund] ?? { zh: fund, en: fund }
  return figures.meals.map(({ meal, people, listFen, discountFen, subsidies, ownPayFen }) => ({
    slip: [
      [mealTitle(meal).zh, `用餐人次 ${people}`],
      ['本店优惠', yuan(discountFen)],
      ...subsidies.map(part => [title(part.fund).zh, yuan(part.fen)]),
      ['个人实付', yuan(ownPayFen)],
      ['原价合计', yuan(listFen)],
    ],
    table: [
      [both(mealTitle(meal)), String(people), yuan(listFen)],
      [`${both(mealTitle(meal))}: 本店优惠 / Site discount`, '', yuan(discountFen)],
      ...subsidies.map(part => [
        `${both(mealTitle(meal))}: ${both(title(part.fund))}`,
        String(part.count),
        yuan(part.fen),
      ]),
      [`${both(mealTitle(meal))}: 个人实付 / Own payment`, '', yuan(ownPayFen)],
    ],
  }))
}

/** The lines of the slip between two rules, section by section. */
function slipSections(day: DayView) {
  const sections: (string | undefined)[][][] = [[]]
  for (const part of daySlip(day, 'zh')) {
    if (part.kind === 'text') sections.at(-1)?.push([part.left, part.right])
    else sections.push([])
  }
  return sections
}

function tableOf(day: DayView, section: string) {
  return csvLines(dayTable(day))
    .filter(({ cells }) => cells[0] === section)
    .map(({ cells: [, item, count, amount] }) => [item, count, amount?.replace('-', '\u2212')])
}

/** Who pays how much of the day, each amount by its name, written out of the figures. */
function whoPays({ figures, funds: titles }: DayView) {
  const { discounted, discountFen, people, ownPayFen, listFen } = figures
  const parts = [
    { name: '本店优惠 / Site discount', count: discounted, fen: discountFen },
    ...figures.subsidies.map(({ fund, ...part }) => ({ ...part, name: both(titles[fund] ?? { zh: fund, en: fund }) })),
    { name: '个人实付 / Own payment', count: people, fen: ownPayFen },
    { name: '原价合计 / List price', count: people, fen: listFen },
  ]
  return {
    slip: parts.map(({ name, fen: amount }) => [name.split(' / ')[0], yuan(amount)]),
    table: parts.map(({ name, count, fen: amount }) => [name, String(count), yuan(amount)]),
  }
}

const tenderNames = {
  account: '社保卡 / Card account',
  cash: '现金 / Cash',
  outside: '扫码付 / Phone',
  agreement: '协议单位 / Agreement',
}

/** By what the day was paid, what was rounded off, and what is said of phone payments, the same way. */
function byTender({ figures, phone }: DayView) {
  const tenders = figures.tenders.map(tender => ({ name: tenderNames[tender.kind], tender }))
  const rounding = yuan(figures.roundingFen)
  const phones = [
    { name: '扫码付待确认 / Phone payments not confirmed', ...phone.waiting },
    { name: '扫码付后来到账 / Phone payments confirmed later', ...phone.settled },
    { name: '扫码付没到账（本店承担） / Phone payments not paid (the site bears them)', ...phone.notPaid },
  ]
  return {
    slip: [
      ...tenders.map(({ name, tender }) => [name.split(' / ')[0], yuan(netOf(tender))]),
      ...(figures.roundingFen === 0 ? [] : [['现金抹零（本店承担）', rounding]]),
      ...phones.flatMap(({ name, count, fen: amount }) =>
        count === 0 ? [] : [[name.split(' / ')[0], `${count} · ${yuan(amount)}`]],
      ),
    ],
    table: [
      ...tenders.map(({ name, tender }) => [name, String(tender.count), yuan(netOf(tender))]),
      ['现金抹零（本店承担） / Cash rounded off, borne by the site', '', rounding],
    ],
    phoneTable: phones.map(({ name, count, fen: amount }) => [name, String(count), yuan(amount)]),
  }
}

/** What the slip says of the money of each shift, line by line. */
function slipByShift(day: DayView) {
  const parts = daySlip(day, 'zh').map(part => (part.kind === 'text' ? part : null))
  return day.shifts.map(({ number }) => {
    const lines = parts.slice(parts.findIndex(part => part?.left === `班次 ${number}`) + 1)
    const next = lines.indexOf(null)
    return lines.slice(0, next).flatMap(part => (part?.right ? [[part.left, part.right]] : []))
  })
}

function tableByShift(day: DayView) {
  const rows = dayTable(day)
    .split('\r\n')
    .map(line => line.split(','))
  return day.shifts.map(({ number }) =>
    rows
      .filter(([section, , , amount]) => section === `shift ${number}` && amount !== '')
      .map(([, item, , amount]) => [item, amount?.replace('-', '\u2212')]),
  )
}

/** The same, written out of what the screen shows of a shift. @param table has a line also where there was nothing by phone */
function byShift({ shifts }: DayView, table: boolean) {
  return shifts.map(({ sums, count, differenceFen, outsideDifferenceFen }) => {
    const signed = (amount: number) => (amount > 0 && !table ? `+${yuan(amount)}` : yuan(amount))
    const outside = table || sums.outsideFen !== 0 || outsideDifferenceFen !== null
    const lines: [string, string | null][] = [
      ['备用金 / Float', sums.floatFen === null ? null : yuan(sums.floatFen)],
      ['应有现金 / Cash expected', yuan(sums.expectedFen)],
      ['实点现金 / Cash counted', count && yuan(count.cashFen)],
      ['差额 / Difference', differenceFen === null ? null : signed(differenceFen)],
      ['应有扫码付 / Phone payments expected', outside ? yuan(sums.outsideFen) : null],
      ['收款设备合计 / Payment device says', count?.outsideFen == null ? null : yuan(count.outsideFen)],
      ['收款设备差额 / Payment device difference', outsideDifferenceFen === null ? null : signed(outsideDifferenceFen)],
    ]
    return lines.flatMap(([item, amount]) => (amount === null ? [] : [[table ? item : item.split(' / ')[0], amount]]))
  })
}

const yuan = (amount: number) => formatYuan(fen(amount))
const both = ({ zh, en }: { zh: string; en: string }) => `${zh} / ${en}`

const nonZero = (sums: Record<string, number>) =>
  Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0))

test('over random days the totals of every close are the sums of its records, by fund, tender, meal and by fund and meal, slip and table say them and what drawer and device of each shift are off by, and each record is in one of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 60 }), async steps => {
      const house = await openCloseHouse()
      try {
        const meals: LedgerRecord[] = []
        const isOpen = (record: LedgerRecord) => house.ledger.reversalOf(record.id) === null
        await house.open(undefined, 20_000)
        for (const now of steps) {
          const open = meals.filter(isOpen)
          if (now.do === 'eat') {
            house.setTo({ time: `${String(now.hour).padStart(2, '0')}:10` })
            meals.push(await house.sell(now.made))
          }
          if (now.do === 'late') meals.push(await house.enterLate(now.made, closeDay, now.held))
          // A void is of the same day; a refund of any.
          const today = open.filter(({ businessDate }) => businessDate === house.today())
          const mine = today[now.do === 'void' ? now.which % Math.max(1, today.length) : 0]
          if (now.do === 'void' && mine) await house.takeBack(mine)
          const any = open[now.do === 'refund' || now.do === 'make-good' ? now.which % Math.max(1, open.length) : 0]
          if (now.do === 'refund' && any) await house.refund(any)
          if (now.do === 'make-good' && any?.kind === 'sale') await house.makeGood(any, now.fen)
          const said = open[now.do === 'say' ? now.which % Math.max(1, open.length) : 0]
          if (now.do === 'say' && said) await house.sayPayment(said, now.outcome)
          if (now.do === 'override') await house.override()
          if (now.do === 'hand-over' || now.do === 'end-of-day') {
            const closed = await house.closeShift(now.more, now.outsideMore)
            expect(closed.differenceFen).toBe(now.more)
            expect(closed.outsideDifferenceFen).toBe(closed.count?.outsideFen == null ? null : now.outsideMore)
          }
          if (now.do === 'end-of-day') {
            expect(await house.closeDay()).toEqual({ result: 'done' })
            house.nextDay()
          }
          if (now.do === 'hand-over' || now.do === 'end-of-day') await house.open(undefined, 20_000)
        }
        await house.closeShift()
        expect(await house.closeDay()).toEqual({ result: 'done' })

        const chain = house.records()
        const all = new Map<string, LedgerRecord>(chain.map(record => [record.id, record]))
        const closes = chain.flatMap((record, at) =>
          record.kind === 'shift' && record.payload.event === 'day-close'
            ? [{ at, date: record.payload.confirmedDate }]
            : [],
        )
        let from = 0
        let closedBefore = 0
        for (const { at, date } of closes) {
          const sums = nonZero(plainSums(chain.slice(from, at), all))
          from = at
          const { day } = dayOf(await house.desk.look(date))
          expect(nonZero(closeSums(day))).toEqual(sums)

          const record = chain[at + 1]
          expect(record?.kind === 'totals' && record.payload.figures).toEqual(day.figures)
          const { phone } = day
          expect(phone.waiting).toEqual(waitingOf(chain.slice(closedBefore, at), chain))
          closedBefore = at
          expect(day.figures.listFen).toBe(
            day.figures.discountFen +
              day.figures.subsidies.reduce((sum, { fen }) => sum + fen, 0) +
              day.figures.ownPayFen,
          )
          expect(day.figures.ownPayFen).toBe(
            day.figures.roundingFen +
              day.figures.tenders.reduce((sum, { takenFen, voidedFen }) => sum + takenFen - voidedFen, 0),
          )

          expect(slipByMeal(day)).toEqual(byMeal(day).map(({ slip }) => slip))
          expect(tableByMeal(day)).toEqual(byMeal(day).map(({ table }) => table))

          expect(slipByShift(day)).toEqual(byShift(day, false))
          expect(tableByShift(day)).toEqual(byShift(day, true))

          const [paid, tender] = [whoPays(day), byTender(day)]
          const slip = slipSections(day)
          expect(slip[2]?.slice(0, paid.slip.length)).toEqual(paid.slip)
          expect(tableOf(day, 'who pays').slice(0, paid.table.length)).toEqual(paid.table)
          expect(slip[3 + day.figures.meals.length]?.slice(0, tender.slip.length)).toEqual(tender.slip)
          expect(tableOf(day, 'tender')).toEqual(tender.table)
          expect(tableOf(day, 'phone')).toEqual(tender.phoneTable)
        }
        expect(from).toBe(chain.length - 2)
      } finally {
        house.close()
      }
    }),
    runs(40),
  )
})
