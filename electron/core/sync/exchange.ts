import { z } from 'zod'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { unwrap, wrap } from '../../../shared/envelope.ts'
import { provinceName } from '../../../shared/province-api.ts'
import type { Signer, Suite } from '../../../shared/suite.ts'
import type { Documents } from '../store/documents.ts'
import type { Enrolment, OwnKeys } from './enrol.ts'
import type { ExchangeKind, LinkFailure, ProvinceLink } from './province-link.ts'

/** How often an envelope that a later one overtook goes again. */
const mostTries = 6

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

interface ExchangeParts {
  suite: Suite
  documents: Documents
  link: ProvinceLink
  keys: OwnKeys
  signer: Signer
  enrolment: Enrolment
}

/**
 * Sends one sealed and signed request and opens the signed answer. The province takes counters in rising order only, and several requests may be
 * on their way: one that was overtaken goes again under a new counter. A question about news may take its time, and is asked again by who asks.
 */
export async function exchange(parts: ExchangeParts, kind: ExchangeKind, body: unknown): Promise<Exchange> {
  for (let tries = 1; ; tries += 1) {
    const { reply, isOvertaken } = await sendOnce(parts, kind, body)
    const isReplayed = !reply.ok && reply.reason === 'refused' && reply.code === 'ENVELOPE_REPLAYED'
    if (!isReplayed || kind === 'wait') return reply
    // Twice refused as the newest, another program under these keys is heard; overtaken each time, this one is merely slow.
    if (tries >= mostTries || (tries > 1 && !isOvertaken))
      return isOvertaken ? { ok: false, reason: 'busy', retryAfterSeconds: 5 } : reply
  }
}

/** The counter is on disk before the envelope leaves, so it never repeats. */
async function sendOnce(
  parts: ExchangeParts,
  kind: ExchangeKind,
  body: unknown,
): Promise<{ reply: Exchange; isOvertaken: boolean }> {
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
    const isOvertaken = counter !== lastCounter(documents)
    // Heard again, the province finds out by the records which of two disks is the copy. A question about news may be overtaken, though.
    if (reply.reason === 'refused' && reply.code === 'ENVELOPE_REPLAYED' && kind !== 'wait' && !isOvertaken)
      documents.write('envelope-counter', counter + jump)
    return { reply, isOvertaken }
  }
  const opened = await unwrap(suite, reply.reply, {
    me: enrolment.terminal,
    senderKey: fromBase64Url(enrolment.province.keys.transport),
    sealing: parts.keys.sealing,
    answers: request.nonce,
  })
  return {
    reply: opened.ok ? { ok: true, body: opened.body } : { ok: false, reason: 'false-province' },
    isOvertaken: false,
  }
}
