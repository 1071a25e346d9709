import { provinceRefusal } from '../../../shared/province-api.ts'
import type { ExchangeKind, LinkReply, ProvinceLink } from './province-link.ts'

const paths: Record<ExchangeKind, string> = {
  push: '/v1/ledger',
  pull: '/v1/feed',
  ask: '/v1/rights',
  wait: '/v1/news',
  resolve: '/v1/resolve',
  lookup: '/v1/lookup',
  history: '/v1/history',
  'face-deposit': '/v1/face/deposit',
  'face-fetch': '/v1/face/fetch',
  statement: '/v1/statement',
  'statement-revoke': '/v1/statement/revoke',
}
const patience = 20_000
/** Nobody is kept waiting for longer by what a proxy says (s). */
const longestWait = 3600
const largestReply = 32 * 1024 * 1024

/** The province's HTTP API (docs/province-api.md). */
export function createHttpLink(address: string): ProvinceLink {
  async function post(path: string, body: unknown): Promise<LinkReply> {
    let response: Response
    let text: string
    try {
      response = await fetch(new URL(path, address), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(patience),
        redirect: 'error',
      })
      text = await response.text()
    } catch {
      // Cut, refused, timed out or redirected: to the till each is the same, there is no province just now.
      return { ok: false, reason: 'unreachable' }
    }
    if (response.status === 429 || response.status >= 500) {
      return { ok: false, reason: 'busy', retryAfterSeconds: retryAfter(response.headers) }
    }
    const json = text.length <= largestReply ? parseJson(text) : undefined
    if (json === undefined) return { ok: false, reason: 'unreachable' }
    if (response.ok) return { ok: true, reply: json }
    const refusal = provinceRefusal.safeParse(json)
    return { ok: false, reason: 'refused', code: refusal.success ? refusal.data.code : `HTTP_${response.status}` }
  }

  return {
    enrol: request => post('/v1/enrol', request),
    exchange: (kind, envelope) => post(paths[kind], envelope),
  }
}

/** Seconds to wait, by Retry-After as seconds or as a date; that counts from the answer's own date, since this clock may be wrong. */
function retryAfter(headers: Headers): number {
  const said = headers.get('retry-after') ?? ''
  const from = Date.parse(headers.get('date') ?? '')
  const seconds = /^\s*\d+\s*$/.test(said)
    ? Number(said)
    : (Date.parse(said) - (Number.isNaN(from) ? Date.now() : from)) / 1000
  return seconds > 0 ? Math.min(seconds, longestWait) : 5
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A body that is no JSON comes from something between us and the province.
    return undefined
  }
}
