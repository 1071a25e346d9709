import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { carry } from '../../../electron/core/usb/carry.ts'
import { openDatabase } from '../../../province/database.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { openKeyring } from '../../../province/keys.ts'
import { usbCommand } from '../../../province/usb-command.ts'
import { envelope, wrap } from '../../../shared/envelope.ts'
import { seniorId } from '../../../shared/ids.ts'
import { provinceName } from '../../../shared/province-api.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { backName, outName, receiptName } from '../../../shared/usb.ts'
import { openOfflineTill } from '../../support/offline-till.ts'
import { shippedPack } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const members = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
const day = 86_400_000
const monday = Date.parse('2026-11-16T11:30:00+08:00')

let house: ProvinceHouse
let till: Awaited<ReturnType<typeof openOfflineTill>>
let stick: string
let name: string

beforeAll(async () => {
  vi.spyOn(console, 'error').mockReturnValue()
  vi.spyOn(console, 'log').mockReturnValue()
  vi.useFakeTimers({ toFake: ['Date'], now: monday })
  house = await openProvinceHouse({ lunchAllDay: true })
  await house.rows(`update site set body = jsonb_set(body::jsonb, '{leaseClass}', '"village"')::text`)
}, 120_000)
afterAll(async () => {
  await house?.close()
  vi.useRealTimers()
  vi.restoreAllMocks()
})
beforeEach(async () => {
  vi.setSystemTime(monday)
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

const onStick = (file: string, at = stick) => join(at, 'aixin', file)
const atProvince = (folder = stick) => usbCommand([folder, '--database-url', house.databaseUrl])
const sales = () => house.number("select count(*) from ledger where terminal_id = $1 and kind = 'sale'", [name])
const verdicts = async () =>
  (await house.rows('select distinct verdict from ledger where terminal_id = $1', [name])).map(row => row.verdict)

/** Some days in the village: the same few people eat every day. */
async function live(days: number, people: number): Promise<void> {
  for (let past = 0; past < days; past += 1) {
    vi.setSystemTime(Date.now() + day)
    for (const member of members.slice(0, people)) await till.sell(member.id)
  }
}

async function out(folder = stick) {
  const result = await till.usb.out(folder)
  if (!result.ok) throw new Error(`nothing was written: ${result.notice.code}`)
  return result
}
async function back(folder = stick) {
  const result = await till.usb.back(folder)
  if (!result.ok) throw new Error(`nothing was taken: ${result.notice.code}`)
  return result
}
const refusal = async (folder = stick) => {
  const result = await till.usb.back(folder)
  return result.ok ? 'taken' : result.notice.code
}

describe('a village without a network', () => {
  // First of all: the leases of the site are held by the first terminal that asked for them.
  it('sells for days, and one trip of a stick brings all records there and all news back', async () => {
    await live(3, 20)
    const [moved, stays] = members
    if (!moved || !stays) throw new Error('no members')
    const demo = shippedPack('DEMO')
    await house.province.publishPolicy(JSON.stringify({ ...demo, title: { zh: '新的规则', en: 'New rules' } }))
    await house.rows("update senior set gone = true, change = nextval('feed_change') where senior_id = $1", [moved.id])
    const ahead = () => till.held(stays.id, 'DEMO')?.held.ahead
    const before = ahead()
    // Three weeks on, the village may hold the next period too.
    vi.setSystemTime(monday + 21 * day)

    expect(await out()).toMatchObject({ records: 60, left: 0 })
    expect(await atProvince()).toBe(0)
    expect(await sales()).toBe(60)
    expect(await verdicts()).toEqual(['accepted'])
    expect(till.sync.view().unsent.count).toBe(60)

    const { brought } = await back()
    expect(brought).toMatchObject({ upToDate: true, forked: false })
    expect(till.sync.view()).toMatchObject({ unsent: { count: 0 }, notices: [] })
    expect(till.acknowledged()).toBe(till.head())
    expect(till.policy()?.pack.title.zh).toBe('新的规则')
    expect(till.roster.bySenior(moved.id)).toBeNull()
    expect(before).toMatchObject({})
    expect(ahead()).not.toEqual(before)
    expect(till.sync.view().rosterSyncedAt).toBe(monday + 21 * day)
  }, 120_000)

  it('a second trip with nothing new is fine, and says so', async () => {
    await live(1, 5)
    for (const expected of [5, 0]) {
      expect((await out()).records).toBe(expected)
      expect(await atProvince()).toBe(0)
      await back()
    }
    expect(till.sync.view().unsent.count).toBe(0)
    expect(await sales()).toBe(5)
  }, 60_000)

  it('a stick that is lost between, found again and brought late doubles nothing', async () => {
    await live(1, 10)
    const lost = mkdtempSync(join(tmpdir(), 'aixin-lost-'))
    try {
      await out(lost)
      await live(1, 10)
      expect((await out()).records).toBe(20)
      expect(await atProvince()).toBe(0)
      await back()
      expect(await sales()).toBe(20)
      await live(1, 10)
      expect(await atProvince(lost)).toBe(0)
      await back(lost)
      expect(await sales()).toBe(20)
      expect(till.sync.view().unsent.count).toBe(10)
      await out()
      await atProvince()
      await back()
      expect([await sales(), till.sync.view().unsent.count, await verdicts()]).toEqual([30, 0, ['accepted']])
    } finally {
      rmSync(lost, { recursive: true, force: true })
    }
  }, 120_000)

  it('records that went by network meanwhile are not sent back or doubled', async () => {
    await live(1, 10)
    await out()
    await till.sync.round()
    expect(await sales()).toBe(10)
    await live(1, 4)
    expect(await atProvince()).toBe(0)
    await back()
    expect([await sales(), till.sync.view().unsent.count]).toEqual([10, 4])
  }, 60_000)

  it('an answer that is read twice changes nothing', async () => {
    await live(1, 5)
    await out()
    await atProvince()
    await back()
    const feeds = () => [till.acknowledged(), till.head(), till.sync.view().rosterSyncedAt, till.roster.members()]
    const once = feeds()
    const { brought } = await back()
    expect(brought).toMatchObject({ acknowledged: 0, items: 0 })
    expect(feeds()).toEqual(once)
  }, 60_000)

  it('a till with a network carries the stick of another, and sees nothing of what is inside', async () => {
    await live(1, 5)
    await out()
    expect((await carry(stick, house.province.address)).exitCode).toBe(0)
    await back()
    expect([await sales(), till.sync.view().unsent.count]).toEqual([5, 0])
    const text = readFileSync(onStick(outName(name)), 'utf8')
    expect([text.includes('sale'), text.includes(members[0]?.id ?? '')]).toEqual([false, false])
  }, 60_000)
})

describe('the answer on a stick is refused, and nothing of it is taken,', () => {
  async function answered() {
    await live(1, 5)
    await out()
    expect(await atProvince()).toBe(0)
    return onStick(backName(name))
  }
  const nothingTaken = () => expect(till.sync.view().unsent.count).toBe(5)

  it('where the stick has not been to the province', async () => {
    expect(await refusal()).toBe('USB_EMPTY')
    await out()
    expect(await refusal()).toBe('USB_NOT_ANSWERED')
  })

  it('where it is for another terminal', async () => {
    const mine = await answered()
    copyFileSync(mine, onStick('other.from-province.aixin'))
    rmSync(mine)
    rmSync(onStick(outName(name)))
    expect(await refusal()).toBe('USB_OTHER_TERMINAL')
    const other = await openOfflineTill(await house.code())
    try {
      await other.sync.round()
      const theirs = other.sync.enrolment()?.terminal ?? ''
      copyFileSync(onStick('other.from-province.aixin'), onStick(backName(theirs)))
      expect(await other.usb.back(stick)).toMatchObject({
        ok: false,
        notice: { code: 'USB_OTHER_TERMINAL', values: { terminal: name } },
      })
    } finally {
      await other.close()
    }
    nothingTaken()
  })

  it('where one byte of any line is another', async () => {
    const path = await answered()
    const whole = readFileSync(path)
    const ends = [...whole.entries()].flatMap(([at, byte]) => (byte === 10 ? [at] : []))
    for (const end of ends) {
      const changed = Buffer.from(whole)
      changed[end - 200] = changed[end - 200] === 65 ? 66 : 65
      writeFileSync(path, changed)
      expect(await refusal()).toBe('USB_DAMAGED')
    }
    nothingTaken()
    writeFileSync(path, whole)
    expect(await refusal()).toBe('taken')
  })

  it('where it is cut off, in a line or between two', async () => {
    const path = await answered()
    const whole = readFileSync(path)
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1
    for (const length of [whole.length - 1000, lastLine, 1500]) {
      writeFileSync(path, whole.subarray(0, length))
      expect(await refusal()).toBe('USB_CUT')
    }
    nothingTaken()
  })

  it('where it answers a file that is not of this terminal as it is now', async () => {
    await answered()
    const old = mkdtempSync(join(tmpdir(), 'aixin-old-'))
    try {
      cpSync(stick, old, { recursive: true })
      for (let time = 0; time < 16; time += 1) await out()
      expect(await refusal(old)).toBe('USB_OLDER')
    } finally {
      rmSync(old, { recursive: true, force: true })
    }
    nothingTaken()
  })
})

describe('the province refuses a file, and takes nothing of it,', () => {
  it('where it is cut off, or a part in its middle is missing', async () => {
    for (let more = 0; more < 210; more += 1) await till.sell(null)
    await out()
    const path = onStick(outName(name))
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    for (const kept of [lines.slice(0, -1), lines.filter((_, at) => at !== 1)]) {
      writeFileSync(path, `${kept.join('\n')}\n`)
      expect(await atProvince()).toBe(1)
      expect(await refusal()).toBe('USB_NOT_ANSWERED')
    }
    expect(await sales()).toBe(0)
  })

  it('where bytes were changed', async () => {
    await live(1, 3)
    await out()
    const path = onStick(outName(name))
    const text = readFileSync(path)
    const first = text.indexOf(10) + 400
    text[first] = text[first] === 65 ? 66 : 65
    writeFileSync(path, text)
    expect(await atProvince()).toBe(1)
    expect(await sales()).toBe(0)
  })

  it('where the terminal was struck off', async () => {
    await live(1, 3)
    await out()
    await house.rows('update terminal set struck_off = true where terminal_id = $1', [name])
    expect(await atProvince()).toBe(1)
    expect(await sales()).toBe(0)
  })

  it('where a restored terminal was heard since: it is not shut as a copied disk', async () => {
    await live(1, 3)
    await out()
    await house.rows("insert into watermark (terminal_id, generation, seq, hash) values ($1, 2, 1, 'x')", [name])
    expect(await atProvince()).toBe(1)
    expect(await sales()).toBe(0)
    expect(await house.number('select count(*) from terminal where quarantined')).toBe(0)
  })
})

it('the stick brings all of a page but what this program cannot read, and that is said', async () => {
  await out()
  await atProvince()
  const path = onStick(backName(name))
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  const first = members[9]
  const [till0] = await house.rows('select sealing_key from terminal where terminal_id = $1', [name])
  const sealTo = z.instanceof(Buffer).parse(till0?.sealing_key)
  const from = String(await house.number('select max(change) from senior'))
  const known = { kind: 'thin', id: 'd'.repeat(32), cards: [], codesSince: 0 }
  const page = {
    feed: 'roster',
    items: [{ ...known, id: first?.id, kind: 'half' }, known],
    cursor: from,
    more: false,
    at: 1,
  }
  const database = await openDatabase(house.databaseUrl)
  const { transport } = await openKeyring(database)
  await database.close()
  const line = await wrap(standardSuite, {
    ...{ from: provinceName, to: name, kind: 'usb-page', counter: 1, body: { from, page }, signer: transport },
    ...{ replyTo: envelope.parse(JSON.parse(lines[0] ?? '')).replyTo, sealTo: new Uint8Array(sealTo) },
  })
  writeFileSync(path, `${JSON.stringify(line)}\n${lines.at(-1)}\n`)
  expect((await back()).brought.items).toBe(1)
  expect(till.roster.bySenior(seniorId.parse(known.id))?.kind).toBe('thin')
  expect(first && till.roster.bySenior(first.id)?.kind).toBe('full')
  expect(till.sync.view().notices).toEqual([{ code: 'FEED_UNREAD', values: { count: 1 } }])
  expect(till.sync.view().feedsUnread).toMatchObject([{ feed: 'roster', count: 1, ids: [`${first?.id.slice(0, 8)}…`] }])
})

it('the receipt beside the answer is an anchor of what the province holds', async () => {
  await live(1, 3)
  await out()
  await atProvince()
  const receipt = JSON.parse(readFileSync(onStick(receiptName(name)), 'utf8'))
  expect(receipt).toMatchObject({ v: 1, source: 'usb', terminal: name, generation: 1, seq: till.head() })
  expect((await back()).anchor).toMatchObject({ source: 'usb', seq: receipt.seq, hash: receipt.hash })
})
