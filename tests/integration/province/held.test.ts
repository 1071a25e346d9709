import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { decideHeld, heldRecords } from '../../../province/held.ts'
import { openKeyring } from '../../../province/keys.ts'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import { chainStart } from '../../../shared/record.ts'
import { type BoundedHouse, openBoundedHouse, today } from '../../support/bounded-house.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'

const program = new URL('../../../province/main.ts', import.meta.url).pathname
const yesterday = addDays(today, -1)

let at: BoundedHouse
let home: PaperTerminal
let away: PaperTerminal
let database: Database

beforeAll(async () => {
  at = await openBoundedHouse()
  home = await at.house.terminal()
  away = await at.house.terminal('demo-riverside')
  await at.words(home)
  database = await openDatabase(at.house.databaseUrl)
})
afterAll(async () => {
  await database.close()
  await at.house.close()
})

const by = { operator: '李主任', reason: 'asked the site' }
const decide = async (record: string, decision: 'pay' | 'refuse') =>
  await decideHeld(database, await openKeyring(database), { record, decision, ...by })
const isListed = async (record: string) => (await heldRecords(database.pool, null)).some(held => held.record === record)
const looseVoid = (till: PaperTerminal, of: string) =>
  till.sign('void', { of, reason: 'x', operator: null }, null, { at: { seq: till.head().seq, hash: chainStart } })

/** A meal of yesterday, entered today, that nobody approved. */
async function unapproved(how: 'right' | 'pending' = 'right', till = home) {
  const senior = at.someone()
  const entry = await at.meal(till, senior, how, {
    enteredOn: today,
    date: yesterday,
    held: true,
    ...(how === 'right' ? { rights: 'whole-cap' } : {}),
  })
  await at.push(till, entry)
  return { senior, entry }
}

describe('a record that waits for somebody to look', () => {
  it('is listed with what it comes to, and nothing of the person', async () => {
    const { entry } = await unapproved()
    const [listed] = (await heldRecords(database.pool, today.slice(0, 7))).filter(held => held.record === entry.id)
    expect(listed).toEqual({
      ...{ terminal: home.terminal, generation: 1, seq: entry.seq, record: entry.id, kind: 'late-entry', code: null },
      ...{ site: 'demo-canteen', servedOn: yesterday, bookedOn: yesterday, fen: 500, nobody: false },
    })
  })

  it('is paid in the month in which that is decided, by somebody with a name and a reason, once', async () => {
    const { senior, entry } = await unapproved()
    expect(await decide(entry.id, 'pay')).toEqual({ result: 'decided', fen: 500, records: 1 })
    expect(await at.money(senior)).toEqual({ city: 500 })
    expect(await at.house.rows('select booked_on from claim_line where senior_id = $1', [senior.id])).toEqual([
      { booked_on: today },
    ])
    expect(
      await at.house.rows('select decision, operator, reason, fen::int from held_decision where record_id = $1', [
        entry.id,
      ]),
    ).toEqual([{ decision: 'pay', operator: by.operator, reason: by.reason, fen: 500 }])
    expect(await isListed(entry.id)).toBe(false)
    expect([await decide(entry.id, 'refuse'), await decide(entry.id, 'pay')]).toEqual([
      { result: 'not-held' },
      { result: 'not-held' },
    ])
    expect(await at.money(senior)).toEqual({ city: 500 })
  })

  it('and was paid gives its money back like any other where it is voided', async () => {
    const { senior, entry } = await unapproved()
    await decide(entry.id, 'pay')
    expect(await at.push(home, await home.voidOf(entry.id))).toEqual(['accepted'])
    expect(await at.money(senior)).toEqual({})
  })

  it('is refused for good: no fund is asked, and what takes it back waits for nobody', async () => {
    const { senior, entry } = await unapproved()
    const before = await at.house.rows('select held::int, refused::int from claim_month where fund = $1', ['city'])
    expect(await decide(entry.id, 'refuse')).toEqual({ result: 'decided', fen: 500, records: 1 })
    expect(await isListed(entry.id)).toBe(false)
    const after = await at.house.rows('select held::int, refused::int from claim_month where fund = $1', ['city'])
    const sum = (rows: Record<string, unknown>[], name: string) =>
      rows.reduce((total, row) => total + Number(row[name]), 0)
    expect(sum(after, 'held') - sum(before, 'held')).toBe(-1)
    expect(sum(after, 'refused') - sum(before, 'refused')).toBe(1)
    const back = await home.voidOf(entry.id)
    expect(await at.push(home, back)).toEqual(['accepted'])
    expect(await isListed(back.id)).toBe(false)
    expect(await at.money(senior)).toEqual({})
  })

  it('takes along what had taken it back', async () => {
    const { senior, entry } = await unapproved()
    const back = await home.voidOf(entry.id)
    await at.push(home, back)
    expect(await isListed(back.id)).toBe(true)
    expect(await decide(back.id, 'pay')).toEqual({ result: 'decide-first', record: entry.id })
    expect(await decide(entry.id, 'pay')).toEqual({ result: 'decided', fen: 0, records: 2 })
    expect(await at.money(senior)).toEqual({})
    expect(await isListed(back.id)).toBe(false)
  })

  it('has its pending claim decided once it is to be paid, and ended where it is refused', async () => {
    const [one, other] = [await unapproved('pending', away), await unapproved('pending', away)]
    expect([await at.claim(one.entry.id), await at.claim(other.entry.id)]).toEqual(['held', 'held'])
    await decide(one.entry.id, 'pay')
    await decide(other.entry.id, 'refuse')
    expect(await at.claim(one.entry.id)).toMatch(/^(open|accepted)$/)
    expect(await at.claim(other.entry.id)).toBe('nothing-due')
  })
})

