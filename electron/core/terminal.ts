import { join, resolve } from 'node:path'
import { RPCHandler } from '@orpc/server/message-port'
import { z } from 'zod'
import { addDays, businessDateOf } from '../../shared/business-day.ts'
import { fromBase64Url, toBase64Url, utf8ToBytes } from '../../shared/bytes.ts'
import {
  type OperatorId,
  type ProxyId,
  type RecordId,
  recordId,
  type SeniorId,
  type TerminalId,
  terminalId,
} from '../../shared/ids.ts'
import type { AnyWord } from '../../shared/leases/word.ts'
import type { FaceWithdrawal, Revocation } from '../../shared/province-api.ts'
import { proxyRefOf as proxyRefOfSite } from '../../shared/proxy.ts'
import type { RoundItem } from '../../shared/round/round.ts'
import type { FullSenior, RosterEntry } from '../../shared/senior.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'
import { packsOf } from '../../shared/site.ts'
import { standardSuite } from '../../shared/suite.ts'
import type { Notice, SaleView } from '../../shared/terminal-api.ts'
import type { PlannedOrder } from '../../shared/visit/order.ts'
import type { CarerId } from '../../shared/visit/service.ts'
import { createDailyBackup } from './backup/daily-backup.ts'
import { backupFolder, makeBackup } from './backup/make-backup.ts'
import { createCameraChoice } from './camera-choice.ts'
import { createCheckIns } from './check-in.ts'
import { type Clock, systemClock } from './clock.ts'
import { newestMoment } from './clock-trust.ts'
import { createClockWatch } from './clock-watch.ts'
import { createCloseDesk } from './close/close-desk.ts'
import { createDaySheets } from './close/day-sheet.ts'
import type { TerminalConfig } from './config.ts'
import { type Counter, createCounter } from './counter.ts'
import { createDeviceDesk } from './devices/device-desk.ts'
import { createSimulator } from './devices/simulator.ts'
import { createDiskWatch } from './disk-watch.ts'
import { createAwayTemplates, depositTemplates } from './face/away.ts'
import { createConsentActs } from './face/consent-acts.ts'
import { createFaceCounterParts } from './face/counter-parts.ts'
import { createFaceEnrolment } from './face/enrolment.ts'
import { createErasures } from './face/erasures.ts'
import type { FaceDeskParts } from './face/face-parts.ts'
import { createFaceSetting } from './face/face-setting.ts'
import { createFaceMeasure } from './face/measure.ts'
import { createFolderSearch } from './face/search-folder.ts'
import { createSiteModel } from './face/site-model.ts'
import { createHeardDate } from './heard-date.ts'
import { startHeartbeat } from './heartbeat.ts'
import type { CoreHost, PagePort, PageRole } from './host.ts'
import { createForeignCodes } from './identify/foreign-codes.ts'
import { createKioskDesk } from './kiosk/kiosk-desk.ts'
import { createKioskFront } from './kiosk/kiosk-front.ts'
import { createSiteLanes } from './lanes/site-lanes.ts'
import { createLateEntries } from './late-entry.ts'
import { createLeaseDesk } from './lease-desk.ts'
import { createOperatorPins } from './operator-pins.ts'
import { lookAtRecordings, recordingNotices } from './own-recordings.ts'
import { asMessagePort } from './page-port.ts'
import { askProvince } from './people/ask-province.ts'
import { keepOwnChanges, keepOwnRevocations } from './people/own-changes.ts'
import { createStatementDesk } from './people/statement-desk.ts'
import { createPhonePaymentDesk } from './phone-payments.ts'
import { rosterIsStale } from './price-visit.ts'
import { groupSlip } from './printing/group-slip.ts'
import { createPrinterDesk } from './printing/printer-desk.ts'
import { receiptFactsOf } from './printing/receipt-facts.ts'
import { testPage } from './printing/test-page.ts'
import type { SaleParts } from './record-sale.ts'
import { createRefunds } from './refund.ts'
import { createDeliveries } from './round/deliveries.ts'
import { createRoundDesk } from './round/round-desk.ts'
import { createRoundStore } from './round/round-store.ts'
import { createRouter } from './router.ts'
import { createDeviceTests } from './settings/device-tests.ts'
import { createSettingChanges } from './settings/own-changes.ts'
import { createSettingDesk } from './settings/setting-desk.ts'
import { createSetup } from './settings/setup.ts'
import { voiceAt } from './settings/voice-now.ts'
import { createShifts } from './shift.ts'
import { createPages, publicScreenNotices } from './speaking-page.ts'
import { createSteadyClock, type SteadyClock } from './steady-clock.ts'
import { noteBeginning } from './store/chain-beginning.ts'
import { createCodeKeys } from './store/code-keys.ts'
import { createUsedCodes } from './store/codes.ts'
import { createDays } from './store/day-records.ts'
import { createDocuments } from './store/documents.ts'
import { createEarlierSales } from './store/earlier-sales.ts'
import { createFaceDistances } from './store/face-distances.ts'
import { createFaces } from './store/faces.ts'
import { checkedAtStart, findDamage } from './store/find-damage.ts'
import { createHistory } from './store/history.ts'
import { createLeases } from './store/leases.ts'
import { createLedger } from './store/ledger.ts'
import { createNamedRecords } from './store/named-records.ts'
import { createOpenCheckIns } from './store/open-check-ins.ts'
import { databaseBytes, type OpenResult, openDatabase } from './store/open-database.ts'
import { createOpenGroups } from './store/open-group.ts'
import { openVault } from './store/open-vault.ts'
import { createOpenVisits } from './store/open-visits.ts'
import { checkPages } from './store/page-check.ts'
import { createParkedCheckIns } from './store/parked-check-ins.ts'
import { createPins } from './store/pins.ts'
import { createPolicies } from './store/policies.ts'
import { createReceiptPrints } from './store/receipt-prints.ts'
import { createRoster } from './store/roster.ts'
import { createSealedInputs } from './store/sealed-inputs.ts'
import { storeFault } from './store/store-fault.ts'
import { createUsage } from './store/usage.ts'
import { doubtedRecords } from './store/verdicts.ts'
import { verifyChain } from './store/verify-chain.ts'
import { createVisitOrders } from './store/visit-orders.ts'
import { createVisitRecords } from './store/visit-records.ts'
import { acknowledged, everAcknowledged } from './sync/acknowledged.ts'
import { type Enrolment, ownKeys, enrolment as storedEnrolment } from './sync/enrol.ts'
import { createHttpLink } from './sync/http-link.ts'
import { refill } from './sync/refill.ts'
import { createSyncLoop } from './sync/sync-loop.ts'
import { simulatedTenderDesk } from './tenders.ts'
import { sticks } from './usb/drives.ts'
import { createUsbDesk, type UsbDesk } from './usb/usb-desk.ts'
import { findSale, terminalViewOf, type ViewParts } from './views.ts'
import { createLateVisits } from './visit/late-visit.ts'
import { publicVisitOf } from './visit/public-visit.ts'
import { createVisitDesk } from './visit/visit-desk.ts'
import { createVisitHouse } from './visit/visit-house.ts'
import { createWatched } from './watch.ts'

