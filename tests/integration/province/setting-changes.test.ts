import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { operatorId, siteId } from '../../../shared/ids.ts'
import type { SettingChange } from '../../../shared/setting-change.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { canteen, lead, line } from '../../support/setting-kit.ts'

describe('what the province takes of a site’s own settings', () => {
  let house: ProvinceHouse
  const seniors = demoSeniors()
    .filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
    .values()
  beforeAll(async () => {
    house = await openProvinceHouse()
  })
  afterAll(() => house.close())

  /** A price that no other test of the file sets. */
  let nextFen = 1700
  const freshPrice = () => (nextFen += 100)
  const now = Date.now()

  async function sale(terminal: PaperTerminal, listFen: number, at = now) {
    const { value } = seniors.next()
    if (!value) throw new Error('no senior left for this test')
    return await terminal.sale(value, { listFen, at })
  }
  const change = (priceFen: number, other: Partial<SettingChange> = {}) => ({
    ...{
      site: canteen().id,
      what: 'menu',
      subject: 'A',
      before: line(1500),
      after: line(priceFen),
      from: now,
      operator: lead,
    },
    ...other,
  })
  const sign = (terminal: PaperTerminal, payload: unknown, clock = now) =>
    terminal.sign('setting-change', payload, null, { clock })
  async function outcomes(terminal: PaperTerminal, items: Parameters<PaperTerminal['push']>[0]) {
    return (await terminal.push(items)).verdicts.map(({ verdict, code }) => code ?? verdict)
  }

  test('a price counts from its place in the ledger on, in one push too', async () => {
    const [terminal, fen] = [await house.terminal(), freshPrice()]
    const items = [await sale(terminal, fen), await sign(terminal, change(fen)), await sale(terminal, fen)]
    expect(await outcomes(terminal, items)).toEqual(['PRICE_UNKNOWN', 'accepted', 'accepted'])
  })

  test('another till of the site may sell at it, but not for a time before it began', async () => {
    const [first, second, fen] = [await house.terminal(), await house.terminal(), freshPrice()]
    await first.push([await sign(first, change(fen))])
    expect(await outcomes(second, [await sale(second, fen, now - 60_000), await sale(second, fen)])).toEqual([
      'PRICE_UNKNOWN',
      'accepted',
    ])
  })

  test('tomorrow’s price is none today', async () => {
    const [terminal, fen] = [await house.terminal(), freshPrice()]
    const items = [await sign(terminal, change(fen, { from: now + 86_400_000 })), await sale(terminal, fen)]
    expect(await outcomes(terminal, items)).toEqual(['accepted', 'PRICE_UNKNOWN'])
  })

  test.each([
    ['by somebody who is no lead', { operator: operatorId.parse('he-ping') }, 'NOT_APPROVED'],
    ['by somebody whom the site does not know', { operator: operatorId.parse('nobody') }, 'NOT_APPROVED'],
    ['of another site', { site: siteId.parse('demo-riverside') }, 'NOT_APPROVED'],
    ['that reaches back', { from: now - 1 }, 'DATE_DOUBTFUL'],
  ] as const)('a change %s is flagged and sets no price', async (_, other, code) => {
    const [terminal, fen] = [await house.terminal(), freshPrice()]
    const items = [await sign(terminal, change(fen, other)), await sale(terminal, fen)]
    expect(await outcomes(terminal, items)).toEqual([code, 'PRICE_UNKNOWN'])
  })

  test('whoever was made a lead may set prices from then on', async () => {
    const [terminal, fen] = [await house.terminal(), freshPrice()]
    const heping = operatorId.parse('he-ping')
    const before = { name: '何平', role: 'cashier', on: true }
    const made = { site: canteen().id, what: 'operator', subject: heping, before, after: { ...before, role: 'lead' } }
    const items = [
      await sign(terminal, { ...made, from: now, operator: lead }),
      await sign(terminal, change(fen, { operator: heping })),
    ]
    expect(await outcomes(terminal, items)).toEqual(['accepted', 'accepted'])
  })

  test('whoever came to the staff approves late entries from then on, until they are switched off', async () => {
    const terminal = await house.terminal()
    const subject = operatorId.parse('newcomer')
    const is = (on: boolean) => ({ name: '新来', role: 'cashier', on })
    const turn = (before: unknown, on: boolean, at: number) => {
      const about = { site: canteen().id, what: 'operator', subject, before, after: is(on) }
      return sign(terminal, { ...about, from: at, operator: lead }, at)
    }
    const entry = async (at = now) => {
      const { value } = seniors.next()
      if (!value) throw new Error('no senior left for this test')
      return await terminal.sale(value, { enteredOn: businessDateOf(now), at, approver: subject })
    }
    const [came, went] = [now, now + 1]
    const items = [
      ...[await entry(), await turn(null, true, came), await entry()],
      ...[await turn(is(true), false, went), await entry(went)],
    ]
    expect(await outcomes(terminal, items)).toEqual([
      ...['NOT_APPROVED', 'accepted', 'accepted', 'accepted', 'NOT_APPROVED'],
    ])
  })

  test('the site’s document brings what was taken to every till, and what is of one screen to none', async () => {
    const [terminal, fen] = [await house.terminal(), freshPrice()]
    const { cursor } = await terminal.pull('site', null)
    const screen = { site: canteen().id, what: 'contrast', subject: null, before: 'normal', after: 'high' }
    await terminal.push([
      await sign(terminal, change(fen)),
      await sign(terminal, change(freshPrice(), { operator: operatorId.parse('nobody') })),
      await sign(terminal, { ...screen, from: now, operator: lead }),
    ])
    const page = await (await house.terminal()).pull('site', cursor)
    const told = page.feed === 'site' ? (page.items[0]?.changes ?? []) : []
    expect(told.filter(({ change: { what } }) => what === 'contrast')).toEqual([])
    expect(told.filter(({ change: one }) => one.operator === 'nobody')).toEqual([])
    expect(told.map(({ change: one }) => (one.what === 'menu' ? one.after?.priceFen : null))).toContain(fen)
  })
})
