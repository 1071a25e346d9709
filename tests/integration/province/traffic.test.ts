import { once } from 'node:events'
import { connect } from 'node:net'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpLink } from '../../../electron/core/sync/http-link.ts'
import { demoSeniors, stranger } from '../../../province/demo-people.ts'
import { ordinaryRates } from '../../../province/rate-limits.ts'
import type { Province } from '../../../province/server.ts'
import { envelope as envelopeForm } from '../../../shared/envelope.ts'
import { pullReply } from '../../../shared/province-api.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

let house: ProvinceHouse
beforeAll(async () => {
  house = await openProvinceHouse()
})
afterAll(() => house.close())

const seniors = demoSeniors()
const someone = (index: number) => {
  const senior = seniors[index]
  if (senior === undefined) throw new Error('no such senior')
  return senior
}
const pull = async (terminal: PaperTerminal) =>
  await terminal.send('/v1/feed', await terminal.envelopeFor('pull', { feed: 'site', cursor: null, limit: 1 }), body =>
    pullReply.parse(body),
  )

describe('a terminal that asks too often', () => {
  let narrow: Province
  beforeAll(async () => {
    narrow = await house.start({ rates: { ...ordinaryRates, bulk: { perSecond: 0.1, atOnce: 3 } } })
  })
  afterAll(() => narrow.close())

  it('is told when to come again, while its questions at the till and other terminals are served', async () => {
    const [greedy, other] = [await house.terminalOf(narrow), await house.terminalOf(narrow)]
    for (let number = 0; number < 3; number += 1) expect((await pull(greedy)).ok).toBe(true)
    expect(await pull(greedy)).toMatchObject({ ok: false, refusal: { code: 'TOO_MANY' } })
    const question = { senior: someone(0).id, pack: 'DEMO', generation: 1, epoch: 1, totals: [], debits: [] }
    expect((await greedy.ask(question)).word).toMatchObject({ senior: someone(0).id })
    expect((await pull(other)).ok).toBe(true)
  })

  it('hears it from Retry-After, which its link hands on', async () => {
    const terminal = await house.terminalOf(narrow)
    for (let number = 0; number < 3; number += 1) await pull(terminal)
    const body = { feed: 'site', cursor: null, limit: 1 }
    const reply = await createHttpLink(narrow.address).exchange('pull', await terminal.envelopeFor('pull', body))
    expect(reply).toEqual({ ok: false, reason: 'busy', retryAfterSeconds: 10 })
  })

  it('is not made of it by others who only use its name', async () => {
    const [terminal, forger] = [await house.terminalOf(narrow), await house.terminalOf(narrow)]
    for (let number = 0; number < 9; number += 1) {
      const forged = await forger.envelopeFor('pull', { feed: 'site', cursor: null, limit: 1 })
      const said = await terminal.send('/v1/feed', { ...forged, from: terminal.terminal }, body =>
        pullReply.parse(body),
      )
      expect(said).toMatchObject({ ok: false, refusal: { code: 'ENVELOPE_BAD' } })
    }
    expect((await pull(terminal)).ok).toBe(true)
  })

  it('is not made of it by others who send again what they caught of it, old or newest', async () => {
    const [terminal, start] = [await house.terminalOf(narrow), { feed: 'site', cursor: null, limit: 1 }]
    const [old, newest] = [await terminal.envelopeFor('pull', start), await terminal.envelopeFor('pull', start)]
    const send = (envelope: unknown) => createHttpLink(narrow.address).exchange('pull', envelopeForm.parse(envelope))
    expect([(await send(old)).ok, (await send(newest)).ok]).toEqual([true, true])
    for (let number = 0; number < 9; number += 1) {
      expect(await send(old)).toMatchObject({ reason: 'refused', code: 'ENVELOPE_REPLAYED' })
      await send(newest)
    }
    expect((await pull(terminal)).ok).toBe(true)
  })

  it('is told so of its sticks too, which never use up what it asks itself', async () => {
    const terminal = await house.terminalOf(narrow)
    const line = await terminal.envelopeFor('usb-open', { history: null })
    const statuses = []
    for (let number = 0; number < 4; number += 1) {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ line, place: {} })
      statuses.push((await fetch(`${narrow.address}/v1/usb`, { method: 'POST', headers, body })).status)
    }
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await pull(terminal)).ok).toBe(true)
  })
})