/** No till sells more in a day. */
const mostInDay = 5000
/** Pages that a backup copies before others have their turn: half a megabyte, a few ms. */
const pagesAtOnce = 128

export interface Terminal {
  readonly usb: UsbDesk
  connect(port: PagePort, role: PageRole): void
  stop(): Promise<void>
}

export type StartResult = { ok: true; terminal: Terminal } | { ok: false; notice: Notice }

/** The composition root: opens the data folder, checks it, and builds the whole terminal from one validated configuration. */
export async function startTerminal(
  config: TerminalConfig,
  host: CoreHost,
  clock: Clock = systemClock,
): Promise<StartResult> {
  const opened = openDatabase(config.dataDir)
  if (!opened.ok) return opened
  try {
    const built = await build(opened, config, host, createSteadyClock(clock))
    if (!built.ok) opened.close()
    return built
  } catch (error) {
    opened.close()
    const fault = storeFault(error)
    if (fault) return { ok: false, notice: fault }
    throw error
  }
}

async function build(
  opened: Extract<OpenResult, { ok: true }>,
  config: TerminalConfig,
  host: CoreHost,
  clock: SteadyClock,
): Promise<StartResult> {
  const { db } = opened
  const refuse = (code: Notice['code']): StartResult => ({ ok: false, notice: { code, values: {} } })
  const vault = openVault(db, config)
  if (!vault) return refuse('KEY_WRONG')

  const suite = standardSuite
  const documents = createDocuments(db, vault)
  const keys = await ownKeys(documents, suite)
  const bootId = clock.mint()
  const configured =
    documents.read('enrolment', storedEnrolment)?.terminal ??
    config.enrolmentCode?.terminal ??
    terminalId.parse('not-enrolled')
  /** A terminal that enrols at its first start gets its name then. */
  const self = {
    get terminal() {
      return enrolledAs ?? configured
    },
  }
  let enrolledAs: TerminalId | null = null
  const heardDate = createHeardDate(documents)
  const ledger = createLedger(db, {
    get terminal() {
      return self.terminal
    },
    signer: await suite.signer(keys.ledger),
    bootId,
    clockDate: businessDateOf,
    notBefore: heardDate.date,
  })
  /** The province said its time (ms). What waits for a person's word on the clock waits for its date too. */
  function hearDate(at: number): void {
    const newest = ledger.head()?.businessDate ?? null
    if (clock.asks() === null) heardDate.hear(at, { clock: businessDateOf(clock.now()), newest })
  }
  const isDamaged = await findDamage(db, host, documents, {
    ledgerKey: toBase64Url(keys.ledger.publicKey),
    acknowledged: everAcknowledged(documents),
  })
  const newest = ledger.head()
  // Before the chain begins there is nothing that a wrong clock could have dated.
  if (newest !== null) clock.begin(newestMoment(documents, newest.at))
  const roster = createRoster(db, vault)
  const visitOrders = createVisitOrders(db, vault)
  const openVisits = createOpenVisits(db, vault)
  const usage = createUsage(db)
  const leases = createLeases(db, () => ledger.head()?.generation ?? 1)
  const history = createHistory({
    ...{ db, documents, ledger, usage },
    get terminal() {
      return self.terminal
    },
  })
  const sealed = createSealedInputs(db, vault)
  const pins = createPins(db, vault)
  const policies = createPolicies(documents, clock.now)
  const codeKeys = createCodeKeys(documents)
  const shifts = createShifts({ documents, ledger, clock })
  const watched = createWatched()

  const front = createKioskFront({
    ...{ isKiosk: config.kiosk, clock, onChange: watched.changed },
    onKiosk() {
      void checkIns.dismiss()
      // A page of the staff on the kiosk's own screen comes back as the kiosk.
      pages.closeKiosk()
    },
  })

  let stopping = false
  const disk = createDiskWatch({
    ...{ dataDir: config.dataDir, log: host.log, onChange: watched.changed },
    probe: () => documents.write('disk-probe', clock.now()),
  })
  if (isDamaged) disk.damaged()
  const backups = createDailyBackup({
    ...{ documents, now: clock.now, monotonic: clock.monotonic, log: host.log, onChange: watched.changed },
    make: () =>
      makeBackup({
        ...{ folder: backupFolder(config.dataDir, config.backup.folder), keep: config.backup.keep, now: clock.now() },
        sourceBytes: databaseBytes(db),
        copy: file =>
          db.backup(file, {
            progress() {
              if (stopping) throw new Error('the terminal stops')
              return pagesAtOnce
            },
          }),
      }),
  })
  const settings = createSettingChanges(documents)
  const site = () => settings.siteAt(clock.now())
  const today = () => counter.today()
  const onRecorded = () => {
    watched.changed()
    sync.nudge()
  }
  const stale = () => {
    const place = site()
    const synced = documents.read('roster-synced-at', z.int())
    return place === null || rosterIsStale(place, synced === null ? null : businessDateOf(synced), today())
  }
  const clockWatch = createClockWatch({
    ...{ clock, ledger, documents, onRecorded },
  })
  const stopped = () => disk.stopped() ?? clockWatch.stopped()

  /** The chain begins with the key that signs it: in generation 1, or after the head that the province holds of a lost disk. */
  async function announceKey({ terminal, lastHead }: Enrolment): Promise<void> {
    enrolledAs = terminal
    await ledger.inTurn(async () => {
      if (ledger.head()) return
      const reason = lastHead ? 'restored' : 'enrolled'
      await ledger.append(
        {
          kind: 'key-change',
          id: recordId.parse(clock.mint()),
          at: clock.now(),
          payload: { reason, ledgerKey: toBase64Url(keys.ledger.publicKey), lastHead },
        },
        { ...(lastHead ? { begin: lastHead } : {}), also: first => void noteBeginning(documents, first) },
      )
    })
  }

  const faces = createFaces(db, vault)
  // A crash may have come between a withdrawal and the end of what the journal still held of it.
  faces.settle()
  const operator = () => shifts.on(today())?.operator ?? null
  const erasures = createErasures(documents)
  const setting = createFaceSetting({
    ...{ documents, ledger, clock, faces, erasures, site, operator, stopped },
    onChange: watched.changed,
    onRecorded: () => sync.nudge(),
  })

  const ownChanges = { ledger, sealed, roster, acknowledged: () => acknowledged(documents) }
  const exchangeParts = {
    db,
    suite,
    documents,
    ledger,
    sealed,
    roster,
    policies,
    codeKeys,
    keys,
    wantsTills: config.lanes.listen !== null || config.lanes.join !== null,
    transportSigner: await suite.signer(keys.transport),
    now: clock.now,
    clockDoubt: clockWatch.stopped,
    onTime(at: number) {
      clock.hear(at)
      hearDate(at)
    },
    onWithdrawn(faces: readonly FaceWithdrawal[]) {
      acts.hear(faces)
      checkIns.faces.hear(faces)
      visitDesk.faces.hear(faces)
    },
    onRoster: (told: readonly RosterEntry[]) => keepOwnChanges(ownChanges, told),
    onRevoked: (told: readonly Revocation[]) => keepOwnRevocations(ownChanges, told),
    onOrders(orders: readonly PlannedOrder[]) {
      visitOrders.apply(orders)
      visitOrders.forgetBefore(addDays(today(), -1))
    },
    onPeople: () => heartbeat.sweepFaces(),
    onLeases: (words: readonly AnyWord[]) => leaseDesk.hear(words),
    onRounds: (items: readonly RoundItem[]) => rounds.hear(items),
  }
  const sync = createSyncLoop({
    ...exchangeParts,
    enrolmentCode: config.enrolmentCode,
    everySeconds: config.syncSeconds,
    linkTo: createHttpLink,
    log: host.log,
    onChange: watched.changed,
    onEnrolled: announceKey,
    async onRound() {
      if (clockWatch.stopped() === null) await leaseDesk.turnDay()
    },
    async beforePush(send) {
      const refilled = await refill(history, send)
      await visitDesk.reconcile()
      return refilled
    },
    afterPush: (enrolment, send) =>
      depositTemplates({ faces, setting, suite, enrolment }, body => send('face-deposit', body)),
  })
  const usb = createUsbDesk({ ...exchangeParts, history, sync, onDate: hearDate })
  // A crash may have come between the enrolment and its record.
  const enrolled = sync.enrolment()
  if (enrolled) await announceKey(enrolled)

  const receiptParts = { ledger, sealed, roster, site, shifts }
  const ownSale = (id: RecordId): SaleView | null => findSale(receiptParts, id, today())
  const saleView = (id: RecordId): SaleView | null => ownSale(id) ?? lane.saleView(id, today())
  const refOf = (senior: { id: SeniorId }) => {
    const enrolled = sync.enrolment()
    return enrolled ? seniorRefOf(fromBase64Url(enrolled.siteKey), senior.id) : null
  }
  const proxyRefOf = (proxy: ProxyId) => {
    const enrolled = sync.enrolment()
    return enrolled && proxyRefOfSite(fromBase64Url(enrolled.siteKey), proxy)
  }
  const model = createSiteModel(config.faceModel === null ? null : resolve(config.dataDir, config.faceModel))
  const measure = createFaceMeasure({ faces, setting, roster, site, today, db, distances: createFaceDistances(db) })
  const faceParts: FaceDeskParts = {
    ...{ faces, setting, erasures, ledger, sealed, roster, suite, clock, site, operator, refOf, stopped, today },
    folder: createFolderSearch(config.dataDir),
    onChange: watched.changed,
    onRecorded: sync.nudge,
  }
  const faceCounter = createFaceCounterParts({ ...faceParts, away: createAwayTemplates(sync), measure })
  const acts = createConsentActs(faceParts)
  const deliveries = createDeliveries(db)
  const leaseDesk = createLeaseDesk({
    ...{ leases, ledger, clock, today, refOf, online: sync.online },
    isCarried: deliveries.isCarried,
    refundedElsewhere: of => lanes.isRefundedElsewhere(of),
    acknowledged: () => acknowledged(documents),
    onHeard: () => void checkIns.priceAnew(),
    policies() {
      const place = site()
      return place === null ? [] : packsOf(place).flatMap(pack => policies.current(pack) ?? [])
    },
    policyOf: policies.current,
    send: (body, patienceMs) => sync.ask('ask', body, patienceMs),
    transaction: work => db.transaction(work).immediate(),
  })
  const openCheckIns = createOpenCheckIns(db, vault)
  const lanes = createSiteLanes({
    ...{ db, vault, documents, ledger, openCheckIns, today, lanes: config.lanes, sealing: keys.sealing },
    terminal: self.terminal,
    ...{ now: clock.now, log: host.log, onChange: watched.changed },
  })
  const lane = lanes.second
  const saleParts: SaleParts = {
    ...{ openCheckIns, ledger, usage, leases: leaseDesk, sealed, suite, clock, desk: simulatedTenderDesk },
    proxyRefOf,
  }
  const earlier = createEarlierSales(db)
  const counter: Counter = createCounter({
    ...{ ledger, clock, roster, policies, shifts, site, refOf, stopped, rosterIsStale: stale },
    stock: {
      ...{ usage, leases: leaseDesk },
      earlier: (senior, date, meal) => earlier.inMeal(senior, date, meal) ?? lanes.earlier(senior, date, meal),
      portions(proxy, date, meal) {
        const ref = proxyRefOf(proxy)
        return ref === null ? 0 : earlier.portionsOf(ref, date, meal)
      },
    },
  })
  /** Somebody whom the province told of. */
  function welcome(senior: FullSenior): void {
    const welcomed = () => {
      roster.apply([senior])
      keepOwnChanges(ownChanges, [senior])
    }
    db.transaction(welcomed).immediate()
  }
  const checkIns = createCheckIns({
    ...saleParts,
    documents,
    lane,
    earlier,
    acknowledged: () => everAcknowledged(documents),
    parked: createParkedCheckIns(db, vault, openCheckIns),
    groups: createOpenGroups(db, documents, openCheckIns),
    onGroup(paid) {
      const head = {
        ...{ siteName: site()?.name ?? '', fictional: config.simulator !== null },
        english: config.printer?.english ?? false,
      }
      setImmediate(() => printer.print(groupSlip(paid, head)))
    },
    counter,
    roster,
    codes: createUsedCodes(db, vault),
    codeKeys,
    foreignCodes: createForeignCodes(sync),
    pins,
    shifts,
    site,
    refOf,
    face: faceCounter,
    rosterIsStale: stale,
    online: sync.online,
    atKiosk: () => front.at() === 'kiosk',
    ask: question => askProvince(sync, question),
    welcome,
    stopped,
    saleView,
    recognise: shown => operatorPins.recognise(shown),
    onChange: watched.changed,
    onRecorded: sync.nudge,
    // Behind the green screen, which waits for no paper.
    onSold: (sale, tender) => void setImmediate(() => printer.sold(sale, tender)),
  })

  const afterwardsParts = {
    ...{ ledger, earlier, leases: leaseDesk, desk: simulatedTenderDesk, clock, sealed, roster, policies },
    ...{ site, refOf, operator, today, lane, online: sync.online, onRecorded },
  }
  const refunds = createRefunds(afterwardsParts)
  const staffPins = createPins<OperatorId>(db, vault, 'operator')
  const operatorPins = createOperatorPins({
    ...{ pins: staffPins, ledger, clock, site, operator, onRecorded },
  })
  const late = createLateEntries({
    ...afterwardsParts,
    siteAt: settings.siteAt,
    ...{ usage, suite, shifts, approvals: operatorPins, rosterIsStale: stale, stopped },
    earlierElsewhere: lanes.earlier,
  })

  const rounds = createRoundDesk({
    ...{ ...saleParts, roster, policies, shifts, siteAt: settings.siteAt, refOf, today, rosterIsStale: stale },
    ...{ online: sync.online, store: createRoundStore(documents), deliveries, site, stopped },
    print: slip => printer.print(slip),
    onRecorded,
  })
  const days = createDays(db)
  const sheets = createDaySheets({
    get terminal() {
      return self.terminal
    },
    ...{ days, site, head: ledger.head },
    fundsOf: hash => policies.byHash(hash)?.funds ?? [],
  })
  let looked: { head: string; sound: boolean } | null = null
  const closeDesk = createCloseDesk({
    ...{ ledger, days, sheets, shifts, clock, site, today, stopped, onRecorded },
    betweenPeople: checkIns.betweenPeople,
    isServing: checkIns.isServing,
    parked: checkIns.parking.count,
    grouped: checkIns.group.isOpen,
    visiting: () => openVisits.all().filter(({ service }) => service.price !== null).length,
    unheard: () => lanes.notices().find(({ code }) => code === 'LANE_UNHEARD') ?? null,
    throughFirst: date => lane.sales(date, mostInDay).filter(({ voided }) => !voided).length,
    unsent: () => sync.view().unsent.count,
    async isSound() {
      const head = ledger.head()?.hash ?? ''
      if (looked?.head !== head) {
        looked = { head, sound: (await verifyChain(db, standardSuite, checkedAtStart)).findings.length === 0 }
      }
      return looked.sound
    },
  })

  checkIns.resume()
  lanes.open({
    ...{ counter, sale: saleParts, online: sync.online, stopped, pressing: disk.pressing, failed: disk.failed },
    wasMadeGood: earlier.wasMadeGood,
    isRefilling: () => history.due() !== null,
    saleView(id) {
      const sale = ownSale(recordId.parse(id))
      const receipt = sale && receiptFactsOf(receiptParts, sale.record)
      return sale && receipt ? { ...sale, receipt } : sale
    },
    onRecorded() {
      onRecorded()
      // The person may stand on this till's own screen as well.
      void checkIns.priceAnew()
    },
  })

  const visits = createVisitHouse({
    ...{
      ledger,
      clock,
      suite,
      sealed,
      usage,
      leases: leaseDesk,
      desk: simulatedTenderDesk,
      documents,
      roster,
      policies,
    },
    ...{ openVisits, orders: visitOrders, site, today, operator, refOf, stopped },
    records: createVisitRecords(db, () => `${ledger.head()?.hash}|${history.refilled()}`),
    carerPins: createPins<CarerId>(db, vault, 'carer'),
    ...{ proxyPins: createPins<ProxyId>(db, vault, 'proxy'), proxyRefOf },
    terminal: () => self.terminal,
    shift: () => shifts.on(today())?.record ?? null,
    siteKey() {
      const enrolled = sync.enrolment()
      return enrolled && fromBase64Url(enrolled.siteKey)
    },
    ...{ online: sync.online, rosterIsStale: stale, identify: checkIns.identify, makeRoom: checkIns.makeRoom, welcome },
    ask: question => askProvince(sync, question),
    recognise: shown => operatorPins.recognise(shown),
    ...{ wasMadeGood: earlier.wasMadeGood, onChange: watched.changed, onRecorded, face: faceCounter },
  })
  const visitDesk = createVisitDesk(visits)

  const devices = createDeviceDesk({
    devices: config.devices,
    spawn: host.spawnDriver,
    now: clock.now,
    onReading: means => (visitDesk.now().open ? undefined : checkIns.reading(means)),
    onFault: (problem, means) =>
      void (visitDesk.fault({ code: problem, values: {} }) || checkIns.fault(problem, means)),
    async onCredential(credential, simulated) {
      if (tests.takes(credential)) return
      const ofRound = rounds.takes(credential)
      if (ofRound !== null) {
        if (ofRound.problem !== null) checkIns.fault(ofRound.problem, 'code')
        return
      }
      try {
        if (front.at() === 'kiosk' || !(await visitDesk.take(credential))) await checkIns.take(credential, simulated)
      } catch (error) {
        host.log('error', 'check-in', { detail: error instanceof Error ? error.message : 'unknown' })
        checkIns.fault(disk.failed(error)?.code ?? 'UNEXPECTED', credential.means)
      }
    },
    onChange: watched.changed,
  })

  const printer = createPrinterDesk({
    ...{ setting: config.printer, fictional: config.simulator !== null, prints: createReceiptPrints(db), site },
    ...{ spawn: host.spawnDriver, log: host.log, now: clock.now, onChange: watched.changed },
    facts(sale) {
      const own = receiptFactsOf(receiptParts, sale)
      const there = own === null ? lane.saleView(sale, today()) : null
      const standing = there?.voided ? 'void' : 'open'
      return own ?? (there?.receipt ? { ...there.receipt, standing } : null)
    },
  })

  const statements = createStatementDesk({
    ...{ records: createNamedRecords(db), ledger, earlier, roster, policies, suite, clock, sync },
    ...{ enrolment: sync.enrolment, site, today, operator, refOf, proxyRefOf, print: printer.print },
    paper: { fictional: config.simulator !== null, english: config.printer?.english ?? false },
  })
  const cameraChoice = createCameraChoice(documents)
  const recordings = lookAtRecordings(config.dataDir)
  const plugged = () => sticks(config.usbFolders)
  const pages = createPages(watched.changed, clock.monotonic)
  const tests = createDeviceTests({
    ...{ documents, keyProtection: config.key.kind, devices: devices.views, now: clock.now, onChange: watched.changed },
    ...{ stopped: disk.stopped, freeBytes: disk.freeBytes, sync: () => sync },
    customerScreens: () => pages.count('customer'),
    printerState: () => printer.view([])?.state ?? null,
    printPage: () => printer.print(testPage),
    voice: () => (!config.voice.on ? 'off' : pages.speaker() === null ? 'no-page' : 'on'),
    async keyWorks() {
      const word = utf8ToBytes('aixin')
      return await suite.verify(keys.ledger.publicKey, word, await (await suite.signer(keys.ledger)).sign(word))
    },
  })
  const voice = () => voiceAt(config.voice, settings, clock.now())
  const settingDesk = createSettingDesk({
    ...{ documents, settings, ledger, pins: staffPins, clock, voice, today, operator, stopped },
    onChanged() {
      void checkIns.priceAnew()
      onRecorded()
    },
  })
  const setup = createSetup({
    ...{ documents, configured: config.enrolmentCode !== null, enrol: sync.enrolBy, onChange: watched.changed },
    enrolled: () => sync.enrolment() !== null,
    sticks: plugged,
  })
  const views: ViewParts = {
    publicVisit: () => publicVisitOf(visits, visitDesk.now()),
    get terminal() {
      return self.terminal
    },
    settings: {
      screens: () => settings.screensAt(clock.now()),
      flashing: tests.flashing,
      sampleAt: tests.sampleAt,
      setup: setup.step,
    },
    keyProtection: config.key.kind,
    simulator: config.simulator !== null,
    tendersSimulated: simulatedTenderDesk.simulated,
    ledger,
    sealed,
    roster,
    pins,
    shifts,
    devices,
    printer,
    checkIns,
    today,
    site,
    policies,
    doubted: () => doubtedRecords(db),
    sync: sync.view,
    usb: usb.view,
    lane,
    cameraChoice: cameraChoice.current,
    voice: () => ({ ...voice(), own: recordings.state === 'whole' }),
    rosterIsStale: stale,
    stopped,
    clockJump() {
      const jump = clock.asks()
      return jump && { ...jump, date: businessDateOf(jump.after) }
    },
    obstacle: () => counter.obstacle(),
    kiosk() {
      const at = front.at()
      return at && { front: at, helpSince: front.helpSince() }
    },
    now: clock.now,
    // Where pages are damaged no day is closed, and none of them has to be readable for the screen.
    forgotten: () => (stopped() === null ? closeDesk.forgotten() : null),
    ledgerNotices: () => [
      ...(history.due() ? [{ code: 'HISTORY_MISSING' as const, values: {} }] : []),
      ...[backups.notice(), heardDate.notice()].flatMap(one => one ?? []),
      ...disk.notices(),
      ...lanes.notices(),
      ...recordingNotices(recordings),
      ...rounds.notices(),
      ...publicScreenNotices(pages.publicAwaySince(), clock.monotonic()),
    ],
    faces: { view: setting.view, hasPortrait: senior => faces.portraitOf(senior) !== null },
  }
  // A damaged ledger is said on the screen; one whose pages the screen itself cannot read is said by not starting.
  try {
    terminalViewOf(views)
  } catch (error) {
    await Promise.all([devices.stop(), printer.stop(), lanes.stop()])
    throw error
  }
  const simulator = config.simulator ? createSimulator(config.simulator.address, devices) : null
  const handler = new RPCHandler(
    createRouter({
      ...{ views, checkIns, devices, printer, shifts, sync, usb, watched, disk, clockWatch, simulator, cameraChoice },
      afterwards: { refunds, payments: createPhonePaymentDesk(afterwardsParts), late, pins: operatorPins },
      statements,
      close: { desk: closeDesk },
      station: { house: visits, desk: visitDesk, late: createLateVisits(visits, operatorPins) },
      kiosk: { front, desk: createKioskDesk({ checkIns, pins: operatorPins, front }) },
      settings: { desk: settingDesk, tests, setup },
      rounds,
      ...{ changed: watched.changed, today, lanes, sticks: plugged },
      face: {
        parts: faceParts,
        acts,
        enrolment: createFaceEnrolment(faceParts, acts),
        desk: checkIns.faces,
        atStation: () => (visitDesk.now().open ? visitDesk.faces : null),
        measure,
        model,
      },
    }),
  )
  const heartbeat = startHeartbeat({
    ...{ disk, clockWatch, front, rounds, backups, log: host.log, today, stopped, onChange: watched.changed },
    enrolled: () => sync.enrolment() !== null,
    sweepFaces: acts.sweep,
    activity: () => `${checkIns.state().state} ${ledger.head()?.hash ?? ''}`,
  })

  sync.start()
  lanes.start()

  const pageCheck = checkPages(join(config.dataDir, 'terminal.db'))
  pageCheck.finding.then(
    finding => {
      if (finding === null) return
      host.log('error', 'database', { pages: finding.slice(0, 80) })
      disk.damaged()
    },
    error => host.log('error', 'page-check', { detail: error instanceof Error ? error.message : 'unknown' }),
  )

  return {
    ok: true,
    terminal: {
      usb,
      connect(port, role) {
        pages.add(port, role)
        handler.upgrade(asMessagePort(port), { context: { role, speaks: () => pages.speaker() === port } })
      },
      async stop() {
        heartbeat.stop()
        stopping = true
        pages.closeAll()
        await Promise.all([
          devices.stop(),
          printer.stop(),
          lanes.stop(),
          sync.stop(),
          backups.settled(),
          pageCheck.stop(),
        ])
        opened.close()
      },
    },
  }
}
