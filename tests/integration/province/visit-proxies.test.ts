import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { type RecordId, recordId } from '../../../shared/ids.ts'
import { proxyIdOf } from '../../../shared/proxy.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

/** A terminal whose program is not ours may say that a proxy vouched for anybody, of anything. */

let house: ProvinceHouse
let terminal: PaperTerminal
const neighbour = proxyIdOf('周建平', '4412')
const members = demoSeniors().filter(
  ({ homeSite, proxies = [] }) => homeSite === 'demo-canteen' && proxies.some(({ id }) => id === neighbour),
)
const [senior, other] = members
if (!senior || !other) throw new Error('too few demo members with a proxy')
const byName = { means: 'manual', assurance: 'presented' } as const

beforeAll(async () => {
  house = await openProvinceHouse()
})
beforeEach(async () => {
  terminal = await house.terminal()
})
afterAll(() => house?.close())

/** A bath of the senior begins, whom staff found by name unless it says otherwise. */
const begins = (shown: { means: string; assurance: string } = byName, by = terminal) =>
  by.sign(
    'visit-in',
    {
      ...{ site: by.site, senior: by.refOf(senior), ...shown, device: null, deviceEvent: null },
      ...{ carer: 'wu-cuilan', service: 'bathing', order: null, operator: null },
      location: { evidence: 'unproven', reference: null },
    },
    null,
  )

async function verdicts(...items: Parameters<PaperTerminal['push']>[0]) {
  return (await terminal.push(items)).verdicts.map(({ verdict, code }) => code ?? verdict)
}

test('a proxy of the roster who vouched for whom staff had found by name is taken, in one push or a later one', async () => {
  const [first, second] = [await begins(), await begins()]
  expect(await verdicts(first, second, await terminal.vouched(senior, second.id, neighbour))).toEqual([
    ...['accepted', 'accepted', 'accepted'],
  ])
  expect(await verdicts(await terminal.vouched(senior, first.id, neighbour))).toEqual(['accepted'])
})

test('one that names no record, no visit, or the visit of another terminal is flagged', async () => {
  const away = await house.terminal()
  const elsewhere = await begins(byName, away)
  await away.push([elsewhere])
  const nothing: RecordId = recordId.parse('019a0000-0000-7000-8000-000000000000')
  const sale = await terminal.sale(other)
  const items = [
    ...[sale, await terminal.vouched(senior, nothing, neighbour), await terminal.vouched(other, sale.id, neighbour)],
    await terminal.vouched(senior, elsewhere.id, neighbour),
  ]
  expect(await verdicts(...items)).toEqual(['accepted', 'UNKNOWN_RECORD', 'UNKNOWN_RECORD', 'UNKNOWN_RECORD'])
})

test.each([
  ['of another senior', byName, { of: other }],
  ['of another site', byName, { site: 'demo-riverside' }],
  ['beside a card', { means: 'card', assurance: 'presented' }, {}],
  ['beside staff who compared', { means: 'manual', assurance: 'verified' }, {}],
] as const)(
  'one %s is flagged, and the visit stands',
  async (_, shown, { of = senior, ...said }: { of?: typeof senior; site?: string }) => {
    const began = await begins(shown)
    expect(await verdicts(began, await terminal.vouched(of, began.id, neighbour, said))).toEqual([
      ...['accepted', 'IDENTITY_DOUBTFUL'],
    ])
  },
)

test('who is not registered for the senior is flagged', async () => {
  const began = await begins()
  const stranger = proxyIdOf('陌生人', '0001')
  expect(await verdicts(began, await terminal.vouched(senior, began.id, stranger))).toEqual([
    'accepted',
    'PROXY_UNKNOWN',
  ])
})
