import {
  addDays,
  ageOn,
  type BusinessDate,
  businessDateOf,
  businessMinuteOf,
  clockTime,
  mealAt,
  meal as mealName,
} from '../../shared/business-day.ts'
import { mostTries } from '../../shared/face/decide.ts'
import { faceCountIsHigh, faceCountLimit } from '../../shared/face/face-count.ts'
import type { FaceView } from '../../shared/face-api.ts'
import type { RecordId, SeniorId } from '../../shared/ids.ts'
import { outcomeOf, receivedOf, unconfirmedPayments } from '../../shared/payment-outcome.ts'
import { maskName, surnameOf } from '../../shared/person-names.ts'
import { versionInForce } from '../../shared/policy/quote.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import type { FullSenior } from '../../shared/senior.ts'
import type { ScreenOptions } from '../../shared/settings.ts'
import { rosterValidDays, type SetMeal, type Site } from '../../shared/site.ts'
import type {
  CameraChoice,
  CashierView,
  CustomerView,
  DeskView,
  DeviceView,
  Notice,
  ParkedView,
  PricedView,
  SaleView,
  TerminalView,
} from '../../shared/terminal-api.ts'
import type { VoiceView } from '../../shared/voice/settings.ts'
import type { CheckIns } from './check-in.ts'
import type { DeskState, FaceToConfirm, GroupSum, OpenCheckIn, PricedCheckIn } from './check-in-state.ts'
import type { DeviceDesk } from './devices/device-desk.ts'
import { mayRecordItself } from './entry-pause.ts'
import { besideOf, piecesOf, withMore } from './items.ts'
import type { SecondTill } from './lanes/second-till.ts'
import { paymentsOfOpen } from './payment-desk.ts'
import { isAskable } from './people/proof-desk.ts'
import { deskProxies } from './people/proxy-acts.ts'
import type { PrinterDesk } from './printing/printer-desk.ts'
import { isBeyondLimit, leadsToTell } from './proxy-desk.ts'
import type { Shifts } from './shift.ts'
import type { Ledger, StoredRecord } from './store/ledger.ts'
import type { Pins } from './store/pins.ts'
import type { HeldPolicy, Policies } from './store/policies.ts'
import type { Roster } from './store/roster.ts'
import { ifItOpens, type SealedInputsStore } from './store/sealed-inputs.ts'
import type { DoubtedRecord } from './store/verdicts.ts'
import type { SyncView } from './sync/sync-loop.ts'
import type { UsbView } from './usb/usb-desk.ts'
import { isOfShift } from './void-sale.ts'

/** How many of the last sales the cashier sees. */
const lastSales = 5
/** A neighbour household shows all of its day. */
const lastSalesOfNeighbours = 60
const pacePeriods = 13

const noTitle = { zh: '套餐', en: 'Set' }
const minute = 60_000

export interface ViewParts {
  readonly terminal: string
  readonly keyProtection: 'host' | 'file'
  readonly simulator: boolean
  readonly tendersSimulated: boolean
  readonly ledger: Ledger
  readonly sealed: SealedInputsStore
  readonly roster: Roster
  readonly pins: Pins
  readonly shifts: Shifts
  readonly devices: DeviceDesk
  readonly printer: Pick<PrinterDesk, 'view' | 'notices'>
  readonly checkIns: CheckIns
  /** What this till sold through the first one stands in its lists like its own. */
  readonly lane: Pick<SecondTill, 'sales' | 'times'>
  readonly policies: Pick<Policies, 'current' | 'refused'>
  /** What the province wants looked at, newest first. */
  doubted(): DoubtedRecord[]
  site(): Site | null
  today(): BusinessDate
  sync(): SyncView
  usb(): UsbView
  cameraChoice(): CameraChoice
  voice(): Omit<VoiceView, 'speaks'>
  rosterIsStale(): boolean
  stopped(): Notice | null
  clockJump(): TerminalView['clockJump']
  kiosk(): TerminalView['kiosk']
  /** What the public screen shows of a visit; null: none. */
  publicVisit(): CustomerView['now'] | null
  /** What stands in the way of any sale now. */
  obstacle(): Notice | null
  now(): number
  /** A day before today that nobody closed; null where there is none. */
  forgotten(): BusinessDate | null
  /** What is to be known of the ledger's own house: backups, records that are missing here. */
  ledgerNotices(): Notice[]
  /** How the screens of this terminal look, and where its first start stands. */
  readonly settings: {
    screens(): ScreenOptions
    flashing(): boolean
    sampleAt(): number | null
    setup(): TerminalView['setup']
  }
  readonly faces: { view(): FaceView | null; hasPortrait(senior: SeniorId): boolean }
}

