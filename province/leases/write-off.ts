import { z } from 'zod'
import {
  addDays,
  type BusinessDate,
  businessDate,
  daysBetween,
  labelBeginsBy,
  labelEndsBefore,
} from '../../shared/business-day.ts'
import { siteId, type TerminalId } from '../../shared/ids.ts'
import { counterOf } from '../../shared/leases/holder.ts'
import { potFundOf } from '../../shared/leases/pots.ts'
import { atRisk, holderId, holderOf } from '../../shared/leases/rights.ts'
import { countersOn } from '../../shared/leases/rules.ts'
import { afterWriteOff, type SeniorLease } from '../../shared/leases/senior-lease.ts'
import { owedKey } from '../../shared/leases/word.ts'
import type { PersonFacts } from '../../shared/policy/facts.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { versionInForce } from '../../shared/policy/quote.ts'
import type { Site } from '../../shared/site.ts'
import { type Database, insertRows, type Queryable, select, transaction } from '../database.ts'
import type { Keyring } from '../keys.ts'
import { currentPack } from '../policies.ts'
import { limitsAt, peopleOf, siteOf } from './caps.ts'
import { decideClaims, openAgain } from './claims.ts'
import { generationOf } from './feed.ts'
import { decideWaiting, noteFreed } from './freed-pots.ts'
import { fundsWithPots } from './pots.ts'
import { isSenior, knownPots, lockLeases, potSubject, type Subject, scopeId } from './states.ts'
import { worthOfVisit } from './visit-worth.ts'
import { freeWithdrawn, salesInDoubt, withdrawnIn } from './withdrawn.ts'

/** A lost terminal in one generation of its ledger. */
export interface LostTerminal {
  readonly terminal: TerminalId
  readonly generation: number
  readonly site: Site
  /** The business date of its newest record that nobody doubts; null where it sent none. */
  readonly heardOn: BusinessDate | null
  readonly isNewest: boolean
  readonly isStruckOff: boolean
  readonly writtenOff: { readonly operator: string; readonly at: Date } | null
}

/**
 * What a lost terminal may have given since its last word, unheard: visits of limits by count with what they are worth at most at the
 * site's default set or its dearest service, those that nothing at the site says the worth of any more, what is left of limits on money and of its tranches of funds' pots, and accepted claims that it may have paid out.
 */
export interface AtRisk {
  readonly seniors: number
  readonly visits: number
  readonly visitsFen: number
  readonly unpricedVisits: number
  readonly moneyFen: number
  readonly payoutsFen: number
  readonly potsFen: number
}

/** Seniors whose leases are looked at, or given up, in one transaction. */
const chunk = 200
/** Longer ago than a village holds rights nothing can have been drawn. */
const longest = 62

const terminalRow = z.object({
  site_id: siteId,
  struck_off: z.boolean(),
  heard_on: businessDate.nullable(),
  operator: z.string().nullable(),
  at: z.date().nullable(),
})

/** What is known of a terminal's generation; null where there is no such terminal. */
export async function lostTerminal(
  database: Queryable,
  terminal: TerminalId,
  generation: number,
): Promise<LostTerminal | null> {
  const [row] = await select(
    database,
    terminalRow,
    `select t.site_id, t.struck_off, w.heard_on, o.operator, o.at from terminal t
       left join watermark w on w.terminal_id = t.terminal_id and w.generation = $2
       left join write_off o on o.terminal_id = t.terminal_id and o.generation = $2 where t.terminal_id = $1`,
    [terminal, generation],
  )
  const site = row && (await siteOf(database, row.site_id))
  if (!row || !site) return null
  return {
    ...{ terminal, generation, site, heardOn: row.heard_on, isStruckOff: row.struck_off },
    isNewest: generation >= (await generationOf(database, terminal)),
    writtenOff: row.operator !== null && row.at !== null ? { operator: row.operator, at: row.at } : null,
  }
}

