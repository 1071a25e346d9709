import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { siteId, terminalId } from '../../../shared/ids.ts'
import type { LeaseWord } from '../../../shared/leases/word.ts'
import { enrolPaperTerminal, type PaperTerminal, paperKeys } from '../../support/paper-terminal.ts'
import { packJson, soundPack, subsidyStep, words } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const text = (id: string) =>
  JSON.stringify(
    packJson([subsidyStep('city', 500, { limits: ['meal'] })], {
      limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
      pack: { id, area: id, funds: [{ id: 'city', title: words('city'), source: 'public' }] },
    }),
  )
const pack = soundPack(JSON.parse(text('DEMO')))
const other = soundPack(JSON.parse(text('OTHER')))
const key = (meal: string) => `meal|${today}/${meal}`
const members = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)
let house: ProvinceHouse
let home: PaperTerminal
let away: PaperTerminal
let next = 8

beforeAll(async () => {
  house = await openProvinceHouse()
  await house.province.publishPolicy(text('DEMO'))
  await house.province.publishPolicy(text('OTHER'))
  home = await house.terminal()
  away = await house.terminal('demo-riverside')
  await wordsOf(home)
})
afterAll(() => house.close())

function someone(): DemoSenior {
  const senior = members[next++]
  if (!senior) throw new Error('no demo members left')
  return senior
}

async function wordsOf(till: PaperTerminal): Promise<LeaseWord[]> {
  const heard: LeaseWord[] = []
  for (let cursor: string | null = null, more = true; more; ) {
    const page = await till.pull('leases', cursor)
    if (page.feed === 'leases') heard.push(...page.items.flatMap(item => ('senior' in item ? [item] : [])))
    ;({ cursor, more } = page)
  }
  return heard
}
const wordOf = async (till: PaperTerminal, senior: DemoSenior) =>
  (await wordsOf(till)).findLast(word => word.senior === senior.id && word.pack === 'DEMO')
const aheadAt = async (till: PaperTerminal, senior: DemoSenior) => (await wordOf(till, senior))?.grant.ahead ?? null
const nextMorning = () => house.rows('update terminal set leases_on = null')
const verdictsOf = async (till: PaperTerminal, ...items: Parameters<PaperTerminal['push']>[0]) =>
  (await till.push(items)).verdicts.map(({ verdict }) => verdict)

const ask = (till: PaperTerminal, { id: senior }: DemoSenior, meal: string, of = 'DEMO') => {
  const one = [{ limit: 'meal', label: `${today}/${meal}`, amount: 1 }]
  return till.ask({ ...{ senior, pack: of, generation: 1, epoch: 1 }, totals: one, debits: one })
}

/** A till is asked for all that it has of a senior, and hands it back. */
async function closes(till: PaperTerminal, senior: DemoSenior): Promise<void> {
  const recall = (await wordOf(till, senior))?.recall
  expect(recall).toMatchObject({ close: true })
  const draft = JSON.parse((await till.release(senior, pack, { id: 'any', amounts: [] })).record)
  const payload = { ...draft.payload, change: 'write-off', entries: [], grant: recall?.id }
  const place = { at: { seq: draft.seq - 1, hash: draft.prev } }
  expect(await verdictsOf(till, await till.sign('right-change', payload, null, place))).toEqual(['accepted'])
}

/** Two meals in a row at another till than the home's. */
async function eatsTwiceAway(senior: DemoSenior, till = away): Promise<void> {
  for (const meal of ['lunch', 'dinner'] as const) {
    await ask(till, senior, meal)
    const recall = (await wordOf(home, senior))?.recall
    if (!recall) throw new Error('nothing was asked back')
    await home.push([await home.release(senior, pack, recall)])
    await ask(till, senior, meal)
    const sale = await till.sale(senior, { pack, meal, rights: { [key(meal)]: 1 } })
    expect(await verdictsOf(till, sale)).toEqual(['accepted'])
  }
}

async function movesInTheRoster(senior: DemoSenior, site: string): Promise<void> {
  await house.rows(
    'update senior set home_site = $2, change = (select max(change) + 1 from senior) where senior_id = $1',
    [senior.id, site],
  )
}

