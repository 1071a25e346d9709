import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { beginOf, businessDateOf } from '../../../shared/business-day.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { bathBegins, bathEnds } from '../../support/paper-visit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

/** A terminal whose program is not ours may say anything of a visit: what began and ended it has to fit. */

let house: ProvinceHouse
let terminal: PaperTerminal
const members = demoSeniors().filter(
  ({ homeSite, person }) =>
    homeSite === 'demo-canteen' && person.categories.some(({ id }) => id === 'disability_moderate'),
)
let next = 0
const hour = 3_600_000

function somebody(): DemoSenior {
  const member = members[next++]
  if (!member) throw new Error('no demo members left')
  return member
}

beforeAll(async () => {
  house = await openProvinceHouse()
})
// Its own ledger each time: between 04:00 and 05:00 the hour before is of another business date.
beforeEach(async () => {
  terminal = await house.terminal()
})
afterAll(() => house?.close())

type Item = Awaited<ReturnType<typeof bathBegins>>

/** The verdict on each, and what the funds owe for them. */
async function pushed(...items: Item[]) {
  return await pushedAt(terminal, ...items)
}

async function pushedAt(till: PaperTerminal, ...items: Item[]) {
  await till.push(items)
  const ids = items.map(({ id }) => id)
  const rows = await house.rows('select verdict, code from ledger where record_id = any($1) order by seq', [ids])
  const owed = await house.number(
    `select coalesce(sum(fen), 0) from claim_line join ledger using (terminal_id, generation, seq)
      where record_id = any($1) and not held`,
    [ids],
  )
  return { verdicts: rows.map(({ verdict, code }) => code ?? verdict), owed }
}

it('pays a visit that began and ended', async () => {
  const senior = somebody()
  const at = Date.now() - hour
  const began = await bathBegins(terminal, senior, at)
  const ended = await bathEnds(terminal, senior, { of: began.id, at: at + hour / 2 })
  expect(await pushed(began, ended)).toEqual({ verdicts: ['accepted', 'accepted'], owed: 4800 })
})

it('pays nothing for an end without a beginning, and nothing for the second end of one', async () => {
  const [senior, at] = [somebody(), Date.now() - 2 * hour]
  const alone = await bathEnds(terminal, senior, { of: '019a0000-0000-7000-8000-000000000000', at })
  expect(await pushed(alone)).toEqual({ verdicts: ['UNKNOWN_RECORD'], owed: 0 })
  const began = await bathBegins(terminal, senior, at)
  const ended = await bathEnds(terminal, senior, { of: began.id, at: at + hour / 2 })
  expect(await pushed(began, ended)).toEqual({ verdicts: ['accepted', 'accepted'], owed: 4800 })
  const again = await bathEnds(terminal, senior, { of: began.id, at: at + hour / 2 })
  expect(await pushed(again)).toEqual({ verdicts: ['VISIT_DOUBTFUL'], owed: 0 })
})

it('pays nothing for the second end of a visit, also days after the first', async () => {
  const [senior, at] = [somebody(), Date.now() - 120 * hour]
  const began = await bathBegins(terminal, senior, at)
  const ended = await bathEnds(terminal, senior, { of: began.id, at: at + hour / 2 })
  expect((await pushed(began, ended)).owed).toBe(4800)
  const again = await bathEnds(terminal, senior, { of: began.id, at: at + 72 * hour })
  expect(await pushed(again)).toEqual({ verdicts: ['VISIT_DOUBTFUL'], owed: 0 })
})

it('pays nothing for a visit that is longer than a till lets any be', async () => {
  const [senior, at] = [somebody(), Date.now() - 40 * hour]
  const began = await bathBegins(terminal, senior, at)
  const ended = await bathEnds(terminal, senior, { of: began.id, at: at + 20 * hour, minutes: 721 })
  expect(await pushed(began, ended)).toEqual({ verdicts: ['accepted', 'VISIT_DOUBTFUL'], owed: 0 })
})

it('pays nothing where somebody else left than came, or more minutes are said than went by', async () => {
  const [senior, other, at] = [somebody(), somebody(), Date.now() - hour]
  const began = await bathBegins(terminal, senior, at)
  const swapped = await bathEnds(terminal, other, { of: began.id, at: at + hour / 2 })
  expect(await pushed(began, swapped)).toEqual({ verdicts: ['accepted', 'IDENTITY_DOUBTFUL'], owed: 0 })
  const longer = await bathEnds(terminal, senior, { of: began.id, at: at + hour / 2, minutes: 31 })
  expect(await pushed(longer)).toEqual({ verdicts: ['VISIT_DOUBTFUL'], owed: 0 })
})

