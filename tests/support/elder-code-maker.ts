import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { type CodeKnowledge, judgeCode, verifyEd25519 } from '../../electron/core/identify/judge-code.ts'
import { bytesToHex, fromBase64Url, toBase64Url } from '../../shared/bytes.ts'
import type { CodeKey } from '../../shared/code-keys.ts'
import {
  type ElderCodeClaims,
  type ElderCodeEncoding,
  encodeElderCode,
  parseElderCode,
} from '../../shared/elder-code.ts'
import { seniorId, siteId } from '../../shared/ids.ts'

/** An issuer of elder codes for tests: its entry of the key list, and its pen. */
export interface ElderCodeMaker {
  readonly key: CodeKey
  sign(bytes: Uint8Array): Uint8Array
  mint(claims?: Partial<ElderCodeClaims>, encoding?: ElderCodeEncoding): Promise<string>
}

/** Claims of a good dynamic code of 120 s, or, with kind `paper`, of a paper code of a year; `issuedAt` is Unix seconds. */
export function elderCodeClaims(claims: Partial<ElderCodeClaims> = {}): ElderCodeClaims {
  const kind = claims.kind ?? 'dynamic'
  const issuedAt = claims.issuedAt ?? 1_790_000_000
  return {
    kind,
    issuedAt,
    expiresAt: issuedAt + (kind === 'dynamic' ? 120 : 365 * 86_400),
    serial: bytesToHex(randomBytes(8)),
    seniorId: seniorId.parse('00112233445566778899aabbccddeeff'),
    counter: kind === 'dynamic' ? 1_000_000 : null,
    ...claims,
  }
}

/** A fresh issuer with a random Ed25519 key, good from 2020 to 2099 unless told otherwise. */
export function elderCodeMaker(entry: Partial<CodeKey> = {}): ElderCodeMaker {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  const raw = fromBase64Url(jwk.x ?? '')
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
  const key: CodeKey = {
    keyId: createHash('sha256').update(raw).digest('hex').slice(0, 8),
    algorithm: 'EdDSA',
    publicKey: toBase64Url(raw),
    notBefore: 1_577_836_800,
    notAfter: 4_070_908_800,
    kinds: ['dynamic', 'paper'],
    ...entry,
  }
  const pen = (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, privateKey))
  return {
    key,
    sign: pen,
    mint: (claims, encoding = 'base32') =>
      encodeElderCode({ ...elderCodeClaims(claims), keyId: key.keyId }, pen, encoding),
  }
}

/** What a terminal at a canteen knows that trusts its clock and has met no code yet, but for what the test says. */
export function codeKnowledge(
  knows: Partial<CodeKnowledge> & Pick<CodeKnowledge, 'keys' | 'nowSeconds'>,
): CodeKnowledge {
  return {
    site: {
      id: siteId.parse('canteen'),
      facts: { place: { province: '示范省', city: '禾光市', district: '东亭区' }, listed: true },
    },
    clockTrusted: true,
    deviceKeys: () => [],
    seen: () => false,
    lastCounter: () => null,
    cardVersion: () => null,
    revokedBefore: () => 0,
    serialRevoked: () => false,
    verify: verifyEd25519,
    ...knows,
  }
}

/** What a terminal says to a text: the assurance where it is taken, else the problem. */
export function verdictOn(text: string, known: CodeKnowledge): string {
  const parsed = parseElderCode(text)
  if (!parsed.ok) return parsed.problem
  const judged = judgeCode(parsed.token, known)
  return judged.ok ? judged.assurance : judged.problem
}
