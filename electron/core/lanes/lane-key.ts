import { createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto'
import type { TerminalId } from '../../../shared/ids.ts'
import type { KeyPair } from '../../../shared/suite.ts'

/**
 * TLS 1.2 with ECDHE and a key that both sides know: what OpenSSL and the BoringSSL of Electron both speak. ECDHE keeps what was said
 * secret even from who learns that key later; the key alone lets a side in, so no certificate is needed.
 */
export const laneTls = {
  ciphers: 'ECDHE-PSK-CHACHA20-POLY1305',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
} as const

/**
 * The key of two tills of a site, 32 bytes: only who holds the private sealing key of one of them can make it. HKDF-SHA-256 of their X25519
 * secret, bound to their names and parts.
 * @param other the raw public sealing key of the other one, as the province lists it
 */
export function laneKey(
  own: KeyPair,
  other: string,
  { first, second }: { readonly first: TerminalId; readonly second: TerminalId },
): Buffer {
  const secret = diffieHellman({
    privateKey: createPrivateKey({ key: Buffer.from(own.privateKey), format: 'der', type: 'pkcs8' }),
    publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: other }, format: 'jwk' }),
  })
  const parts = JSON.stringify(['aixin-lane-v1', first, second])
  return Buffer.from(hkdfSync('sha256', secret, 'aixin-lane-v1', parts, 32))
}
