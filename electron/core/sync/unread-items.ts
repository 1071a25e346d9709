import { z } from 'zod'
import { type FeedName, feedName, mostUnreadTold, type UnreadItem, unreadItem } from '../../../shared/province-api.ts'
import type { Notice, TerminalView } from '../../../shared/terminal-api.ts'
import type { Documents } from '../store/documents.ts'
import type { ReadPage } from './feed-page.ts'

/** `from`: where each feed stood before its first item that could not be read. `isOld`: from before this start. `more`: those that are counted only. */
const kept = z.object({
  from: z.array(z.object({ feed: feedName, cursor: z.string().nullable() })),
  items: z.array(unreadItem.extend({ isBlind: z.boolean(), isOld: z.boolean() })),
  more: z.int(),
})
type Kept = z.infer<typeof kept>
type UnreadFeed = TerminalView['feedsUnread'][number]

const name = 'unread-items'
const nothing: Kept = { from: [], items: [], more: 0 }
/** So many are kept by their ids. */
const mostKept = 500

const held = (documents: Documents) => documents.read(name, kept)

/** Sets aside what of a page could not be read, and forgets what came again and could. Inside the transaction that stores the page. */
export function noteUnread(documents: Documents, { page, unread, again }: ReadPage): void {
  const before = held(documents)
  if (before === null && unread.length === 0) return
  const { from, items, more } = before ?? nothing
  const { feed } = page
  const replaced = new Set([...again, ...unread.flatMap(({ id }) => id ?? [])])
  const left = items.filter(item => item.feed !== feed || item.id === null || !replaced.has(item.id))
  const fresh = unread.map(item => ({ ...item, isOld: false }))
  // At the end of a feed all that was set aside before the start has come by again.
  const now = [...left.filter(item => item.feed !== feed || page.more || !item.isOld), ...fresh]
  const stays = more > 0 || now.some(item => item.feed === feed)
  const others = from.filter(one => one.feed !== feed)
  const mine = from.find(one => one.feed === feed) ?? { feed, cursor: documents.read(`cursor:${feed}`, z.string()) }
  documents.write(name, {
    from: stays && (unread.length > 0 || others.length < from.length) ? [...others, mine] : others,
    items: now.slice(0, mostKept),
    more: more + Math.max(0, now.length - mostKept),
  } satisfies Kept)
  // A till that was struck off may stand on the older list: until this one can be read, each till goes on alone.
  if (feed === 'tills' && unread.length > 0) documents.remove('tills')
}

/** At a start, which a newer program begins with too: feeds go back to before what could not be read, and all since is heard once more. */
export function readUnreadAgain(documents: Documents): void {
  const before = held(documents)
  if (before === null) return
  for (const { feed, cursor } of before.from) {
    if (cursor === null) documents.remove(`cursor:${feed}`)
    else documents.write(`cursor:${feed}`, cursor)
  }
  documents.write(name, {
    ...{ from: before.from, more: 0 },
    items: before.items.map(item => ({ ...item, isOld: true })),
  } satisfies Kept)
}

/** What the province is told with the next pull; null where it has nothing to hear. */
export function unreadToTell(documents: Documents): UnreadItem[] | null {
  const before = held(documents)
  return before?.items.slice(0, mostUnreadTold).map(({ feed, id, detail }) => ({ feed, id, detail })) ?? null
}

/** The province heard what was told; where that was that all is read, it need not hear it again. */
export function noteUnreadTold(documents: Documents, told: readonly UnreadItem[]): void {
  if (told.length === 0 && held(documents)?.items.length === 0) documents.remove(name)
}

/** Only these ids help a person to find it, and name no card. */
const isNamed: ReadonlySet<FeedName> = new Set(['roster', 'policies', 'orders', 'rounds'])

/** Enough of an id to find it by. */
const shortId = (id: string) => (id.length > 16 ? `${id.slice(0, 8)}…` : id)

/** What could not be read, feed by feed in their order. `ids`: two at the most; `why`: which member of the first one was unknown. */
export function unreadFeeds(documents: Documents): UnreadFeed[] {
  const { items } = held(documents) ?? nothing
  return feedName.options.flatMap(feed => {
    const of = items.filter(item => item.feed === feed)
    const [first] = of
    const ids = isNamed.has(feed) ? of.flatMap(({ id }) => (id === null ? [] : shortId(id))).slice(0, 2) : []
    return first === undefined ? [] : [{ feed, count: of.length, ids, why: first.detail }]
  })
}

/** What somebody at the till must know of what could not be read. */
export function unreadNotices(documents: Documents): Notice[] {
  const { items, more } = held(documents) ?? nothing
  const blind = items.filter(({ isBlind }) => isBlind).length
  const count = items.length + more
  if (count === 0) return []
  return [
    ...(blind > 0 ? [{ code: 'REVOCATION_UNREAD' as const, values: { count: blind } }] : []),
    { code: 'FEED_UNREAD', values: { count } },
  ]
}
