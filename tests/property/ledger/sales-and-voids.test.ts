import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openCheckIn } from '../../../electron/core/check-in-state.ts'
import { createLeaseDesk } from '../../../electron/core/lease-desk.ts'
import { type Priced, priceVisit } from '../../../electron/core/price-visit.ts'
import { recordSale } from '../../../electron/core/record-sale.ts'
import { createLeases } from '../../../electron/core/store/leases.ts'
import { createLedger } from '../../../electron/core/store/ledger.ts'
import { createOpenCheckIns } from '../../../electron/core/store/open-check-ins.ts'
import { openDatabase } from '../../../electron/core/store/open-database.ts'
import { createSealedInputs } from '../../../electron/core/store/sealed-inputs.ts'
import { createUsage } from '../../../electron/core/store/usage.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { verifyChain } from '../../../electron/core/store/verify-chain.ts'
import { simulatedTenderDesk } from '../../../electron/core/tenders.ts'
import { voidSale } from '../../../electron/core/void-sale.ts'
import {
  addDays,
  businessDate,
  businessDateOf,
  defaultMealPeriods,
  type Meal,
  meal,
} from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { recordId, seniorId, terminalId } from '../../../shared/ids.ts'
import { countersFor } from '../../../shared/policy/counters.ts'
import { visitFacts } from '../../../shared/policy/facts.ts'
import { packHash } from '../../../shared/policy/parse-pack.ts'
import { fullSenior } from '../../../shared/senior.ts'
import { seniorRefOf } from '../../../shared/senior-ref.ts'
import { site as siteSchema } from '../../../shared/site.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { packOf, subsidyStep } from '../../support/policy-kit.ts'

const pack = packOf(
  [
    subsidyStep('city', 300, { limits: ['meal', 'week'] }),
    subsidyStep('street', 250, { limits: ['week', 'budget'], fund: 'street' }),
  ],
  {
    limits: [
      { id: 'meal', period: 'meal', unit: 'count', cap: 1 },
      { id: 'week', period: 'week', unit: 'count', cap: 3 },
      { id: 'budget', period: 'month', unit: 'fen', cap: 900 },
    ],
  },
)
const policy = { pack, hash: packHash(pack) }
const words = { zh: '套餐', en: 'Set' }
const site = siteSchema.parse({
  id: 'canteen',
  name: '示范食堂',
  facts: { place: { city: 'A' }, listed: true },
  policy: 'TEST',
  leaseClass: 'town',
  staffed: true,
  mealPeriods: defaultMealPeriods,
  menu: [
    { id: 'A', key: 1, name: words, dish: words, priceFen: 1500, soldOut: false },
    { id: 'B', key: 2, name: words, dish: words, priceFen: 405, soldOut: false },
  ],
  defaultSet: 'A',
  defaultTender: 'account',
  expressSeconds: null,
  operators: [{ id: 'op-1', name: '张姐' }],
})
const siteKey = new Uint8Array(32).fill(1)
const seniors = ['1', '2'].map(digit => {
  const id = seniorId.parse(digit.repeat(32))
  const person = { birthDate: '1944-03-02', categories: [], household: { city: 'A' } }
  const entry = { kind: 'full', id, name: '陈芳', sex: 'female', person, home: true, cards: [], codesSince: 0 }
  return { senior: fullSenior.parse(entry), ref: seniorRefOf(siteKey, id) }
})
const signing = await standardSuite.generateSigningKey()
const mealTimes: Record<Meal, string> = { breakfast: '07:00', lunch: '11:30', dinner: '17:00' }
const days = 9
const firstDay = businessDate.parse('2026-11-26')

