import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { runEvidence } from '../../../electron/core/bureau/evidence.ts'
import { runPolicyReplay } from '../../../electron/core/bureau/replay.ts'
import type { Approval, LateMeal, LateView } from '../../../shared/afterwards-api.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { parseRecord } from '../../../shared/countable.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { type AfterwardsHouse, canteenMembers, openAfterwardsHouse } from '../../support/afterwards-house.ts'

/** A power cut on the last Sunday of November; the paper list is typed in on 2 December, by the first of three operators. */
const [cut, today] = ['2026-11-29', '2026-12-02']
const pin = '482915'
let house: AfterwardsHouse
let work: string
let second: Approval

function member(place: number) {
  const senior = canteenMembers[place]
  if (senior === undefined) throw new Error('the demo has too few members')
  return senior
}

const mealOf = (place: number, change: Partial<LateMeal> = {}): LateMeal => ({
  ...{ servedOn: businessDate.parse(cut), meal: 'lunch', senior: member(place).id, set: 'A', tender: 'cash' },
  ...change,
})

async function price(meal: LateMeal): Promise<LateView> {
  const answer = await house.till.client.afterwards.priceLate(meal)
  if (answer.result !== 'priced') throw new Error(`not priced: ${JSON.stringify(answer)}`)
  return answer.late
}

async function enter({ entry, digest }: LateView, approval: Approval | null = second) {
  return await house.till.client.afterwards.enterLate({ entry, digest, reason: 'power cut', approval })
}

/** The late entries that the province holds. */
async function heard(): Promise<Extract<LedgerRecord, { kind: 'late-entry' }>[]> {
  await house.allSent()
  const rows = await house.province.rows("select record from ledger where kind = 'late-entry' order by seq")
  return rows.flatMap(({ record }) => {
    const read = parseRecord(String(record))
    return read?.kind === 'late-entry' ? [read] : []
  })
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'aixin-late-'))
  house = await openAfterwardsHouse('2026-11-27')
  await house.openShift(1)
  await house.eat(member(5))
  expect(await house.till.client.afterwards.setPin({ pin: '111111' })).toMatchObject({ notice: { code: 'PIN_EASY' } })
  expect(await house.till.client.afterwards.setPin({ pin })).toEqual({ result: 'done' })
  house.setTo(today)
  await house.openShift(0)
  await house.allSent()
  const { own, others } = await house.till.client.afterwards.approvers()
  expect([own?.pin, ...others.map(other => other.pin)]).toEqual(['none', 'set', ...others.slice(1).map(() => 'none')])
  const [approver] = others
  if (approver === undefined) throw new Error('the site has one operator')
  second = { operator: approver.operator, pin }
}, 240_000)
afterAll(async () => {
  await house?.close()
  rmSync(work, { recursive: true, force: true })
})

describe('a meal that was served in a power cut', () => {
  it('is priced by the rules and rights of that day, made today, and counts for that day in the claims of its month', async () => {
    const late = await price(mealOf(0))
    expect(late).toMatchObject({ listFen: 1500, subsidyFen: 600, ownPayFen: 750, pendingFen: 0, attention: [] })
    expect(await enter(late)).toMatchObject({ result: 'recorded', held: false })
    const [record] = await heard()
    expect(record).toMatchObject({
      businessDate: today,
      payload: {
        ...{ servedOn: cut, reason: 'power cut', approver: second.operator, held: false },
        sale: {
          ...{ meal: 'lunch', means: 'manual', assurance: 'presented', ownPayFen: 750 },
          debits: [{ label: `${cut}/lunch` }, { label: '2026-W48' }],
        },
      },
    })
    expect(await house.claims('2026-11')).toMatchObject([
      { fund: 'city', served: 600, held: 0 },
      { fund: 'district', served: 400, held: 0 },
      { fund: 'street', served: 200, held: 0 },
    ])
    expect(await house.claims('2026-12')).toEqual([])
  })

  it('is recorded once, however often it is asked for', async () => {
    const late = await price(mealOf(1))
    const answers = [await enter(late), await enter(late), await enter(late)]
    expect(answers).toEqual(answers.map(() => ({ result: 'recorded', record: late.entry, held: false })))
    expect((await heard()).filter(({ id }) => String(id) === late.entry)).toHaveLength(1)
  })

  it('without a second person is held: counted apart until somebody has looked', async () => {
    expect(await enter(await price(mealOf(2)), null)).toMatchObject({ held: true })
    await house.allSent()
    expect(await house.claims('2026-11')).toMatchObject([{ held: 300 }, { held: 200 }, { held: 100 }])
  })

  it('is approved by nobody but another member of staff, with their own PIN', async () => {
    const late = await price(mealOf(3))
    const { own } = await house.till.client.afterwards.approvers()
    if (own === null) throw new Error('nobody is on shift')
    const codes = async (approval: Approval) => {
      const answer = await enter(late, approval)
      return answer.result === 'refused' ? answer.notice.code : answer.result
    }
    expect(await codes({ ...second, operator: own.operator })).toBe('APPROVER_SAME')
    expect(await codes({ ...second, operator: 'nobody' as typeof own.operator })).toBe('OPERATOR_UNKNOWN')
    expect(await codes({ ...second, pin: '482916' })).toBe('STAFF_PIN_WRONG')
    expect((await heard()).filter(({ id }) => String(id) === late.entry)).toEqual([])
    expect(await codes(second)).toBe('recorded')
  })

  it('of somebody who ate then at the till is priced under the limit of that meal, and said to be there already', async () => {
    const late = await price(mealOf(5, { servedOn: businessDate.parse('2026-11-27') }))
    expect(late.subsidyFen).toBe(0)
    expect(late.attention.map(({ code }) => code)).toEqual(['LATE_ALREADY', 'LIMIT_MEAL'])
  })

  it('of a guest costs the list price and touches no limit', async () => {
    const late = await price(mealOf(0, { senior: null }))
    expect(late).toMatchObject({ listFen: 1500, ownPayFen: 1500, subsidyFen: 0, name: null })
  })
})

