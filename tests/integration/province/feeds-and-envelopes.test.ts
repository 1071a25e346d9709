import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../province/database.ts'
import { demoSeniors, lostCard } from '../../../province/demo-people.ts'
import { feedsUnread } from '../../../province/feeds-unread.ts'
import { fromBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { codeKeyList } from '../../../shared/code-keys.ts'
import { type FeedName, feedName, pullReply, pushReply, type UnreadItem } from '../../../shared/province-api.ts'
import type { RosterEntry } from '../../../shared/senior.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { type PaperTerminal, post } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

describe('feeds and envelopes', () => {
  let house: ProvinceHouse
  beforeAll(async () => {
    house = await openProvinceHouse()
  })
  afterAll(() => house.close())

  async function all(terminal: PaperTerminal, feed: FeedName, limit: number) {
    const pages = []
    let cursor: string | null = null
    for (let more = true; more; ) {
      const page = await terminal.pull(feed, cursor, limit)
      pages.push(page)
      ;({ cursor, more } = page)
    }
    return { pages, cursor }
  }

  async function roster(terminal: PaperTerminal, limit = 2000): Promise<RosterEntry[]> {
    const { pages } = await all(terminal, 'roster', limit)
    return pages.flatMap(page => (page.feed === 'roster' ? page.items : []))
  }

  it('pages through 300 seniors by 50, nobody twice and nobody left out', async () => {
    const terminal = await house.terminal()
    const { pages, cursor } = await all(terminal, 'roster', 50)
    expect(pages.map(({ items }) => items.length)).toEqual([50, 50, 50, 50, 50, 50])
    const ids = pages.flatMap(page => (page.feed === 'roster' ? page.items.map(({ id }) => id) : []))
    expect([...new Set(ids)].sort()).toEqual(
      demoSeniors()
        .map(({ id }) => id)
        .sort(),
    )
    expect(await terminal.pull('roster', cursor)).toEqual({
      ...{ feed: 'roster', items: [], cursor, more: false },
      at: expect.any(Number),
    })
  })

  it('gives members of the site in full and everybody else thin, without name or category', async () => {
    const [canteen, riverside] = [await house.terminal(), await house.terminal('demo-riverside')]
    const kinds = async (terminal: PaperTerminal) => {
      const entries = await roster(terminal)
      return ['full', 'thin'].map(kind => entries.filter(entry => entry.kind === kind).length)
    }
    expect(await kinds(canteen)).toEqual([280, 20])
    expect(await kinds(riverside)).toEqual([20, 280])
    const thin = (await roster(canteen)).find(({ kind }) => kind === 'thin')
    expect(Object.keys(thin ?? {}).sort()).toEqual(['cards', 'codesSince', 'id', 'kind'])
  })

  it('sends a senior again who changed after the cursor, and only that one', async () => {
    const terminal = await house.terminal()
    const { cursor } = await all(terminal, 'roster', 2000)
    const id = demoSeniors()[20]?.id
    await house.rows("update senior set gone = true, change = nextval('feed_change') where senior_id = $1", [id])
    const page = await terminal.pull('roster', cursor)
    expect(page.items).toEqual([{ kind: 'gone', id }])
    await house.rows('update senior set gone = false where senior_id = $1', [id])
  })

  it('sends the site of the terminal, the list of code keys, and the lost card', async () => {
    const terminal = await house.terminal('demo-riverside')
    expect((await terminal.pull('site', null)).items).toMatchObject([{ id: 'demo-riverside', name: '河东里助餐点' }])
    const keys = await terminal.pull('code-keys', null)
    const [list] = keys.feed === 'code-keys' ? keys.items : []
    expect(codeKeyList.parse(JSON.parse(list?.text ?? ''))).toMatchObject({
      number: 1,
      keys: [
        { algorithm: 'EdDSA', kinds: ['dynamic'] },
        { algorithm: 'EdDSA', kinds: ['paper'] },
      ],
    })
    expect((await terminal.pull('revocations', null)).items).toEqual([
      { kind: 'card', card: lostCard(demoSeniors()), lost: true },
    ])
  })

  it('sends policies signed over their exact text', async () => {
    const terminal = await house.terminal()
    const page = await terminal.pull('policies', null)
    const pack = page.feed === 'policies' ? page.items[0] : undefined
    expect(pack?.id).toBe('DEMO')
    const [key] = await house.rows("select public_key from province_key where name = 'policy'")
    const publicKey = key?.public_key
    if (!(publicKey instanceof Buffer) || pack === undefined) throw new Error('no policy')
    const signed = (text: string) =>
      standardSuite.verify(new Uint8Array(publicKey), utf8ToBytes(text), fromBase64Url(pack.signature))
    expect(await signed(pack.text)).toBe(true)
    expect(await signed(`${pack.text} `)).toBe(false)
  })

  it('repeats nothing in any feed when the demo is seeded again', async () => {
    const terminal = await house.terminal()
    const cursors: [FeedName, string | null][] = []
    for (const feed of feedName.options) cursors.push([feed, (await all(terminal, feed, 2000)).cursor])
    await (await house.start()).close()
    for (const [feed, cursor] of cursors) expect((await terminal.pull(feed, cursor)).items).toEqual([])
  })

  it('refuses a cursor that is not its own', async () => {
    const terminal = await house.terminal()
    await expect(terminal.pull('roster', 'tomorrow')).rejects.toThrow('BODY_BAD')
  })

  it('refuses an older envelope played again, and answers the last one again after a lost reply', async () => {
    const terminal = await house.terminal()
    const parse = (body: unknown) => pullReply.parse(body)
    const older = await terminal.envelopeFor('pull', { feed: 'site', cursor: null, limit: 1 })
    const newer = await terminal.envelopeFor('pull', { feed: 'site', cursor: null, limit: 1 })
    expect((await terminal.send('/v1/feed', older, parse)).ok).toBe(true)
    expect((await terminal.send('/v1/feed', newer, parse)).ok).toBe(true)
    expect((await terminal.send('/v1/feed', newer, parse)).ok).toBe(true)
    expect(await terminal.send('/v1/feed', older, parse)).toMatchObject({
      ok: false,
      refusal: { code: 'ENVELOPE_REPLAYED' },
    })
  })

  it('refuses a changed envelope, a pull at the place of a push, and one by another key', async () => {
    const terminal = await house.terminal()
    const stranger = await house.terminal()
    const parse = (body: unknown) => pushReply.parse(body)
    const pull = await terminal.envelopeFor('pull', { feed: 'site', cursor: null, limit: 1 })
    const bad = { ok: false, refusal: { code: 'ENVELOPE_BAD' } }
    expect(await terminal.send('/v1/feed', { ...pull, counter: pull.counter + 1 }, parse)).toMatchObject(bad)
    expect(await terminal.send('/v1/ledger', pull, parse)).toMatchObject(bad)
    const theirs = await stranger.envelopeFor('pull', { feed: 'site', cursor: null, limit: 1 })
    expect(await terminal.send('/v1/feed', { ...theirs, from: terminal.terminal }, parse)).toMatchObject(bad)
  })

  it('refuses a terminal that it does not know, and one struck off', async () => {
    const terminal = await house.terminal()
    const parse = (body: unknown) => pullReply.parse(body)
    const envelope = await terminal.envelopeFor('pull', { feed: 'site', cursor: null, limit: 1 })
    expect(await terminal.send('/v1/feed', { ...envelope, from: 'nobody' }, parse)).toMatchObject({
      refusal: { code: 'TERMINAL_UNKNOWN' },
    })
    await house.rows('update terminal set struck_off = true where terminal_id = $1', [terminal.terminal])
    expect(await terminal.send('/v1/feed', envelope, parse)).toMatchObject({ refusal: { code: 'TERMINAL_STRUCK_OFF' } })
  })

  it('keeps what a terminal cannot read of its feeds until it can, and says so without naming anybody', async () => {
    const terminal = await house.terminal()
    const tell = async (unread: readonly UnreadItem[]) => {
      const envelope = await terminal.envelopeFor('pull', { feed: 'site', cursor: null, limit: 1, unread })
      expect(await terminal.send('/v1/feed', envelope, body => pullReply.parse(body))).toMatchObject({ ok: true })
    }
    const database = await openDatabase(house.databaseUrl)
    const id = demoSeniors()[0]?.id ?? null
    await tell([{ feed: 'roster', id, detail: 'kind invalid_union' }])
    const [said] = await feedsUnread(database.pool)
    expect(said).toEqual({
      ...{ terminal: terminal.terminal, site: 'demo-canteen', feed: 'roster', count: 1, why: 'kind invalid_union' },
    })
    await tell([])
    expect(await feedsUnread(database.pool)).toEqual([])
    await database.close()
  })

  it('signs its answers, so that a forged or an exchanged one does not open', async () => {
    const terminal = await house.terminal()
    const envelope = await terminal.envelopeFor('pull', { feed: 'site', cursor: null, limit: 1 })
    const { json } = await post(house.province.address, '/v1/feed', envelope)
    expect(await terminal.openReply(json, envelope.nonce)).toMatchObject({ ok: true })
    expect(await terminal.openReply({ ...Object(json), counter: 999_999 }, envelope.nonce)).toEqual({
      ok: false,
      problem: 'BAD_SIGNATURE',
    })
    expect(await terminal.openReply(json, 'A'.repeat(22))).toEqual({ ok: false, problem: 'NOT_THE_ANSWER' })
  })

  it('serves its OpenAPI with every route', async () => {
    const response = await fetch(`${house.province.address}/openapi.json`)
    const document: { openapi: string; paths: Record<string, unknown> } = await response.json()
    expect(document.openapi).toMatch(/^3\.1/)
    expect(Object.keys(document.paths).sort()).toEqual([
      '/health',
      '/m/{terminal}/{token}',
      '/round/news',
      '/round/open',
      '/round/results',
      '/v1/codes',
      '/v1/demo/codes',
      '/v1/demo/people',
      '/v1/device-keys',
      '/v1/device-keys/revoke',
      '/v1/enrol',
      '/v1/face/deposit',
      '/v1/face/fetch',
      '/v1/feed',
      '/v1/history',
      '/v1/ledger',
      '/v1/lookup',
      '/v1/news',
      '/v1/resolve',
      '/v1/rights',
      '/v1/statement',
      '/v1/statement/revoke',
      '/v1/usb',
    ])
  })
})
