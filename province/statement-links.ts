import { z } from 'zod'
import { type SeniorId, seniorId } from '../shared/ids.ts'
import { openToken, type StatementLink, tokenIsProven } from '../shared/statement-link.ts'
import { standardSuite } from '../shared/suite.ts'
import { type Queryable, select } from './database.ts'
import type { Keyring } from './keys.ts'

/** From now on the codes on a senior's statements that were printed at an instant (ms) or before open nothing. */
export async function revokeStatements(database: Queryable, senior: SeniorId, before: number): Promise<void> {
  await database.query(
    `insert into statement_revocation (senior_id, before) values ($1, $2)
      on conflict (senior_id) do update set before = greatest(statement_revocation.before, excluded.before)`,
    [senior, before],
  )
}

/** A code that somebody opened: `proven` where it was made at a till of this province, whatever became of it since. */
export type OpenedCode = { readonly proven: false } | { readonly proven: true; readonly link: StatementLink | null }

const keyRow = z.object({ site_key: z.instanceof(Buffer) })
const revokedRow = z.object({ senior_id: seniorId, before: z.int() })

/**
 * What a printed code opens; null where its time is over, it was revoked, or its senior is not known. A till that was struck off cannot be told
 * from whoever took it, so that what it printed opens nothing any more.
 */
export async function openCode(
  database: Queryable,
  keys: Keyring,
  { terminal, token, now }: { readonly terminal: string; readonly token: string; readonly now: number },
): Promise<OpenedCode> {
  const [site] = await select(
    database,
    keyRow,
    'select s.site_key from terminal t join site s on s.site_id = t.site_id where t.terminal_id = $1 and not t.struck_off',
    [terminal],
  )
  if (site === undefined || !tokenIsProven(new Uint8Array(site.site_key), terminal, token)) return { proven: false }
  const links = await Promise.all(keys.sealing.map(pair => openToken(standardSuite, pair, { terminal, token, now })))
  const link = links.find(opened => opened !== null) ?? null
  if (link === null) return { proven: true, link: null }
  const [revoked] = await select(
    database,
    revokedRow,
    'select senior_id, before from statement_revocation where senior_id = $1',
    [link.senior],
  )
  return { proven: true, link: revoked !== undefined && link.printedAt <= revoked.before ? null : link }
}
