import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCheckIn } from '../../electron/core/check-in-state.ts'
import { systemClock } from '../../electron/core/clock.ts'
import { createLeaseDesk } from '../../electron/core/lease-desk.ts'
import { priceVisit } from '../../electron/core/price-visit.ts'
import { recordSale } from '../../electron/core/record-sale.ts'
import { createCodeKeys } from '../../electron/core/store/code-keys.ts'
import { createDocuments } from '../../electron/core/store/documents.ts'
import { createHistory } from '../../electron/core/store/history.ts'
import { createLeases } from '../../electron/core/store/leases.ts'
import { createLedger } from '../../electron/core/store/ledger.ts'
import { createOpenCheckIns } from '../../electron/core/store/open-check-ins.ts'
import { type Db, openDatabase } from '../../electron/core/store/open-database.ts'
import { createPolicies } from '../../electron/core/store/policies.ts'
import { createRoster } from '../../electron/core/store/roster.ts'
import { createSealedInputs } from '../../electron/core/store/sealed-inputs.ts'
import { createUsage } from '../../electron/core/store/usage.ts'
import { createVault } from '../../electron/core/store/vault.ts'
import { acknowledged } from '../../electron/core/sync/acknowledged.ts'
import { ownKeys } from '../../electron/core/sync/enrol.ts'
import { createHttpLink } from '../../electron/core/sync/http-link.ts'
import { createSyncLoop } from '../../electron/core/sync/sync-loop.ts'
import { simulatedTenderDesk } from '../../electron/core/tenders.ts'
import { createUsbDesk } from '../../electron/core/usb/usb-desk.ts'
import { businessDateOf } from '../../shared/business-day.ts'
import { fromBase64Url, toBase64Url } from '../../shared/bytes.ts'
import { recordId, type SeniorId } from '../../shared/ids.ts'
import type { EnrolmentCode } from '../../shared/province-api.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'
import { site as siteSchema } from '../../shared/site.ts'
import { standardSuite } from '../../shared/suite.ts'

/**
 * The real store, sales, leases and synchronisation of a terminal in this process, without screens and devices: for thousands of sales in a
 * row. Rounds with the province happen only when they are asked for.
 * @param from a database to go on from, as a copied disk does
 */