async function subjectsOf(database: Queryable, { terminal, generation }: LostTerminal): Promise<Subject[]> {
  const rows = await select(
    database,
    z.object({ senior: scopeId, pack: z.string() }),
    `select senior_id as senior, pack_id as pack from lease_news
      where terminal_id = $1 and generation = $2 order by senior_id, pack_id`,
    [terminal, generation],
  )
  return rows
}

/** What would be at risk if a lease were given up now. Changes nothing. */
export async function riskOf(database: Database, lost: LostTerminal, today: BusinessDate): Promise<AtRisk> {
  const all = await subjectsOf(database.pool, lost)
  const subjects = all.filter(isSenior)
  const potsFen = await potsAtRisk(
    database,
    lost,
    today,
    all.filter(subject => !isSenior(subject)),
  )
  // One senior may have a lease under each of several packs.
  const seniors = new Set<string>()
  let [visits, visitsFen, unpricedVisits, moneyFen, payoutsFen] = [0, 0, 0, 0, 0]
  for (let from = 0; from < subjects.length; from += chunk) {
    const part = subjects.slice(from, from + chunk)
    const risks = await transaction(database, async client => {
      const book = await lockLeases(client, part)
      const people = await peopleOf(
        client,
        part.map(({ senior }) => senior),
      )
      const found = []
      for (const subject of part) {
        const pack = await currentPack(client, subject.pack)
        const person = people.get(subject.senior)?.person
        if (pack === null || person === undefined) continue
        found.push({ senior: subject.senior, risk: riskOfOne(lost, today, pack, person, book.of(subject)) })
      }
      return found
    })
    for (const { senior, risk } of risks) {
      if (risk.visits + risk.unpricedVisits + risk.moneyFen + risk.payoutsFen > 0) seniors.add(senior)
      visits += risk.visits
      visitsFen += risk.visitsFen
      unpricedVisits += risk.unpricedVisits
      moneyFen += risk.moneyFen
      payoutsFen += risk.payoutsFen
    }
  }
  return { seniors: seniors.size, visits, visitsFen, unpricedVisits, moneyFen, payoutsFen, potsFen }
}

/** What is left of the tranches that a terminal held, in periods that have begun and may not have ended when it was heard last. */
async function potsAtRisk(
  database: Database,
  { terminal, generation, heardOn }: LostTerminal,
  today: BusinessDate,
  pots: readonly Subject[],
): Promise<number> {
  const id = holderId(terminal, generation)
  return await transaction(database, async client => {
    const book = await lockLeases(client, pots)
    return pots
      .map(pot => book.of(pot).rights)
      .flatMap(rights =>
        Object.keys(holderOf(rights, id).lines)
          .map(counterOf)
          .filter(({ label }) => labelBeginsBy(label, today) && !labelEndsBefore(label, heardOn ?? today))
          .map(counter => atRisk(rights, id, counter)),
      )
      .reduce((sum, fen) => sum + fen, 0)
  })
}

