import { chanceFrom } from '../../electron/core/simulation/chance.ts'
import { dateAt, type SimulatedSite } from '../../electron/core/simulation/inhabitants.ts'
import type { Batch } from '../../electron/core/simulation/messages.ts'
import { network } from '../../electron/core/simulation/network.ts'
import { pricer } from '../../electron/core/simulation/pricing.ts'
import { type SimulatedProvince, simulatedProvince } from '../../electron/core/simulation/province.ts'
import { type Asking, type SimulatedTerminal, simulatedTerminal } from '../../electron/core/simulation/terminal.ts'
import { policyOf, type SimulatedPolicy, usualWorld } from '../../electron/core/simulation/world.ts'
import { businessDate, type Meal } from '../../shared/business-day.ts'

export const lunch = { date: businessDate.parse('2026-11-10'), meal: 'lunch' as Meal, listFen: 1000 }

/** The usual policy; its fund has `potFen` a month, 0 = no end. */
export const policyWithPot = (potFen: number) => policyOf({ ...usualWorld, potFen })

/** A province with two towns' tills and two seniors, both at home at the first; nothing gets lost. */
export function twoTills(policy: SimulatedPolicy = policyWithPot(0)) {
  const pricing = pricer(policy.pack)
  const site = (id: number): SimulatedSite => {
    return {
      id,
      leaseClass: 'town',
      skewDays: [],
      away: [],
      lostAt: null,
      restored: null,
      copiedAt: null,
      lanAway: null,
    }
  }
  let entries = 0
  let minute = 0
  const accepted: number[] = []
  const dropped: number[] = []
  const province = simulatedProvince({
    ...{ pricing, potFen: policy.potFen, sites: [site(0), site(1)], siteOf: [0, 1], homes: [0, 0], leases: true },
    now: () => minute,
    today: () => dateAt(minute, 0),
    ended: () => undefined,
    accepted: ({ fen }) => accepted.push(fen),
    dropped: ({ fen }) => dropped.push(fen),
  })
  const till = () => simulatedTerminal({ pricing, bounded: null, keepsPots: true, mint: () => ++entries })
  const tills = [till(), till()] as const
  return {
    ...{ province, tills, accepted, dropped, pricing },
    /** Lets so many days pass. */
    pass(days: number) {
      minute += days * 1440
    },
    /** A line to the first till on which every answer to a question for news is lost while `lost` says so. */
    lineToFirst(lost: () => boolean) {
      let messages = 0
      // Of one exchange: the records, their acknowledgement, the question for news, the news.
      const isNews = () => ++messages % 4 === 0
      const chance = {
        ...chanceFrom(1),
        below: () => 0,
        happens: (share: number) => share === 0.5 && isNews() && lost(),
      }
      const world = { ...usualWorld, drop: 0.5, duplicate: 0, late: 0 }
      const till = { name: 0, site: site(0), terminal: tills[0], since: 0 }
      return network({ world, chance, tills: [till], province, healAt: Number.POSITIVE_INFINITY, now: () => minute })
    },
    push: (name: 0 | 1) => push(province, name, tills[name]),
    pull(name: 0 | 1) {
      const { words, cursor } = province.pull(name, tills[name].cursor())
      tills[name].hearAll(words, cursor)
    },
    /** The province as a till asks it; those who hold a right are out of reach. */
    asking: (name: 0 | 1): Asking => ({
      ask: questions => province.ask(name, tills[name].generation(), questions, () => undefined),
    }),
    batchOf: (name: 0 | 1): Batch => {
      const [batch] = tills[name].unsent()
      if (batch === undefined) throw new Error('a till that writes to no ledger')
      return batch
    },
  }
}

function push(province: SimulatedProvince, name: number, terminal: SimulatedTerminal): void {
  for (const batch of terminal.unsent()) terminal.acknowledge(batch.generation, province.push(name, batch))
}