/** Who a record is about, masked; null where it is nobody, or nobody whom this terminal knows by name. */
function maskedNameOf({ sealed, roster }: Pick<ViewParts, 'sealed' | 'roster'>, id: string): string | null {
  const senior = ifItOpens(() => sealed.read(id))?.inputs.senior ?? null
  const person = senior === null ? null : roster.bySenior(senior)
  return person?.kind === 'full' ? maskName(person.name) : null
}

/** A sale of this day for the staff's list, name masked; null where no such sale is in the ledger. */
export function saleViewOf(
  parts: Pick<ViewParts, 'ledger' | 'sealed' | 'roster' | 'site' | 'shifts'>,
  stored: StoredRecord | null,
  today: BusinessDate,
): SaleView | null {
  if (stored?.record.kind !== 'sale') return null
  const { record } = stored
  const reversal = parts.ledger.reversalOf(record.id)
  const voided = reversal !== null
  const refunded = reversal !== null && parts.ledger.byId(reversal)?.record.kind === 'refund'
  const item = parts.site()?.menu.find(one => one.id === record.payload.items[0]?.set)
  return {
    record: record.id,
    at: record.at,
    name: maskedNameOf(parts, record.id),
    set: withMore(item?.name ?? noTitle, piecesOf(record.payload.items) - 1),
    means: record.payload.means,
    ownPayFen: record.payload.ownPayFen,
    claimPending: record.payload.claimPending,
    voided,
    ...(refunded && { refunded }),
    voidable: !voided && record.businessDate === today && isOfShift(parts.ledger, record, parts.shifts.on(today)),
    ...phoneOf(parts.ledger, record),
    paid: paidOf(parts.ledger, record),
  }
}

function paidOf(ledger: Pick<Ledger, 'byId'>, { id, payload }: Extract<LedgerRecord, { kind: 'sale' }>) {
  const { tenders } = receivedOf(id, payload, of => ledger.byId(of)?.record ?? null)
  return tenders.flatMap(({ kind, fen }) => (fen === 0 ? [] : [{ kind, fen }]))
}

function phoneOf(ledger: Pick<Ledger, 'byId'>, record: LedgerRecord): Pick<SaleView, 'phone'> {
  const [payment] = unconfirmedPayments(record)
  if (payment === undefined) return {}
  const said = outcomeOf(record.id, payment.tender, id => ledger.byId(id)?.record ?? null)
  return { phone: said?.payload.outcome ?? 'waiting' }
}

