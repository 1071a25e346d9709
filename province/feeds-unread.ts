import { z } from 'zod'
import { siteId, terminalId } from '../shared/ids.ts'
import { feedName, type UnreadItem, unreadItem } from '../shared/province-api.ts'
import { type Queryable, select } from './database.ts'

/** Keeps what a terminal cannot read of its feeds; nothing where it reads all again. */
export async function noteFeedsUnread(
  client: Queryable,
  terminal: string,
  unread: readonly UnreadItem[],
): Promise<void> {
  await client.query(
    'update terminal set feeds_unread = $2 where terminal_id = $1 and feeds_unread is distinct from $2',
    [terminal, unread.length === 0 ? null : JSON.stringify(unread)],
  )
}

const row = z.object({ terminal_id: terminalId, site_id: siteId, feeds_unread: z.string() })

/** Terminals that cannot read something, each feed by how many items and why, without the ids of anybody. */
export async function feedsUnread(client: Queryable) {
  const rows = await select(
    client,
    row,
    `select terminal_id, site_id, feeds_unread from terminal
      where feeds_unread is not null and not struck_off order by site_id, terminal_id`,
  )
  return rows.flatMap(({ terminal_id: terminal, site_id: site, feeds_unread: text }) => {
    const items = z.array(unreadItem).parse(JSON.parse(text))
    return feedName.options.flatMap(feed => {
      const of = items.filter(item => item.feed === feed)
      const why = [...new Set(of.map(({ detail }) => detail))].join('; ')
      return of.length === 0 ? [] : [{ terminal, site, feed, count: of.length, why }]
    })
  })
}
