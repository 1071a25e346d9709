import { z } from 'zod'
import { businessDateOf } from '../../../shared/business-day.ts'
import { fromBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import type { AnyWord } from '../../../shared/leases/word.ts'
import {
  type FaceWithdrawal,
  feedName,
  type LedgerEnd,
  type PullBody,
  type Revocation,
} from '../../../shared/province-api.ts'
import type { RoundItem } from '../../../shared/round/round.ts'
import type { RosterEntry } from '../../../shared/senior.ts'
import type { Suite } from '../../../shared/suite.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { PlannedOrder } from '../../../shared/visit/order.ts'
import { noteClocks } from '../clock-trust.ts'
import { forgetTold } from '../settings/own-changes.ts'
import type { CodeKeys } from '../store/code-keys.ts'
import type { Documents } from '../store/documents.ts'
import type { Db } from '../store/open-database.ts'
import type { Policies } from '../store/policies.ts'
import type { Roster } from '../store/roster.ts'
import { keepCatalogue } from '../visit/catalogues.ts'
import { acknowledged } from './acknowledged.ts'
import { type Enrolment, enrolment } from './enrol.ts'
import type { Exchange } from './exchange.ts'
import { type ReadPage, readPage } from './feed-page.ts'
import { takeProvinceKeys } from './province-keys.ts'
import { noteUnread, noteUnreadTold, unreadToTell } from './unread-items.ts'

const pageSize = 200
/** What an older province does not know: each till by itself then, without orders and rounds, by the keys of its enrolment. */
const mayLack: ReadonlySet<string> = new Set(['province-keys', 'tills', 'orders', 'rounds'])

export interface PullParts {
  readonly db: Db
  readonly suite: Suite
  readonly documents: Documents
  readonly roster: Roster
  readonly policies: Policies
  readonly codeKeys: CodeKeys
  readonly enrolment: Enrolment
  /** Another till of the site sells through this one, or this one through another: else nobody asks who they are. */
  readonly wantsTills: boolean
  now(): number
  /** The province answered, and said its time (ms). */
  onTime(provinceAt: number): void
  /** Why the clock dates nothing now; null while it is sure. */
  clockDoubt(): Notice | null
  /** Faces were withdrawn somewhere; called in the transaction that stores the page. */
  onWithdrawn(faces: readonly FaceWithdrawal[]): void
  /** Services were ordered ahead, or taken back; called in the transaction that stores the page. */
  onOrders(orders: readonly PlannedOrder[]): void
  /** Entries of the roster came; called in the transaction that stores the page. */
  onRoster(entries: readonly RosterEntry[]): void
  /** Something was revoked or let through again; called in the transaction that stores the page. */
  onRevoked(items: readonly Revocation[]): void
  /** Entries of the roster or withdrawals of faces came, and are stored. */
  onPeople(): Promise<void>
  /** Words on leases came; they are stored when this resolves. */
  onLeases(words: readonly AnyWord[]): Promise<void>
  /** Rounds and results of rounds came; called in the transaction that stores the page. */
  onRounds(items: readonly RoundItem[]): void
  /** Where the ledger ends now. */
  ledgerEnd(): LedgerEnd
  send(body: PullBody): Promise<Exchange>
}

export type PullOutcome = { ok: true } | Exclude<Exchange, { ok: true }>

/** Brings every feed up to date, page by page; each page and its cursor are stored together. */
export async function pullFeeds(parts: PullParts): Promise<PullOutcome> {
  for (const feed of feedName.options) {
    if (feed === 'tills' && !parts.wantsTills) continue
    for (let more = true; more; ) {
      const cursor = parts.documents.read(`cursor:${feed}`, z.string())
      const ask = { feed, cursor, limit: pageSize }
      const reply = feed === feedName.options[0] ? await askFirst(parts, ask) : await parts.send(ask)
      if (mayLack.has(feed) && !reply.ok && reply.reason === 'refused') break
      if (!reply.ok) return reply
      const read = readPage(reply.body, parts.now())
      if (read === null || read.page.feed !== feed) return { ok: false, reason: 'false-province' }
      const { page } = read
      parts.onTime(page.at)
      // What the province tells is answered with records, and those have a date: it tells it again once that is sure.
      if (parts.clockDoubt() !== null) return { ok: true }
      noteClocks(parts.documents, parts.now(), page.at)
      if (!(await applyPage(parts, read, cursor))) return { ok: false, reason: 'false-province' }
      more = page.more && page.cursor !== cursor
    }
  }
  noteUpToDate(parts, parts.now())
  return { ok: true }
}

/** The first question of a round says what the province must know of this terminal. */
async function askFirst(parts: PullParts, ask: PullBody): Promise<Exchange> {
  const told = { ...ask, ledger: parts.ledgerEnd() }
  const unread = unreadToTell(parts.documents)
  if (unread === null) return await parts.send(told)
  const reply = await parts.send({ ...told, unread })
  // An older province knows no such word: it sends its feeds all the same.
  if (!reply.ok && reply.reason === 'refused' && reply.code === 'BODY_BAD') return await parts.send(told)
  if (reply.ok) noteUnreadTold(parts.documents, unread)
  return reply
}

/**
 * Stores a page with its cursor, and sets aside what of it could not be read; the caller made sure that it goes on from where this feed stood.
 * False, and nothing stored, where it brings keys of the province that its root never signed.
 * @param from the cursor that it goes on from: a feed that was set back since then stays so, and begins anew with the next question
 */
export async function applyPage(
  parts: Omit<PullParts, 'send' | 'ledgerEnd' | 'onTime' | 'clockDoubt'>,
  read: ReadPage,
  from: string | null,
): Promise<boolean> {
  const { page } = read
  const signedBy = (key: string) => (text: string, signature: string) =>
    isSigned(parts.suite, fromBase64Url(key), text, signature)
  const { root } = parts.enrolment.province
  if (page.feed === 'province-keys') {
    for (const list of page.items) if (!(await takeProvinceKeys(parts, list, signedBy(root)))) return false
  }
  // By the keys that this very round may have brought.
  const { keys } = (parts.documents.read('enrolment', enrolment) ?? parts.enrolment).province
  if (page.feed === 'policies') for (const pack of page.items) await parts.policies.accept(pack, signedBy(keys.policy))
  // By the root that the enrolment pinned: whoever holds the other keys of the province can make no elder codes.
  if (page.feed === 'code-keys') for (const list of page.items) await parts.codeKeys.accept(list, signedBy(root))
  if (page.feed === 'leases') await parts.onLeases(page.items)
  parts.db
    .transaction(() => {
      if (page.feed === 'roster') {
        parts.roster.apply(page.items)
        parts.onRoster(page.items)
      }
      if (page.feed === 'revocations') {
        parts.roster.revoke(page.items)
        parts.onRevoked(page.items)
        parts.onWithdrawn(facesIn(page.items))
      }
      if (page.feed === 'orders') parts.onOrders(page.items)
      if (page.feed === 'rounds') parts.onRounds(page.items)
      if (page.feed === 'tills') for (const item of page.items) parts.documents.write('tills', item)
      if (page.feed === 'site' && page.items.length > 0) {
        for (const item of page.items) {
          keepCatalogue(parts.documents, item, parts.now())
          parts.documents.write('site', item)
        }
        forgetTold(parts.documents, acknowledged(parts.documents))
      }
      noteUnread(parts.documents, read)
      const name = `cursor:${page.feed}`
      if (parts.documents.read(name, z.string()) === from) parts.documents.write(name, page.cursor)
    })
    .immediate()
  if (page.feed === 'roster' && page.items.length > 0) await parts.onPeople()
  if (page.feed === 'revocations' && facesIn(page.items).length > 0) await parts.onPeople()
  return true
}

/** Every feed is as the province had it at this time (ms). */
export function noteUpToDate(parts: Pick<PullParts, 'db' | 'documents' | 'roster' | 'now'>, at: number): void {
  parts.db.transaction(() => parts.roster.forgetVisitors(businessDateOf(parts.now()))).immediate()
  parts.documents.write('roster-synced-at', at)
}

const facesIn = (items: readonly Revocation[]) => items.filter(item => item.kind === 'face')

async function isSigned(suite: Suite, key: Uint8Array, text: string, signature: string): Promise<boolean> {
  try {
    return await suite.verify(key, utf8ToBytes(text), fromBase64Url(signature))
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
