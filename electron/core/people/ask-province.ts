import { type LookupBody, lookupReply } from '../../../shared/province-api.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import type { SyncLoop } from '../sync/sync-loop.ts'

/** A person waits at the counter: after this long (ms) without an answer the till says so and goes on. */
const patienceMs = 6000

export type ProvinceAnswer = { readonly ok: true; readonly senior: FullSenior | null } | { readonly ok: false }

/** Asks the province who somebody is; not `ok` while there is no answer to be had. */
export async function askProvince(sync: Pick<SyncLoop, 'ask'>, question: LookupBody): Promise<ProvinceAnswer> {
  const reply = await sync.ask('lookup', question, patienceMs)
  const answer = lookupReply.safeParse(reply.ok ? reply.body : null)
  return answer.success ? { ok: true, senior: answer.data.senior } : { ok: false }
}
