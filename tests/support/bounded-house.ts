import { type DemoSenior, demoSeniors } from '../../province/demo-people.ts'
import { businessDateOf } from '../../shared/business-day.ts'
import type { RecordId } from '../../shared/ids.ts'
import { seniorLease } from '../../shared/leases/senior-lease.ts'
import type { LeaseWord } from '../../shared/leases/word.ts'
import type { PushItem } from '../../shared/province-api.ts'
import type { PaperTerminal } from './paper-terminal.ts'
import { packJson, soundPack, subsidyStep, words } from './policy-kit.ts'
import { openProvinceHouse } from './province-house.ts'

export const today = businessDateOf(Date.now())

/** Five yuan from the city for one meal of each kind; without a network a till gives as much more, and the house bears what was too much. */
const packText = JSON.stringify(
  packJson([subsidyStep('city', 500, { limits: ['meal'] })], {
    limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
    version: { offline: { mode: 'bounded', seniorDayFen: 1000, seniorFen: 1000, terminalFen: 1500, bearer: 'house' } },
    pack: {
      ...{ id: 'DEMO', area: 'DEMO' },
      funds: [
        { id: 'city', title: words('city'), source: 'public' },
        { id: 'house', title: words('house'), source: 'site' },
      ],
    },
  }),
)
export const boundedPack = soundPack(JSON.parse(packText))

/** A province under a bounded policy, and what its tables say of one senior. */
export async function openBoundedHouse() {
  const house = await openProvinceHouse()
  await house.province.publishPolicy(packText)
  const members = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)
  let next = 6
  return {
    house,
    /** A member of the canteen who has not eaten. */
    someone(): DemoSenior {
      const found = members[next++]
      if (found === undefined) throw new Error('no demo members left')
      return found
    },
    /** What the province said to each. */
    async push(till: PaperTerminal, ...items: readonly PushItem[]): Promise<string[]> {
      return (await till.push(items)).verdicts.map(({ verdict, code }) =>
        code === null ? verdict : `${verdict} ${code}`,
      )
    },
    /** The newest words on leases that a till would hear. */
    async words(till: PaperTerminal): Promise<LeaseWord[]> {
      const heard: LeaseWord[] = []
      for (let cursor: string | null = null, more = true; more; ) {
        const page = await till.pull('leases', cursor)
        if (page.feed === 'leases') heard.push(...page.items.flatMap(item => ('senior' in item ? [item] : [])))
        ;({ cursor, more } = page)
      }
      return heard
    },
    /** A till hands back what the province wants of a senior's rights. */
    async answerRecall(till: PaperTerminal, senior: DemoSenior): Promise<void> {
      const recall = (await this.words(till)).findLast(word => word.senior === senior.id)?.recall
      if (!recall) throw new Error('nothing was asked back')
      await till.push([await till.release(senior, boundedPack, recall)])
    },
    /** A meal drawn on the lease, none at all, or given without a right. */
    meal: (till: PaperTerminal, senior: DemoSenior, how: 'right' | 'pending' | 'advance', more: object = {}) => {
      const rights = { [`meal|${today}/lunch`]: how === 'pending' ? 0 : how === 'right' ? 1 : 500 }
      return till.sale(senior, { pack: boundedPack, rights, advance: how === 'advance', ...more })
    },
    async claim(record: RecordId): Promise<string | null> {
      const [row] = await house.rows('select state from claim where record_id = $1', [record])
      return row === undefined ? null : String(row.state)
    },
    /** What funds are asked for, for one senior, with what is moved between them; held lines apart. */
    async money(senior: DemoSenior): Promise<Record<string, number>> {
      const rows = await house.rows(
        `select name, sum(fen)::int as fen from (
           select case when held then fund || ' held' else fund end as name, fen from claim_line where senior_id = $1
           union all select fund, fen from overrun where senior_id = $1) as line
          group by name having sum(fen) <> 0 order by name`,
        [senior.id],
      )
      return Object.fromEntries(rows.map(({ name, fen }) => [String(name), Number(fen)]))
    },
    /** How often today's lunch of a senior counts as drawn. */
    async drawn(senior: DemoSenior): Promise<number> {
      const [row] = await house.rows("select body from lease_state where senior_id = $1 and pack_id = 'DEMO'", [
        senior.id,
      ])
      const { rights } = seniorLease.parse(JSON.parse(String(row?.body)))
      return rights.settled[`meal|${today}/lunch`] ?? 0
    },
  }
}

export type BoundedHouse = Awaited<ReturnType<typeof openBoundedHouse>>
