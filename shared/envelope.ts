import { z } from 'zod'
import { bytesToUtf8, fromBase64Url, sha256, toBase64Url, utf8ToBytes } from './bytes.ts'
import { canonicalJson } from './canonical-json.ts'
import { packed, unpacked } from './packed.ts'
import type { KeyPair, Signer, Suite } from './suite.ts'

/** A body is never greater (bytes): what is packed in less is no body of ours. */
const greatestBody = 64 * 1024 * 1024

const name = z.string().min(1).max(80)
const token = z.string().regex(/^[A-Za-z0-9_-]{16,86}$/)

/**
 * The one signed envelope between terminal and province, for requests, replies and USB files alike. Fresh by counter and
 * nonce, never by clock. `body` is base64url of the packed (DEFLATE) and sealed body; `sig` is over the canonical JSON of all other members but `body`.
 */
export const envelope = z.strictObject({
  v: z.literal(1),
  to: name,
  from: name,
  counter: z.int().nonnegative(),
  nonce: token,
  /** The nonce of the request that this answers; null in a request. */
  replyTo: token.nullable(),
  kind: name,
  bodyHash: token,
  sig: token,
  body: z.string(),
})
export type Envelope = z.infer<typeof envelope>

export type EnvelopeProblem = 'MALFORMED' | 'NOT_FOR_ME' | 'BAD_SIGNATURE' | 'BAD_BODY' | 'NOT_THE_ANSWER'

function signedBytes(header: Omit<Envelope, 'sig' | 'body'>): Uint8Array {
  return utf8ToBytes(canonicalJson({ ...header }))
}

/** Seals a body to its reader, and signs. `counter` rises with each envelope of a sender. */
export async function wrap(
  suite: Suite,
  options: {
    from: string
    to: string
    kind: string
    counter: number
    replyTo: string | null
    body: unknown
    signer: Signer
    sealTo: Uint8Array
  },
): Promise<Envelope> {
  const plain = packed(utf8ToBytes(JSON.stringify(options.body)))
  const sealed = await suite.seal(options.sealTo, plain, `${options.kind}|${options.to}`)
  const header = {
    v: 1 as const,
    to: options.to,
    from: options.from,
    counter: options.counter,
    nonce: toBase64Url(suite.randomBytes(16)),
    replyTo: options.replyTo,
    kind: options.kind,
    bodyHash: toBase64Url(sha256(sealed)),
  }
  const sig = toBase64Url(await options.signer.sign(signedBytes(header)))
  return { ...header, sig, body: toBase64Url(sealed) }
}

/** Checks address, signature, body hash and, for a reply, the nonce it answers; then opens the body. Counter and nonce are the caller's to compare with its own store. */
export async function unwrap(
  suite: Suite,
  input: unknown,
  options: { me: string; senderKey: Uint8Array; sealing: KeyPair; answers: string | null },
): Promise<{ ok: true; envelope: Envelope; body: unknown } | { ok: false; problem: EnvelopeProblem }> {
  const parsed = envelope.safeParse(input)
  if (!parsed.success) return { ok: false, problem: 'MALFORMED' }
  const { sig, body, ...header } = parsed.data
  if (header.to !== options.me) return { ok: false, problem: 'NOT_FOR_ME' }
  if (header.replyTo !== options.answers) return { ok: false, problem: 'NOT_THE_ANSWER' }
  try {
    const genuine = await suite.verify(options.senderKey, signedBytes(header), fromBase64Url(sig))
    if (!genuine) return { ok: false, problem: 'BAD_SIGNATURE' }
    const sealed = fromBase64Url(body)
    if (toBase64Url(sha256(sealed)) !== header.bodyHash) return { ok: false, problem: 'BAD_BODY' }
    const opened = await suite.open(options.sealing, sealed, `${header.kind}|${header.to}`)
    const plain = opened && unpacked(opened, greatestBody)
    if (plain === null) return { ok: false, problem: 'BAD_BODY' }
    return { ok: true, envelope: parsed.data, body: JSON.parse(bytesToUtf8(plain)) }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return { ok: false, problem: 'BAD_BODY' }
    throw error
  }
}
