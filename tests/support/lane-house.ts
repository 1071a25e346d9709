import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OpenCheckIn, openCheckIn } from '../../electron/core/check-in-state.ts'
import type { Clock } from '../../electron/core/clock.ts'
import { createCounter, type PricedHere, resumeWindow } from '../../electron/core/counter.ts'
import { createFirstTill } from '../../electron/core/lanes/first-till.ts'
import { createLaneCheckIn } from '../../electron/core/lanes/lane-check-in.ts'
import type { askFirst } from '../../electron/core/lanes/lane-client.ts'
import { laneKey } from '../../electron/core/lanes/lane-key.ts'
import { createFirstLine, tillsOf } from '../../electron/core/lanes/lane-line.ts'
import { createLaneWatch } from '../../electron/core/lanes/lane-watch.ts'
import { createSecondTill } from '../../electron/core/lanes/second-till.ts'
import { createLeaseDesk } from '../../electron/core/lease-desk.ts'
import { recordSale } from '../../electron/core/record-sale.ts'
import { createRefunds } from '../../electron/core/refund.ts'
import { createShifts } from '../../electron/core/shift.ts'
import { createDocuments } from '../../electron/core/store/documents.ts'
import { createEarlierSales } from '../../electron/core/store/earlier-sales.ts'
import { createLaneMeals, createOwnMeals } from '../../electron/core/store/lane-meals.ts'
import { createLaneHolds, createLaneRefunds } from '../../electron/core/store/lane-refunds.ts'
import { createLaneSales, createLaneVisits } from '../../electron/core/store/lane-visits.ts'
import { createLeases } from '../../electron/core/store/leases.ts'
import { createLedger } from '../../electron/core/store/ledger.ts'
import { createOpenCheckIns } from '../../electron/core/store/open-check-ins.ts'
import { openDatabase } from '../../electron/core/store/open-database.ts'
import { createRoster } from '../../electron/core/store/roster.ts'
import { createSealedInputs } from '../../electron/core/store/sealed-inputs.ts'
import { createUsage } from '../../electron/core/store/usage.ts'
import { createVault } from '../../electron/core/store/vault.ts'
import { ownKeys } from '../../electron/core/sync/enrol.ts'
import { simulatedTenderDesk } from '../../electron/core/tenders.ts'
import { findSale } from '../../electron/core/views.ts'
import { voidSale } from '../../electron/core/void-sale.ts'
import { businessDateOf } from '../../shared/business-day.ts'
import { toBase64Url } from '../../shared/bytes.ts'
import {
  operatorId,
  type ProxyId,
  type RecordId,
  recordId,
  seniorId,
  type TerminalId,
  terminalId,
} from '../../shared/ids.ts'
import { packHash } from '../../shared/policy/parse-pack.ts'
import { proxyRefOf as proxyRefOfSite } from '../../shared/proxy.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import { fullSenior } from '../../shared/senior.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'
import { standardSuite } from '../../shared/suite.ts'
import type { Done } from '../../shared/terminal-api.ts'
import { housePack, houseSite } from './sale-house.ts'

export const laneFirst = terminalId.parse('till-1')
export const laneSecond = terminalId.parse('till-2')
const policy = { pack: housePack, hash: packHash(housePack) }
const siteKey = new Uint8Array(32).fill(1)
const vaultKey = new Uint8Array(32).fill(9)
export const lanePeople = ['1', '2', '3'].map(digit => {
  const id = seniorId.parse(digit.repeat(32))
  const person = { birthDate: '1944-03-02', categories: [], household: { city: 'A' } }
  const entry = { kind: 'full', id, name: '陈芳', sex: 'female', person, home: true, cards: [], codesSince: 0 }
  return { senior: fullSenior.parse(entry), ref: seniorRefOf(siteKey, id) }
})
const operator = operatorId.parse('op-1')

export function laneFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'aixin-lane-'))
  writeFileSync(join(path, 'vault.key'), vaultKey)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export type ConfirmedHere = { readonly result: 'recorded'; readonly id: RecordId } | { readonly result: 'anew' }

/**
 * One till of a site with its real store, sales, leases and both sides of the lanes, on a disk that outlives it; the screen is a person and a
 * price. It is opened again from its folder after `crash`, as after a power cut.
 * @param carry what the second till's questions go through
 */