export function terminalViewOf(parts: ViewParts): TerminalView {
  const { ledger, checkIns, roster, shifts } = parts
  const now = parts.now()
  const site = parts.site()
  const today = parts.today()
  const shift = shifts.on(today)
  const sync = parts.sync()
  const meal = site ? mealAt(now, site.mealPeriods) : null
  const dayStart = now - (businessMinuteOf(now) * minute + (now % minute))
  const choice = checkIns.choice()
  const own = ledger.saleTimes(today).filter(sale => ledger.reversalOf(sale.id) === null)
  const sold = [...own, ...parts.lane.times(today)]
  const operators = site?.operators ?? []
  const sales = lastSalesOf(parts, today)
  const face = parts.faces.view()
  return {
    terminal: parts.terminal,
    setup: parts.settings.setup(),
    contrast: parts.settings.screens().contrast,
    textSize: parts.settings.screens().textSize.staff,
    siteName: site?.name ?? '',
    fictional: parts.simulator,
    businessDate: today,
    meal: site && meal ? { name: meal, endsAt: dayStart + site.mealPeriods[meal].to * minute } : null,
    nextMeal: site && !meal ? nextMealOf(site, now, dayStart) : null,
    network: sync.network,
    unsent: sync.unsent,
    usb: parts.usb(),
    roster: {
      syncedAt: sync.rosterSyncedAt,
      members: roster.members(),
      stale: parts.rosterIsStale(),
      ...rosterSpanOf(site, sync.rosterSyncedAt),
    },
    policy: policyViewOf(site && parts.policies.current(site.policy), today),
    policiesRefused: parts.policies.refused(),
    recordsDoubted: parts.doubted().map(({ id, ...doubted }) => ({ ...doubted, name: id && maskedNameOf(parts, id) })),
    feedsUnread: sync.feedsUnread,
    operator: operators.find(one => one.id === shift?.operator) ?? null,
    operators,
    shift: shift ? { record: shift.record, openedAt: shift.openedAt } : null,
    close: { today: ledger.dayIsClosed(today), before: parts.forgotten() },
    devices: parts.devices.views(),
    camera: parts.cameraChoice(),
    printer: parts.printer.view(sales.map(({ record }) => record)),
    served: {
      inMeal: sold.filter(sale => sale.meal === meal).length,
      lastTenMinutes: sold.filter(sale => sale.at > now - 10 * minute).length,
      perFiveMinutes: paceOf(sold, now),
    },
    lastSales: sales,
    restorable: checkIns.restoring.restorable(),
    parked: checkIns.parking.all().map(open => parkedViewOf(parts, open)),
    group: checkIns.group.view(),
    menu: site?.menu ?? [],
    chosenSet: choice.set,
    chosenTender: choice.tender,
    chosenChannel: choice.channel,
    tenders: [
      { kind: 'account', name: { zh: '社保卡', en: 'Card account' }, simulated: parts.tendersSimulated },
      { kind: 'cash', name: { zh: '现金', en: 'Cash' }, simulated: false },
      { kind: 'outside', name: { zh: '扫码付', en: 'Phone' }, simulated: false },
    ],
    expressSeconds: site?.expressSeconds ?? null,
    keyProtection: parts.keyProtection,
    face,
    kiosk: parts.kiosk(),
    simulator: parts.simulator,
    clockJump: parts.clockJump(),
    stopped: parts.stopped(),
    notices: [
      ...sync.notices,
      ...parts.ledgerNotices(),
      ...deviceNotices(parts.devices.views()),
      ...parts.printer.notices(),
      ...faceNotices(face?.enrolled ?? 0),
    ],
  }
}

function parkedViewOf(parts: ViewParts, open: OpenCheckIn): ParkedView {
  const senior = fullSenior(parts, open)
  return {
    checkIn: open.id,
    at: open.at,
    name: senior && maskName(senior.name),
    set: withMore(parts.site()?.menu.find(item => item.id === open.set)?.name ?? noTitle, piecesOf(open.more)),
    means: open.means,
    earlier: parts.checkIns.parking.isOld(open),
  }
}

function lastSalesOf(parts: ViewParts, today: BusinessDate): SaleView[] {
  const most = parts.site()?.neighbour ? lastSalesOfNeighbours : lastSales
  const own = parts.ledger.sales(today, most).flatMap(stored => saleViewOf(parts, stored, today) ?? [])
  const shift = parts.shifts.on(today)
  const viaFirst = parts.lane.sales(today, most).map(({ phone: _, ...sale }) => ({
    ...sale,
    voidable: !sale.voided && shift !== null && sale.at >= shift.openedAt,
  }))
  if (viaFirst.length === 0) return own
  return [...own, ...viaFirst].sort((one, other) => other.at - one.at).slice(0, most)
}

/** How long a roster of this site counts, and until when the present one does. */
function rosterSpanOf(site: Site | null, syncedAt: number | null) {
  const validDays = site ? rosterValidDays(site.leaseClass) : 0
  return { validDays, goodUntil: site && syncedAt !== null ? addDays(businessDateOf(syncedAt), validDays) : null }
}

