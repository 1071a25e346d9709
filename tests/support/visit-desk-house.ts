import { createOpenVisits } from '../../electron/core/store/open-visits.ts'
import { createPins } from '../../electron/core/store/pins.ts'
import { createRoster } from '../../electron/core/store/roster.ts'
import { createVault } from '../../electron/core/store/vault.ts'
import { createVisitOrders } from '../../electron/core/store/visit-orders.ts'
import { createVisitRecords } from '../../electron/core/store/visit-records.ts'
import { createVisitDesk } from '../../electron/core/visit/visit-desk.ts'
import { createVisitHouse } from '../../electron/core/visit/visit-house.ts'
import { stationViewOf } from '../../electron/core/visit/visit-view.ts'
import { addDays, type BusinessDate, businessDateOf } from '../../shared/business-day.ts'
import { operatorId, type ProxyId, type SeniorId } from '../../shared/ids.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { packHash } from '../../shared/policy/parse-pack.ts'
import { proxyRefOf } from '../../shared/proxy.ts'
import type { FullSenior } from '../../shared/senior.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'
import { type Site, site as siteSchema } from '../../shared/site.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { type CarerId, carerId } from '../../shared/visit/service.ts'
import { facesOff } from './faces-off.ts'
import { packOf, subsidyStep } from './policy-kit.ts'
import { firstDay, houseSeniors, houseSite, openSaleHouse } from './sale-house.ts'

/** 100 yuan of services a month, all of the price from it. */
export const allowanceFen = 10_000
const words = { zh: '服务', en: 'Service' }
const homePack = packOf(
  [subsidyStep('services', 0, { amount: { kind: 'percent', percent: 100, of: 'list' }, allowance: 'allowance' })],
  {
    version: {
      services: [{ id: 'bath', title: words, unit: words }],
      allowances: [{ id: 'allowance', title: words, period: 'month', cap: allowanceFen }],
    },
    pack: { id: 'HOME' },
  },
)
export const visitCarers: readonly CarerId[] = ['wu', 'xu'].map(id => carerId.parse(id))
const service = { kind: 'bathing', name: words, unit: words, location: 'none', givers: ['carer'], usualMinutes: 30 }
const price = { packs: [{ pack: 'HOME', service: 'bath' }] }
const stationSite = siteSchema.parse({
  ...houseSite,
  operators: [...houseSite.operators, { id: 'lead-1', name: '站长', role: 'lead' }],
  station: {
    services: [
      { ...service, id: 'bath', price: { ...price, fen: 3700 }, leastMinutes: 10, where: 'station' },
      { ...service, id: 'clean', price: { ...price, fen: 900, perMinutes: 20 }, leastMinutes: 5, where: 'home' },
      { ...service, id: 'stay', kind: 'day-care', price: null, leastMinutes: 0, where: 'station' },
    ],
    carers: visitCarers.map(id => ({ id, name: id, role: 'carer' })),
    travelMinutes: 10,
    carerPage: 'https://elder.example/carer/',
  },
})
export const stationSiteKey = new Uint8Array(32).fill(1)

/** Who comes to a station and what is given there. */
interface VisitCase {
  readonly site: Site
  readonly seniors: readonly FullSenior[]
  readonly packs: readonly PolicyPack[]
  /** What the terminal holds of each limit and allowance of each pack, for each of them. */
  readonly held: Readonly<Record<string, number>>
  readonly day: BusinessDate
}
const homeCase: VisitCase = {
  ...{ site: stationSite, packs: [homePack], held: { allowance: allowanceFen }, day: firstDay },
  seniors: houseSeniors.map(({ senior }) => senior),
}

/** The real desk of a station over the real stores of one terminal that has no network: what it holds of the seniors' allowances is all there is. */
export async function openVisitDeskHouse({ site, seniors, packs: casePacks, held, day }: VisitCase = homeCase) {
  const house = await openSaleHouse(undefined, null, day)
  const vault = createVault(new Uint8Array(32).fill(9))
  const packs = new Map([...casePacks, house.pack].map(pack => [pack.id, { pack, hash: packHash(pack) }]))
  let now = Date.parse(`${day}T07:00:00+08:00`)
  const clock = {
    now: () => now,
    monotonic: () => now,
    mint: () => uuidV7(now, house.parts.suite.randomBytes(10)),
  }
  const roster = createRoster(house.db, vault)
  roster.apply(seniors)
  const grant = { epoch: 1, totals: {}, ahead: { through: addDays(day, 40), each: held } }
  await house.parts.leases.hear(
    seniors.flatMap(({ id: senior }) =>
      casePacks.map(({ id: pack }) => ({ senior, pack, generation: 1, grant, recall: null, owed: {} })),
    ),
  )
  const done = { result: 'done' as const }
  const parts = {
    ...{ ...house.parts, clock, roster, documents: house.documents },
    ...{ openVisits: createOpenVisits(house.db, vault), orders: createVisitOrders(house.db, vault) },
    records: createVisitRecords(house.db, () => house.ledger.head()?.hash ?? ''),
    carerPins: createPins<CarerId>(house.db, vault, 'carer'),
    proxyPins: createPins<ProxyId>(house.db, vault, 'proxy'),
    proxyRefOf: (id: ProxyId) => proxyRefOf(stationSiteKey, id),
    policies: { current: (id: string) => packs.get(id) ?? null },
    ...{ site: () => site, today: () => house.ledger.businessDateAt(businessDateOf(now)) },
    ...{ operator: () => operatorId.parse('op-1'), shift: () => null, terminal: () => 'till-1' },
    ...{
      siteKey: () => stationSiteKey,
      refOf: ({ id }: { id: SeniorId }) => seniorRefOf(stationSiteKey, id),
    },
    ...{ stopped: () => null, online: () => false, rosterIsStale: () => false, recognise: () => null },
    identify: async () => ({ ok: false as const, problem: 'CARD_UNREAD' as const, means: 'card' as const }),
    ...{ ask: async () => ({ ok: false as const }), welcome: () => undefined, makeRoom: async () => done },
    ...{ wasMadeGood: () => false, onChange: () => undefined, onRecorded: () => undefined },
  }
  const face = facesOff(parts, house.db, vault, house.dataDir)
  const visits = createVisitHouse({ ...parts, face })
  for (const carer of visitCarers) parts.carerPins.set(carer, '305917')
  let desk = createVisitDesk(visits)
  return {
    house: visits,
    sales: house,
    get desk() {
      return desk
    },
    view: () => stationViewOf(visits, desk.now()),
    pass(minutes: number) {
      now += minutes * 60_000
    },
    /** The program ends and starts again: what is not on disk is gone. */
    restart() {
      desk = createVisitDesk(visits)
    },
    close: () => house.close(),
  }
}

export type VisitDeskHouse = Awaited<ReturnType<typeof openVisitDeskHouse>>
