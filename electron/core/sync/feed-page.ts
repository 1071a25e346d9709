import { z } from 'zod'
import { everyConsent } from '../../../shared/face/consent.ts'
import { seniorId } from '../../../shared/ids.ts'
import {
  codeSerial,
  type FeedName,
  feedItem,
  feedName,
  type PullReply,
  pullReply,
  type Revocation,
  type UnreadItem,
} from '../../../shared/province-api.ts'
import { cardId } from '../../../shared/senior.ts'

/** A page of a feed as far as this program reads it. `again`: ids of items that it did read. */
export interface ReadPage {
  readonly page: PullReply
  readonly unread: readonly SetAside[]
  readonly again: readonly string[]
}

/** An item that this program cannot read. `isBlind`: something was revoked, and nothing says what. */
export type SetAside = UnreadItem & { readonly isBlind: boolean }

const anyPage = z.object({
  feed: feedName,
  items: z.array(z.unknown()),
  cursor: z.string(),
  more: z.boolean(),
  at: z.int().nonnegative(),
})

/**
 * Reads a page item by item, so that one which this program does not know keeps no other from being taken. Of a revocation that cannot be read, what
 * it names counts as revoked. Null where it is no page at all.
 * @param now ms, for what a revocation does not say
 */
export function readPage(body: unknown, now: number): ReadPage | null {
  const form = anyPage.safeParse(body)
  if (!form.success) return null
  const { feed, items } = form.data
  const schema: z.ZodType = feedItem[feed]
  const unread: SetAside[] = []
  const again: string[] = []
  const taken = items.flatMap(item => {
    const read = schema.safeParse(item)
    const id = idOf(feed, item)
    if (read.success) {
      if (id !== null) again.push(id)
      return [item]
    }
    const revoked = feed === 'revocations' ? strictest(item, now) : []
    const [issue] = read.error.issues
    const detail = `${issue?.path.join('.') ?? ''} ${issue?.code ?? ''}`.trim().slice(0, 200)
    unread.push({ feed, id, detail, isBlind: feed === 'revocations' && revoked.length === 0 })
    return revoked
  })
  const page = pullReply.safeParse({ ...form.data, items: taken })
  return page.success ? { page: page.data, unread, again } : null
}

const text = z.string().min(1).max(64).optional().catch(undefined)
const names = z.object({
  ...{ kind: text, id: text, order: text, pack: text, fund: text, serial: text, card: text, senior: text },
  round: z
    .object({ round: z.string().min(1).max(64) })
    .transform(({ round }) => round)
    .optional()
    .catch(undefined),
})

/** What an item is about, the same whether or not it can be read; null where it does not say. */
function idOf(feed: FeedName, item: unknown): string | null {
  // Of these there is one at a time, and each takes the place of the one before.
  if (feed === 'site' || feed === 'tills' || feed === 'code-keys') return feed
  const { kind, id, order, pack, fund, serial, card, senior, round } = names.safeParse(item).data ?? {}
  if (feed === 'revocations') return [kind, senior ?? serial ?? card].filter(Boolean).join(' ') || null
  if (feed === 'leases') return [senior ?? fund, pack].filter(Boolean).join(' ') || null
  return (feed === 'orders' ? order : feed === 'rounds' ? round : id) ?? null
}

const revoking = z.object({
  kind: text,
  senior: seniorId.optional().catch(undefined),
  serial: codeSerial.optional().catch(undefined),
  card: cardId.optional().catch(undefined),
  before: z.int().nonnegative().optional().catch(undefined),
  at: z.int().nonnegative().optional().catch(undefined),
})

/** The most that a revocation can mean of whatever it names: nobody is let in by what this program cannot read. */
function strictest(item: unknown, now: number): Revocation[] {
  const { kind, senior, serial, card, before, at } = revoking.safeParse(item).data ?? {}
  if (senior !== undefined && kind === 'face') return [{ kind, senior, what: [...everyConsent], at: at ?? now }]
  return [
    ...(senior === undefined ? [] : [{ kind: 'codes' as const, senior, before: before ?? Math.floor(now / 1000) }]),
    ...(serial === undefined ? [] : [{ kind: 'paper' as const, serial }]),
    ...(card === undefined ? [] : [{ kind: 'card' as const, card, lost: true }]),
  ]
}
