import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { putSeniors } from '../../../province/seniors.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import type { LeaseWord } from '../../../shared/leases/word.ts'
import { type PersonFacts, personFacts } from '../../../shared/policy/facts.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { packJson, soundPack, subsidyStep, words } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const label = `meal|${today}/lunch`
/** Five yuan for a meal, for who is poor, old and of the district; three more for who is in special need. */
const text = JSON.stringify(
  packJson(
    [
      subsidyStep('city', 500, {
        limits: ['meal'],
        when: { category: ['dibao'], age: { atLeast: 60 }, household: { unit: 'district', is: ['东亭区'] } },
      }),
      subsidyStep('more', 300, { when: { category: ['tekun'] } }),
    ],
    {
      limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
      version: {
        offline: { mode: 'bounded', seniorDayFen: 1000, seniorFen: 1000, terminalFen: 9900, bearer: 'house' },
      },
      pack: {
        ...{ id: 'DEMO', area: 'DEMO' },
        funds: [
          { id: 'city', title: words('city'), source: 'public' },
          { id: 'house', title: words('house'), source: 'site' },
        ],
      },
    },
  ),
)
const pack = soundPack(JSON.parse(text))
const entitled = personFacts.parse({
  ...{ birthDate: '1940-05-01', categories: [{ id: 'dibao' }] },
  household: { district: '东亭区' },
})
const members = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)

let house: ProvinceHouse
let database: Database
let home: PaperTerminal
let away: PaperTerminal
let next = 20
beforeAll(async () => {
  house = await openProvinceHouse()
  database = await openDatabase(house.databaseUrl)
  await house.province.publishPolicy(text)
  ;[home, away] = [await house.terminal(), await house.terminal('demo-riverside')]
  await leasesOf(home)
})
afterAll(async () => {
  await database?.close()
  await house?.close()
})

/** A member as the roster has them from now on. */
async function known(person: PersonFacts, senior = members[next++]): Promise<DemoSenior> {
  if (senior === undefined) throw new Error('no demo members left')
  const { cardNumber: _, expected: __, ...member } = { ...senior, person }
  await putSeniors(database, [member])
  return { ...senior, person }
}

/** The home holds the right to the meal, and another site gives the meal without it. */
async function eats(senior: DemoSenior, how: 'pending' | 'advance'): Promise<string> {
  const rights = { [label]: how === 'pending' ? 0 : 500 }
  const sale = await away.sale(senior, { pack, rights, advance: how === 'advance' })
  expect((await away.push([sale])).verdicts).toMatchObject([{ verdict: 'accepted' }])
  return sale.id
}

async function leasesOf(till: PaperTerminal): Promise<LeaseWord[]> {
  const heard: LeaseWord[] = []
  for (let cursor: string | null = null, more = true; more; ) {
    const page = await till.pull('leases', cursor)
    if (page.feed === 'leases') heard.push(...page.items.flatMap(item => ('senior' in item ? [item] : [])))
    ;({ cursor, more } = page)
  }
  return heard
}

async function homeAnswers(senior: DemoSenior): Promise<void> {
  const words = await leasesOf(home)
  const recall = words.findLast(word => word.senior === senior.id && word.pack === pack.id)?.recall
  if (!recall) throw new Error('nothing was asked back')
  await home.push([await home.release(senior, pack, recall)])
}

const claim = async (record: string) =>
  (await house.rows('select state, owed_fen::int from claim where record_id = $1', [record]))[0]

describe('a pending claim is decided by who the senior was when they ate', () => {
  it.each([
    ['lost a category', { ...entitled, categories: [] }],
    ['moved to another district', { ...entitled, household: { district: '西塘区' } }],
    ['turned out to be younger', personFacts.parse({ ...entitled, birthDate: '1990-05-01' })],
  ])('where they %s before it was decided, it is owed all the same', async (_, later) => {
    const senior = await known(entitled)
    const sale = await eats(senior, 'pending')
    expect(await claim(sale)).toEqual({ state: 'open', owed_fen: 0 })
    await known(later, senior)
    await homeAnswers(senior)
    expect(await claim(sale)).toEqual({ state: 'accepted', owed_fen: 500 })
  })

  it('so that what was given in advance is no overrun where a category ended meanwhile', async () => {
    const senior = await known(entitled)
    const sale = await eats(senior, 'advance')
    await known({ ...entitled, categories: [] }, senior)
    await homeAnswers(senior)
    expect(await claim(sale)).toEqual({ state: 'nothing-due', owed_fen: 0 })
    expect(await house.number('select count(*) from overrun where record_id = $1', [sale])).toBe(0)
  })

  it('and a category that came after the meal pays nothing of it', async () => {
    const senior = await known(entitled)
    const sale = await eats(senior, 'pending')
    await known({ ...entitled, categories: [{ id: 'dibao' }, { id: 'tekun' }] }, senior)
    await homeAnswers(senior)
    expect(await claim(sale)).toEqual({ state: 'accepted', owed_fen: 500 })
  })
})
