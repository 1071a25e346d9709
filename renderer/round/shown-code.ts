import { decode } from 'cborg'
import { fromBase32 } from '../../shared/base32.ts'
import { fromBase45 } from '../../shared/base45.ts'
import { bytesToHex } from '../../shared/bytes.ts'

/** Where an elder code names the senior: claim -65550 of the token's payload (docs/elder-code.md). */
const bodyClaim = -65550

/**
 * The senior that an elder code names; null for another code. Whether it is genuine a phone cannot judge: that it names whom the round
 * means is what is kept, and nobody can guess the 16 bytes.
 */
export function seniorNamedBy(text: string): string | null {
  try {
    const bytes = text.startsWith('ZZ1B')
      ? fromBase32(text.slice(4))
      : text.startsWith('ZZ1:')
        ? fromBase45(text.slice(4))
        : null
    if (bytes === null) return null
    const token: unknown = decode(bytes, { useMaps: true })
    const payload: unknown =
      Array.isArray(token) && token[2] instanceof Uint8Array ? decode(token[2], { useMaps: true }) : null
    const body: unknown = payload instanceof Map ? payload.get(bodyClaim) : null
    const reference: unknown = Array.isArray(body) ? body[1] : null
    return reference instanceof Uint8Array && reference.length === 16 ? bytesToHex(reference) : null
  } catch (error) {
    // base32, base45 and cborg tell of malformed text by throwing.
    console.info('no elder code:', error instanceof Error ? error.message : String(error))
    return null
  }
}
