import { businessMinuteOf, clockTime } from '../../shared/business-day.ts'
import { type Credential, cardKey } from '../../shared/credential.ts'
import { type CheckInId, checkInId, type RecordId, recordId } from '../../shared/ids.ts'
import { fen, formatYuan } from '../../shared/money.ts'
import type { Channel } from '../../shared/policy/facts.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import { mostPortions } from '../../shared/proxy.ts'
import type { Site, TenderKind } from '../../shared/site.ts'
import type { ConfirmResult, Done, Notice, SaleView } from '../../shared/terminal-api.ts'
import { attentionOf } from './attention.ts'
import type { BlankCheckIn, CheckInState, OpenCheckIn, PricedCheckIn } from './check-in-state.ts'
import { clockIsTrusted } from './clock-trust.ts'
import { type Counter, type PricedHere, resumeWindow } from './counter.ts'
import { mayRecordItself } from './entry-pause.ts'
import type { FaceCounterParts } from './face/counter-parts.ts'
import { createFaceDesk, type FaceDesk } from './face/face-desk.ts'
import { createGroupDesk, type GroupDesk, type GroupParts } from './group/group-desk.ts'
import { canPayBy, withOwnTender } from './guest-tender.ts'
import { type ForeignCodes, identifyAnywhere } from './identify/foreign-codes.ts'
import type { Identification, Identified } from './identify/identify.ts'
import { withOneLess, withOneMore } from './items.ts'
import { kioskDemand, kioskTender } from './kiosk/kiosk-rules.ts'
import { createLaneCheckIn } from './lanes/lane-check-in.ts'
import type { SecondTill } from './lanes/second-till.ts'
import { createNeighbourDesk, type NeighbourDesk } from './neighbour/neighbour-desk.ts'
import { createParkDesk, type ParkDesk } from './park-desk.ts'
import { createPaymentDesk, type PaymentDesk } from './payment-desk.ts'
import { createPeopleDesk, type DeskParts, type Floor, type PeopleDesk } from './people/people-desk.ts'
import { createProofDesk, type ProofDesk, type ProofParts } from './people/proof-desk.ts'
import { recordComparison } from './people/senior-acts.ts'
import type { Priced } from './price-visit.ts'
import { createProxyDesk, isBeyondLimit, type ProxyDesk, type ProxyParts } from './proxy-desk.ts'
import { recordSale, type SaleParts } from './record-sale.ts'
import { createRestoreDesk, type RestoreDesk } from './restore-sale.ts'
import type { OpenedShift, Shifts } from './shift.ts'
import type { CodeKeys } from './store/code-keys.ts'
import type { UsedCodes } from './store/codes.ts'
import type { Documents } from './store/documents.ts'
import type { EarlierSales } from './store/earlier-sales.ts'
import type { ParkedCheckIns } from './store/parked-check-ins.ts'
import type { Roster } from './store/roster.ts'
import { isOfShift, voidSale } from './void-sale.ts'

/** The same credential again within this time (ms) after a sale is a repeat: nothing new is recorded. */
const repeatWindow = 10_000

const done: Done = { result: 'done' }

export interface CheckInParts
  extends SaleParts,
    Pick<ProxyParts, 'recognise'>,
    Pick<GroupParts, 'groups' | 'onGroup'>,
    Omit<DeskParts & ProofParts, 'operator' | 'today' | 'onCompared'> {
  readonly documents: Documents
  readonly roster: Roster
  readonly codes: UsedCodes
  readonly codeKeys: CodeKeys
  readonly foreignCodes: ForeignCodes
  readonly parked: ParkedCheckIns
  readonly shifts: Shifts
  readonly counter: Counter
  site(): Site | null
  rosterIsStale(): boolean
  online(): boolean
  /** Nobody of the staff stands here: see `kiosk/kiosk-rules.ts`. */
  atKiosk(): boolean
  /** Why sales cannot be recorded now; null while they can. */
  stopped(): Notice | null
  saleView(id: RecordId): SaleView | null
  onChange(): void
  onRecorded(): void
  /** A sale stands on the screens as recorded. */
  onSold(sale: SaleView, tender: TenderKind): void
  /** The first till of the site, where this one sells through it. */
  readonly lane: SecondTill
  readonly earlier: Pick<EarlierSales, 'wasMadeGood'>
  /** How far the province has said that it keeps this ledger. */
  acknowledged(): { readonly generation: number; readonly seq: number }
  /** Faces, with all that they need apart from the till's one check-in. */
  readonly face: FaceCounterParts
}