/** One terminal's store with the real sale and void over it, on a disk of its own. */
async function openHouse() {
  const dataDir = mkdtempSync(join(tmpdir(), 'aixin-property-'))
  const opened = openDatabase(dataDir)
  if (!opened.ok) throw new Error(`the store does not open: ${opened.notice.code}`)
  const { db } = opened
  const vault = createVault(new Uint8Array(32))
  let now = 0
  const clock = {
    now: () => now,
    monotonic: () => now,
    mint: () => uuidV7(now, standardSuite.randomBytes(10)),
  }
  const signer = await standardSuite.signer(signing)
  const terminal = terminalId.parse('till-1')
  const ledger = createLedger(db, { terminal, signer, bootId: clock.mint(), clockDate: businessDateOf })
  const usage = createUsage(db)
  const leases = createLeaseDesk({
    ...{
      leases: createLeases(db, () => 1),
      ledger,
      clock,
      policy: () => policy,
      refOf: id => seniorRefOf(siteKey, id.id),
    },
    ...{ today: () => ledger.businessDateAt(firstDay), online: () => false, onHeard: () => undefined },
    send: async () => ({ ok: false, reason: 'unreachable' }),
    transaction: work => db.transaction(work).immediate(),
  })
  const parts = {
    leases,
    openCheckIns: createOpenCheckIns(db, vault),
    ledger,
    usage,
    sealed: createSealedInputs(db, vault),
    suite: standardSuite,
    clock,
    desk: simulatedTenderDesk,
  }
  /** A person at the till: priced now, recorded when `confirm` is called. */
  function present(who: (typeof seniors)[number], at: { day: number; meal: Meal; set: string; cash: boolean }) {
    const date = addDays(firstDay, at.day)
    now = Date.parse(`${date}T${mealTimes[at.meal]}:00+08:00`)
    const set = site.menu.find(item => item.id === at.set)
    if (!set) throw new Error('no such set')
    const visit = {
      site,
      policy,
      usage,
      leases,
      ...who,
      set,
      businessDate: date,
      meal: at.meal,
      time: mealTimes[at.meal],
    }
    const price = (): Priced => priceVisit({ ...visit, identified: true, rosterIsStale: false })
    const open = openCheckIn.parse({
      ...{ id: clock.mint(), at: now, who: 'senior', senior: who.senior.id, means: 'card', assurance: 'presented' },
      ...{ codeKind: null, credentialKey: null, tail: null, device: null, set: set.id, held: false },
      tender: at.cash ? 'cash' : 'account',
    })
    const shown = price()
    const confirm = () =>
      recordSale(parts, {
        ...{ open, ref: who.ref, shown: shown.quote.digest, site, meal: at.meal, businessDate: date },
        ...{ operator: null, shift: null, online: true, price },
      })
    return { shown, confirm }
  }
  await ledger.append({
    kind: 'key-change',
    id: recordId.parse(clock.mint()),
    at: Date.parse(`${firstDay}T06:00:00+08:00`),
    payload: { reason: 'enrolled', ledgerKey: toBase64Url(signing.publicKey), lastHead: null },
  })
  const each = { meal: 1, week: 3, budget: 900 }
  const whole = { epoch: 1, ahead: { through: addDays(firstDay, days), each }, totals: {} }
  await leases.hear(
    seniors.map(({ senior: { id } }) => ({
      ...{ senior: id, pack: pack.id, generation: 1, grant: whole, recall: null, owed: {} },
    })),
  )
  return {
    db,
    ledger,
    usage,
    present,
    takeBack: (sale: string) =>
      voidSale(parts, { sale: recordId.parse(sale), today: ledger.businessDateAt(firstDay), operator: null }),
    close() {
      opened.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

type House = Awaited<ReturnType<typeof openHouse>>

/** What was used by the records themselves: debits of every sale that no void took back. */
function usedByRecords(records: ReturnType<House['ledger']['after']>, ref: string): Record<string, number> {
  const taken = new Set(records.flatMap(({ record }) => (record.kind === 'void' ? [record.payload.of] : [])))
  const used: Record<string, number> = {}
  for (const { record } of records) {
    if (record.kind !== 'sale' || record.payload.senior !== ref || taken.has(record.id)) continue
    for (const { limit, label, amount } of record.payload.debits)
      used[`${limit}|${label}`] = (used[`${limit}|${label}`] ?? 0) + amount
  }
  return used
}

/** Every counter that a meal of these days can draw on, with its cap. */
function capsOver(days: number): Map<string, number> {
  const counters = Array.from({ length: days + 1 }, (_, day) => addDays(firstDay, day)).flatMap(date =>
    meal.options.flatMap(name => {
      const visit = { businessDate: date, meal: name, channel: 'dine-in', listFen: 1500, site: site.facts }
      return pack.versions.flatMap(version => countersFor(version, visitFacts.parse(visit)))
    }),
  )
  return new Map(counters.map(({ key, cap }) => [key, cap]))
}

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('eat' as const),
      who: fc.nat({ max: 1 }),
      set: fc.constantFrom('A', 'B'),
      cash: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('eat twice at once' as const),
      who: fc.nat({ max: 1 }),
      set: fc.constantFrom('A', 'B'),
      cash: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('void' as const), which: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
)

test('over any sales and voids, usage is what the standing sales debited, within every cap, and the chain verifies', async () => {
  const caps = capsOver(days)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async steps => {
      const house = await openHouse()
      try {
        let [period, day] = [0, 0]
        const sales: string[] = []
        const gone = new Set<string>()
        for (const item of steps) {
          const at = { day, meal: meal.options[period] ?? 'lunch' }
          if (item.do === 'wait') {
            period = (period + 1) % 3
            day = Math.min(days, period === 0 ? day + 1 : day)
          } else if (item.do === 'void') {
            const sale = sales[item.which % Math.max(1, sales.length)]
            if (sale === undefined) continue
            const record = house.ledger.byId(sale)?.record
            const sameDay = record?.businessDate === house.ledger.head()?.businessDate
            const answer = await house.takeBack(sale)
            const refused = !sameDay ? 'SALE_UNKNOWN' : gone.has(sale) ? 'SALE_ALREADY_VOID' : null
            expect(answer.result === 'done' ? null : answer.notice.code).toBe(refused)
            if (refused === null) gone.add(sale)
          } else {
            const who = seniors[item.who]
            if (!who) throw new Error('nobody')
            const people = Array.from({ length: item.do === 'eat' ? 1 : 2 }, () =>
              house.present(who, { ...at, ...item }),
            )
            const outcomes = await Promise.all(people.map(person => person.confirm()))
            for (const [index, outcome] of outcomes.entries()) {
              if (outcome.result !== 'recorded' || outcome.record.kind !== 'sale') continue
              sales.push(outcome.record.id)
              const { payload } = outcome.record
              expect(payload.ownPayFen).toBe(people[index]?.shown.quote.ownPayFen)
              const paid = payload.tenders.reduce((sum, { fen }) => sum + fen, payload.cashRoundingFen)
              expect(paid).toBe(payload.ownPayFen)
            }
            expect(outcomes[0]?.result).toBe('recorded')
          }
          const records = house.ledger.after({ generation: 1, seq: 0 }, 500)
          for (const { ref } of seniors) {
            const used = usedByRecords(records, ref)
            const standing = Object.fromEntries(Object.entries(used).filter(([, amount]) => amount !== 0))
            expect(house.usage.of(ref, [...caps.keys()])).toEqual(standing)
            for (const [key, amount] of Object.entries(used)) expect(amount).toBeLessThanOrEqual(caps.get(key) ?? -1)
          }
        }
        expect(house.db.prepare('SELECT count(*) AS n FROM usage WHERE used < 0').get()).toEqual({ n: 0 })
        expect((await verifyChain(house.db, standardSuite)).findings).toEqual([])
      } finally {
        house.close()
      }
    }),
    { numRuns: 60 },
  )
})
