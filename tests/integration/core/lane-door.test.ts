import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect as connectPlain } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { askFirst, type LaneLine } from '../../../electron/core/lanes/lane-client.ts'
import { laneKey, laneTls } from '../../../electron/core/lanes/lane-key.ts'
import { type LaneKind, type LaneVisit, longestMessage } from '../../../electron/core/lanes/lane-messages.ts'
import { startLaneServer } from '../../../electron/core/lanes/lane-server.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { checkInId, recordId, terminalId } from '../../../shared/ids.ts'
import { packHash, parsePack } from '../../../shared/policy/parse-pack.ts'
import type { SiteTills } from '../../../shared/province-api.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { freePort } from '../../support/lan-line.ts'
import { enrolPaperTerminal, type PaperKeys, type PaperTerminal, paperKeys } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { openTerminalInProcess } from '../../support/terminal-in-process.ts'
import { isPriced, type Till } from '../../support/till.ts'

const members = demoSeniors().filter(
  ({ homeSite, expected, cards }) => homeSite === 'demo-canteen' && expected.fen === 600 && cards.length > 0,
)
let province: ProvinceHouse
let folder: string
let terminal: { till: Till; stop(): Promise<void> }
let port: number
let second: Lane
let third: Lane
let abroad: Lane
let policy: string
/** As the province gave it at the beginning. */
let list: SiteTills
let next = 30

/** What a till says that is there and has sold nothing by itself. */
const nothingNew = { meals: [], upTo: null }

interface Lane {
  readonly paper: PaperTerminal
  readonly keys: PaperKeys
}

async function enrol(site: string): Promise<Lane> {
  const keys = await paperKeys()
  return { keys, paper: await enrolPaperTerminal(await province.code(site), keys) }
}

const mint = () => uuidV7(Date.now(), randomBytes(10))
const till = () => terminal.till
const listOf = async ({ paper }: Lane): Promise<SiteTills> => {
  const page = await paper.pull('tills', null)
  const [list] = page.feed === 'tills' ? page.items : []
  if (list === undefined) throw new Error('no list of tills')
  return list
}

/** The way to the first till as this lane goes it; `as` calls itself by another's name. */
function lineOf(lane: Lane, as: Lane = lane): LaneLine {
  const { first, tills } = list
  const there = tills.find(one => one.terminal === first)
  if (there === undefined) throw new Error('no first till')
  const identity = terminalId.parse(as.paper.terminal)
  const key = laneKey(lane.keys.sealing, there.key, { first: there.terminal, second: identity })
  return { host: '127.0.0.1', port, identity, key }
}

/** What a TLS handshake comes to; the code of what went wrong. */
async function handshake({ key, identity }: LaneLine): Promise<string> {
  const socket = connect({
    ...laneTls,
    ...{ host: '127.0.0.1', port, checkServerIdentity: () => undefined },
    pskCallback: () => ({ psk: key, identity }),
  })
  const result = await new Promise<string>(resolve => {
    socket.once('secureConnect', () => resolve('let in'))
    socket.once('error', error =>
      resolve(error.message.includes('unknown psk identity') ? 'unknown name' : 'wrong key'),
    )
  })
  socket.destroy()
  return result
}

function visit(senior = members[next++]?.id, change: Partial<LaneVisit> = {}): LaneVisit {
  if (senior === undefined) throw new Error('no demo members left')
  return {
    open: {
      ...{ id: checkInId.parse(mint()), at: Date.now(), who: 'senior', senior, means: 'card', assurance: 'verified' },
      ...{ codeKind: null, credentialKey: null, tail: null, device: null, set: 'A', tender: 'cash', held: false },
      ...{ first: null, paid: null },
      ...{ atListPrice: false, face: null, proxy: null, parked: false, more: [], channel: 'dine-in' },
    },
    ...{ businessDate: businessDateOf(Date.now()), meal: 'lunch', policy },
    ...change,
  }
}

async function ask<K extends LaneKind>(lane: Lane, kind: K, question: Parameters<typeof askFirst<K>>[2]) {
  return await askFirst(lineOf(lane), kind, question, 10_000)
}

