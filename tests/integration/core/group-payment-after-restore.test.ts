import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { present } from '../../support/people.ts'

let house: DemoHouse

beforeAll(async () => {
  house = await openDemoHouse()
})
afterAll(() => house?.close())

it('waits as the one payment that it is where its sales came back from the province after a lost disk', async () => {
  let till = await house.openTill()
  const members = demoSeniors()
    .filter(
      ({ homeSite, cards, expected }) => homeSite === 'demo-canteen' && cards.length === 1 && expected.fen === 600,
    )
    .slice(20, 23)
  await till.client.group.start()
  for (const [place, { id }] of members.entries()) {
    const { checkIn, digest } = await present(till, id, 'card')
    expect(await till.client.confirm({ checkIn, digest })).toEqual({ result: 'listed' })
    await till.untilTerminal(({ group }) => group?.members.length === place + 1)
  }
  await till.client.group.chooseTender({ tender: 'outside' })
  const { group } = await till.untilTerminal(view => view.group?.tender === 'outside')
  expect(await till.client.group.pay({ digest: group?.digest ?? '' })).toMatchObject({ sumFen: 2250 })
  const before = await till.client.afterwards.waitingPayments()
  expect(before).toMatchObject([{ fen: 2250, group: { askedFen: 2250 } }])
  await till.untilTerminal(view => view.unsent.count === 0)
  till.close()

  await house.restart({ onEmptyDisk: true })
  till = await house.openTill()
  const money = ({ of, fen, group }: (typeof before)[number]) => ({
    ...{ of, fen, askedFen: group?.askedFen },
    sales: group?.waiting.map(sale => ({ of: sale.of, tender: sale.tender, fen: sale.fen })),
  })
  await expect
    .poll(async () => (await till.client.afterwards.waitingPayments()).map(money), { timeout: 20_000 })
    .toEqual(before.map(money))
  till.close()
})