function policyViewOf(held: HeldPolicy | null, today: BusinessDate): TerminalView['policy'] {
  if (!held) return null
  const { id, title, fictional = false, versions } = held.pack
  const version = versionInForce(held.pack, today)
  const next = versions.filter(({ from }) => from > today).sort((one, other) => (one.from < other.from ? -1 : 1))[0]
  return {
    ...{ id, title, fictional },
    version: version && { id: version.id, from: version.from, to: version.to ?? null },
    next: next === undefined ? null : { id: next.id, from: next.from },
  }
}

/** What is missing at a device, with the next step. A simulated device lacks nothing. */
function deviceNotices(devices: readonly DeviceView[]): Notice[] {
  const codes = devices.flatMap(({ kind, state, simulated }): ProblemCode[] => {
    if (simulated) return []
    if (kind === 'camera') return state === 'no-device' ? ['NO_CAMERA'] : state === 'error' ? ['CAMERA_REFUSED'] : []
    return kind === 'card-reader' && state === 'no-service' ? ['PCSC_ABSENT'] : []
  })
  return [...new Set(codes)].map(code => ({ code, values: {} }))
}

/** Speaks of the number of faces well before it has to be filed. */
export function faceNotices(enrolled: number): Notice[] {
  if (!faceCountIsHigh(enrolled)) return []
  return [{ code: 'FACE_COUNT_HIGH', values: { count: enrolled, limit: faceCountLimit } }]
}

function paceOf(sold: readonly { at: number }[], now: number): { from: number; count: number }[] {
  const last = Math.floor(now / (5 * minute)) * 5 * minute
  return Array.from({ length: pacePeriods }, (_, index) => {
    const from = last - (pacePeriods - 1 - index) * 5 * minute
    return { from, count: sold.filter(sale => sale.at >= from && sale.at < from + 5 * minute).length }
  })
}

function nextMealOf(site: Site, now: number, dayStart: number): TerminalView['nextMeal'] {
  const minuteNow = businessMinuteOf(now)
  const next = mealName.options.find(name => site.mealPeriods[name].from > minuteNow)
  if (next) return { name: next, startsAt: dayStart + site.mealPeriods[next].from * minute }
  return { name: 'breakfast', startsAt: dayStart + (site.mealPeriods.breakfast.from + 1440) * minute }
}

function pricedViewOf(parts: ViewParts, current: PricedCheckIn, site: Site, set: SetMeal): PricedView {
  const { open, priced, attention, another } = current
  const { quote } = priced
  const senior = fullSenior(parts, open)
  const payments = paymentsOfOpen(open, quote.ownPayFen)
  return {
    state: 'priced',
    checkIn: open.id,
    person: senior
      ? {
          name: senior.name,
          sex: senior.sex,
          age: ageOn(senior.person.birthDate, priced.inputs.visit.businessDate),
          entitledUntil: senior.entitledUntil ?? null,
          home: senior.home,
        }
      : null,
    means: open.means,
    assurance: open.assurance,
    credentialTail: open.tail,
    codeKind: open.codeKind,
    device: open.device,
    set,
    beside: besideViewOf(site, open),
    tender: payments.at(-1)?.kind ?? open.tender,
    parts: payments.length > 1 ? payments.map(({ kind, fen }) => ({ kind, fen })) : [],
    reference: payments.find(({ kind }) => kind === 'outside')?.reference ?? null,
    channel: open.channel,
    listFen: quote.listFen,
    ladder: quote.ladder.map(step => ({
      kind: step.kind,
      title: step.title,
      note: step.note ?? null,
      fund: step.fund ?? null,
      fen: step.fen,
      runningFen: step.runningFen,
    })),
    discountFen: quote.discountFen,
    subsidyFen: quote.subsidies.reduce((sum, part) => sum + part.fen, 0),
    ownPayFen: quote.ownPayFen,
    dueFen: payments.at(-1)?.fen ?? 0,
    pendingFen: quote.pendingFen,
    digest: priced.shown,
    week: priced.week,
    attention,
    another,
    entry: { seconds: mayRecordItself(open, current.attention, site), held: open.held },
    needs: current.needs && { assurance: current.needs, ways: waysTo(parts, open, site) },
    askable: isAskable(open, open.senior === null ? null : parts.roster.bySenior(open.senior)),
    proxy: parts.checkIns.proxies.view(current),
    face: open.face && { result: open.face.result, triesLeft: Math.max(0, mostTries - open.face.tries) },
  }
}

