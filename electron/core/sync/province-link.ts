import type { Envelope } from '../../../shared/envelope.ts'
import type { EnrolRequest } from '../../../shared/province-api.ts'

/** Why nothing came back. `refused` carries the province's code; it is unsigned, so it is only ever a reason to wait and to say so. */
export type LinkFailure =
  | { readonly ok: false; readonly reason: 'unreachable' }
  | { readonly ok: false; readonly reason: 'busy'; readonly retryAfterSeconds: number }
  | { readonly ok: false; readonly reason: 'refused'; readonly code: string }

export type LinkReply = { readonly ok: true; readonly reply: unknown } | LinkFailure

export type ExchangeKind =
  | 'push'
  | 'pull'
  | 'ask'
  | 'wait'
  | 'resolve'
  | 'lookup'
  | 'history'
  | 'face-deposit'
  | 'face-fetch'
  | 'statement'
  | 'statement-revoke'

/** The way to a province: our HTTP API here; a USB file or another platform elsewhere. It carries envelopes and never opens them. */
export interface ProvinceLink {
  enrol(request: EnrolRequest): Promise<LinkReply>
  exchange(kind: ExchangeKind, envelope: Envelope): Promise<LinkReply>
}
