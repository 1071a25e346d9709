import { z } from 'zod'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { unwrap, wrap } from '../../../shared/envelope.ts'
import { provinceName } from '../../../shared/province-api.ts'
import type { Signer, Suite } from '../../../shared/suite.ts'
import type { Documents } from '../store/documents.ts'
import type { Enrolment, OwnKeys } from './enrol.ts'
import type { ExchangeKind, LinkFailure, ProvinceLink } from './province-link.ts'

export type Exchange =
  | { readonly ok: true; readonly body: unknown }
  | LinkFailure
  | { readonly ok: false; readonly reason: 'false-province' }

/** How far the counter goes on where the province heard a later one: so far no cut exchange gets, so another program runs under these keys. */
const jump = 2 ** 20

function lastCounter(documents: Documents): number {
  return documents.read('envelope-counter', z.int()) ?? 0
}

/** The number of the next envelope of this terminal; it is on disk before it is given. */
export function nextCounter(documents: Documents): number {
  const counter = lastCounter(documents) + 1
  documents.write('envelope-counter', counter)
  return counter
}

/** Sends one sealed and signed request and opens the signed answer. The counter is on disk before the envelope leaves, so it never repeats. */
export async function exchange(
  parts: {
    suite: Suite
    documents: Documents
    link: ProvinceLink
    keys: OwnKeys
    signer: Signer
    enrolment: Enrolment
  },
  kind: ExchangeKind,
  body: unknown,
): Promise<Exchange> {
  const { suite, documents, enrolment } = parts
  const counter = nextCounter(documents)
  const request = await wrap(suite, {
    from: enrolment.terminal,
    to: provinceName,
    kind,
    counter,
    replyTo: null,
    body,
    signer: parts.signer,
    sealTo: fromBase64Url(enrolment.province.keys.sealing),
  })
  const reply = await parts.link.exchange(kind, request)
  if (!reply.ok) {
    // Heard again, the province finds out by the records which of two disks is the copy. A question about news may be overtaken, though.
    if (
      reply.reason === 'refused' &&
      reply.code === 'ENVELOPE_REPLAYED' &&
      kind !== 'wait' &&
      counter === lastCounter(documents)
    )
      documents.write('envelope-counter', counter + jump)
    return reply
  }
  const opened = await unwrap(suite, reply.reply, {
    me: enrolment.terminal,
    senderKey: fromBase64Url(enrolment.province.keys.transport),
    sealing: parts.keys.sealing,
    answers: request.nonce,
  })
  return opened.ok ? { ok: true, body: opened.body } : { ok: false, reason: 'false-province' }
}
