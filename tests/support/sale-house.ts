import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCheckIn } from '../../electron/core/check-in-state.ts'
import { createLeaseDesk } from '../../electron/core/lease-desk.ts'
import { type Priced, priceVisit } from '../../electron/core/price-visit.ts'
import { recordSale } from '../../electron/core/record-sale.ts'
import { noteBeginning } from '../../electron/core/store/chain-beginning.ts'
import { createDocuments } from '../../electron/core/store/documents.ts'
import { createLeases } from '../../electron/core/store/leases.ts'
import { createLedger } from '../../electron/core/store/ledger.ts'
import { createOpenCheckIns } from '../../electron/core/store/open-check-ins.ts'
import { type Db, openDatabase } from '../../electron/core/store/open-database.ts'
import { createPolicies } from '../../electron/core/store/policies.ts'
import { createSealedInputs } from '../../electron/core/store/sealed-inputs.ts'
import { createUsage } from '../../electron/core/store/usage.ts'
import { createVault } from '../../electron/core/store/vault.ts'
import { type Enrolment, ownKeys } from '../../electron/core/sync/enrol.ts'
import { simulatedTenderDesk } from '../../electron/core/tenders.ts'
import { voidSale } from '../../electron/core/void-sale.ts'
import {
  addDays,
  type BusinessDate,
  businessDate,
  businessDateOf,
  defaultMealPeriods,
  type Meal,
} from '../../shared/business-day.ts'
import { toBase64Url } from '../../shared/bytes.ts'
import { recordId, seniorId, terminalId } from '../../shared/ids.ts'
import { packHash } from '../../shared/policy/parse-pack.ts'
import { fullSenior } from '../../shared/senior.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'
import { site as siteSchema } from '../../shared/site.ts'
import { standardSuite } from '../../shared/suite.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { packOf, subsidyStep } from './policy-kit.ts'

