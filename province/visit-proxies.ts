import type { PoolClient } from 'pg'
import type { SiteId, TerminalId } from '../shared/ids.ts'
import type { LedgerRecord } from '../shared/record.ts'
import type { Arrival } from './bookings.ts'
import type { VerdictCode } from './examine.ts'
import { seniorBehind } from './face-consents.ts'
import { judgeKind } from './judge-kind.ts'
import { mayCollect } from './proxies.ts'
import { storedRecord } from './record-ids.ts'

type VisitProxy = Extract<LedgerRecord, { kind: 'visit-proxy' }>
interface Place {
  readonly terminal: TerminalId
  readonly site: SiteId
  readonly siteKey: Uint8Array
}

/**
 * Judges what registered proxies vouched for at a station: a visit's beginning or end, or a note of attendance, of the same senior and terminal,
 * that claims no more than a proxy's word, by somebody registered for that senior on that date, or as the visit began where it was counted on a later
 * day. The visit itself stands as it is.
 */
export async function judgeVisitProxies(
  client: PoolClient,
  place: Place,
  arrivals: readonly Arrival[],
): Promise<Arrival[]> {
  return await judgeKind('visit-proxy', arrivals, (record, before) => doubtAbout(client, place, record, before))
}

async function doubtAbout(
  client: PoolClient,
  place: Place,
  { businessDate: date, payload }: VisitProxy,
  before: readonly Arrival[],
): Promise<VerdictCode | null> {
  const { of, senior: ref, proxy, site } = payload
  const recordOf = async (id: string) =>
    before.find(({ record }) => record?.id === id)?.record ?? (await storedRecord(client, place.terminal, id))
  const about = await recordOf(of)
  if (about?.kind !== 'visit-in' && about?.kind !== 'visit-out' && about?.kind !== 'attendance') return 'UNKNOWN_RECORD'
  const { senior, means, assurance } = about.payload
  const isTheirs = site === place.site && senior === ref && means === 'manual' && assurance === 'presented'
  if (!isTheirs) return 'IDENTITY_DOUBTFUL'
  const known = await seniorBehind(client, place, ref)
  if (known === null) return 'PROXY_UNKNOWN'
  const began = about.kind === 'visit-out' ? await recordOf(about.payload.of) : null
  const isRegistered = (on: string) => mayCollect(client, place, known, proxy, on)
  return (await isRegistered(date)) || (began && (await isRegistered(began.businessDate))) ? null : 'PROXY_UNKNOWN'
}