async function lend(lane: Lane, one: LaneVisit) {
  const answer = await ask(lane, 'price', one)
  if (answer?.result !== 'lent') throw new Error(`nothing is lent: ${JSON.stringify(answer)}`)
  return answer.lent
}

const sell = (lane: Lane, one: LaneVisit, shown: string) =>
  ask(lane, 'sell', { visit: one, shown, operator: null, shift: null })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-door-'))
  province = await openProvinceHouse({ lunchAllDay: true })
  port = await freePort()
  terminal = await openTerminalInProcess({
    dataDir: folder,
    enrolmentCode: await province.code(),
    lanes: { listen: { host: '127.0.0.1', port } },
  })
  await till().untilTerminal(view => view.roster.members > 0 && view.menu.length > 0 && !view.roster.stale)
  second = await enrol('demo-canteen')
  third = await enrol('demo-canteen')
  abroad = await enrol('demo-riverside')
  list = await listOf(second)
  const [site] = await province.rows("select body from site where site_id = 'demo-canteen'")
  const used = JSON.parse(String(site?.body)).policy
  const [row] = await province.rows('select body from policy where current and pack_id = $1', [used])
  const pack = parsePack(JSON.parse(String(row?.body)))
  if (!pack.ok) throw new Error('the demo policy does not parse')
  policy = packHash(pack.pack)
  await vi.waitFor(async () => {
    await till().client.syncNow()
    expect(await ask(third, 'hello', nothingNew)).toMatchObject({ result: 'here' })
  }, 60_000)
  const [one] = members.slice(29)
  await vi.waitFor(async () => expect((await lend(second, visit(one?.id))).rights).not.toEqual({}), 60_000)
}, 600_000)
afterAll(async () => {
  await terminal?.stop()
  await province?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the list of tills that the province gives', () => {
  it('names those of the own site that are in service, and which is the first', async () => {
    const { first, tills } = await listOf(second)
    expect(first).toBe(till().terminal().terminal)
    expect(tills.map(one => one.terminal)).toEqual([first, second.paper.terminal, third.paper.terminal])
    expect(tills[1]?.key).toBe(toBase64Url(second.keys.sealing.publicKey))
    expect((await listOf(abroad)).tills.map(one => one.terminal)).toEqual([abroad.paper.terminal])
  })

  it('comes again when it changed, and not before', async () => {
    const before = await second.paper.pull('tills', null)
    expect((await second.paper.pull('tills', before.cursor)).items).toEqual([])
    const fourth = await enrol('demo-canteen')
    const after = await second.paper.pull('tills', before.cursor)
    expect(after.items).toHaveLength(1)
    await province.rows('update terminal set quarantined = true where terminal_id = $1', [fourth.paper.terminal])
    expect((await second.paper.pull('tills', after.cursor)).items).toEqual(before.items)
  })
})

