import { type HistoryBody, historyReply } from '../../../shared/province-api.ts'
import type { History } from '../store/history.ts'
import type { Exchange } from './exchange.ts'

const pageSize = 200

/** Gets back from the province what this terminal lost; asks nothing where nothing is missing. */
export async function refill(
  history: History,
  send: (body: HistoryBody) => Promise<Exchange>,
): Promise<{ ok: true } | Exclude<Exchange, { ok: true }>> {
  for (;;) {
    const due = history.due()
    if (due === null) return { ok: true }
    const reply = await send({ ...due, limit: pageSize })
    if (!reply.ok) return reply
    const page = historyReply.safeParse(reply.body)
    if (!page.success || !history.take(page.data)) return { ok: false, reason: 'false-province' }
  }
}
