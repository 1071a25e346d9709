import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { inputsContext } from '../../../shared/record.ts'
import { standardSuite } from '../../../shared/suite.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { openTerminalInProcess } from '../../support/terminal-in-process.ts'
import { isPriced, type Till } from '../../support/till.ts'

const members = demoSeniors().filter(
  ({ homeSite, expected, cards }) => homeSite === 'demo-canteen' && expected.fen === 600 && cards.length > 0,
)
const program = new URL('../../../province/main.ts', import.meta.url).pathname
let province: ProvinceHouse
let till: Till
let paper: PaperTerminal
let folder: string
let stop: () => Promise<void>
let next = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-province-keys-'))
  province = await openProvinceHouse({ lunchAllDay: true })
  paper = await province.terminal()
  const opened = await openTerminalInProcess({ dataDir: folder, enrolmentCode: await province.code() })
  stop = opened.stop
  till = opened.till
  const view = await till.untilTerminal(now => now.roster.members > 0 && now.menu.length > 0 && !now.roster.stale)
  const [operator] = view.operators
  if (operator) await till.client.openShift({ operator: operator.id, date: businessDateOf(Date.now()) })
}, 240_000)
afterAll(async () => {
  await stop?.()
  await province?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function eat(): Promise<string> {
  const member = members[next++]
  if (!member) throw new Error('no demo members left')
  await till.client.openDesk()
  await till.client.chooseSenior({ senior: member.id })
  await till.client.serveSenior()
  const priced = await till.untilCashier(isPriced)
  const sold = await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
  if (sold.result !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(sold)}`)
  await till.client.dismiss()
  return sold.sale.record
}

/** What the province stored of a sale: its verdict, and the number of the key that its inputs were sealed to. */
async function heard(record: string): Promise<{ verdict: unknown; sealedTo: number | undefined } | null> {
  const [row] = await province.rows(
    `select l.verdict, l.terminal_id, i.sealed from ledger l
       join sale_inputs i on i.terminal_id = l.terminal_id and i.generation = l.generation and i.seq = l.seq
      where l.record_id = $1`,
    [record],
  )
  if (row === undefined) return null
  const keys = await province.rows("select number, public_key, private_key from province_key where name = 'sealing'")
  const context = inputsContext(till.terminal().terminal)
  const opens = await Promise.all(
    keys.map(async ({ number, public_key: publicKey, private_key: privateKey }) => {
      if (!(publicKey instanceof Buffer) || !(privateKey instanceof Buffer)) throw new Error('no key')
      const plain = await standardSuite.open({ publicKey, privateKey }, fromBase64Url(String(row.sealed)), context)
      return plain === null ? [] : [Number(number)]
    }),
  )
  return { verdict: row.verdict, sealedTo: opens.flat()[0] }
}

/** Somebody eats; resolves to the number of the key that it was sealed to once the province took it. */
async function soldUnder(): Promise<number | undefined> {
  const record = await eat()
  return await vi.waitFor(
    async () => {
      const sale = await heard(record)
      expect(sale?.verdict).toBe('accepted')
      return sale?.sealedTo
    },
    { timeout: 30_000, interval: 100 },
  )
}

async function untilSoldUnder(number: number): Promise<void> {
  await vi.waitFor(
    async () => {
      await till.client.syncNow()
      expect(await soldUnder()).toBe(number)
    },
    { timeout: 60_000 },
  )
}

const rotate = async () =>
  (await promisify(execFile)(process.execPath, [program, 'keys', 'rotate', '--database-url', province.databaseUrl]))
    .stdout

it('keys that another process exchanged are taken by a till in service, and nothing of it waits', async () => {
  expect(await soldUnder()).toBe(1)
  expect(await rotate()).toContain('set 2')
  await untilSoldUnder(2)
  await till.untilTerminal(
    view => view.network.state === 'online' && view.notices.every(({ code }) => code !== 'POLICY_BAD'),
  )
})

it('packs are signed by the new key, so that a terminal that enrols now takes them', async () => {
  const other = await openTerminalInProcess({ dataDir: join(folder, 'new'), enrolmentCode: await province.code() })
  try {
    await other.till.untilTerminal(view => view.menu.length > 0 && view.roster.members > 0)
    expect(other.till.terminal().notices.map(({ code }) => code)).not.toContain('POLICY_BAD')
  } finally {
    await other.stop()
  }
})

it('a terminal that was away the while is heard, and answered under the keys it knows', async () => {
  const page = await paper.pull('province-keys', null)
  expect(page.feed === 'province-keys' && page.items.map(({ text }) => JSON.parse(text).number)).toEqual([2])
})

it('keys are exchanged again, and a till that comes from the first set takes the newest', async () => {
  expect(await rotate()).toContain('set 3')
  const page = await paper.pull('province-keys', null)
  expect(page.feed === 'province-keys' && page.items.map(({ text }) => JSON.parse(text).number)).toEqual([3])
  await untilSoldUnder(3)
})