describe('at the door of the first till', () => {
  it('another till of the site is let in', async () => {
    expect(await handshake(lineOf(second))).toBe('let in')
  })

  it('a stranger gets no further than the handshake', async () => {
    const stranger = lineOf(second)
    expect(await handshake({ ...stranger, identity: terminalId.parse('stranger') })).toBe('unknown name')
    expect(await handshake({ ...stranger, key: randomBytes(32) })).toBe('wrong key')
    expect(await ask({ ...second, keys: await paperKeys() }, 'hello', nothingNew)).toBeNull()
  })

  it('a till of another site gets no further, under its own name or that of a till of this one', async () => {
    expect(await handshake(lineOf(abroad))).toBe('unknown name')
    expect(await handshake(lineOf(abroad, second))).toBe('wrong key')
  })

  it('a till that is struck off gets no further once the first till has heard of it', async () => {
    const gone = await enrol('demo-canteen')
    const line = lineOf(gone)
    await vi.waitFor(async () => {
      await till().client.syncNow()
      expect(await handshake(line)).toBe('let in')
    }, 60_000)
    await province.rows('update terminal set struck_off = true where terminal_id = $1', [gone.paper.terminal])
    await vi.waitFor(async () => {
      await till().client.syncNow()
      expect(await handshake(line)).toBe('unknown name')
    }, 60_000)
  })

  it('the first till itself is no other till, and what speaks no TLS hears nothing', async () => {
    const line = lineOf(second)
    expect(await handshake({ ...line, identity: terminalId.parse(till().terminal().terminal) })).toBe('unknown name')
    const plain = connectPlain(port, '127.0.0.1')
    const heard: Buffer[] = []
    plain.on('data', piece => heard.push(piece))
    plain.end('POST /lane/hello HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}')
    await once(plain, 'close')
    expect(Buffer.concat(heard).toString('latin1')).not.toContain('here')
  })

  it('a false first till hears no question: it does not have the key', async () => {
    const questions: unknown[] = []
    const falseKeys = await paperKeys()
    const { first, tills } = await listOf(second)
    const server = startLaneServer({
      listen: { host: '127.0.0.1', port: 0 },
      terminal: terminalId.parse(first),
      sealing: falseKeys.sealing,
      tills: () => ({ first, tills }),
      answer: async (_, kind) => {
        questions.push(kind)
        return { result: 'here', told: null }
      },
      log: () => undefined,
      onChange: () => undefined,
    })
    await vi.waitFor(() => expect(server.port()).not.toBeNull())
    const line = lineOf(second)
    expect(await askFirst({ ...line, port: server.port() ?? 0 }, 'hello', nothingNew, 10_000)).toBeNull()
    expect(questions).toEqual([])
    await server.stop()
  })

  it('a till that the province does not list itself lets nobody in', async () => {
    const { tills } = await listOf(second)
    const server = startLaneServer({
      listen: { host: '127.0.0.1', port: 0 },
      terminal: terminalId.parse(third.paper.terminal),
      sealing: third.keys.sealing,
      tills: () => ({
        first: third.paper.terminal,
        tills: tills.filter(one => one.terminal !== third.paper.terminal),
      }),
      answer: async () => ({ result: 'here', told: null }),
      log: () => undefined,
      onChange: () => undefined,
    })
    await vi.waitFor(() => expect(server.port()).not.toBeNull())
    const names = {
      first: terminalId.parse(third.paper.terminal),
      second: terminalId.parse(second.paper.terminal),
    }
    const key = laneKey(second.keys.sealing, toBase64Url(third.keys.sealing.publicKey), names)
    const line = { host: '127.0.0.1', port: server.port() ?? 0, identity: names.second, key }
    expect(await askFirst(line, 'hello', nothingNew, 10_000)).toBeNull()
    await server.stop()
  })
})

