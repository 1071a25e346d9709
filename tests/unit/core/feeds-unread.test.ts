import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createCodeKeys } from '../../../electron/core/store/code-keys.ts'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createPolicies } from '../../../electron/core/store/policies.ts'
import { createRoster } from '../../../electron/core/store/roster.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import type { Exchange } from '../../../electron/core/sync/exchange.ts'
import { readPage } from '../../../electron/core/sync/feed-page.ts'
import { pullFeeds } from '../../../electron/core/sync/pull.ts'
import { readUnreadAgain, unreadFeeds, unreadNotices } from '../../../electron/core/sync/unread-items.ts'
import { seniorId, siteId, terminalId } from '../../../shared/ids.ts'
import type { FaceWithdrawal, FeedName, PullBody } from '../../../shared/province-api.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { noon, openStore, tempFolder } from '../store/store-kit.ts'

const key = 'A'.repeat(43)
const [chen, li, wang] = ['a', 'b', 'c'].map(letter => seniorId.parse(letter.repeat(32)))
if (!chen || !li || !wang) throw new Error('no seniors')
const card = (digit: string) => digit.repeat(32)
const thin = (id: string, digit: string) => ({ kind: 'thin', id, cards: [card(digit)], codesSince: 0 })
const order = { order: 'A-1', senior: chen, service: 'bathing', date: '2026-11-20', at: '09:30', minutes: null }
const planned = { ...order, carer: null, state: 'planned', note: null }

/** A till's own store, and a province whose feeds are lists: the cursor is how many items were sent, two on a page. */
function open(isOld = false) {
  const { db } = openStore(tempFolder())
  const vault = createVault(new Uint8Array(32))
  const documents = createDocuments(db, vault)
  const roster = createRoster(db, vault)
  const feeds: Partial<Record<FeedName, unknown[]>> = {}
  const asked: PullBody[] = []
  const withdrawn: FaceWithdrawal[] = []
  const ordered: string[] = []
  const parts = {
    ...{ db, suite: standardSuite, documents, wantsTills: true, now: () => noon },
    roster,
    policies: createPolicies(documents, () => noon),
    codeKeys: createCodeKeys(documents),
    enrolment: {
      ...{ terminal: terminalId.parse('till-1'), site: siteId.parse('canteen'), siteKey: key, lastHead: null },
      address: 'http://127.0.0.1:1/',
      province: { keys: { transport: key, sealing: key, policy: key }, root: key, signature: 'x'.repeat(86) },
    },
    onWithdrawn: (faces: readonly FaceWithdrawal[]) => void withdrawn.push(...faces),
    onRoster: () => undefined,
    onOrders: (orders: readonly { order: string }[]) => void ordered.push(...orders.map(one => one.order)),
    onRevoked: () => undefined,
    onPeople: async () => undefined,
    onRounds: () => undefined,
    onLeases: async () => undefined,
    onTime: () => undefined,
    clockDoubt: () => null,
    ledgerEnd: () => ({ head: null, acknowledged: { generation: 0, seq: 0 } }),
    async send(body: PullBody): Promise<Exchange> {
      asked.push(body)
      if (isOld && body.unread) return { ok: false, reason: 'refused', code: 'BODY_BAD' }
      const all = feeds[body.feed] ?? []
      const from = Number(body.cursor ?? 0)
      const items = all.slice(from, from + 2)
      const page = { cursor: String(from + items.length), more: from + 2 < all.length, at: noon }
      return { ok: true, body: { feed: body.feed, items, ...page } }
    },
  }
  return {
    ...{ feeds, documents, roster, withdrawn, ordered },
    pull: () => pullFeeds(parts),
    restart: () => readUnreadAgain(documents),
    codes: () => unreadNotices(documents).map(({ code }) => code),
    notices: () => unreadNotices(documents),
    unread: () => unreadFeeds(documents),
    cursor: (feed: FeedName) => documents.read(`cursor:${feed}`, z.string()),
    /** What the province was told of it, newest last. */
    told: () => asked.flatMap(({ unread }) => (unread === undefined ? [] : [unread])),
  }
}