export async function openOfflineTill(enrolmentCode: EnrolmentCode, from?: Uint8Array) {
  const dataDir = mkdtempSync(join(tmpdir(), 'aixin-offline-till-'))
  if (from !== undefined) writeFileSync(join(dataDir, 'terminal.db'), from)
  const opened = openDatabase(dataDir)
  if (!opened.ok) throw new Error(`the store does not open: ${opened.notice.code}`)
  const { db } = opened
  const vault = createVault(new Uint8Array(32).fill(7))
  const clock = systemClock
  const documents = createDocuments(db, vault)
  const keys = await ownKeys(documents, standardSuite)
  const signer = await standardSuite.signer(keys.ledger)
  const { terminal } = enrolmentCode
  const ledger = createLedger(db, { terminal, signer, bootId: clock.mint(), clockDate: businessDateOf })
  const roster = createRoster(db, vault)
  const sealed = createSealedInputs(db, vault)
  const policies = createPolicies(documents, clock.now)
  const usage = createUsage(db)
  const site = () => documents.read('site', siteSchema)
  const today = () => ledger.businessDateAt(businessDateOf(clock.now()))
  const refOf = ({ id }: { id: SeniorId }) => {
    const enrolled = sync.enrolment()
    return enrolled ? seniorRefOf(fromBase64Url(enrolled.siteKey), id) : null
  }
  const place = () => {
    const found = site()
    return found && policies.current(found.policy)
  }
  const leaseStore = createLeases(db, () => ledger.head()?.generation ?? 1)
  const leases = createLeaseDesk({
    ...{
      leases: leaseStore,
      ledger,
      clock,
      today,
      refOf,
      policies: () => [place()].flatMap(held => held ?? []),
      policyOf: policies.current,
    },
    ...{
      online: () => false,
      acknowledged: () => ({ generation: 1, seq: 0 }),
      onHeard: () => undefined,
      isCarried: () => false,
      refundedElsewhere: () => false,
      send: async () => ({ ok: false, reason: 'unreachable' }),
    },
    transaction: work => db.transaction(work).immediate(),
  })
  const exchangeParts = {
    ...{ db, suite: standardSuite, documents, ledger, sealed, roster, policies, keys, now: clock.now },
    codeKeys: createCodeKeys(documents),
    wantsTills: true,
    onTime: () => undefined,
    clockDoubt: () => null,
    transportSigner: await standardSuite.signer(keys.transport),
    onWithdrawn: () => undefined,
    onRoster: () => undefined,
    onOrders: () => undefined,
    onRevoked: () => undefined,
    onPeople: async () => undefined,
    onLeases: leases.hear,
    onRounds: () => undefined,
  }
  const sync = createSyncLoop({
    ...{ ...exchangeParts, enrolmentCode, everySeconds: 3600 },
    ...{ linkTo: createHttpLink, log: () => undefined, onChange: () => undefined },
    async onEnrolled({ lastHead }) {
      const payload = { reason: 'enrolled' as const, ledgerKey: toBase64Url(keys.ledger.publicKey), lastHead }
      await ledger.append({ kind: 'key-change', id: recordId.parse(clock.mint()), at: clock.now(), payload })
    },
    onRound: leases.turnDay,
    beforePush: async () => ({ ok: true }),
    afterPush: async () => undefined,
  })
  const usb = createUsbDesk({
    ...{ ...exchangeParts, sync, onDate: () => undefined },
    history: createHistory({ db, documents, ledger, usage, terminal }),
  })
  const parts = {
    openCheckIns: createOpenCheckIns(db, vault),
    ledger,
    usage,
    leases,
    sealed,
    suite: standardSuite,
    clock,
  }

  /** One meal of a member, or of a guest, recorded as at the till. */
  async function sell(senior: SeniorId | null): Promise<string> {
    const here = site()
    const policy = place()
    const [set] = here?.menu ?? []
    if (here === null || policy === null || set === undefined) throw new Error('the till has no site or policy yet')
    const known = senior === null ? null : roster.bySenior(senior)
    const ref = senior === null ? null : refOf({ id: senior })
    const at = clock.now()
    const visit = { site: here, policy, usage, leases, senior: known, ref, identified: senior !== null, set }
    const price = () =>
      priceVisit({ ...visit, businessDate: today(), meal: 'lunch', time: '11:30', rosterIsStale: false })
    const open = openCheckIn.parse({
      ...{ id: clock.mint(), at, who: senior === null ? 'guest' : 'senior', senior },
      ...{ means: senior === null ? null : 'card', assurance: senior === null ? null : 'presented' },
      ...{ codeKind: null, credentialKey: null, tail: null, device: null, set: set.id, held: false },
      tender: senior === null ? 'cash' : 'account',
    })
    const outcome = await recordSale(
      { ...parts, desk: simulatedTenderDesk, proxyRefOf: () => null },
      {
        ...{ open, ref, shown: price().shown, site: here, meal: 'lunch', businessDate: today() },
        ...{ operator: null, shift: null, online: false, price },
      },
    )
    if (outcome.result !== 'recorded') throw new Error(`the sale was not recorded: ${outcome.result}`)
    return outcome.record.id
  }

  return {
    get db(): Db {
      return db
    },
    sell,
    sync,
    usb,
    dataDir,
    roster,
    policy: place,
    siteOf: site,
    held: (senior: SeniorId, pack: string) => {
      const ref = refOf({ id: senior })
      return ref && leaseStore.of(ref, pack)
    },
    records: () => ledger.after({ generation: 1, seq: 0 }, 1_000_000),
    /** How far the province holds the chain. */
    acknowledged: () => acknowledged(documents).seq,
    head: () => ledger.head()?.seq ?? 0,
    async close() {
      await sync.stop()
      opened.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