describe('questions to the first till', () => {
  async function raw(path: string, body: string): Promise<number | 'cut'> {
    const { key, identity } = lineOf(second)
    const socket = connect({
      ...laneTls,
      ...{ host: '127.0.0.1', port, checkServerIdentity: () => undefined },
      pskCallback: () => ({ psk: key, identity }),
    })
    const reply = new Promise<number | 'cut'>(resolve => {
      socket.once('data', piece => resolve(Number(String(piece).split(' ')[1])))
      socket.once('error', () => resolve('cut'))
      socket.once('close', () => resolve('cut'))
    })
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    const result = await reply
    socket.destroy()
    return result
  }

  it('that are none of ours are answered with nothing but a number', async () => {
    expect(await raw('/lane/price', '{')).toBe(400)
    expect(await raw('/lane/price', '{"open":null}')).toBe(400)
    expect(await raw('/lane/settle', JSON.stringify({ visit: mint(), keep: true, more: 1 }))).toBe(400)
    expect(await raw('/lane/else', '{}')).toBe(404)
    expect(await raw('/', '{}')).toBe(404)
    expect(await raw('/lane/hello', ' '.repeat(longestMessage + 1))).toBe(404)
    expect(await raw('/lane/hello', JSON.stringify(nothingNew))).toBe(200)
  })

  it('a visit is sold once, however often it is asked for', async () => {
    const one = visit()
    const { shown } = await lend(second, one)
    const [sold, again] = await Promise.all([sell(second, one, shown), sell(second, one, shown)])
    expect(sold).toMatchObject({ result: 'recorded', sale: { record: one.open.id } })
    expect(again).toEqual(sold)
    expect(await sell(second, one, 'another price')).toEqual(sold)
    await till().untilTerminal(view => view.unsent.count === 0)
    const sales = "select count(*) from ledger where kind = 'sale' and senior_id = $1"
    await vi.waitFor(async () => expect(await province.number(sales, [one.open.senior])).toBe(1), 20_000)
  })

  it('another price than was shown is answered with what is held now, and nothing is recorded', async () => {
    const one = visit()
    const { shown } = await lend(second, one)
    expect(await sell(second, one, 'another price')).toMatchObject({ result: 'price-changed', lent: { shown } })
    expect(await ask(second, 'settle', { visit: one.open.id, keep: true })).toEqual({ result: 'none' })
  })

  it('a visit that was settled is never sold afterwards', async () => {
    const one = visit()
    const { shown } = await lend(second, one)
    expect(await ask(second, 'settle', { visit: one.open.id, keep: false })).toEqual({ result: 'none' })
    expect(await sell(second, one, shown)).toEqual({ result: 'alone' })
    expect((await lend(second, visit(one.open.senior ?? undefined))).shown).toBe(shown)
  })

  it('a sale that nobody heard of is voided once when it is settled, and kept for who asks to keep it', async () => {
    const one = visit()
    const { shown } = await lend(second, one)
    await sell(second, one, shown)
    expect(await ask(second, 'settle', { visit: one.open.id, keep: true })).toMatchObject({
      result: 'recorded',
      sale: { voided: false },
    })
    for (const _ of [1, 2])
      expect(await ask(second, 'settle', { visit: one.open.id, keep: false })).toEqual({ result: 'none' })
    expect((await lend(second, visit(one.open.senior ?? undefined))).shown).toBe(shown)
    const voids = "select count(*) from ledger where kind = 'void' and convert_from(record, 'utf8') like $1"
    await vi.waitFor(async () => expect(await province.number(voids, [`%${one.open.id}%`])).toBe(1), 20_000)
  })

  it('one lane can neither hear of, void nor settle what another one sold', async () => {
    const one = visit()
    const { shown } = await lend(second, one)
    await sell(second, one, shown)
    expect(await sell(third, one, shown)).toEqual({ result: 'alone' })
    expect(await ask(third, 'void', { sale: recordId.parse(one.open.id), operator: null })).toEqual({
      ...{ result: 'refused', code: 'SALE_UNKNOWN' },
    })
    expect(await ask(third, 'settle', { visit: one.open.id, keep: false })).toEqual({ result: 'none' })
    expect(await ask(second, 'settle', { visit: one.open.id, keep: true })).toMatchObject({ sale: { voided: false } })
  })

  it('a sale that the first till made itself is not for others to settle or void', async () => {
    const one = members[next++]
    const [operator] = till().terminal().operators
    if (one === undefined || operator === undefined) throw new Error('no demo members left')
    await till().client.openShift({ operator: operator.id, date: businessDateOf(Date.now()) })
    await till().client.openDesk()
    await till().client.chooseSenior({ senior: one.id })
    await till().client.serveSenior()
    const shown = await till().untilCashier(isPriced)
    expect(await till().client.confirm({ checkIn: shown.checkIn, digest: shown.digest })).toMatchObject({
      result: 'recorded',
    })
    await till().client.dismiss()
    const own = recordId.parse(shown.checkIn)
    for (const keep of [true, false])
      expect(await ask(second, 'settle', { visit: shown.checkIn, keep })).toEqual({ result: 'none' })
    expect(await ask(second, 'void', { sale: own, operator: null })).toEqual({
      result: 'refused',
      code: 'SALE_UNKNOWN',
    })
    expect(till().terminal().lastSales[0]).toMatchObject({ record: own, voided: false })
  })

  it('a void is answered as before when it is asked for again, and one by staff of the first till is told apart', async () => {
    const [one, two] = [visit(), visit()]
    for (const each of [one, two]) await sell(second, each, (await lend(second, each)).shown)
    const void1 = { sale: recordId.parse(one.open.id), operator: null }
    for (const _ of [1, 2]) expect(await ask(second, 'void', void1)).toEqual({ result: 'done' })
    const sale = recordId.parse(two.open.id)
    expect(await till().client.voidSale({ sale })).toEqual({ result: 'done' })
    expect(await ask(second, 'void', { sale, operator: null })).toEqual({
      ...{ result: 'refused', code: 'SALE_ALREADY_VOID' },
    })
  })

  it('a void of what was refunded at the first till is refused as refunded', async () => {
    const one = visit()
    await sell(second, one, (await lend(second, one)).shown)
    const sale = recordId.parse(one.open.id)
    expect(await till().client.afterwards.refund({ sale, reason: 'meal spoiled' })).toEqual({ result: 'done' })
    expect(await ask(second, 'void', { sale, operator: null })).toEqual({
      ...{ result: 'refused', code: 'SALE_ALREADY_REFUNDED' },
    })
    expect(await ask(second, 'settle', { visit: one.open.id, keep: false })).toEqual({ result: 'none' })
  })

  it('a person who ate in between is priced once more, also where the price stays the same', async () => {
    const senior = members[next++]?.id
    const atListPrice = { ...visit(senior), open: { ...visit(senior).open, atListPrice: true } }
    const before = await lend(second, atListPrice)
    expect(before.earlier).toBeNull()
    const other = visit(senior)
    await sell(third, other, (await lend(third, other)).shown)
    const changed = await sell(second, atListPrice, before.shown)
    expect(changed).toMatchObject({ result: 'price-changed', lent: { earlier: expect.any(Number) } })
    const anew = await lend(second, atListPrice)
    expect(await sell(second, atListPrice, anew.shown)).toMatchObject({ result: 'recorded' })
  })

  it('a claim that is held for a refund at another till is not paid here, until that refund is known not to be', async () => {
    const [of, by] = [recordId.parse(mint()), recordId.parse(mint())]
    const hold = { senior: null, pack: 'DEMO' }
    expect(await ask(second, 'claim', { of, by, hold })).toEqual({ result: 'held' })
    expect(await ask(second, 'claim', { of, by, hold })).toEqual({ result: 'held' })
    expect(await ask(second, 'claim', { of, by, hold: null })).toEqual({ result: 'free' })
    // Its question was late on the way.
    expect(await ask(second, 'claim', { of, by, hold })).toEqual({ result: 'free' })
  })

  it('nothing is lent for a visit that the two tills do not see alike', async () => {
    for (const change of [
      { policy: toBase64Url(randomBytes(32)) },
      { meal: 'dinner' as const },
      { businessDate: businessDateOf(Date.now() - 2 * 86_400_000) },
    ])
      expect(await ask(second, 'price', visit(members[40]?.id, change))).toEqual({ result: 'alone' })
    const nobody = visit()
    expect(await ask(second, 'price', { ...nobody, open: { ...nobody.open, who: 'guest', senior: null } })).toEqual({
      result: 'alone',
    })
  })
})

describe('what the screens say', () => {
  it('of a till that is told to join another one where the province knows of no other, and of a port that is taken', async () => {
    await province.rows('update terminal set struck_off = true where terminal_id = $1', [abroad.paper.terminal])
    const dataDir = join(folder, 'alone')
    const alone = await openTerminalInProcess({
      dataDir,
      enrolmentCode: await province.code('demo-riverside'),
      lanes: { join: { host: '127.0.0.1', port }, listen: { host: '127.0.0.1', port } },
    })
    const view = await alone.till.untilTerminal(({ notices }) => notices.some(({ code }) => code === 'LANE_STRANGER'))
    expect(view.notices.map(({ code }) => code)).not.toContain('LANE_AWAY')
    await alone.till.untilTerminal(({ notices }) =>
      notices.some(({ code, values }) => code === 'LANE_PORT' && values.port === port),
    )
    await alone.stop()
  })
})