describe('no entry is made', () => {
  const refusals: [string, () => Partial<LateMeal>, string][] = [
    ['for a day that is too long ago', () => ({ servedOn: businessDate.parse('2026-11-24') }), 'LATE_TOO_OLD'],
    ['for a day to come', () => ({ servedOn: businessDate.parse('2026-12-30') }), 'LATE_NOT_YET'],
    [
      'for a meal of today that has not begun',
      () => ({ servedOn: house.till.terminal().businessDate, meal: 'dinner' }),
      'LATE_NOT_YET',
    ],
    [
      'for a person who is not on the roster',
      () => ({ senior: 'f'.repeat(32) as LateMeal['senior'] }),
      'SENIOR_UNKNOWN',
    ],
    ['for a guest on a card account', () => ({ senior: null, tender: 'account' }), 'GUEST_ACCOUNT'],
  ]
  it.each(refusals)('%s', async (_, change, code) => {
    expect(await house.till.client.afterwards.priceLate(mealOf(7, change()))).toMatchObject({
      result: 'refused',
      notice: { code },
    })
  })

  it('of what was not priced last', async () => {
    const late = await price(mealOf(7, { servedOn: house.till.terminal().businessDate }))
    await price(mealOf(8, { servedOn: house.till.terminal().businessDate }))
    expect(await enter(late)).toMatchObject({ result: 'refused', notice: { code: 'LATE_GONE' } })
  })
})

describe('a meal whose rights this terminal cannot prove', () => {
  it('is entered at the price without subsidy, and the province has a claim to decide', async () => {
    await house.line.cut()
    await house.till.client.syncNow()
    await house.till.untilTerminal(({ network }) => network.state === 'offline')
    // The roster is older than a town's may be.
    house.setTo('2026-12-13')
    await house.openShift(0)
    const late = await price(mealOf(6, { servedOn: businessDate.parse('2026-12-12') }))
    expect(late).toMatchObject({ subsidyFen: 0, pendingFen: 600, ownPayFen: 1350 })
    expect(late.attention.map(({ code }) => code)).toContain('ROSTER_STALE')
    expect(await enter(late)).toMatchObject({ result: 'recorded' })
    await house.line.mend()
    await house.allSent()
    const claims = await house.province.rows('select state, business_date from claim where record_id = $1', [
      late.entry,
    ])
    expect(claims).toEqual([{ state: expect.stringMatching(/^(open|accepted)$/), business_date: '2026-12-12' }])
  })
})

describe('afterwards', () => {
  it('the chain verifies, and the evidence of November prices every late entry anew to the same amounts', async () => {
    await house.allSent()
    const doubted = await house.province.rows("select kind, code from ledger where verdict <> 'accepted'")
    expect(doubted).toEqual([])
    await house.stop()
    const settings = { dataDir: house.folder }
    expect(await runVerify({ settings })).toMatchObject({ exitCode: 0 })
    const outFile = join(work, 'november.jsonl')
    const range = { from: businessDate.parse('2026-11-01'), to: businessDate.parse('2026-11-30') }
    expect(runEvidence({ settings, outFile, ...range })).toMatchObject({ exitCode: 0 })
    expect(await runVerify({ file: outFile })).toMatchObject({ exitCode: 0 })
    const kinds = readFileSync(outFile, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => parseRecord(JSON.parse(line).record)?.kind)
    expect(kinds.filter(kind => kind === 'late-entry')).toHaveLength(4)
    const replayed = await runPolicyReplay({ pack: 'DEMO', evidenceFile: outFile })
    expect(replayed.exitCode).toBe(0)
    expect(replayed.lines.map(line => line.replace(/ +/g, ' '))).toContain(
      '市级财政 City budget (city) 15.00 15.00 0.00',
    )
  })
})
