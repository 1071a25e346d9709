import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { addDays, beginOf, businessDateOf } from '../../../shared/business-day.ts'
import { type OperatorId, operatorId } from '../../../shared/ids.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { bathBegins, bathEnds } from '../../support/paper-visit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

/** 600 minutes is the most that a carer of the demo station gives on one day without a station lead. Each till counts its own alone. */

const hour = 3_600_000
const [lead, staff] = [operatorId.parse('sun-min'), operatorId.parse('he-ping')]
const carers = ['zheng-xiuying', 'jiang-min', 'wu-cuilan']
const members = demoSeniors().filter(
  ({ homeSite, person }) =>
    homeSite === 'demo-canteen' && person.categories.some(({ id }) => id === 'disability_moderate'),
)
let house: ProvinceHouse
let [one, other]: PaperTerminal[] = []
/** A day of its own for each test (ms), so that no carer brings minutes of another one. */
let day = beginOf(addDays(businessDateOf(Date.now()), -20))
let met = 0

beforeAll(async () => {
  house = await openProvinceHouse()
})
beforeEach(async () => {
  day += 24 * hour
  met = 0
  one = await house.terminal()
  other = await house.terminal()
})
afterAll(() => house?.close())

function somebody(): DemoSenior {
  const member = members[met++ % members.length]
  if (!member) throw new Error('no demo members')
  return member
}

interface Bath {
  readonly from: number
  readonly hours: number
  readonly carer?: string
  readonly begins?: OperatorId | null
  readonly ends?: OperatorId | null
}

/** The records of a visit. @param bath.from hours after the day began */
async function written(till: PaperTerminal, { from, hours, carer = 'jiang-min', begins, ends }: Bath) {
  const [senior, at] = [somebody(), day + from * hour]
  const began = await bathBegins(till, senior, at, carer, begins ?? staff)
  const end = { of: began.id, at: at + hours * hour, minutes: hours * 60, operator: ends ?? staff }
  return [began, await bathEnds(till, senior, end)] as const
}

/** A visit at a till; the verdict on its end, and the record of it. */
async function bath(till: PaperTerminal | undefined, given: Bath) {
  if (till === undefined) throw new Error('no till')
  const [began, ended] = await written(till, given)
  await till.push([began, ended])
  const [row] = await house.rows('select verdict, code from ledger where record_id = $1', [ended.id])
  const owed = await house.number(
    'select count(*) from claim_line join ledger using (terminal_id, generation, seq) where record_id = $1 and not held',
    [ended.id],
  )
  return { verdict: row?.code ?? row?.verdict, owed, record: ended.id }
}

const paid = { verdict: 'accepted', owed: 1 }
const held = { verdict: 'CARER_DAY_FULL', owed: 0 }

it('holds what a carer gives beyond it at two tills together, and the visits after that', async () => {
  expect(await bath(one, { from: 2, hours: 4 })).toMatchObject(paid)
  expect(await bath(other, { from: 7, hours: 6 })).toMatchObject(paid)
  expect(await bath(one, { from: 14, hours: 1 })).toMatchObject(held)
  expect(await bath(other, { from: 16, hours: 0.5 })).toMatchObject(held)
})

it('holds a visit that began below it and ended beyond it, at one till', async () => {
  expect(await bath(one, { from: 2, hours: 9 })).toMatchObject(paid)
  expect(await bath(one, { from: 12, hours: 2 })).toMatchObject(held)
})

it('pays what was given while a station lead was on duty, as it began or as it ended', async () => {
  expect(await bath(one, { from: 2, hours: 10 })).toMatchObject(paid)
  expect(await bath(other, { from: 13, hours: 1, begins: lead })).toMatchObject(paid)
  expect(await bath(other, { from: 15, hours: 1, ends: lead })).toMatchObject(paid)
  expect(await bath(other, { from: 17, hours: 1 })).toMatchObject(held)
})

it('counts each business day by itself, by the beginning of the visit', async () => {
  expect(await bath(one, { from: 14, hours: 10.5 })).toMatchObject(held)
  expect(await bath(other, { from: 25, hours: 9 })).toMatchObject(paid)
  day += 24 * hour
})

it('counts each business day by itself, also where one push brings two of them', async () => {
  if (one === undefined) throw new Error('no till')
  const [first, second] = [await written(one, { from: 14, hours: 9 }), await written(one, { from: 25, hours: 9 })]
  await one.push([...first, ...second])
  const ids = [first[1].id, second[1].id]
  expect(await house.rows('select verdict from ledger where record_id = any($1)', [ids])).toEqual([
    { verdict: 'accepted' },
    { verdict: 'accepted' },
  ])
  day += 24 * hour
})

it('counts each carer by themselves, and of a visit that two gave the part of each', async () => {
  if (one === undefined) throw new Error('no till')
  for (const carer of carers) expect(await bath(other, { from: 2, hours: 8, carer })).toMatchObject(paid)
  const [senior, at] = [somebody(), day + 11 * hour]
  const began = await bathBegins(one, senior, at, 'zheng-xiuying', staff)
  const change = { site: one.site, of: began.id, event: 'carer', carer: 'wu-cuilan', rating: null, operator: staff }
  const changed = await one.sign('visit-event', change, null, { clock: at + 1.5 * hour })
  const ended = await bathEnds(one, senior, { of: began.id, at: at + 3 * hour, minutes: 180, operator: staff })
  await one.push([began, changed, ended])
  expect(await house.rows('select verdict from ledger where record_id = $1', [ended.id])).toEqual([
    { verdict: 'accepted' },
  ])
})

it('does not count what was taken back', async () => {
  const first = await bath(one, { from: 2, hours: 8 })
  expect(await bath(other, { from: 11, hours: 3 })).toMatchObject(held)
  const back = { of: first.record, reason: 'operator', operator: staff }
  await one?.push([await one.sign('void', back, null, { clock: day + 15 * hour })])
  expect(await bath(other, { from: 16, hours: 3 })).toMatchObject(paid)
})