it('pays nothing by itself for a price that the catalogue of the site never had', async () => {
  const [senior, at] = [somebody(), Date.now() - hour]
  const began = await bathBegins(terminal, senior, at)
  const dearer = await bathEnds(terminal, senior, { of: began.id, at: at + hour / 2, listFen: 24_000 })
  expect(await pushed(began, dearer)).toEqual({ verdicts: ['accepted', 'PRICE_UNKNOWN'], owed: 0 })
})

describe('two tills of one station, of which neither knows the other', () => {
  const minute = 60_000
  /** All of it lies on the business day before. */
  const dayTurned = beginOf(businessDateOf(Date.now()))
  let one: PaperTerminal
  let other: PaperTerminal
  beforeAll(async () => {
    one = await house.terminal()
    other = await house.terminal()
  })

  /** A bath of half an hour. */
  async function bath(till: PaperTerminal, senior: DemoSenior, at: number, carer: string) {
    const began = await bathBegins(till, senior, at, carer)
    const ended = await bathEnds(till, senior, { of: began.id, at: at + hour / 2 })
    return { ...(await pushedAt(till, began, ended)), ended }
  }
  const paid = { verdicts: ['accepted', 'accepted'], owed: 4800 }
  const held = { verdicts: ['accepted', 'VISIT_DOUBTFUL'], owed: 0 }

  it('are not paid both where the first was refunded: it was given all the same', async () => {
    const [senior, at] = [somebody(), dayTurned - 12 * hour]
    const first = await bath(one, senior, at, 'zheng-xiuying')
    const subsidies = [{ fund: 'state', fen: 4800 }]
    const back = { of: first.ended.id, subsidies, ownPayFen: 7200, reason: 'other', operator: null }
    const refund = await one.sign('refund', back, null, { clock: at + hour })
    expect(await pushedAt(one, refund)).toMatchObject({ verdicts: ['accepted'] })
    expect(await bath(other, senior, at, 'jiang-min')).toMatchObject(held)
  })

  it('are not paid both for one senior at one time: the later one that is heard is held', async () => {
    const [senior, at] = [somebody(), dayTurned - 10 * hour]
    expect(await bath(one, senior, at, 'zheng-xiuying')).toMatchObject(paid)
    expect(await bath(other, senior, at + 20 * minute, 'jiang-min')).toMatchObject(held)
  })

  it('are not paid both for one carer at one time', async () => {
    const at = dayTurned - 8 * hour
    expect(await bath(one, somebody(), at, 'zheng-xiuying')).toMatchObject(paid)
    expect(await bath(other, somebody(), at - 20 * minute, 'zheng-xiuying')).toMatchObject(held)
  })

  it('are paid both where one follows the other, also by clocks that differ a little', async () => {
    const [senior, at] = [somebody(), dayTurned - 6 * hour]
    expect(await bath(other, senior, at + 28 * minute, 'zheng-xiuying')).toMatchObject(paid)
    expect(await bath(one, senior, at, 'zheng-xiuying')).toMatchObject(paid)
    expect(await bath(one, senior, at + 54 * minute, 'zheng-xiuying')).toMatchObject(paid)
  })

  it('are paid the second where the first was taken back', async () => {
    const [senior, at] = [somebody(), dayTurned - 4 * hour]
    const first = await bath(one, senior, at, 'zheng-xiuying')
    const back = { of: first.ended.id, reason: 'operator', operator: null }
    await one.push([await one.sign('void', back, null, { clock: at + hour })])
    expect(await bath(other, senior, at, 'jiang-min')).toMatchObject(paid)
  })

  it('are paid both where the carer had handed over to another before', async () => {
    const [senior, at] = [somebody(), dayTurned - 2 * hour]
    const began = await bathBegins(one, senior, at, 'zheng-xiuying')
    const change = { site: one.site, of: began.id, event: 'carer', carer: 'jiang-min', rating: null, operator: null }
    const changed = await one.sign('visit-event', change, null, { clock: at + 10 * minute })
    const ended = await bathEnds(one, senior, { of: began.id, at: at + hour / 2 })
    expect((await pushedAt(one, began, changed, ended)).owed).toBe(4800)
    expect(await bath(other, somebody(), at + 12 * minute, 'zheng-xiuying')).toMatchObject(paid)
    expect(await bath(other, somebody(), at + 12 * minute, 'jiang-min')).toMatchObject(held)
  })
})