function besideViewOf(site: Site, open: OpenCheckIn): PricedView['beside'] {
  const items = besideOf(site, { ...open, parked: true })
  if ('code' in items) return []
  const nameOf = (set: string) => site.menu.find(({ id }) => id === set)?.name ?? noTitle
  return items.map(({ set, quantity, fen }) => ({ name: nameOf(set), quantity, fen }))
}

function waysTo(
  { pins }: ViewParts,
  { senior, proxy }: OpenCheckIn,
  site: Site,
): NonNullable<PricedView['needs']>['ways'] {
  const byPin = senior !== null && pins.stateOf(senior) === 'set'
  return [...(site.staffed && proxy === null ? (['staff'] as const) : []), ...(byPin ? (['pin'] as const) : [])]
}

function deskViewOf({ roster, pins, today, site }: ViewParts, desk: DeskState): DeskView {
  const senior = desk.person === null ? null : roster.bySenior(desk.person)
  return {
    state: 'desk',
    person:
      senior?.kind === 'full'
        ? {
            senior: senior.id,
            name: senior.name,
            sex: senior.sex,
            age: ageOn(senior.person.birthDate, today()),
            numberTail: senior.numberTail ?? null,
            home: senior.home,
            means: desk.came?.means ?? null,
            pin: pins.stateOf(senior.id),
            proxies: deskProxies(senior, today()),
            leads: leadsToTell(site()),
            cards: senior.cards.map(card => ({
              handle: roster.handleOf(card),
              tail: card.slice(-4),
              lost: roster.cardIsLost(card),
              bound: senior.boundCards?.includes(card) ?? false,
            })),
          }
        : null,
    card: desk.card && { tail: desk.card.tail },
    notice: desk.notice,
  }
}

function fullSenior(parts: Pick<ViewParts, 'roster'>, open: OpenCheckIn): FullSenior | null {
  const senior = open.senior === null ? null : parts.roster.bySenior(open.senior)
  return senior?.kind === 'full' ? senior : null
}

export function cashierViewOf(parts: ViewParts): CashierView {
  const state = parts.checkIns.state()
  switch (state.state) {
    case 'ready':
    case 'group-paid':
      return { state: 'ready' }
    case 'reading':
      return { state: 'reading', means: state.means }
    case 'confirmed':
      return { state: 'confirmed', sale: state.sale, at: state.at }
    case 'problem':
      return {
        state: 'problem',
        notice: { code: state.code, values: state.values },
        means: state.means,
        stranger: state.stranger?.id ?? null,
        already: state.already,
        at: state.at,
      }
    case 'desk':
      return deskViewOf(parts, state)
    case 'face-to-confirm':
      return faceToConfirmViewOf(parts, state)
    case 'priced': {
      const site = parts.site()
      const set = site?.menu.find(item => item.id === state.open.set)
      return site && set ? pricedViewOf(parts, state, site, set) : { state: 'ready' }
    }
  }
}

function faceToConfirmViewOf(parts: ViewParts, state: FaceToConfirm): CashierView {
  const senior = fullSenior(parts, state.open)
  if (senior === null) return { state: 'ready' }
  return {
    state: 'face-to-confirm',
    look: state.open.id,
    name: maskName(senior.name),
    sex: senior.sex,
    confirmBy: state.result === 'person-confirms' ? 'anybody' : 'staff',
    portrait: parts.faces.hasPortrait(senior.id),
    triesLeft: Math.max(0, mostTries - state.tries - 1),
    at: state.at,
  }
}