describe('an item that this program cannot read', () => {
  const strange = { ...thin(li, '2'), kind: 'half' }

  test('is set aside and said; the rest of its page, of its feed and of all feeds is taken', async () => {
    const till = open()
    till.feeds.roster = [thin(chen, '1'), strange, thin(wang, '3')]
    till.feeds.orders = [planned]
    expect(await till.pull()).toEqual({ ok: true })
    expect([chen, li, wang].map(id => till.roster.bySenior(id)?.id)).toEqual([chen, undefined, wang])
    expect(till.ordered).toEqual(['A-1'])
    expect(till.cursor('roster')).toBe('3')
    expect(till.notices()).toEqual([{ code: 'FEED_UNREAD', values: { count: 1 } }])
    expect(till.unread()).toEqual([{ feed: 'roster', count: 1, ids: ['bbbbbbbb…'], why: 'kind invalid_union' }])
  })

  test('is told to the province, and that it is read once it came again', async () => {
    const till = open()
    till.feeds.roster = [strange]
    await till.pull()
    expect(till.told()).toEqual([])
    await till.pull()
    expect(till.told()).toEqual([[{ feed: 'roster', id: li, detail: 'kind invalid_union' }]])
    till.feeds.roster.push(thin(li, '2'))
    await till.pull()
    expect(till.roster.bySenior(li)?.id).toBe(li)
    expect(till.notices()).toEqual([])
    await till.pull()
    await till.pull()
    expect(till.told().slice(2)).toEqual([[]])
  })

  test('keeps no older province, which cannot hear of it, from sending its feeds', async () => {
    const till = open(true)
    till.feeds.roster = [strange]
    await till.pull()
    till.feeds.roster.push(thin(wang, '3'))
    expect(await till.pull()).toEqual({ ok: true })
    expect(till.roster.bySenior(wang)?.id).toBe(wang)
  })

  test('is asked for again at the next start, and taken where the program can read it by then', async () => {
    const till = open()
    till.feeds.roster = [thin(chen, '1'), thin(wang, '3'), strange, { nameless: true }, thin(chen, '4')]
    await till.pull()
    till.restart()
    expect(till.cursor('roster')).toBe('2')
    expect(till.codes()).toEqual(['FEED_UNREAD'])
    await till.pull()
    expect(till.notices()).toMatchObject([{ values: { count: 2 } }])
    // What a newer program would read of the same items.
    till.feeds.roster.splice(2, 2, thin(li, '2'), thin(wang, '3'))
    till.restart()
    await till.pull()
    expect(till.roster.byCard(card('2'))?.id).toBe(li)
    expect(till.roster.byCard(card('4'))?.id).toBe(chen)
    expect(till.notices()).toEqual([])
  })

  test('is one item: what is no page at all is not from this province', () => {
    const page = { feed: 'roster', items: [strange], cursor: '1', more: false, at: noon }
    expect(readPage(page, noon)?.unread).toHaveLength(1)
    expect(readPage({ ...page, items: 'none' }, noon)).toBe(null)
    expect(readPage({ ...page, feed: 'weather' }, noon)).toBe(null)
  })
})

describe('of what keeps somebody out', () => {
  test('a revocation that cannot be read revokes all that it names', async () => {
    const till = open()
    till.feeds.roster = [thin(chen, '1'), thin(li, '2')]
    till.feeds.revocations = [
      { kind: 'card', card: card('1'), lost: 'yes', why: 'new' },
      { kind: 'codes', senior: li, before: 'noon' },
      { kind: 'paper', serial: '00112233aabbccdd', by: 'bureau' },
      { kind: 'face', senior: wang, what: ['voice'], at: 5 },
    ]
    await till.pull()
    expect(till.roster.cardIsLost(card('1'))).toBe(true)
    expect(till.roster.codesRevokedBefore(li)).toBe(noon / 1000)
    expect(till.roster.paperIsRevoked('00112233aabbccdd')).toBe(true)
    expect(till.withdrawn).toEqual([{ kind: 'face', senior: wang, what: ['face', 'away', 'portrait'], at: 5 }])
    expect(till.codes()).toEqual(['FEED_UNREAD'])
    till.feeds.revocations.push({ kind: 'card', card: card('1'), lost: false })
    await till.pull()
    expect(till.roster.cardIsLost(card('1'))).toBe(false)
  })

  test('one that names nothing is said to staff by itself, and the others count', async () => {
    const till = open()
    till.feeds.revocations = [
      { kind: 'chip', number: 7 },
      { kind: 'card', card: card('1'), lost: true },
    ]
    await till.pull()
    expect(till.codes()).toEqual(['REVOCATION_UNREAD', 'FEED_UNREAD'])
    expect(till.roster.cardIsLost(card('1'))).toBe(true)
  })

  test("a list of the site's tills that cannot be read lets none of the older list in", async () => {
    const till = open()
    till.feeds.tills = [{ first: 'till-1', tills: [] }]
    await till.pull()
    expect(till.documents.names('tills')).toEqual(['tills'])
    till.feeds.tills.push({ first: 'till-1', tills: 'none' })
    await till.pull()
    expect(till.documents.names('tills')).toEqual([])
    expect(till.codes()).toEqual(['FEED_UNREAD'])
  })
})
