import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { seniorLease } from '../../../shared/leases/senior-lease.ts'
import type { PushItem } from '../../../shared/province-api.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { packJson, soundPack, subsidyStep, words } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

/** docs/leases.md: what an older generation drew is not given back to the next; it comes free for whoever asks. */
const today = businessDateOf(Date.now())
const month = `month|${today.slice(0, 7)}`
const text = JSON.stringify(
  packJson([subsidyStep('city', 500, { limits: ['meal', 'month'] })], {
    limits: [
      { id: 'meal', period: 'meal', unit: 'count', cap: 1 },
      { id: 'month', period: 'month', unit: 'fen', cap: 1600 },
    ],
    pack: { id: 'DEMO', area: 'DEMO', funds: [{ id: 'city', title: words('city'), source: 'public' }] },
  }),
)
const pack = soundPack(JSON.parse(text))
let house: ProvinceHouse
let till: PaperTerminal
let other: PaperTerminal
let senior: DemoSenior

beforeAll(async () => {
  house = await openProvinceHouse()
  await house.province.publishPolicy(text)
  till = await house.terminal('demo-riverside')
  other = await house.terminal('demo-riverside')
  const found = demoSeniors().find(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length === 1)
  if (found === undefined) throw new Error('the demo has no such member')
  senior = found
})
afterAll(() => house.close())

const said = async (items: PushItem[], generation: number) =>
  (await till.push(items, generation)).verdicts.map(({ verdict }) => verdict)

/** Asks for one meal of 5.00, and `fen` of the month. */
async function ask(of: PaperTerminal, meal: string, generation: number, fen: number) {
  const one = { limit: 'meal', label: `${today}/${meal}`, amount: 1 }
  const ofMonth = { limit: 'month', label: today.slice(0, 7) }
  return await of.ask({
    ...{ senior: senior.id, pack: 'DEMO', generation, epoch: 1 },
    totals: [one, { ...ofMonth, amount: fen }],
    debits: [one, { ...ofMonth, amount: 500 }],
  })
}
const eaten = (meal: string) => ({ meal, pack, rights: { [`meal|${today}/${meal}`]: 1, [month]: 500 } }) as const

it('a void in a new generation of a sale of the lost one gives the new lease nothing back', async () => {
  await ask(till, 'lunch', 1, 500)
  const lunch = await till.sale(senior, { ...eaten('lunch'), meal: 'lunch' })
  expect(await said([lunch], 1)).toEqual(['accepted'])
  const { seq, hash } = till.head()
  const begin = await till.sign(
    'key-change',
    {
      ...{ reason: 'restored', ledgerKey: toBase64Url(till.keys.ledger.publicKey) },
      lastHead: { generation: 1, seq, hash },
    },
    null,
    { generation: 2, at: { seq: 0, hash } },
  )
  expect(await said([begin], 2)).toEqual(['accepted'])
  await ask(till, 'dinner', 2, 500)
  const at = till.head()
  const draft = await till.sale(senior, { ...eaten('dinner'), meal: 'dinner' })
  const dinner = await till.sign('sale', JSON.parse(draft.record).payload, null, { generation: 2, at, id: draft.id })
  const back = await till.sign('void', { of: lunch.id, reason: 'x', operator: null }, null, { generation: 2 })
  expect(await said([{ ...dinner, inputs: draft.inputs }, back], 2)).toEqual(['accepted', 'accepted'])
  const rows = await house.rows("select body from lease_state where senior_id = $1 and pack_id = 'DEMO'", [senior.id])
  const { rights } = seniorLease.parse(JSON.parse(String(rows[0]?.body)))
  expect(rights.settled[month]).toBe(500)
  expect(rights.holders[`${till.terminal}#2`]?.lines[month]).toEqual({ granted: 500, used: 500, released: 0 })
})

it('and what came free is there for another till', async () => {
  const { word } = await ask(other, 'breakfast', 1, 1000)
  expect(word?.grant.totals[month]).toBe(1000)
})
