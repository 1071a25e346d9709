import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { fromBase64Url, sha256, toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { unwrap } from '../../../shared/envelope.ts'
import { siteId, terminalId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import {
  type EnrolmentCode,
  enrolledBody,
  enrolReply,
  type ProvinceKeys,
  provinceKeys,
} from '../../../shared/province-api.ts'
import type { KeyPair, Suite } from '../../../shared/suite.ts'
import type { Documents } from '../store/documents.ts'
import type { ProvinceLink } from './province-link.ts'

const storedPair = z.strictObject({ publicKey: z.string(), privateKey: z.string() })

/** The terminal's own three keys: one signs envelopes, one signs the ledger, one opens what is sealed to it. */
export interface OwnKeys {
  readonly transport: KeyPair
  readonly ledger: KeyPair
  readonly sealing: KeyPair
}

export const enrolment = z.strictObject({
  terminal: terminalId,
  site: siteId,
  siteKey: z.string(),
  lastHead: enrolledBody.shape.lastHead,
  address: z.url(),
  /** Signed by its root when the terminal enrolled; keys that came since came in a signed list. */
  province: provinceKeys.partial({ signature: true }),
})
export type Enrolment = z.infer<typeof enrolment>

/** The keys of this terminal, made at first start and kept encrypted. */
export async function ownKeys(documents: Documents, suite: Suite): Promise<OwnKeys> {
  const make = async (name: string, generate: () => Promise<KeyPair>): Promise<KeyPair> => {
    const stored = documents.read(`key:${name}`, storedPair)
    if (stored) return { publicKey: fromBase64Url(stored.publicKey), privateKey: fromBase64Url(stored.privateKey) }
    const pair = await generate()
    documents.write(`key:${name}`, { publicKey: toBase64Url(pair.publicKey), privateKey: toBase64Url(pair.privateKey) })
    return pair
  }
  return {
    transport: await make('transport', suite.generateSigningKey),
    ledger: await make('ledger', suite.generateSigningKey),
    sealing: await make('sealing', suite.generateSealingKey),
  }
}

/** True where the keys are signed by a root key of the stated hash. */
export async function provinceIsGenuine(suite: Suite, keys: ProvinceKeys, rootKeyHash: string): Promise<boolean> {
  const root = fromBase64Url(keys.root)
  if (toBase64Url(sha256(root)) !== rootKeyHash) return false
  return await suite.verify(root, utf8ToBytes(canonicalJson(keys.keys)), fromBase64Url(keys.signature))
}

/**
 * Enrols with a one-time code. The code's secret proves the terminal to the province, its root-key hash proves the province to the
 * terminal. Safe to repeat after a lost reply, since the keys stay the same.
 */
export async function enrol(
  parts: { suite: Suite; documents: Documents; link: ProvinceLink; keys: OwnKeys },
  code: EnrolmentCode,
): Promise<{ ok: true; enrolment: Enrolment } | { ok: false; problem: ProblemCode }> {
  const keys = {
    transport: toBase64Url(parts.keys.transport.publicKey),
    ledger: toBase64Url(parts.keys.ledger.publicKey),
    sealing: toBase64Url(parts.keys.sealing.publicKey),
  }
  const claim = canonicalJson({ terminal: code.terminal, keys })
  const proof = createHmac('sha256', fromBase64Url(code.secret)).update(claim).digest('base64url')
  const reply = await parts.link.enrol({ terminal: code.terminal, keys, proof })
  if (!reply.ok)
    return { ok: false, problem: reply.reason === 'refused' ? 'ENROLMENT_REFUSED' : 'PROVINCE_UNREACHABLE' }
  const parsed = enrolReply.safeParse(reply.reply)
  if (!parsed.success || !(await provinceIsGenuine(parts.suite, parsed.data.provinceKeys, code.rootKeyHash)))
    return { ok: false, problem: 'PROVINCE_FALSE' }
  const opened = await unwrap(parts.suite, parsed.data.envelope, {
    me: code.terminal,
    senderKey: fromBase64Url(parsed.data.provinceKeys.keys.transport),
    sealing: parts.keys.sealing,
    answers: null,
  })
  const body = opened.ok ? enrolledBody.safeParse(opened.body) : null
  if (!body?.success || body.data.terminal !== code.terminal) return { ok: false, problem: 'PROVINCE_FALSE' }
  const result: Enrolment = { ...body.data, address: code.address, province: parsed.data.provinceKeys }
  parts.documents.write('enrolment', result)
  return { ok: true, enrolment: result }
}
