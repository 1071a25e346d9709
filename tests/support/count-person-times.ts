import { createHmac } from 'node:crypto'
import { z } from 'zod'

/**
 * A second counting of person-times and persons, from an exported evidence file (docs/evidence-format.md) and what is known beside the records.
 * It shares nothing with the province: no code, no table.
 */

export interface World {
  /** Sites with their key, where they lie, and the kind of each service of their catalogue. */
  readonly sites: readonly {
    readonly id: string
    readonly key: Uint8Array
    readonly county: string
    readonly town: string
    readonly village: string | null
    readonly services: Readonly<Record<string, string>>
  }[]
  /** The site of each till. */
  readonly tills: Readonly<Record<string, string>>
  readonly people: readonly { readonly id: string; readonly home: string; readonly cards: readonly string[] }[]
  /** The last that somebody decided about a record that was held. */
  readonly decisions: ReadonlyMap<string, 'pay' | 'refuse'>
}

export interface Counted {
  readonly place: string
  readonly kind: string
  readonly times: number
  readonly persons: number
  readonly unnamed: number
  readonly held: number
  readonly heldPersons: number
}

const paid = z.array(z.object({ fund: z.string(), fen: z.number() }))
const outside = z.object({ terminal: z.string(), id: z.string(), kind: z.string(), businessDate: z.string() })
const body = z.object({
  senior: z.string().nullish(),
  servedOn: z.string().optional(),
  held: z.boolean().optional(),
  of: z.string().nullish(),
  service: z.string().optional(),
  event: z.string().optional(),
  outcome: z.string().optional(),
  round: z.string().optional(),
  stop: z.number().optional(),
  endedEarly: z.string().nullish(),
  listFen: z.number().optional(),
  subsidies: paid.optional(),
  ownPayFen: z.number().optional(),
})
const late = z.object({ sale: body.optional(), visit: body.optional() })
const line = z.object({
  record: z.string(),
  opened: z.object({ inputs: z.object({ credential: z.object({ key: z.string() }).nullable() }).loose() }).nullable(),
  said: z.object({ verdict: z.enum(['accepted', 'flagged']), code: z.string().nullable() }),
})

interface Thing {
  readonly id: string
  readonly day: string
  readonly site: string
  readonly kind: string
  readonly person: string | null
  readonly isDoubted: boolean
}

const helps = ['cleaning', 'medical', 'mobility', 'bathing', 'emergency']