function riskOfOne(
  { terminal, generation, site, heardOn }: LostTerminal,
  today: BusinessDate,
  pack: PolicyPack,
  person: PersonFacts,
  lease: SeniorLease,
): Omit<AtRisk, 'seniors' | 'potsFen'> {
  const id = holderId(terminal, generation)
  const worth = worthOfVisit(site, pack, person, today)
  const isCount = new Map(
    pack.versions.flatMap(({ limits }) => limits.map(({ id: name, unit }) => [name, unit === 'count'])),
  )
  const since = heardOn ?? today
  const days = Array.from({ length: Math.min(longest, Math.max(0, daysBetween(since, today))) + 1 }, (_, day) =>
    addDays(today, -day),
  )
  const limitsOn = limitsAt(pack, person, site)
  const seen = new Set<string>()
  // Limits as they were on each of the days: a version may have come since.
  const versions = [...Map.groupBy(days, day => versionInForce(pack, day)?.id).values()].map(part => {
    const left = new Map<string, number>()
    for (const counter of part.flatMap(day => countersOn(limitsOn(day), day))) {
      if (seen.has(counter.key)) continue
      seen.add(counter.key)
      left.set(counter.limit, (left.get(counter.limit) ?? 0) + atRisk(lease.rights, id, counter))
    }
    return [...left].map(([limit, amount]) => ({ isCount: isCount.get(limit) === true, amount }))
  })
  const counted = versions
    .map(left => left.filter(item => item.isCount).map(({ amount }) => amount))
    .reduce((sum, counts) => sum + (counts.length > 0 ? Math.min(...counts) : 0), 0)
  // A visit that brings this person nothing is no risk.
  const visits = worth === null || worth === 0 ? 0 : counted
  const owed = [...Object.values(lease.owed), ...Object.values(lease.withdrawn)].filter(({ of }) => {
    const key = owedKey(of)
    const [limit = '', label = ''] = key.split('|')
    return atRisk(lease.rights, id, { key, limit, label }) > 0
  })
  return {
    ...{ visits, visitsFen: visits * (worth ?? 0), unpricedVisits: worth === null ? counted : 0 },
    moneyFen: versions.flat().reduce((sum, { isCount: ofCount, amount }) => sum + (ofCount ? 0 : amount), 0),
    payoutsFen: owed.flatMap(({ subsidies }) => subsidies).reduce((sum, paid) => sum + paid.fen, 0),
  }
}

/**
 * Gives a lost terminal's lease up, for ever: what it held is free for others, and what it drew and did not say is beyond the cap. A
 * decision of a person, written down with what was at risk. Begun and cut off it is finished by doing it again.
 * @returns how many leases were given up
 */
export async function giveUpLease(
  database: Database,
  keys: Keyring,
  lost: LostTerminal,
  by: { readonly operator: string; readonly reason: string; readonly risk: AtRisk; readonly strikeOff: boolean },
): Promise<number> {
  const { terminal, generation } = lost
  const { seniors, visits, visitsFen, unpricedVisits, moneyFen, payoutsFen, potsFen } = by.risk
  await transaction(database, async client => {
    if (by.strikeOff) await client.query('update terminal set struck_off = true where terminal_id = $1', [terminal])
    await insertRows(
      client,
      'write_off',
      [
        ...['terminal_id', 'generation', 'operator', 'reason', 'seniors', 'visits', 'visits_fen', 'money_fen'],
        ...['payouts_fen', 'pots_fen', 'unpriced_visits'],
      ],
      [
        [
          ...[terminal, generation, by.operator, by.reason, seniors, visits, visitsFen, moneyFen],
          ...[payoutsFen, potsFen, unpricedVisits],
        ],
      ],
      'on conflict (terminal_id, generation) do nothing',
    )
  })
  const subjects = await subjectsOf(database.pool, lost)
  const id = holderId(terminal, generation)
  for (let from = 0; from < subjects.length; from += chunk) {
    const part = subjects.slice(from, from + chunk)
    await transaction(database, async client => {
      const freed = new Set(part.flatMap(({ senior }) => potFundOf(senior) ?? []))
      const packs = part.filter(isSenior).map(({ pack }) => pack)
      const pots = new Set([...(await fundsWithPots(client, packs)), ...(await knownPots(client))])
      const book = await lockLeases(client, [...part, ...[...pots].map(potSubject)])
      const inDoubt = await salesInDoubt(
        client,
        part.flatMap(subject => withdrawnIn(book.of(subject))),
      )
      for (const subject of part) {
        const before = book.of(subject)
        book.put(subject, afterWriteOff(before, id))
        if (!isSenior(subject)) continue
        const { records, funds } = freeWithdrawn(book, subject, before.rights, inDoubt)
        await openAgain(client, records)
        for (const fund of funds) freed.add(fund)
      }
      // Claims may have waited for nothing but this terminal's word.
      await decideClaims(client, keys, book, part.filter(isSenior))
      await book.store()
      await noteFreed(client, freed)
    })
  }
  await decideWaiting(database, keys)
  return subjects.filter(isSenior).length
}
