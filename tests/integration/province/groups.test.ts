import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

let house: ProvinceHouse
const seniors = demoSeniors()
  .filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
  .values()

beforeAll(async () => {
  house = await openProvinceHouse()
})
afterAll(() => house.close())

async function twoSales(terminal: PaperTerminal) {
  const sale = async () => {
    const { value } = seniors.next()
    if (!value) throw new Error('no senior left for this test')
    return await terminal.sale(value)
  }
  return [await sale(), await sale()] as const
}

const group = (terminal: PaperTerminal, sales: readonly string[], other: { tender?: string; sumFen?: number } = {}) =>
  terminal.sign(
    'group',
    { site: 'demo-canteen', sales, tender: 'account', sumFen: 1500, operator: null, shift: null, ...other },
    null,
  )

async function outcomes(terminal: PaperTerminal, items: Parameters<PaperTerminal['push']>[0]) {
  return (await terminal.push(items)).verdicts.map(({ verdict, code }) => code ?? verdict)
}

test('what one payer paid is taken where its sales come to it, in one push or an earlier one', async () => {
  const terminal = await house.terminal()
  const [one, other] = await twoSales(terminal)
  expect(await outcomes(terminal, [one, other])).toEqual(['accepted', 'accepted'])
  expect(await outcomes(terminal, [await group(terminal, [one.id, other.id])])).toEqual(['accepted'])
  const more = await twoSales(terminal)
  const items = [
    ...more,
    await group(
      terminal,
      more.map(({ id }) => id),
    ),
  ]
  expect(await outcomes(terminal, items)).toEqual(['accepted', 'accepted', 'accepted'])
})

test.each([
  ['another sum', { sumFen: 1499 }, 'AMOUNTS_DIFFER'],
  ['another tender', { tender: 'cash' }, 'AMOUNTS_DIFFER'],
] as const)('one that says %s is flagged, and its sales stand', async (_, other, code) => {
  const terminal = await house.terminal()
  const sales = await twoSales(terminal)
  const items = [
    ...sales,
    await group(
      terminal,
      sales.map(({ id }) => id),
      other,
    ),
  ]
  expect(await outcomes(terminal, items)).toEqual(['accepted', 'accepted', code])
})

test('one that names what is no sale, or one sale twice, is flagged', async () => {
  const terminal = await house.terminal()
  const [one, other] = await twoSales(terminal)
  const first = await group(terminal, [one.id, one.id])
  const second = await group(terminal, [one.id, first.id])
  expect(await outcomes(terminal, [one, other, first, second])).toEqual([
    ...['accepted', 'accepted', 'UNKNOWN_RECORD', 'UNKNOWN_RECORD'],
  ])
})
