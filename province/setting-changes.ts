import type { PoolClient } from 'pg'
import { z } from 'zod'
import { addDays, beginOf } from '../shared/business-day.ts'
import { type OperatorId, recordId, type SiteId, siteId } from '../shared/ids.ts'
import type { LedgerRecord } from '../shared/record.ts'
import { type HeardChange, settingChange } from '../shared/setting-change.ts'
import { ofThisTerminal, staffOf, worthTelling } from '../shared/settings.ts'
import { site as siteSchema } from '../shared/site.ts'
import { insertRows, nextChange, type Queryable, select } from './database.ts'
import type { VerdictCode } from './examine.ts'

const row = z.object({ record_id: recordId, at: z.int(), body: z.string() })

async function changesOf(client: Queryable, site: SiteId): Promise<HeardChange[]> {
  const rows = await select(client, row, 'select record_id, at, body from setting_change where site_id = $1', [site])
  return rows.map(({ record_id, at, body }) => ({
    record: record_id,
    at,
    change: settingChange.parse(JSON.parse(body)),
  }))
}

/** What tills changed of one site, while a push of one of them is taken: each record is held against what came before it. */
export interface SettingsOfSite {
  /** Why somebody should look at a change; null where it simply counts, and `take` may follow. */
  doubtAbout(record: LedgerRecord): VerdictCode | null
  take(record: LedgerRecord): void
  /** Whether somebody was of the staff, and not switched off, at an instant (ms). */
  isStaff(operator: OperatorId, at: number): boolean
  /** Whether somebody was a station lead at an instant (ms). */
  isLead(operator: OperatorId, at: number): boolean
  /** Whether a till had put this price on the menu before this record, for the time that the record is of. @param priceFen of one piece */
  hasPrice(set: string, priceFen: number, record: LedgerRecord): boolean
  /** Stores what was taken, and lets the site's tills hear of it. What was not taken is told too, by its absence. */
  store(client: PoolClient, place: { terminal: string; generation: number }): Promise<void>
}

export async function openSettings(client: Queryable, ofSite: SiteId): Promise<SettingsOfSite> {
  const [found] = await select(client, z.object({ body: z.string() }), 'select body from site where site_id = $1', [
    ofSite,
  ])
  if (found === undefined) throw new Error(`there is no site ${ofSite}`)
  const site = siteSchema.parse(JSON.parse(found.body))
  const changes = await changesOf(client, ofSite)
  const taken: { heard: HeardChange; seq: number }[] = []
  let isNews = false

  const memberOf = (operator: OperatorId, at: number) =>
    staffOf(site, changes, at).find(({ id, on }) => id === operator && on)
  const isLead = (operator: OperatorId, at: number) => memberOf(operator, at)?.role === 'lead'

  return {
    isStaff: (operator, at) => memberOf(operator, at) !== undefined,
    isLead,
    doubtAbout(record) {
      if (record.kind !== 'setting-change') return null
      isNews = true
      const { at, payload } = record
      if (payload.site !== ofSite) return 'NOT_APPROVED'
      if (payload.what !== 'sold-out' && !isLead(payload.operator, at)) return 'NOT_APPROVED'
      return payload.from < at ? 'DATE_DOUBTFUL' : null
    },
    take({ id, at, seq, ...record }) {
      if (record.kind !== 'setting-change') return
      const heard = { record: id, at, change: record.payload }
      changes.push(heard)
      taken.push({ heard, seq })
    },
    hasPrice(set, priceFen, record) {
      // Of a late entry only the day is known on which it was served.
      const until = record.kind === 'late-entry' ? beginOf(addDays(record.payload.servedOn, 1)) - 1 : record.at
      return changes.some(
        ({ change }) =>
          change.what === 'menu' &&
          change.subject === set &&
          change.after?.priceFen === priceFen &&
          change.from <= until,
      )
    },
    async store(client, { terminal, generation }) {
      await insertRows(
        client,
        'setting_change',
        ['site_id', 'record_id', 'terminal_id', 'generation', 'seq', 'at', 'body'],
        taken.map(({ heard: { record, at, change }, seq }) => [
          ...[ofSite, record, terminal, generation, seq, at],
          JSON.stringify(change),
        ]),
        'on conflict (site_id, record_id) do nothing',
      )
      if (!isNews) return
      const [change] = await nextChange(client)
      await client.query('update site set change = $2 where site_id = $1', [ofSite, change])
    },
  }
}

/** The changes that a site's tills still need, to go with its document. What is of one terminal's screens stays at that terminal. */
export async function changesToTell(client: Queryable, ofSite: SiteId, now: number): Promise<HeardChange[]> {
  const changes = await changesOf(client, siteId.parse(ofSite))
  return worthTelling(
    changes.filter(({ change }) => !ofThisTerminal(change)),
    now,
  )
}
