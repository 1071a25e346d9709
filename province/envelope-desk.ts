import { z } from 'zod'
import { type Envelope, envelope, unwrap, wrap } from '../shared/envelope.ts'
import { type SiteId, siteId, type TerminalId, terminalId } from '../shared/ids.ts'
import { provinceName } from '../shared/province-api.ts'
import { type Signer, standardSuite } from '../shared/suite.ts'
import { type Database, select } from './database.ts'
import type { Keyring } from './keys.ts'
import { Refusal } from './refusals.ts'

/** A terminal whose envelope was opened and found genuine and fresh. */
export interface Caller {
  readonly terminal: TerminalId
  readonly site: SiteId
  readonly sealingKey: Uint8Array
  /** Signs the answer: the transport key that goes with what the request was sealed to. */
  readonly answeredBy: Signer
}

const callerRow = z.object({
  terminal_id: terminalId,
  site_id: siteId,
  struck_off: z.boolean(),
  transport_key: z.instanceof(Buffer).nullable(),
  sealing_key: z.instanceof(Buffer).nullable(),
})

/**
 * Lets a terminal's genuine request through; throws a `Refusal` where it asks too often. Of kind `repeated` is what came before and may come again:
 * whoever caught an envelope can send it, so it never uses up what the terminal may ask.
 */
export type Admit = (terminal: TerminalId, kind: string) => void

/** Opens what a terminal sealed and signed, however old it is. Throws a `Refusal`. */
export async function openEnvelope(
  database: Database,
  keys: Keyring,
  input: unknown,
): Promise<{ caller: Caller; request: Envelope; body: unknown }> {
  const parsed = envelope.safeParse(input)
  if (!parsed.success) throw new Refusal('ENVELOPE_BAD')
  const [known] = await select(
    database.pool,
    callerRow,
    'select terminal_id, site_id, struck_off, transport_key, sealing_key from terminal where terminal_id = $1',
    [parsed.data.from],
  )
  if (!known?.transport_key || !known.sealing_key) throw new Refusal('TERMINAL_UNKNOWN')
  const from = new Uint8Array(known.transport_key)
  const opened = (await openByAnyKey(keys, parsed.data, from)) ?? (await openByNewerKey(keys, parsed.data, from))
  if (opened === null) throw new Refusal('ENVELOPE_BAD')
  if (known.struck_off) throw new Refusal('TERMINAL_STRUCK_OFF')
  const caller = {
    terminal: known.terminal_id,
    site: known.site_id,
    sealingKey: new Uint8Array(known.sealing_key),
    answeredBy: opened.signer,
  }
  return { caller, request: opened.envelope, body: opened.body }
}

/** Opens a genuine envelope by whichever key of the province it was sealed to; null where none of them does. Throws a `Refusal` where it is not genuine. */
async function openByAnyKey(keys: Keyring, input: Envelope, senderKey: Uint8Array) {
  for (const [at, sealing] of keys.sealing.entries()) {
    const opened = await unwrap(standardSuite, input, { me: provinceName, senderKey, sealing, answers: null })
    const signer = keys.transports[at]
    if (opened.ok && signer) return { ...opened, signer }
    if (!opened.ok && opened.problem !== 'BAD_BODY') throw new Refusal('ENVELOPE_BAD')
  }
  return null
}

/** Another process may have exchanged the keys, and the terminal heard of it there. */
async function openByNewerKey(keys: Keyring, input: Envelope, senderKey: Uint8Array) {
  const before = keys.number
  await keys.refresh()
  return keys.number === before ? null : await openByAnyKey(keys, input, senderKey)
}

/**
 * Opens a terminal's request of one kind. The counter rises with each request; the last one may come once more with the same nonce,
 * since a reply can be lost and what is asked for is idempotent. Throws a `Refusal`.
 */
export async function openRequest<T extends z.ZodType>(
  database: Database,
  keys: Keyring,
  input: unknown,
  kind: string,
  body: T,
  admit: Admit,
): Promise<{ caller: Caller; request: Envelope; body: z.infer<T> }> {
  const { caller, request, body: sent } = await openEnvelope(database, keys, input)
  if (request.kind !== kind) throw new Refusal('ENVELOPE_BAD')
  const place = [caller.terminal, request.counter, request.nonce]
  const { rowCount } = await database.pool.query(
    'update terminal set last_counter = $2, last_nonce = $3 where terminal_id = $1 and last_counter < $2',
    place,
  )
  const isFresh = rowCount === 1
  if (!isFresh && !(await isLast(database, place))) throw new Refusal('ENVELOPE_REPLAYED')
  admit(caller.terminal, isFresh ? kind : 'repeated')
  const content = body.safeParse(sent)
  if (!content.success) throw new Refusal('BODY_BAD')
  return { caller, request, body: content.data }
}

async function isLast(database: Database, place: readonly unknown[]): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    'select 1 from terminal where terminal_id = $1 and last_counter = $2 and last_nonce = $3',
    [...place],
  )
  return rowCount === 1
}

/** Signs and seals an answer. @param replyTo nonce of the request */
export async function answer(
  database: Database,
  caller: Pick<Caller, 'terminal' | 'sealingKey' | 'answeredBy'>,
  replyTo: string | null,
  kind: string,
  body: unknown,
): Promise<Envelope> {
  const [next] = await select(
    database.pool,
    z.object({ counter: z.int() }),
    "select nextval('province_envelope') as counter",
  )
  return await wrap(standardSuite, {
    from: provinceName,
    to: caller.terminal,
    kind,
    counter: next?.counter ?? 0,
    replyTo,
    body,
    signer: caller.answeredBy,
    sealTo: caller.sealingKey,
  })
}
