import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { runEvidence } from '../../../electron/core/bureau/evidence.ts'
import { runPolicyReplay } from '../../../electron/core/bureau/replay.ts'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import { parseRecord } from '../../../shared/countable.ts'
import { type AfterwardsHouse, canteenMembers, openAfterwardsHouse } from '../../support/afterwards-house.ts'

/** Meals at the end of a month and refunds in the next one. */
const [served, refunded] = ['2026-11-27', '2026-12-02']
let house: AfterwardsHouse
let work: string
const members = canteenMembers

function member(place: number) {
  const senior = members[place]
  if (senior === undefined) throw new Error('the demo has too few members')
  return senior
}

const earlierOf = async (place: number) => await house.till.client.afterwards.find({ senior: member(place).id })

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'aixin-refunds-'))
  house = await openAfterwardsHouse(served)
  await house.openShift()
  for (const place of [0, 1, 2, 3]) await house.eat(member(place))
  await house.eat(member(4), 'account')
  await house.allSent()
  house.setTo(refunded)
  await house.openShift()
}, 240_000)
afterAll(async () => {
  await house?.close()
  rmSync(work, { recursive: true, force: true })
})

describe('a sale of an earlier month', () => {
  it('is found by its date, and by its senior, with what was paid and by which tender', async () => {
    const { client } = house.till
    const onDay = await client.afterwards.find({ date: businessDateOf(Date.parse(`${served}T12:00:00+08:00`)) })
    expect(onDay.map(({ standing }) => standing)).toEqual(['open', 'open', 'open', 'open', 'open'])
    expect(await earlierOf(0)).toMatchObject([
      {
        servedOn: served,
        listFen: 1500,
        ownPayFen: 750,
        backFen: 750,
        back: [{ kind: 'cash', fen: 750 }],
        subsidies: [
          { fund: { zh: '市级财政' }, fen: 300 },
          { fund: { zh: '区级财政' }, fen: 200 },
          { fund: { zh: '街道资金' }, fen: 100 },
        ],
      },
    ])
    expect((await earlierOf(0))[0]?.record).toBe(onDay.at(-1)?.record)
  })

  it('gives its money back once, counts in the month in which that is done, and leaves the right used', async () => {
    const [sale] = await earlierOf(0)
    if (sale === undefined) throw new Error('no sale')
    const request = { sale: sale.record, reason: 'meal spoiled' as const }
    expect(await house.till.client.afterwards.refund(request)).toEqual({ result: 'done' })
    expect(await house.till.client.afterwards.refund(request)).toMatchObject({
      result: 'refused',
      notice: { code: 'SALE_ALREADY_REFUNDED' },
    })
    expect((await earlierOf(0))[0]?.standing).toBe('refunded')
    await house.allSent()
    expect(await house.claims('2026-11')).toEqual([
      { fund: 'city', served: 1500, back: 0, held: 0 },
      { fund: 'district', served: 1000, back: 0, held: 0 },
      { fund: 'street', served: 500, back: 0, held: 0 },
    ])
    expect(await house.claims('2026-12')).toEqual([
      { fund: 'city', served: 0, back: -300, held: 0 },
      { fund: 'district', served: 0, back: -200, held: 0 },
      { fund: 'street', served: 0, back: -100, held: 0 },
    ])
    expect(
      await house.province.number("select sum(amount) from counter where senior_id = $1 and limit_id = 'week'", [
        member(0).id,
      ]),
    ).toBe(1)
  })

  it('is given back to the account only while its keeper can be asked', async () => {
    const [sale] = await earlierOf(4)
    if (sale === undefined) throw new Error('no sale')
    const request = { sale: sale.record, reason: 'charged by mistake' as const }
    await house.line.cut()
    await house.till.client.syncNow()
    await house.till.untilTerminal(({ network }) => network.state === 'offline')
    expect(await house.till.client.afterwards.refund(request)).toMatchObject({
      notice: { code: 'REFUND_NEEDS_NETWORK' },
    })
    expect((await earlierOf(4))[0]?.standing).toBe('open')
    await house.line.mend()
    await house.till.client.syncNow()
    await house.till.untilTerminal(({ network }) => network.state === 'online')
    expect(await house.till.client.afterwards.refund(request)).toEqual({ result: 'done' })
  })

  it('of which the claim was still open is owed no difference any more', async () => {
    const { client } = house.till
    // On this day nobody holds rights here: a roster that is too old proves nothing.
    await house.line.cut()
    house.setTo('2026-12-12')
    await house.openShift()
    const sale = await house.eat(member(1))
    expect(sale).toMatchObject({ claimPending: true, ownPayFen: 1350 })
    expect(await client.afterwards.refund({ sale: sale.record, reason: 'meal spoiled' })).toEqual({ result: 'done' })
    await house.line.mend()
    await house.allSent()
    expect(await house.province.rows('select state from claim where record_id = $1', [sale.record])).toEqual([
      { state: 'void' },
    ])
  })

  it('that this terminal does not know is said not to be here', async () => {
    const sale = (await earlierOf(2))[0]?.record
    if (sale === undefined) throw new Error('no sale')
    const other = sale.replace(/.$/, last => (last === '0' ? '1' : '0'))
    expect(await house.till.client.afterwards.refund({ sale: other as typeof sale, reason: 'other' })).toMatchObject({
      notice: { code: 'SALE_UNKNOWN' },
    })
  })

  it('can be taken back by an undo or a refund, never by both', async () => {
    const sale = await house.eat(member(3))
    expect(await house.till.client.voidSale({ sale: sale.record })).toEqual({ result: 'done' })
    expect(await house.till.client.afterwards.refund({ sale: sale.record, reason: 'other' })).toMatchObject({
      notice: { code: 'SALE_ALREADY_VOID' },
    })
    const again = await house.eat(member(3))
    expect(await house.till.client.afterwards.refund({ sale: again.record, reason: 'other' })).toEqual({
      result: 'done',
    })
    expect(await house.till.client.voidSale({ sale: again.record })).toMatchObject({
      notice: { code: 'SALE_ALREADY_REFUNDED' },
    })
  })
})

describe('afterwards', () => {
  it('the province accepted every record, the chain verifies, and the evidence costs every fund the same under the same pack', async () => {
    await house.allSent()
    expect(await house.province.rows("select kind, code from ledger where verdict <> 'accepted'")).toEqual([])
    await house.stop()
    const settings = { dataDir: house.folder }
    const verified = await runVerify({ settings })
    expect(verified.lines.join('\n')).toMatch(/tail unproven since|末尾/)
    expect(verified.exitCode).toBe(0)
    const outFile = join(work, 'november.jsonl')
    const range = { from: served, to: addDays(businessDateOf(Date.parse(`${served}T12:00:00Z`)), 3) }
    expect(runEvidence({ settings, outFile, ...range })).toMatchObject({ exitCode: 0 })
    const kinds = readFileSync(outFile, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => parseRecord(JSON.parse(line).record)?.kind)
    expect(kinds.filter(kind => kind === 'refund')).toHaveLength(2)
    const replayed = await runPolicyReplay({ pack: 'DEMO', evidenceFile: outFile })
    expect(replayed.exitCode).toBe(0)
    const said = replayed.lines.map(line => line.replace(/ +/g, ' '))
    expect(said).toContain('市级财政 City budget (city) 9.00 9.00 0.00')
  })
})
