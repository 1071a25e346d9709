import { addDays, businessDateOf } from '../shared/business-day.ts'
import type { LookupBody, LookupReply } from '../shared/province-api.ts'
import { type Database, nextChange, select, transaction } from './database.ts'
import { deviceKeysOf } from './device-keys.ts'
import type { Caller } from './envelope-desk.ts'
import { holdsCard, seniorColumns, seniorRow, toEntry } from './seniors.ts'

/** How long a site holds a visitor in full after the province told who it is, in days. */
const visitorDays = 90
/** Enough to see that more than one fits. */
const mostRead = 2

/** Where each kind of question looks, with the value of its first place. */
function conditionOf(question: LookupBody): { where: string; value: unknown } {
  switch (question.by) {
    case 'card':
      return { where: holdsCard, value: [question.card] }
    case 'code':
      return { where: 'senior_id = $1', value: question.senior }
    case 'name':
      return {
        where: 'body::jsonb @> $1::jsonb',
        value: JSON.stringify({ name: question.name, numberTail: question.numberTail }),
      }
  }
}

/**
 * Tells a terminal who somebody is, where exactly one senior fits, and lets its site hold them in full as a visitor; the senior's roster
 * entry goes to that site from then on. Every question is written down.
 */
export async function lookUp(database: Database, caller: Caller, question: LookupBody): Promise<LookupReply> {
  const { where, value } = conditionOf(question)
  const until = addDays(businessDateOf(Date.now()), visitorDays)
  return await transaction(database, async client => {
    const [change] = await nextChange(client)
    const rows = await select(
      client,
      seniorRow,
      `select ${seniorColumns}, ${deviceKeysOf} as device_keys from senior where ${where} and not gone limit ${mostRead}`,
      [value],
    )
    const [found] = rows.length === 1 ? rows : []
    await client.query('insert into lookup (terminal_id, by, senior_id) values ($1, $2, $3)', [
      caller.terminal,
      question.by,
      found?.senior_id ?? null,
    ])
    if (found === undefined) return { senior: null }
    if (found.home_site !== caller.site) {
      await client.query(
        `insert into visitor (site_id, senior_id, until) values ($1, $2, $3)
          on conflict (site_id, senior_id) do update set until = excluded.until`,
        [caller.site, found.senior_id, until],
      )
      await client.query('update senior set change = $2 where senior_id = $1', [found.senior_id, change])
    }
    const entry = toEntry({ ...found, visitor_until: until }, caller.site)
    return { senior: entry.kind === 'full' ? entry : null }
  })
}