/** One meal, three a week and nine yuan a month: two funds, limits in counts and in fen. */
export const housePack = packOf(
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
const policy = { pack: housePack, hash: packHash(housePack) }
const words = { zh: '套餐', en: 'Set' }
export const houseSite = siteSchema.parse({
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
export const houseSeniors = ['1', '2'].map(digit => {
  const id = seniorId.parse(digit.repeat(32))
  const person = { birthDate: '1944-03-02', categories: [], household: { city: 'A' } }
  const entry = { kind: 'full', id, name: '陈芳', sex: 'female', person, home: true, cards: [], codesSince: 0 }
  return { senior: fullSenior.parse(entry), ref: seniorRefOf(siteKey, id) }
})
const mealTimes: Record<Meal, string> = { breakfast: '07:00', lunch: '11:30', dinner: '17:00' }
/** Days for which the seniors' leases are held here. */
export const houseDays = 9
export const firstDay = businessDate.parse('2026-11-26')

/**
 * One terminal's store with the real sale and void over it, on a disk of its own, as an enrolled terminal has it.
 * @param from a database to go on from, as a copied disk does
 * @param lastHead what the province holds of a disk that was lost
 * @param begins its first day
 */
export async function openSaleHouse(
  from?: Uint8Array,
  lastHead: Enrolment['lastHead'] = null,
  begins: BusinessDate = firstDay,
) {
  const dataDir = mkdtempSync(join(tmpdir(), 'aixin-sales-'))
  if (from !== undefined) writeFileSync(join(dataDir, 'terminal.db'), from)
  const key = new Uint8Array(32).fill(9)
  writeFileSync(join(dataDir, 'vault.key'), key)
  const opened = openDatabase(dataDir)
  if (!opened.ok) throw new Error(`the store does not open: ${opened.notice.code}`)
  const { db } = opened
  const vault = createVault(key)
  let now = 0
  const clock = {
    now: () => now,
    monotonic: () => now,
    mint: () => uuidV7(now, standardSuite.randomBytes(10)),
  }
  const documents = createDocuments(db, vault)
  if (from === undefined) documents.write('vault-check', 'aixin')
  const key32 = toBase64Url(new Uint8Array(32))
  const province = { keys: { transport: key32, sealing: key32, policy: key32 }, root: key32, signature: 'x'.repeat(86) }
  const enrolled = { terminal: 'till-1', site: 'canteen', siteKey: toBase64Url(siteKey), lastHead, province }
  if (from === undefined) documents.write('enrolment', { ...enrolled, address: 'http://127.0.0.1:1/' })
  const { ledger: signing } = await ownKeys(documents, standardSuite)
  const signed = { id: housePack.id, text: JSON.stringify(housePack), signature: 'x'.repeat(86) }
  const refused = await createPolicies(documents, clock.now).accept(signed, async () => true)
  if (refused !== null) throw new Error(`the pack is refused: ${JSON.stringify(refused)}`)
  const signer = await standardSuite.signer(signing)
  const terminal = terminalId.parse('till-1')
  const ledger = createLedger(db, { terminal, signer, bootId: clock.mint(), clockDate: businessDateOf })
  const usage = createUsage(db)
  const leases = createLeaseDesk({
    ...{ ledger, clock, policies: () => [policy], policyOf: () => policy, refOf: id => seniorRefOf(siteKey, id.id) },
    ...{
      today: () => ledger.businessDateAt(begins),
      online: () => false,
      acknowledged: () => ({ generation: 1, seq: 0 }),
      onHeard: () => undefined,
    },
    leases: createLeases(db, () => ledger.head()?.generation ?? 1),
    isCarried: () => false,
    refundedElsewhere: () => false,
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
    proxyRefOf: () => null,
  }
  /** A person at the till: priced now, recorded when `confirm` is called. */
  function present(who: (typeof houseSeniors)[number], at: { day: number; meal: Meal; set: string; cash: boolean }) {
    const date = addDays(begins, at.day)
    now = Date.parse(`${date}T${mealTimes[at.meal]}:00+08:00`)
    const set = houseSite.menu.find(item => item.id === at.set)
    if (!set) throw new Error('no such set')
    const visit = {
      ...{
        site: houseSite,
        policy,
        usage,
        leases,
        ...who,
        set,
        businessDate: date,
        meal: at.meal,
        time: mealTimes[at.meal],
      },
      ...{ identified: true, rosterIsStale: false },
    }
    const price = (): Priced => priceVisit(visit)
    const open = openCheckIn.parse({
      ...{ id: clock.mint(), at: now, who: 'senior', senior: who.senior.id, means: 'card', assurance: 'presented' },
      ...{ codeKind: null, credentialKey: null, tail: null, device: null, set: set.id, held: false },
      tender: at.cash ? 'cash' : 'account',
    })
    const shown = price()
    const confirm = () =>
      recordSale(parts, {
        ...{ open, ref: who.ref, shown: shown.shown, site: houseSite, meal: at.meal, businessDate: date },
        ...{ operator: null, shift: null, online: true, price },
      })
    return { shown, confirm }
  }
  if (from === undefined)
    await ledger.append(
      {
        kind: 'key-change',
        id: recordId.parse(clock.mint()),
        at: Date.parse(`${begins}T06:00:00+08:00`),
        payload: { reason: lastHead ? 'restored' : 'enrolled', ledgerKey: toBase64Url(signing.publicKey), lastHead },
      },
      { ...(lastHead ? { begin: lastHead } : {}), also: first => void noteBeginning(documents, first) },
    )
  const whole = {
    ...{ epoch: 1, totals: {} },
    ahead: { through: addDays(begins, houseDays), each: { meal: 1, week: 3, budget: 900 } },
  }
  if (from === undefined)
    await leases.hear(
      houseSeniors.map(({ senior: { id } }) => ({
        ...{
          senior: id,
          pack: housePack.id,
          generation: lastHead ? lastHead.generation + 1 : 1,
          grant: whole,
          recall: null,
          owed: {},
        },
      })),
    )
  let isOpen = true
  return {
    dataDir,
    pack: housePack,
    get db(): Db {
      return db
    },
    documents,
    parts,
    ledger,
    usage,
    signing,
    present,
    /** Somebody eats; gives the record of it. */
    async eat(senior: number, day: number, meal: Meal = 'lunch', set = 'A') {
      const who = houseSeniors[senior]
      if (!who) throw new Error('nobody')
      const outcome = await present(who, { day, meal, set, cash: false }).confirm()
      if (outcome.result !== 'recorded') throw new Error(`not recorded: ${outcome.result}`)
      return outcome.record
    },
    takeBack: (sale: string) =>
      voidSale(parts, { sale: recordId.parse(sale), today: ledger.businessDateAt(begins), operator: null }),
    /** Stops the terminal and leaves its folder. */
    stop() {
      if (isOpen) opened.close()
      isOpen = false
    },
    close() {
      this.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type SaleHouse = Awaited<ReturnType<typeof openSaleHouse>>