export async function openLaneTill(options: {
  dataDir: string
  terminal: TerminalId
  clock: Clock
  carry: typeof askFirst
  /** Sells nothing for others, as on a disk that is nearly full. */
  isStopped(): boolean
}) {
  const { terminal, clock } = options
  const opened = openDatabase(options.dataDir)
  if (!opened.ok) throw new Error(`the store does not open: ${opened.notice.code}`)
  const { db } = opened
  const vault = createVault(vaultKey)
  const documents = createDocuments(db, vault)
  const keys = await ownKeys(documents, standardSuite)
  const signer = await standardSuite.signer(keys.ledger)
  const ledger = createLedger(db, { terminal, signer, bootId: clock.mint(), clockDate: businessDateOf })
  const usage = createUsage(db)
  const sealed = createSealedInputs(db, vault)
  const roster = createRoster(db, vault)
  const openCheckIns = createOpenCheckIns(db, vault)
  const shifts = createShifts({ documents, ledger, clock })
  const earlier = createEarlierSales(db)
  const holds = createLaneHolds(db)
  const meals = createLaneMeals(db)
  const sales = createLaneSales(db, vault)
  const proxyRefOf = (proxy: ProxyId) => proxyRefOfSite(siteKey, proxy)
  const refOf = ({ id }: { id: (typeof lanePeople)[number]['senior']['id'] }) => seniorRefOf(siteKey, id)
  const today = () => ledger.businessDateAt(businessDateOf(clock.now()))
  const leases = createLeaseDesk({
    ...{ ledger, clock, today, refOf, policies: () => [policy], policyOf: () => policy, online: () => false },
    leases: createLeases(db, () => ledger.head()?.generation ?? 1),
    acknowledged: () => ({ generation: 1, seq: 0 }),
    onHeard: () => undefined,
    isCarried: () => false,
    refundedElsewhere: holds.has,
    send: async () => ({ ok: false, reason: 'unreachable' }),
    transaction: work => db.transaction(work).immediate(),
  })
  const joins = terminal === laneSecond
  const common = { ...{ db, documents, openCheckIns, today, joins, sales }, now: clock.now, onChange: () => undefined }
  const line = createFirstLine({
    ...{ ...common, terminal, sealing: keys.sealing, carry: options.carry },
    join: joins ? { host: 'first', port: 1 } : null,
  })
  const second = createSecondTill({
    ...{ ...common, line, refunds: createLaneRefunds(db), reversalOf: ledger.reversalOf },
  })
  const watch = createLaneWatch({
    ...{ ...common, line, second, ownMeals: createOwnMeals(db, ledger) },
    hasList: () => tillsOf(documents) !== null,
  })
  const counter = createCounter({
    ...{ ledger, clock, roster, shifts, refOf, policies: { current: () => policy }, site: () => houseSite },
    ...{ rosterIsStale: () => false, stopped: () => null },
    stock: {
      ...{ usage, leases },
      portions: (proxy, date, meal) => earlier.portionsOf(proxyRefOf(proxy), date, meal),
      earlier: (senior, date, meal) =>
        earlier.inMeal(senior, date, meal) ?? meals.earlier(senior, date, meal) ?? second.earlier(senior, date, meal),
    },
  })
  const saleParts = {
    openCheckIns,
    ledger,
    usage,
    leases,
    sealed,
    suite: standardSuite,
    clock,
    desk: simulatedTenderDesk,
    proxyRefOf,
  }
  const place = { ledger, sealed, roster, shifts, site: () => houseSite }
  const first = createFirstTill({
    ...{ counter, sale: saleParts, holds, meals, visits: createLaneVisits(db), wasMadeGood: earlier.wasMadeGood },
    isFirst: () => tillsOf(documents)?.first === terminal,
    online: () => false,
    isRefilling: () => false,
    stopped: () => (options.isStopped() ? { code: 'DISK_LOW', values: { mb: 1 } } : null),
    saleView: id => findSale(place, recordId.parse(id), today()),
    pressing: work => work(),
    onRecorded: () => undefined,
  })
  const refunds = createRefunds({
    ...{ ledger, earlier, leases, clock, sealed, roster, refOf, today, lane: second, desk: simulatedTenderDesk },
    ...{ policies: { byHash: () => housePack }, site: () => houseSite, operator: () => operator, online: () => true },
    onRecorded: () => undefined,
  })
  const renumbered = new Map<string, string>()
  const lane = createLaneCheckIn({
    ...{ ledger, sealed, suite: standardSuite, clock, lane: second, counter, leases },
    onRenumbered: (from, to) => void renumbered.set(to.id, from),
  })
  /** What stands on the screen, as it was shown. */
  let screen: { open: OpenCheckIn; shown: string; earlier: number | null } | null = null

  function begin(open: OpenCheckIn): void {
    openCheckIns.keep(open)
    const priced = counter.price(open, lane.stockOf(open))
    if ('code' in priced) throw new Error(`no price: ${priced.code}`)
    screen = { open, shown: priced.priced.shown, earlier: priced.priced.earlier }
  }

  async function record(open: OpenCheckIn, here: PricedHere, shown: string): Promise<ConfirmedHere> {
    const shift = shifts.on(today())
    const outcome = await recordSale(saleParts, {
      ...{ open, shown, ref: counter.refOf(open), site: here.site, meal: here.meal, businessDate: here.businessDate },
      ...{ operator, shift: shift?.record ?? null, online: false },
      price() {
        const again = counter.price(open, lane.stockOf(open))
        return 'code' in again ? here.priced : again.priced
      },
    })
    if (outcome.result === 'recorded') {
      screen = null
      return { result: 'recorded', id: outcome.record.id }
    }
    begin({ ...open, held: true })
    return { result: 'anew' }
  }

  async function ready(list: { first: TerminalId; tills: { terminal: TerminalId; key: string }[] }): Promise<void> {
    documents.write('tills', list)
    if (ledger.head() !== null) return
    const payload = { reason: 'enrolled' as const, ledgerKey: toBase64Url(keys.ledger.publicKey), lastHead: null }
    await ledger.append({ kind: 'key-change', id: recordId.parse(clock.mint()), at: clock.now(), payload })
    db.transaction(() => roster.apply(lanePeople.map(({ senior }) => senior))).immediate()
    await shifts.open(operator, today(), today(), null)
  }

  return {
    key: toBase64Url(keys.sealing.publicKey),
    ...{ documents, ledger, leases, counter, second, watch, line, refunds, sales, holds, renumbered },
    answer: first.answer,
    /** Lets in who knows the key of the two, as the door does. */
    letsIn: (key: Buffer, other: string) =>
      tillsOf(documents)?.tills.some(till => till.terminal === terminal) === true &&
      laneKey(keys.sealing, other, { first: terminal, second: laneSecond }).equals(key),
    ready,
    screen: () => screen,
    /** Somebody stands there, and their price is shown. */
    async arrive(open: OpenCheckIn): Promise<void> {
      await lane.askFor(open)
      begin(open)
    },
    newVisit: (person: number): OpenCheckIn =>
      openCheckIn.parse({
        ...{ id: clock.mint(), at: clock.now(), who: 'senior', senior: lanePeople[person]?.senior.id, means: 'card' },
        ...{ assurance: 'presented', codeKind: null, credentialKey: null, tail: null, device: null },
        ...{ set: 'A', tender: 'cash', held: false },
      }),
    async confirm(): Promise<ConfirmedHere> {
      if (screen === null) throw new Error('nobody stands there')
      const { open, shown } = screen
      const here = counter.price(open, lane.stockOf(open))
      if ('code' in here) throw new Error(`no price: ${here.code}`)
      if (second.lent(open.id) === null) return await record(open, here, shown)
      const by = { operator, shift: shifts.on(today())?.record ?? null }
      const there =
        here.priced.shown === shown
          ? await lane.sell(open, here, shown, by)
          : { result: 'anew' as const, open: { ...open, held: true } }
      if (there.result === 'recorded') {
        screen = null
        return { result: 'recorded', id: there.sale.record }
      }
      begin(there.open)
      return { result: 'anew' }
    },
    dismiss(): void {
      second.dismiss()
      screen = null
    },
    /** As after a restart; gives what was taken over as sold. */
    async resume(): Promise<OpenCheckIn | null> {
      const open = openCheckIns.load()
      if (open === null) return null
      if (clock.now() - open.at > resumeWindow || ledger.byId(open.id)) openCheckIns.clear()
      else if (second.isAsked(open.id)) {
        const goesOn = await lane.takeUp(open)
        if (goesOn === null) return open
        await this.arrive(goesOn)
      } else await this.arrive({ ...open, held: true })
      return null
    },
    async voidHere(sale: RecordId): Promise<Done> {
      return second.owns(sale)
        ? await second.voidSale(sale, today(), operator)
        : await voidSale(saleParts, { sale, today: today(), operator })
    },
    records: (): LedgerRecord[] => ledger.after({ generation: 1, seq: 0 }, 10_000).map(({ record: one }) => one),
    crash: () => opened.close(),
  }
}

export type LaneTill = Awaited<ReturnType<typeof openLaneTill>>
