import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { heldCommand } from '../../../province/held-command.ts'
import { takeFileCommand } from '../../../province/take-file-command.ts'
import { usbCommand } from '../../../province/usb-command.ts'
import { siteId, terminalId } from '../../../shared/ids.ts'
import { linesIn, outName } from '../../../shared/usb.ts'
import { openOfflineTill } from '../../support/offline-till.ts'
import { enrolPaperTerminal, paperKeys } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const members = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 300)
const by = ['--confirm', '--by', '王主任', '--reason', '终端已报失又找到']

let house: ProvinceHouse
let till: Awaited<ReturnType<typeof openOfflineTill>>
let stick: string
let name: string
let next = 0
const said: string[] = []

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(text => void said.push(String(text)))
  vi.spyOn(console, 'log').mockImplementation(text => void said.push(String(text)))
  house = await openProvinceHouse({ lunchAllDay: true })
}, 120_000)
afterAll(async () => {
  await house?.close()
  vi.restoreAllMocks()
})
beforeEach(async () => {
  said.length = 0
  stick = mkdtempSync(join(tmpdir(), 'aixin-stick-'))
  const code = await house.code()
  name = code.terminal
  till = await openOfflineTill(code)
  await till.sync.round()
}, 60_000)
afterEach(async () => {
  await till?.close()
  rmSync(stick, { recursive: true, force: true })
})

const file = () => join(stick, 'aixin', outName(name))
const url = () => ['--database-url', house.databaseUrl]
const take = (...more: string[]) => takeFileCommand([file(), ...url(), ...more])
/** Members who have eaten nowhere yet; gives their sales. */
async function sell(howMany: number): Promise<string[]> {
  const sales: string[] = []
  for (let sold = 0; sold < howMany; sold += 1) sales.push(await till.sell(members[next++]?.id ?? null))
  return sales
}
async function out() {
  const result = await till.usb.out(stick)
  if (!result.ok) throw new Error(`nothing was written: ${result.notice.code}`)
}
const verdicts = async () =>
  await house.rows(
    "select verdict, code, count(*)::int as n from ledger where terminal_id = $1 and kind = 'sale' group by 1, 2",
    [name],
  )
const held = (n: number) => [{ verdict: 'flagged', code: 'BROUGHT_LATE', n }]
const lines = (what: string) =>
  house.number(`select coalesce(sum(fen), 0) from claim_line where terminal_id = $1 and ${what}`, [name])
const strikeOff = () => house.rows('update terminal set struck_off = true where terminal_id = $1', [name])
const isQuarantined = () => house.number('select count(*) from terminal where terminal_id = $1 and quarantined', [name])

describe('the file of a terminal that was struck off', () => {
  it('is shown, then taken once: its sales stand, and all that they claim is held for a person', async () => {
    const [first] = await sell(2)
    await strikeOff()
    await sell(1)
    await out()
    expect(await usbCommand([stick, ...url()])).toBe(1)
    expect(said.join()).toContain('take-file takes this file')
    expect(await take()).toBe(0)
    expect(said.join()).toMatch(/3 meals and services that are new[\s\S]*Nothing was changed/)
    expect(await verdicts()).toEqual([])
    expect(await take('--confirm')).toBe(1)

    expect(await take(...by)).toBe(0)
    expect(await verdicts()).toEqual(held(3))
    expect([await lines('held'), await lines('not held')]).toEqual([900, 0])
    const decide = ['--operator', '王主任', '--reason', '看过签单']
    expect(await heldCommand(['pay', String(first), ...url(), ...decide])).toBe(0)
    expect([await lines('held'), await lines('not held')]).toEqual([600, 300])

    expect(await take(...by)).toBe(0)
    await sell(1)
    await out()
    expect(await take(...by)).toBe(0)
    expect(await verdicts()).toEqual(held(4))
    expect([await lines('held'), await lines('not held')]).toEqual([900, 300])
    const taken = 'select operator, reason, fresh::int, known::int from taken_file where terminal_id = $1 order by at'
    const who = { operator: '王主任', reason: '终端已报失又找到' }
    expect(await house.rows(taken, [name])).toMatchObject([{ ...who, known: 0 }, { ...who, fresh: 0 }, { ...who }])
    expect(await isQuarantined()).toBe(0)
  })

  it('pays nobody’s pending claim by itself', async () => {
    await house.rows('delete from lease_state')
    await till.close()
    const code = await house.code('demo-riverside')
    name = code.terminal
    till = await openOfflineTill(code)
    await till.sync.round()
    await strikeOff()
    await sell(1)
    await out()
    expect(await take(...by)).toBe(0)
    expect(await house.rows('select state from claim where terminal_id = $1', [name])).toEqual([{ state: 'held' }])
  })
})

describe('a file from before', () => {
  it('a restore is taken and held, and shuts no terminal', async () => {
    await sell(2)
    await out()
    await house.rows("insert into watermark (terminal_id, generation, seq, hash) values ($1, 2, 1, 'x')", [name])
    expect(await usbCommand([stick, ...url()])).toBe(1)
    expect(await take(...by)).toBe(0)
    expect(await verdicts()).toEqual(held(2))
    expect(await isQuarantined()).toBe(0)
  })

  it('an enrolment anew is opened by the keys of then, and the terminal goes on under its new ones', async () => {
    await sell(2)
    await out()
    const code = await house.province.createEnrolmentCode(terminalId.parse(name), siteId.parse('demo-canteen'))
    const anew = await enrolPaperTerminal(code, await paperKeys())
    const keysNow = () => house.rows('select transport_key, ledger_key from terminal where terminal_id = $1', [name])
    const before = await keysNow()
    expect(await take(...by)).toBe(0)
    expect(await verdicts()).toEqual(held(2))
    expect(await keysNow()).toEqual(before)
    expect((await anew.pull('site', null)).items).toHaveLength(1)
  })
})

describe('nothing is taken of a file', () => {
  it('of a terminal in service, which brings it itself', async () => {
    await sell(1)
    await out()
    expect(await take(...by)).toBe(1)
    expect(said.join()).toContain('请照常用 usb')
    expect(await verdicts()).toEqual([])
  })

  it('that was changed, is cut off, or lacks records before it', async () => {
    await sell(1)
    await out()
    await strikeOff()
    const whole = readFileSync(file(), 'utf8')
    const texts: string[] = []
    for await (const { text } of linesIn(createReadStream(file(), { encoding: 'utf8' }))) texts.push(text)
    writeFileSync(
      file(),
      whole.replace(/"body":"(.)/, (_, letter) => `"body":"${letter === 'A' ? 'B' : 'A'}`),
    )
    expect(await take(...by)).toBe(1)
    writeFileSync(file(), `${texts.slice(0, -1).join('\n')}\n`)
    expect(await take(...by)).toBe(1)
    writeFileSync(file(), whole)
    await house.rows('delete from ledger where terminal_id = $1', [name])
    await house.rows('update watermark set seq = 0 where terminal_id = $1', [name])
    expect(await take(...by)).toBe(1)
    expect(said.filter(text => /没有收下|中间缺/.test(text))).toEqual([
      expect.stringContaining('文件被改过'),
      expect.stringContaining('文件不完整'),
      expect.stringContaining('平台收到 0'),
    ])
    expect(await verdicts()).toEqual([])
  })
})