it('two visits in a row elsewhere: once the old home has closed, the new one is leased the periods ahead', async () => {
  const senior = someone()
  await eatsTwiceAway(senior)
  expect(await aheadAt(away, senior)).toBeNull()
  await closes(home, senior)
  expect(await aheadAt(away, senior)).toMatchObject({ each: { meal: 1 } })
  expect(await aheadAt(home, senior)).toBeNull()
})

it('the new home is leased ahead each morning, and the site in the roster does not take the member back', async () => {
  const senior = someone()
  await eatsTwiceAway(senior)
  await closes(home, senior)
  const through = `array['rights','holders','${away.terminal}#1','ahead','through']`
  await aheadAt(away, senior)
  await house.rows(
    `update lease_state set body = jsonb_set(body::jsonb, ${through}, to_jsonb($2::text))::text where senior_id = $1 and pack_id = 'DEMO'`,
    [senior.id, today],
  )
  await nextMorning()
  expect(await aheadAt(home, senior)).toBeNull()
  const { through: end = today } = (await aheadAt(away, senior)) ?? {}
  expect(end > today).toBe(true)
})

it('visits at a second till of a site make its first till the home', async () => {
  const senior = someone()
  await eatsTwiceAway(senior, await house.terminal('demo-riverside'))
  await closes(home, senior)
  expect(await aheadAt(away, senior)).toMatchObject({ each: { meal: 1 } })
})

it('a member whose site in the roster changes is leased ahead there, once the old home was asked and has closed', async () => {
  const senior = someone()
  expect(await aheadAt(home, senior)).not.toBeNull()
  await movesInTheRoster(senior, 'demo-riverside')
  expect(await aheadAt(away, senior)).toBeNull()
  await closes(home, senior)
  expect(await aheadAt(away, senior)).toMatchObject({ each: { meal: 1 } })
})

it('a new home is leased what is free at once, and no more than that while the old one has not closed', async () => {
  const senior = someone()
  await ask(away, senior, 'lunch')
  const recall = (await wordOf(home, senior))?.recall
  if (!recall) throw new Error('nothing was asked back')
  await home.push([await home.release(senior, pack, recall)])
  await movesInTheRoster(senior, 'demo-riverside')
  const totals = (await wordOf(away, senior))?.grant.totals
  expect(totals).toEqual({ [key('lunch')]: 1 })
})

it('a till that becomes the first of its site takes over from the one that was', async () => {
  const senior = someone()
  expect(await aheadAt(home, senior)).not.toBeNull()
  const early = terminalId.parse('a-till')
  const code = await house.province.createEnrolmentCode(early, siteId.parse('demo-canteen'))
  const first = await enrolPaperTerminal(code, await paperKeys())
  expect(await aheadAt(first, senior)).toBeNull()
  await closes(home, senior)
  expect(await aheadAt(first, senior)).toMatchObject({ each: { meal: 1 } })
  await house.rows('update terminal set struck_off = true where terminal_id = $1', [early])
})

it('a payout that was accepted while the home is off the line is leased to whoever asks first', async () => {
  const riverside = (id: string) =>
    house.rows(
      `update site set body = jsonb_set(body::jsonb, '{policy}', to_jsonb($1::text))::text where site_id = 'demo-riverside'`,
      [id],
    )
  const eatenElsewhere = async () => {
    const senior = someone()
    await riverside('OTHER')
    const sale = await away.sale(senior, { pack: other, rights: { [key('lunch')]: 0 } })
    await away.push([sale])
    return { senior, sale, right: `owed|9999-12-31/${sale.id}` }
  }
  const city = [{ fund: 'city', fen: 500 }]
  const first = await eatenElsewhere()
  const answer = await ask(away, first.senior, 'dinner', 'OTHER')
  expect(answer.word?.grant.totals[first.right]).toBe(1)
  expect(await verdictsOf(away, await away.madeGood(first.senior, first.sale.id, city))).toEqual(['accepted'])
  const second = await eatenElsewhere()
  const heard = (await wordsOf(home)).findLast(({ owed }) => owed[second.right] !== undefined)
  expect(heard?.grant.totals[second.right]).toBe(1)
  await riverside('DEMO')
  expect(await verdictsOf(home, await home.madeGood(second.senior, second.sale.id, city))).toEqual(['accepted'])
})