describe('bodies that never end', () => {
  /** Lines of strangers, each with the head of a request and no more than the first sign of its body. */
  const strangers = (address: string, length: number) =>
    Array.from({ length: 3 }, () => {
      const { hostname, port } = new URL(address)
      const socket = connect(Number(port), hostname).on('error', () => undefined)
      const head = `POST /v1/feed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}`
      socket.write(`${head}\r\n\r\n{`)
      return socket
    })

  it('keep nobody out where they are short', async () => {
    const crowded = await house.start({ crowd: { atOnce: 1, patience: 100 } })
    const sockets = strangers(crowded.address, 500)
    await Promise.all(sockets.map(socket => once(socket, 'ready')))
    expect((await pull(await house.terminalOf(crowded))).ok).toBe(true)
    for (const socket of sockets) socket.destroy()
    await crowded.close()
  })

  it('lose their place and their line where they are long', async () => {
    const crowded = await house.start({ crowd: { atOnce: 1, patience: 30_000, bodyPatience: 300 } })
    const sockets = strangers(crowded.address, 100_000)
    const cut = Promise.all(sockets.map(socket => once(socket, 'close')))
    await Promise.all(sockets.map(socket => once(socket, 'ready')))
    expect((await pull(await house.terminalOf(crowded))).ok).toBe(true)
    await cut
    await crowded.close()
  })
})

describe('a province with more before it than it can take in', () => {
  it('sends away what can wait with the time to come again, however long its body, and answers questions at the till', async () => {
    const crowded = await house.start({ crowd: { atOnce: 1, patience: 100 } })
    const lock = new Client({ connectionString: house.databaseUrl })
    try {
      const [first, second] = [await house.terminalOf(crowded), await house.terminalOf(crowded)]
      const many = async (terminal: PaperTerminal) => {
        const sales = []
        for (let number = 0; number < 200; number += 1) sales.push(await terminal.sale(someone(40), { who: 'guest' }))
        return sales
      }
      const [inWork, refused] = [await many(first), await second.pushEnvelope(await many(second))]
      expect(JSON.stringify(refused).length).toBeGreaterThan(100_000)
      await lock.connect()
      await lock.query('begin')
      await lock.query('lock table ledger in access exclusive mode')
      const pushed = first.push(inWork)
      await until(async () => (await locksWaiting()) > 0)
      for (let number = 0; number < 5; number += 1)
        expect(await createHttpLink(crowded.address).exchange('push', refused)).toMatchObject({
          ...{ ok: false, reason: 'busy', retryAfterSeconds: expect.any(Number) },
        })
      const question = { senior: someone(0).id, pack: 'DEMO', generation: 1, epoch: 1, totals: [], debits: [] }
      expect((await second.ask(question)).word).not.toBeNull()
      await lock.query('commit')
      expect((await pushed).verdicts).toHaveLength(200)
    } finally {
      await lock.end()
      await crowded.close()
    }
  })
})