/** The public screen: no name but the surname, no count, no reason, no fund. @param speaks the till speaks through the page that watches */
export function customerViewOf(parts: ViewParts, speaks: boolean): CustomerView {
  const site = parts.site()
  const now = parts.now()
  const meal = site ? mealAt(now, site.mealPeriods) : null
  const { customerLanguage, contrast, textSize } = parts.settings.screens()
  return {
    siteName: site?.name ?? '',
    fictional: parts.simulator,
    ...{ language: customerLanguage, contrast, textSize: textSize.public, nameForm: site?.nameForm ?? 'title' },
    flashing: parts.settings.flashing(),
    sampleAt: parts.settings.sampleAt(),
    meal:
      site && meal
        ? { name: meal, from: clockTime(site.mealPeriods[meal].from), to: clockTime(site.mealPeriods[meal].to) }
        : null,
    menu: (site?.menu ?? []).flatMap(({ id, name, dish, priceFen, soldOut, open }) =>
      soldOut || open ? [] : [{ id, name, dish, priceFen }],
    ),
    needsLight: parts.devices.views().some(({ state, notes }) => state === 'idle' && notes?.includes('dark')),
    atCamera: parts.checkIns.faces.atCamera(),
    voice: { ...parts.voice(), speaks },
    now: customerNow(parts),
  }
}

function customerNow(parts: ViewParts): CustomerView['now'] {
  const state = parts.checkIns.state()
  if (state.state === 'ready' || state.state === 'group-paid') {
    if (parts.kiosk()?.front === 'kiosk') return { state: 'idle' }
    const visit = parts.publicVisit()
    if (visit !== null) return visit
    if (state.state === 'group-paid') return groupNow('confirmed', state.sum, state.at)
    const sum = parts.checkIns.group.sum()
    return sum === null ? { state: 'idle' } : groupNow('priced', sum, sum.at)
  }
  if (state.state === 'reading') return { state: 'reading' }
  if (state.state === 'desk') return { state: 'helping' }
  if (state.state === 'priced' && isBeyondLimit(state.open, state.priced)) return { state: 'helping' }
  if (state.state === 'problem') {
    const { time } = state.values
    const known = state.code === 'NOT_MEAL_TIME' && time !== undefined ? { time } : {}
    return { state: 'problem', code: state.code, values: known, at: state.at }
  }
  const senior = fullSenior(parts, state.open)
  // Where only staff may tell, the surname may be somebody else's.
  if (state.state === 'face-to-confirm' && state.result !== 'person-confirms') return { state: 'helping' }
  if (state.state === 'face-to-confirm')
    return senior
      ? { state: 'asking', surname: surnameOf(senior.name), title: senior.sex, at: state.at }
      : { state: 'idle' }
  const { open, priced } = state
  const payments = paymentsOfOpen(open, priced.quote.ownPayFen)
  return {
    state: state.state,
    surname: senior ? surnameOf(senior.name) : null,
    title: senior?.sex ?? null,
    set: withMore(parts.site()?.menu.find(item => item.id === open.set)?.name ?? noTitle, piecesOf(open.more)),
    listFen: priced.quote.listFen,
    offFen: priced.quote.listFen - priced.quote.ownPayFen,
    ownPayFen: priced.quote.ownPayFen,
    tender: payments.at(-1)?.kind ?? open.tender,
    parts: payments.length > 1 ? payments.map(({ kind, fen }) => ({ kind, fen })) : [],
    phoneSettled: payments.some(({ kind, reference }) => kind === 'outside' && reference !== null),
    madeGoodFen: priced.owed.flatMap(({ subsidies }) => subsidies).reduce((sum, part) => sum + part.fen, 0),
    pending: priced.quote.pendingFen > 0 || (open.who !== 'guest' && senior === null),
    at: state.state === 'confirmed' ? state.at : open.at,
    ...(state.state === 'priced' && state.another !== null ? { another: state.another } : {}),
  }
}

/** What one payer pays for several looks like what one person pays: no name, no count, and one sum. What comes later each has read on their own price. */
function groupNow(state: 'priced' | 'confirmed', sum: GroupSum, at: number): CustomerView['now'] {
  const { tender, listFen, ownPayFen } = sum
  return {
    ...{ state, surname: null, title: null, set: noTitle, listFen, offFen: listFen - ownPayFen, ownPayFen, tender },
    ...{ parts: [], pending: false, madeGoodFen: 0, at },
  }
}

/** A sale that was confirmed, by its record id. */
export function findSale(
  parts: Pick<ViewParts, 'ledger' | 'sealed' | 'roster' | 'site' | 'shifts'>,
  id: RecordId,
  today: BusinessDate,
): SaleView | null {
  return saleViewOf(parts, parts.ledger.byId(id), today)
}
