import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { fen, formatYuan } from '../../../shared/money.ts'
import type { CustomerView } from '../../../shared/terminal-api.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { eat } from '../../support/people.ts'
import { openSocketPrinter, type SocketPrinter } from '../../support/printer-on-a-socket.ts'
import { readReceipt } from '../../support/receipt-and-screen.ts'
import type { Till } from '../../support/till.ts'

let printer: SocketPrinter
let house: DemoHouse
let till: Till

beforeEach(async () => {
  printer = await openSocketPrinter()
})
afterEach(async () => {
  till?.close()
  await house?.close()
  await printer.close()
})

const members = demoSeniors().filter(
  ({ homeSite, cardNumber, expected, cards }) =>
    homeSite === 'demo-canteen' && cardNumber !== null && cards.length === 1 && expected.fen > 0,
)
/** A character of GBK alone, one beyond GB2312, and one that takes four bytes. */
const names = ['喆明远', '镕秀英', '𠮷喆镕']

async function renameAtProvince(id: string, name: string): Promise<void> {
  await house.province.rows(
    `update senior set body = jsonb_set(body::jsonb, '{name}', to_jsonb($2::text))::text, change = nextval('feed_change') where senior_id = $1`,
    [id, name],
  )
}

async function untilSynced(): Promise<void> {
  const before = till.terminal().roster.syncedAt ?? 0
  expect(await till.client.syncNow()).toEqual({ result: 'done' })
  await till.untilTerminal(({ roster }) => (roster.syncedAt ?? 0) > before)
}

async function publicScreen(): Promise<Extract<CustomerView['now'], { state: 'priced' | 'confirmed' }>> {
  for await (const { now } of await till.client.watchCustomer()) if (now.state === 'confirmed') return now
  throw new Error('no recorded sale on the public screen')
}

test.each([58, 80] as const)(
  'names of rare characters go from the roster feed through a sale to the bytes of a receipt on %d mm paper, as on the screen',
  async paper => {
    house = await openDemoHouse({
      printer: { tcp: { host: '127.0.0.1', port: printer.port }, paper, when: 'always' },
    })
    till = await house.openTill()
    const renamed = names.map((name, at) => {
      const senior = members[40 + at]
      if (!senior) throw new Error('no member')
      return { senior, name }
    })
    for (const { senior, name } of renamed) await renameAtProvince(senior.id, name)
    await untilSynced()
    for (const [at, { senior, name }] of renamed.entries()) {
      const { priced } = await eat(till, senior.id)
      expect(priced.person?.name).toBe(name)
      const shown = await publicScreen()
      const [surname = ''] = name
      expect(shown.surname).toBe(surname)
      const read = (await printer.untilPapers(at + 1))[at]
      if (!read) throw new Error('no paper')
      const yuan = (amount: number) => formatYuan(fen(amount))
      const [person, ...rows] = readReceipt(read)
      expect(person).toBe(`${surname}${shown.title === 'female' ? '女士' : '先生'}，${shown.set.zh}`)
      expect(rows.slice(0, 4)).toEqual([
        `原价 ${yuan(shown.listFen)}`,
        `优惠和补贴 ${yuan(shown.offFen)}`,
        `实付 ${yuan(shown.ownPayFen)}`,
        '社保卡已付',
      ])
      const paid = read.lines.filter(({ text }) => text.includes('￥')).map(({ text }) => text.split('￥')[1])
      expect(paid).toContain(yuan(shown.ownPayFen))
    }
  },
)