describe('a void that is doubted', () => {
  it('gives the money back once somebody says so, and never the right', async () => {
    const senior = at.someone()
    const till = home
    const sale = await at.meal(till, senior, 'right')
    await at.push(till, sale)
    const back = await looseVoid(till, sale.id)
    expect(await at.push(till, back)).toEqual(['flagged CHAIN_BROKEN'])
    expect(await decide(back.id, 'pay')).toEqual({ result: 'decided', fen: -500, records: 1 })
    expect([await at.money(senior), await at.drawn(senior)]).toEqual([{}, 1])
    expect(await at.push(till, await till.voidOf(sale.id))).toEqual(['flagged ALREADY_VOID'])
    expect(await at.money(senior)).toEqual({})
  })
})

it('a doubted void of what was given in advance ends its claim before that was decided', async () => {
  const senior = at.someone()
  const given = await at.meal(away, senior, 'advance')
  await at.push(away, given)
  const loose = await looseVoid(away, given.id)
  expect(await at.push(away, loose)).toEqual(['flagged CHAIN_BROKEN'])
  expect([await at.claim(given.id), await decide(loose.id, 'pay')]).toEqual([
    'open',
    { result: 'decided', fen: -500, records: 1 },
  ])
  await at.answerRecall(home, senior)
  expect([await at.money(senior), await at.claim(given.id), await at.drawn(senior)]).toEqual([{}, 'void', 0])
})

/** A claim that the home may pay, and a payout of it that another site's till says it made without the right. */
async function wronglyPaid() {
  const senior = at.someone()
  const sale = await at.meal(away, senior, 'pending')
  await at.push(away, sale)
  await at.answerRecall(home, senior)
  const payout = await away.madeGood(senior, sale.id, [{ fund: 'city', fen: 500 }])
  expect(await at.push(away, payout)).toEqual(['flagged RIGHT_NOT_HELD'])
  const owedAtHome = async () => {
    const word = (await at.words(home)).findLast(item => item.senior === senior.id)
    return Object.values(word?.owed ?? {}).map(({ of }) => of)
  }
  const payAtHome = async () => await at.push(home, await home.madeGood(senior, sale.id, [{ fund: 'city', fen: 500 }]))
  return { senior, sale, payout, owedAtHome, payAtHome }
}