/** What is eaten, where, and how it is paid. */
type Choice = Pick<OpenCheckIn, 'set' | 'tender' | 'channel'>
const nothingChosen: { [K in keyof Choice]: Choice[K] | null } = { set: null, tender: null, channel: null }

export interface CheckIns {
  state(): CheckInState
  /** Takes up the check-in that a crash cut off; call once, when the terminal is whole. */
  resume(): void
  choice(): Choice
  reading(means: 'card' | 'code'): void
  fault(code: ProblemCode, means: 'card' | 'code', values?: Notice['values']): void
  take(credential: Credential, simulated: boolean): Promise<void>
  /** Words of the province came: a price on the screen may be another one now, or bring something that is made good. */
  priceAnew(): Promise<void>
  startGuest(): Promise<Done>
  priceAsStranger(id: CheckInId): Promise<Done>
  chooseSet(set: string): Promise<Done>
  chooseTender(tender: TenderKind): Promise<Done>
  chooseChannel(channel: Channel): Promise<Done>
  /** One more of a line of the menu beside the set. @param openFen what staff typed, for an open amount only */
  addItem(id: CheckInId, set: string, openFen: number | null): Promise<Done>
  /** One less of what was added at this place. */
  removeItem(id: CheckInId, place: number): Promise<Done>
  hold(id: CheckInId): Promise<Done>
  dismiss(): Promise<Done>
  confirm(id: CheckInId, digest: string): Promise<ConfirmResult>
  voidSale(id: RecordId): Promise<Done>
  /** Somebody is being served, on the screen or on the disk. */
  isServing(): boolean
  /** Records the sale whose bar runs, or puts what stands on the screen aside: another screen takes the cards now. */
  makeRoom(): Promise<Done>
  /** Whose a credential is, as far as this terminal and the platforms that its site lists can tell. */
  identify(credential: Credential): Promise<Identification>
  /** Runs while nobody is being served and nobody can begin; null where somebody is. */
  betweenPeople<T>(work: () => Promise<T>): Promise<T | null>
  readonly desk: PeopleDesk
  readonly proof: ProofDesk
  readonly faces: FaceDesk
  readonly parking: ParkDesk
  readonly payment: PaymentDesk
  readonly restoring: RestoreDesk
  readonly proxies: ProxyDesk
  readonly group: GroupDesk
  readonly neighbours: NeighbourDesk
}