/** The figures of a month. @param level the widest place is a county, the narrowest one site */
export function countPersonTimes(
  lines: readonly string[],
  month: string,
  level: 'county' | 'town' | 'village' | 'site',
  world: World,
): Counted[] {
  const read = lines.map(text => {
    const { record, opened, said } = line.parse(JSON.parse(text))
    const parsed = JSON.parse(record)
    return { ...outside.parse(parsed), payload: parsed.payload as unknown, opened, said }
  })
  const sites = new Map(world.sites.map(site => [site.id, site]))
  const names = new Map(
    world.sites.flatMap(({ id, key }) =>
      world.people.map(person => {
        const ref = createHmac('sha256', key).update(`senior|${person.id}`).digest('base64url')
        return [`${id} ${ref}`, person] as const
      }),
    ),
  )
  const servicesBegun = new Map<string, string>()
  for (const { kind, id, payload } of read)
    if (kind === 'visit-in') servicesBegun.set(id, body.parse(payload).service ?? '')

  const handedOver = read.flatMap(({ id, terminal, kind, payload }) => {
    const { outcome, round, stop, of } = body.parse(payload)
    return kind === 'delivery' && outcome === 'handed' ? [{ id, of, stop: `${terminal} ${round}/${stop}` }] : []
  })
  /** Another delivery of the stop brought its meal, or told of it before. */
  function isPutRight(id: string): boolean {
    const own = handedOver.find(one => one.id === id)
    return handedOver.some(one => one.id !== id && one.stop === own?.stop && (one.of != null || one.id < id))
  }

  const things = read.flatMap((record): Thing[] => {
    const whole = body.parse(record.payload)
    const { kind, terminal, opened, said } = record
    const site = sites.get(world.tills[terminal] ?? '')
    const isMeal = kind === 'sale' || kind === 'late-entry'
    const isVisit = kind === 'visit-out' || kind === 'late-visit'
    const isStay = kind === 'attendance' && whole.event !== 'in'
    const isLost = kind === 'delivery' && whole.outcome === 'handed' && whole.of === null && !isPutRight(record.id)
    if (kind === 'visit-out' && whole.endedEarly != null && whole.listFen === 0) return []
    if (site === undefined || !(isMeal || isVisit || isStay || isLost)) return []
    const inner = late.parse(record.payload)
    const given = inner.sale ?? inner.visit ?? whole
    const service = whole.service ?? servicesBegun.get(whole.of ?? '') ?? ''
    // What the inputs do not prove is known by the site's own word, which the province reads where it is about a member of that site.
    const isProven = isMeal || isVisit ? opened !== null : said.verdict === 'accepted' && !isLost
    const ref = given.senior ?? null
    const named = ref === null ? undefined : names.get(`${site.id} ${ref}`)
    const stranger = world.people.find(({ cards }) => cards.includes(opened?.inputs.credential?.key ?? '-'))
    const byRef = named !== undefined && (isProven || named.home === site.id) ? named.id : ref
    return [
      {
        ...{ id: record.id, day: whole.servedOn ?? record.businessDate, site: site.id },
        kind: isMeal || isLost ? 'meals' : (site.services[service] ?? 'other'),
        person: ref === null ? (stranger?.id ?? null) : byRef,
        isDoubted: said.verdict === 'flagged' || whole.held === true,
      },
    ]
  })

  /** What took each thing back, the surest first: once, at its own site. */
  const takenBack = new Map<string, { id: string; kind: string; isDoubted: boolean }>()
  const money = new Map(read.map(({ id, payload }) => [id, late.parse(payload).sale ?? body.parse(payload)]))
  for (const turn of [0, 1, 2])
    for (const { id, kind, terminal, payload, said } of read) {
      if (kind !== 'void' && kind !== 'refund') continue
      const isSure = said.verdict === 'accepted'
      if ((isSure ? 0 : said.code === 'CLAIM_PAID' ? 1 : 2) !== turn) continue
      if (said.code === 'ALREADY_VOID' || said.code === 'UNKNOWN_RECORD') continue
      const back = body.parse(payload)
      const thing = things.find(one => one.id === back.of)
      if (thing === undefined || thing.site !== world.tills[terminal] || takenBack.has(thing.id)) continue
      if (kind === 'refund' && !isPart(back, money.get(thing.id))) continue
      takenBack.set(thing.id, { id, kind, isDoubted: !isSure })
    }

  function standingOf({ id, isDoubted }: Thing): 'counted' | 'held' | 'not' {
    const decision = world.decisions.get(id)
    if (decision === 'refuse') return 'not'
    const back = takenBack.get(id)
    if (back?.kind === 'void') {
      const about = back.isDoubted ? world.decisions.get(back.id) : 'pay'
      if (about === 'pay') return 'not'
      if (about === undefined) return 'held'
    }
    return isDoubted && decision === undefined ? 'held' : 'counted'
  }

  const places = new Map<string, { counted: Thing[]; held: Thing[] }>()
  for (const thing of new Map(things.map(one => [one.id, one])).values()) {
    const standing = standingOf(thing)
    const site = sites.get(thing.site)
    if (thing.day.slice(0, 7) !== month || standing === 'not' || site === undefined) continue
    const { county, town, village } = site
    const path = { county: [county], town: [county, town], village: [county, town, village], site: [site.id] }[level]
    for (const kind of ['all', thing.kind, ...(helps.includes(thing.kind) ? ['helps'] : [])]) {
      const name = JSON.stringify([path, kind])
      const place = places.get(name) ?? { counted: [], held: [] }
      place[standing].push(thing)
      places.set(name, place)
    }
  }
  const distinct = (found: readonly Thing[]) => new Set(found.flatMap(({ person }) => person ?? [])).size
  return [...places]
    .map(([name, { counted, held }]) => {
      const [path, kind]: [(string | null)[], string] = JSON.parse(name)
      const named = counted.filter(({ person }) => person !== null)
      return {
        ...{ place: path.map(one => one ?? '').join('/'), kind, times: named.length, persons: distinct(counted) },
        ...{ unnamed: counted.length - named.length, held: held.length, heldPersons: distinct(held) },
      }
    })
    .sort(byName)
}

export const byName = (one: Counted, other: Counted) =>
  `${one.place} ${one.kind}` < `${other.place} ${other.kind}` ? -1 : 1

type Money = Pick<z.infer<typeof body>, 'subsidies' | 'ownPayFen'>

/** A refund may take back a part of what a sale brought, and no more. */
function isPart(back: Money, of: Money | undefined): boolean {
  const [parts, most] = [back.subsidies ?? [], new Map((of?.subsidies ?? []).map(({ fund, fen }) => [fund, fen]))]
  const own = back.ownPayFen ?? 0
  return (
    new Set(parts.map(({ fund }) => fund)).size === parts.length &&
    own >= 0 &&
    own <= (of?.ownPayFen ?? 0) &&
    parts.every(({ fund, fen }) => fen >= 0 && fen <= (most.get(fund) ?? 0))
  )
}
