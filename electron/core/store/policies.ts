import type { PolicyPack } from '../../../shared/policy/language.ts'
import { packHash, parsePack } from '../../../shared/policy/parse-pack.ts'
import { type SignedPack, signedPack } from '../../../shared/province-api.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { Documents } from './documents.ts'

export interface HeldPolicy {
  readonly pack: PolicyPack
  readonly hash: string
}

export interface Policies {
  /** The pack that the site uses; null before it has arrived. */
  current(id: string): HeldPolicy | null
  /** Takes a signed pack, or refuses it whole and keeps the one before. `genuine` checks the province's signature. */
  accept(signed: SignedPack, genuine: (text: string, signature: string) => Promise<boolean>): Promise<Notice | null>
}

const document = (id: string) => `policy:${id}`

export function createPolicies(documents: Documents): Policies {
  const cache = new Map<string, HeldPolicy>()

  function read(text: string): HeldPolicy | { problem: string } {
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch (error) {
      return { problem: error instanceof Error ? error.message : 'not JSON' }
    }
    const parsed = parsePack(json)
    if (parsed.ok) return { pack: parsed.pack, hash: packHash(parsed.pack) }
    const first = parsed.problems[0]
    return { problem: first ? `${first.path}: ${first.zh}` : '?' }
  }

  return {
    current(id) {
      const known = cache.get(id)
      if (known) return known
      const stored = documents.read(document(id), signedPack)
      const held = stored ? read(stored.text) : null
      if (held === null || 'problem' in held) return null
      cache.set(id, held)
      return held
    },
    async accept(signed, genuine) {
      const refuse = (detail: string): Notice => ({ code: 'POLICY_BAD', values: { detail } })
      if (!(await genuine(signed.text, signed.signature))) return refuse(`${signed.id}: 签名不符 signature`)
      const held = read(signed.text)
      if ('problem' in held) return refuse(`${signed.id}: ${held.problem}`)
      if (held.pack.id !== signed.id) return refuse(`${signed.id}: id ${held.pack.id}`)
      documents.write(document(signed.id), signed)
      cache.set(signed.id, held)
      return null
    },
  }
}