describe('the metrics', () => {
  let measured: Province
  let terminal: PaperTerminal
  async function metrics(): Promise<Map<string, number>> {
    const response = await fetch(`${measured.metricsAddress}/metrics`)
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    const lines = (await response.text()).trimEnd().split('\n')
    for (const line of lines)
      expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [-+.e\d]+)$/)
    return new Map(
      lines.flatMap(line => {
        const at = line.lastIndexOf(' ')
        return line.startsWith('#') ? [] : [[line.slice(0, at), Number(line.slice(at + 1))]]
      }),
    )
  }
  beforeAll(async () => {
    measured = await house.start({ metrics: { host: '127.0.0.1', port: 0 } })
    terminal = await house.terminalOf(measured)
    const [good, bad] = [await terminal.sale(someone(20)), await terminal.sale(someone(21), { listFen: 9900 })]
    await terminal.push([good, bad])
    await terminal.push([good])
  })
  afterAll(() => measured.close())

  it('count answers, how long they took, and records by verdict', async () => {
    const found = await metrics()
    expect(found.get('aixin_requests_total{route="/v1/ledger",status="200"}')).toBe(2)
    expect(found.get('aixin_request_seconds_count{route="/v1/ledger"}')).toBe(2)
    expect(found.get('aixin_request_seconds_bucket{route="/v1/ledger",le="+Inf"}')).toBe(2)
    expect(found.get('aixin_records_total{verdict="accepted",code=""}')).toBe(1)
    expect(found.get('aixin_records_total{verdict="flagged",code="PRICE_UNKNOWN"}')).toBe(1)
    expect(found.get('aixin_records_total{verdict="duplicate",code=""}')).toBe(1)
  })

  it('tell what somebody has to act on, and how the process is', async () => {
    await terminal.push([await terminal.sale({ ...someone(22), id: stranger.id }, { who: 'unknown' })])
    await house.rows('update terminal set quarantined = true where terminal_id = $1', [terminal.terminal])
    const found = await metrics()
    expect(found.get('aixin_terminals{state="quarantined"}')).toBe(1)
    expect(found.get('aixin_claims_waiting{state="open"}')).toBe(1)
    expect(found.get('aixin_database_up')).toBe(1)
    expect(found.get('aixin_lane_inside{lane="bulk"}')).toBe(0)
    expect(found.get('process_resident_memory_bytes')).toBeGreaterThan(1e7)
  })

  it('are served apart from the API, and name no terminal and no person', async () => {
    expect((await fetch(`${measured.address}/metrics`)).status).toBe(404)
    expect((await fetch(`${measured.metricsAddress}/v1/feed`)).status).toBe(404)
    const text = await (await fetch(`${measured.metricsAddress}/metrics`)).text()
    for (const secret of [terminal.terminal, someone(20).id, someone(20).name]) expect(text).not.toContain(secret)
  })
})

describe('a province that stops', () => {
  it('answers questions about news at once, and lets what is in work end', async () => {
    const province = await house.start()
    const [waiting, pushing] = [await house.terminalOf(province), await house.terminalOf(province)]
    const lock = new Client({ connectionString: house.databaseUrl })
    await lock.connect()
    const [asked, sale] = [waiting.wait(), await pushing.sale(someone(30))]
    await until(
      async () =>
        (await house.number('select last_counter from terminal where terminal_id = $1', [waiting.terminal])) > 0,
    )
    await lock.query('begin')
    await lock.query('lock table ledger in access exclusive mode')
    const pushed = pushing.push([sale])
    await until(
      async () =>
        (await house.number("select count(*) from pg_locks where not granted and relation = 'ledger'::regclass")) > 0,
    )
    let closed = false
    const closing = province.close().then(() => {
      closed = true
    })
    expect(await asked).toEqual({ ok: true, body: { news: false } })
    expect(closed).toBe(false)
    await expect(fetch(`${province.address}/health`)).rejects.toThrow()
    await lock.query('commit')
    await lock.end()
    expect((await pushed).verdicts).toMatchObject([{ verdict: 'accepted' }])
    await closing
  })
})

describe('a province whose database went away', () => {
  it('says so to whoever asks after its health, and sends terminals away to come again', async () => {
    const lonely = await openProvinceHouse()
    try {
      const terminal = await lonely.terminal()
      expect((await fetch(`${lonely.province.address}/health`)).status).toBe(200)
      await lonely.stopDatabase()
      const health = await fetch(`${lonely.province.address}/health`)
      expect([health.status, Number(health.headers.get('retry-after'))]).toEqual([503, expect.any(Number)])
      expect(Number(health.headers.get('retry-after'))).toBeGreaterThanOrEqual(3)
      expect(await pull(terminal)).toMatchObject({ ok: false, refusal: { code: 'BUSY' } })
    } finally {
      await lonely.close()
    }
  })
})

const locksWaiting = () =>
  house.number("select count(*) from pg_locks where not granted and relation = 'ledger'::regclass")

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(resolve => setTimeout(resolve, 20))
}