describe('a payout that came without the right', () => {
  it('takes nothing off what is owed: once it is refused the home pays the claim', async () => {
    const { senior, sale, payout, owedAtHome, payAtHome } = await wronglyPaid()
    expect([await at.claim(sale.id), await owedAtHome()]).toEqual(['accepted', [sale.id]])
    await decide(payout.id, 'refuse')
    await at.words(home)
    expect([await payAtHome(), await at.claim(sale.id)]).toEqual([['accepted'], 'made-good'])
    expect(await at.money(senior)).toEqual({ city: 500, 'city held': 500 })
  })

  it('is the payout once it is paid: nobody is told to pay the claim, and who does all the same is held', async () => {
    const { senior, sale, payout, owedAtHome, payAtHome } = await wronglyPaid()
    await decide(payout.id, 'pay')
    expect([await at.claim(sale.id), await owedAtHome()]).toEqual(['made-good', []])
    expect(await payAtHome()).toEqual(['flagged RIGHT_NOT_HELD'])
    expect(await at.money(senior)).toEqual({ city: 500, 'city held': 500 })
  })
})

it('a payout of the right holder under a wrong clock is spent until it is refused, and can be made again then', async () => {
  const senior = at.someone()
  const till = await at.house.terminal()
  const sale = await at.meal(away, senior, 'pending')
  await at.push(away, sale)
  await at.answerRecall(home, senior)
  await till.ask({ ...{ senior: senior.id, pack: 'DEMO', generation: 1, epoch: 1 }, totals: [], debits: [] })
  const ahead = Date.now() + 60 * 3600_000
  const skewed = { clock: ahead, date: businessDateOf(ahead) }
  const payout = await till.madeGood(senior, sale.id, [{ fund: 'city', fen: 500 }], skewed)
  expect(await at.push(till, payout)).toEqual(['flagged DATE_DOUBTFUL'])
  const again = async () => await at.push(home, await home.madeGood(senior, sale.id, [{ fund: 'city', fen: 500 }]))
  expect(await at.claim(sale.id)).toBe('accepted')
  await decide(payout.id, 'refuse')
  await at.words(home)
  expect([await again(), await at.claim(sale.id)]).toEqual([['accepted'], 'made-good'])
})

it('a meal that was given in advance and entered late without approval takes its right at once', async () => {
  const senior = at.someone()
  const till = await at.house.terminal('demo-riverside')
  const sale = await at.meal(till, senior, 'advance', { enteredOn: today, date: today, held: true })
  await at.push(till, sale)
  expect(await at.drawn(senior)).toBe(1)
  await decide(sale.id, 'pay')
  expect([await at.drawn(senior), await at.money(senior)]).toEqual([1, { city: 500 }])
})

it('the command lists in words, decides, and says why it does not', async () => {
  const run = (...words: string[]) =>
    new Promise<{ code: unknown; out: string; complained: string }>(done => {
      const args = [program, 'held', '--database-url', at.house.databaseUrl, ...words]
      execFile(process.execPath, args, (error, out, complained) => done({ code: error?.code ?? 0, out, complained }))
    })
  const { entry } = await unapproved()
  expect((await run()).out).toMatch(new RegExp(`${yesterday}.*late-entry.*5\\.00.*补录未经第二人同意.*${entry.id}`))
  expect(await run('pay', entry.id)).toMatchObject({ code: 1, complained: expect.stringContaining('没有改动') })
  const decided = await run('pay', entry.id, '--operator', '李主任', '--reason', '问过站点')
  expect(decided).toMatchObject({ code: 0, out: expect.stringContaining('同意结付 5.00 元') })
  const again = await run('refuse', entry.id, '--operator', '李主任', '--reason', 'x')
  expect(again).toMatchObject({ code: 1, complained: expect.stringContaining('已经决定过') })
})