/** The one check-in of a till: identified, priced, confirmed, recorded. Everything that changes it goes through one queue. */
export function createCheckIns(parts: CheckInParts): CheckIns {
  const { clock, ledger, counter } = parts
  const { today, obstacle } = counter
  let state: CheckInState = { state: 'ready' }
  let chosen = nothingChosen
  let lastTaken: { key: string; at: number; sale: RecordId } | null = null
  let queue: Promise<unknown> = Promise.resolve()

  function inQueue<T>(work: () => Promise<T> | T): Promise<T> {
    const mine = queue.then(work, work)
    queue = mine.catch(() => undefined)
    return mine
  }

  function set(next: CheckInState): void {
    state = next
    parts.onChange()
  }

  function problem(code: ProblemCode, extra: Partial<Extract<CheckInState, { state: 'problem' }>> = {}): void {
    const nothing = { values: {}, means: null, faceTries: 0, stranger: null, another: null, already: null }
    set({ state: 'problem', code, ...nothing, at: clock.now(), ...extra })
  }

  const refuse = (code: ProblemCode, values: Notice['values'] = {}): { result: 'refused'; notice: Notice } => ({
    result: 'refused',
    notice: { code, values },
  })

  const demandHere = () => (parts.atKiosk() ? kioskDemand : undefined)

  function choice(): Choice {
    const site = parts.site()
    const menu = site?.menu ?? []
    const wish = parts.atKiosk() ? { set: null, channel: null, tender: site && kioskTender(site) } : chosen
    const has = (id: string | null) => menu.find(item => item.id === id && !item.soldOut && !item.open)
    const item = has(wish.set) ?? has(site?.defaultSet ?? null) ?? menu.find(one => !one.soldOut && !one.open)
    return {
      set: item?.id ?? '',
      tender: wish.tender ?? site?.defaultTender ?? 'cash',
      channel: wish.channel ?? 'dine-in',
    }
  }

  const price = (open: OpenCheckIn): PricedHere | Notice => counter.price(open, group.stock(lane.stockOf(open)))

  function show(open: OpenCheckIn): void {
    const result = price(open)
    if ('code' in result) {
      problem(result.code, { values: result.values, means: asDevice(open.means) })
      return
    }
    const { priced, businessDate, meal } = result
    const needs = counter.missing(result.site, open, priced, demandHere())
    const lent = parts.lane.lent(open.id)
    const ref = counter.refOf(open)
    const attention = attentionOf({
      ...{ open, needs, priced },
      known: counter.seniorOf(open)?.kind === 'full',
      stale: parts.rosterIsStale(),
      // What is lent knows nothing of the meals that this till sold alone.
      earlier: priced.earlier ?? (lent && ref && counter.stock.earlier(ref, businessDate, meal)),
    })
    if (isBeyondLimit(open, priced)) attention.unshift({ code: 'PROXY_MAX', values: { count: mostPortions } })
    if (lent !== null && lent.owedFen > 0)
      attention.push({ code: 'OWED_AT_FIRST', values: { yuan: formatYuan(fen(lent.owedFen)) } })
    set({ state: 'priced', open, priced, attention, needs, another: null })
  }

  function clockTrusted(): boolean {
    const newestRecordAt = ledger.head()?.at ?? null
    return clockIsTrusted({
      documents: parts.documents,
      now: clock.now(),
      newestRecordAt,
      stale: parts.rosterIsStale(),
    })
  }

  function begin(came: OpenCheckIn): void {
    const open = withOwnTender(came)
    parts.openCheckIns.keep(open)
    show(open)
  }

  /** Begins with somebody who has just come. What their visit lacks here the province may give while they stand there. */
  async function arrive(came: OpenCheckIn): Promise<void> {
    // At a kiosk nobody could take them off the list: who comes there by themselves is served by themselves.
    if (parts.atKiosk()) group.leave(came)
    else if (group.has(came)) {
      problem('GROUP_TWICE', { means: asDevice(came.means) })
      return
    }
    const open = parking.instead(came)
    // Found by name they have shown nothing yet: then only the meal itself begins the tries of a face anew.
    if (open.means !== 'manual') faces.forgetTries(open.senior)
    await lane.askFor(open)
    begin(open)
  }

  function blank(): BlankCheckIn {
    const held = parts.atKiosk()
    const nothingYet = { first: null, paid: null, more: [], parked: false, proxy: null }
    return { id: checkInId.parse(clock.mint()), at: clock.now(), ...choice(), ...nothingYet, held }
  }

  function changeOpen(id: CheckInId | null, change: Partial<OpenCheckIn>): void {
    if (state.state !== 'priced' || (id !== null && state.open.id !== id)) return
    begin({ ...state.open, ...change })
  }

  const keyOf = (credential: Credential) =>
    credential.means === 'card' ? `card|${cardKey(credential.card)}` : `code|${credential.code.text}`

  const takenKey = new Map<CheckInId, string>()
  const lane = createLaneCheckIn({
    ...parts,
    onRenumbered(from, to) {
      const key = takenKey.get(from)
      if (key !== undefined) remember(to, key)
    },
  })

  function remember({ id }: OpenCheckIn, key: string): void {
    takenKey.clear()
    takenKey.set(id, key)
  }

  /** Records the sale whose bar is running. False where one stays on the screen, stopped or not as it was shown: the next person waits. */
  async function makesWay(): Promise<boolean> {
    if (state.state !== 'priced') return true
    if (!recordsItself(state)) return false
    const { result } = await confirmNow(state.open.id, state.priced.shown)
    return result === 'recorded' || result === 'listed'
  }

  /** Says that the same credential has just made a sale; false where it has not. */
  function tellRepeat(key: string, means: 'card' | 'code' | 'face'): boolean {
    if (lastTaken?.key !== key || clock.now() - lastTaken.at >= repeatWindow) return false
    const already = parts.saleView(lastTaken.sale)
    const values = { time: clockTime(businessMinuteOf(already?.at ?? lastTaken.at)) }
    problem('DUPLICATE_TAP', { means, already, values })
    return true
  }

  /** Whose visit stands here until somebody settles it. At a kiosk a person whom nobody here knows chooses like any other. */
  function standingHere(): OpenCheckIn | null {
    if (state.state === 'priced') return state.open
    return state.state === 'problem' && parts.atKiosk() ? state.stranger : null
  }

  /** Another card or code was read: whose it is nobody asks yet, only that the one on the screen comes first. */
  function tellAnother(): void {
    if (state.state === 'priced' || state.state === 'problem') set({ ...state, another: clock.now() })
  }

  async function takeNow(credential: Credential, simulated: boolean): Promise<void> {
    if (state.state === 'desk') {
      await desk.take(credential, simulated)
      return
    }
    const key = keyOf(credential)
    const standing = standingHere()
    if (standing !== null && takenKey.get(standing.id) === key) {
      if (state.state === 'problem') void proof.askProvince(standing.id)
      return
    }
    if (standing !== null && (parts.atKiosk() || !(await makesWay()))) {
      tellAnother()
      return
    }
    if (tellRepeat(key, credential.means)) return
    const inTheWay = obstacle()
    if (inTheWay) {
      problem(inTheWay.code, { values: inTheWay.values, means: credential.means })
      return
    }
    const identified = await identifyHere(credential)
    if (!identified.ok) {
      problem(identified.problem, { means: identified.means, values: identified.values ?? {} })
      return
    }
    identified.spend()
    const open = openFor(credential, simulated, identified)
    remember(open, key)
    if (identified.senior) await arrive(open)
    else problem('NOT_ON_ROSTER', { means: identified.means, stranger: open })
    // At a kiosk nobody stands by who would ask for somebody whom nobody here knows by name.
    if (parts.atKiosk()) void proof.askProvince(open.id)
  }

  const identifyHere = (credential: Credential) =>
    identifyAnywhere(credential, { ...parts, now: clock.now, clockIsTrusted: clockTrusted })

  function openFor(credential: Credential, simulated: boolean, found: Identified): OpenCheckIn {
    return {
      ...blank(),
      who: found.senior ? 'senior' : 'stranger',
      senior: found.senior?.id ?? null,
      means: found.means,
      assurance: found.assurance,
      codeKind: found.codeKind,
      credentialKey: found.credentialKey,
      tail: found.tail,
      device: { id: credential.device, eventId: credential.eventId, simulated },
      atListPrice: false,
      face: null,
    }
  }

  /** A sale of this ledger; its claim, once the province heard of it, may have come to another till to pay. */
  async function voidOwn(of: RecordId): Promise<Done> {
    const by = recordId.parse(clock.mint())
    const take = () => voidSale(parts, { sale: of, today: today(), operator: operator(), by })
    const stored = ledger.byId(of)
    if (stored?.record.kind !== 'sale' || !stored.record.payload.claimPending) return await take()
    const { senior, policy } = stored.record.payload
    const { generation, seq } = parts.acknowledged()
    const heard = stored.generation < generation || (stored.generation === generation && stored.seq <= seq)
    return await parts.lane.takeBackOnce({ of, by, senior, pack: policy.pack, heard }, take)
  }

  /** What was paid lies in the drawer of a shift that was counted and closed. */
  function isOfEarlierShift(id: RecordId, shift: OpenedShift | null): boolean {
    const own = ledger.byId(id)?.record
    if (own?.kind === 'sale') {
      const stands = own.businessDate === today() && ledger.reversalOf(id) === null
      return stands && !isOfShift(ledger, own, shift)
    }
    const there = parts.lane.saleView(id, today())
    return there?.voidable === true && (shift === null || there.at < shift.openedAt)
  }

  /** @param listing while one payer pays for several, it goes on their list */
  async function confirmNow(id: CheckInId, digest: string, listing = true): Promise<ConfirmResult> {
    const recorded = parts.saleView(recordId.parse(id))
    if (recorded) return { result: 'recorded', sale: recorded, repeated: true }
    if (state.state !== 'priced' || state.open.id !== id) return refuse('CHECK_IN_GONE')
    const inTheWay = obstacle(state.open)
    if (inTheWay) return { result: 'refused', notice: inTheWay }
    const { open } = state
    // The loss may have been reported since the card was read.
    if (counter.isLost(open)) return refuse('CARD_LOST')
    const first = price(open)
    if ('code' in first) return { result: 'refused', notice: first }
    if (counter.missing(first.site, open, first.priced, demandHere())) return refuse('ASSURANCE_LOW')
    if (isBeyondLimit(open, first.priced)) return refuse('PROXY_MAX', { count: mostPortions })
    if (listing && group.isOpen() && !parts.atKiosk())
      return first.priced.shown === digest ? group.list(open, first) : anew({ ...open, held: true })
    const shift = parts.shifts.on(first.businessDate)
    const by = { operator: shift?.operator ?? null, shift: shift?.record ?? null }
    if (parts.lane.lent(open.id) !== null) {
      if (first.priced.shown !== digest) return anew({ ...open, held: true })
      const there = await lane.sell(open, first, digest, by)
      return there.result === 'recorded' ? sold(open, first.priced, there.sale, false) : anew(there.open)
    }
    const outcome = await recordSale(parts, {
      ...{ open, ref: counter.refOf(open), shown: digest, online: parts.online(), ...by },
      ...{ site: first.site, meal: first.meal, businessDate: first.businessDate },
      price() {
        const again = price(open)
        return 'code' in again ? first.priced : again.priced
      },
    })
    if (outcome.result === 'disk-full') return refuse('DISK_FULL')
    if (outcome.result === 'price-changed') return anew({ ...open, held: true })
    const sale = parts.saleView(recordId.parse(id))
    if (!sale) throw new Error('a recorded sale is not in the ledger')
    return sold(open, first.priced, sale, outcome.repeated)
  }

  /** Nothing was recorded: the visit stands on the screen once more, for somebody to look at. */
  function anew(open: OpenCheckIn): ConfirmResult {
    begin(open)
    return { result: 'price-changed' }
  }

  function sold(open: OpenCheckIn, priced: Priced, sale: SaleView, repeated: boolean): ConfirmResult {
    const key = takenKey.get(open.id)
    if (key !== undefined) lastTaken = { key, at: clock.now(), sale: sale.record }
    faces.forgetTries(open.senior)
    restoring.sold(sale.record, open, priced)
    chosen = nothingChosen
    set({ state: 'confirmed', open, priced, sale, at: clock.now() })
    parts.onRecorded()
    parts.onSold(sale, open.tender)
    return { result: 'recorded', sale, repeated }
  }

  /** The screens say of this sale, or of the group that it may be of, that it is done. */
  function standsAsDone(id: RecordId): boolean {
    return (state.state === 'confirmed' && state.sale.record === id) || state.state === 'group-paid'
  }

  function recordsItself(current: PricedCheckIn): boolean {
    const { open, attention } = current
    return mayRecordItself(open, attention, parts.site()) !== null && !open.held
  }

  /** Takes up the check-in that a crash cut off, held, so that nothing records itself before somebody looked. */
  function resume(): void {
    const open = parts.openCheckIns.load()
    if (!open) return
    const isOld = clock.now() - open.at > resumeWindow
    // Nobody may have stood there any more, but their meal is still to be settled.
    const isWaiting = open.parked && !parts.lane.isAsked(open.id) && !ledger.byId(open.id)
    if (isOld && isWaiting) parts.parked.park(open)
    else resumeOpen(open, isOld)
  }

  function resumeOpen(open: OpenCheckIn, isOld: boolean): void {
    // What the first till was asked to sell, it is asked about until it answers, also when nobody stands there any more.
    if (isOld || ledger.byId(open.id)) parts.openCheckIns.clear()
    else if (parts.lane.isAsked(open.id)) void inQueue(() => takeUp(open))
    // What was lent for it went with the crash.
    else if (parts.lane.joins) void inQueue(() => arrive({ ...open, held: true }))
    else show(withOwnTender({ ...open, held: true }))
  }

  /** The crash came while the first till was asked to sell this one. */
  async function takeUp(open: OpenCheckIn): Promise<void> {
    const goesOn = await lane.takeUp(open)
    if (goesOn === null) parts.onChange()
    else await arrive(goesOn)
  }

  const isGuestHere = () => state.state === 'priced' && state.open.who === 'guest'

  const isServing = () =>
    state.state === 'priced' || state.state === 'face-to-confirm' || parts.openCheckIns.load() !== null

  const operator = () => parts.shifts.on(today())?.operator ?? null
  const floor: Floor = {
    state: () => state,
    ...{ set, inQueue, makesWay, obstacle, openFor, blank, begin, arrive, aside: () => parking.aside() },
    identify: identifyHere,
  }
  const desk = createPeopleDesk({ ...parts, operator, today }, floor)
  const proof = createProofDesk({ ...parts, operator, onCompared: parts.face.measure.confirmed }, floor)

  const faces = createFaceDesk(parts.face, {
    state: () => state,
    ...{ set, inQueue, makesWay, obstacle, tellRepeat, blank, problem, begin },
    compared: (id, operator) => recordComparison(parts.face, id, operator),
    async arrive(open, key) {
      remember(open, key)
      await arrive(open)
    },
  })

  const parking = createParkDesk(parts, {
    state: () => state,
    ready() {
      parts.lane.giveBack()
      chosen = nothingChosen
      set({ state: 'ready' })
    },
    ...{ inQueue, makesWay, arrive },
  })

  const restoring = createRestoreDesk({
    ...{ clock, state: () => state, inQueue, makesWay, arrive },
    // It was paid for before.
    confirm: (id, digest) => confirmNow(id, digest, false),
  })
  const group = createGroupDesk(parts, {
    state: () => state,
    ready() {
      chosen = nothingChosen
      set({ state: 'ready' })
    },
    ...{ inQueue, makesWay },
    changed: parts.onChange,
    paid(sum, sales) {
      for (const { open, priced } of sales) restoring.sold(recordId.parse(open.id), open, priced)
      if (state.state !== 'priced') set({ state: 'group-paid', sum, at: clock.now() })
      parts.onRecorded()
    },
  })

  const proxies = createProxyDesk(parts, {
    state: () => state,
    inQueue,
    async arrive(open) {
      await lane.askFor(open)
      begin(open)
    },
  })

  return {
    state: () => state,
    desk,
    proof,
    faces,
    parking,
    restoring,
    payment: createPaymentDesk({ state: () => state, inQueue, changeOpen }),
    proxies,
    group,
    neighbours: createNeighbourDesk(parts, floor),
    resume,
    choice,
    reading(means) {
      const isFree = ['ready', 'confirmed', 'group-paid', 'problem'].includes(state.state) && standingHere() === null
      if (isFree) set({ state: 'reading', means })
    },
    fault(code, means, values = {}) {
      if (state.state === 'desk') desk.fault({ code, values })
      else if (standingHere() === null) problem(code, { means, values })
    },
    take: (credential, simulated) => inQueue(() => takeNow(credential, simulated)),
    priceAnew: () =>
      inQueue(() => {
        if (state.state !== 'priced') return
        const again = price(state.open)
        if (!('code' in again) && again.priced.shown !== state.priced.shown) show(state.open)
      }),
    startGuest: () =>
      inQueue(async () => {
        // Pressed twice it is one guest.
        if (!(await makesWay())) return isGuestHere() ? done : refuse('ONE_AT_A_TIME')
        const inTheWay = obstacle()
        if (inTheWay) return { result: 'refused', notice: inTheWay }
        begin({
          ...blank(),
          who: 'guest',
          senior: null,
          means: null,
          assurance: null,
          codeKind: null,
          credentialKey: null,
          tail: null,
          device: null,
          atListPrice: false,
          face: null,
        })
        return done
      }),
    priceAsStranger: id =>
      inQueue(() => {
        if (state.state !== 'problem' || state.stranger?.id !== id) return refuse('CHECK_IN_GONE')
        begin(parking.instead(state.stranger))
        return done
      }),
    chooseSet: id =>
      inQueue(() => {
        const item = parts.site()?.menu.find(one => one.id === id)
        if (!item || item.soldOut || item.open) return refuse('SOLD_OUT', { set: item?.name.zh ?? id })
        chosen = { ...chosen, set: id }
        changeOpen(null, { set: id })
        parts.onChange()
        return done
      }),
    chooseTender: tender =>
      inQueue(() => {
        if (state.state === 'priced' && !canPayBy(state.open.who, tender)) return refuse('GUEST_ACCOUNT')
        chosen = { ...chosen, tender }
        changeOpen(null, { tender, first: null })
        parts.onChange()
        return done
      }),
    addItem: (id, set, openFen) =>
      inQueue(() => {
        if (state.state !== 'priced' || state.open.id !== id) return refuse('CHECK_IN_GONE')
        const line = parts.site()?.menu.find(one => one.id === set)
        if (!line) return refuse('SOLD_OUT', { set })
        const more = withOneMore(state.open.more, line, openFen)
        if ('code' in more) return { result: 'refused', notice: more }
        changeOpen(id, { more, held: true })
        return done
      }),
    removeItem: (id, place) =>
      inQueue(() => {
        if (state.state === 'priced') changeOpen(id, { more: withOneLess(state.open.more, place), held: true })
        return done
      }),
    chooseChannel: channel =>
      inQueue(() => {
        if (state.state === 'priced' && state.open.proxy && channel !== 'takeaway') return refuse('PROXY_CARRIES')
        chosen = { ...chosen, channel }
        changeOpen(null, { channel })
        parts.onChange()
        return done
      }),
    hold: id =>
      inQueue(() => {
        changeOpen(id, { held: true })
        return done
      }),
    dismiss: () =>
      inQueue(() => {
        parts.lane.dismiss()
        if (state.state === 'priced') chosen = nothingChosen
        set({ state: 'ready' })
        return done
      }),
    confirm: (id, digest) => inQueue(() => confirmNow(id, digest)),
    isServing,
    makeRoom: () => inQueue(async () => ((await makesWay()) ? done : parking.aside())),
    identify: identifyHere,
    betweenPeople: work => inQueue(async () => (isServing() ? null : await work())),
    voidSale: id =>
      inQueue(async () => {
        // What a fund has paid of it since, a till cannot take back from the fund.
        if (parts.earlier.wasMadeGood(id)) return refuse('REFUND_MADE_GOOD')
        // What goes back lies in the drawer of a shift.
        const shift = parts.shifts.on(today())
        if (!shift && ledger.dayIsClosed(today())) return refuse('DAY_CLOSED')
        if (isOfEarlierShift(id, shift)) return refuse('SHIFT_OVER')
        if (!shift) return refuse('NO_SHIFT')
        const result = parts.lane.owns(id) ? await parts.lane.voidSale(id, today(), operator()) : await voidOwn(id)
        if (result.result === 'done') restoring.voided(id)
        if (result.result === 'done' && lastTaken?.sale === id) lastTaken = null
        if (result.result === 'done' && standsAsDone(id)) set({ state: 'ready' })
        parts.onChange()
        parts.onRecorded()
        return result
      }),
  }
}

function asDevice(means: OpenCheckIn['means']): 'card' | 'code' | 'face' | null {
  return means === 'manual' ? null : means
}
