import { z } from 'zod'
import { businessDateOf } from '../../../shared/business-day.ts'
import { leavesTodayWithout } from '../../../shared/policy/changed-versions.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { packHash, parsePack } from '../../../shared/policy/parse-pack.ts'
import { wrongVectors } from '../../../shared/policy/run-case.ts'
import { type SignedPack, signedPack } from '../../../shared/province-api.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { Documents } from './documents.ts'

export interface HeldPolicy {
  readonly pack: PolicyPack
  readonly hash: string
}

const refusedPack = z.object({ id: z.string(), detail: z.string(), at: z.int() })
/** A pack that came and was not taken: whose place it would have had, why, and when (ms). */
export type RefusedPack = z.infer<typeof refusedPack>

export interface Policies {
  /** The pack that the site uses; null before it has arrived. */
  current(id: string): HeldPolicy | null
  /** A pack that was in use here, by its hash: what an old record was priced with. */
  byHash(hash: string): PolicyPack | null
  /** Takes a signed pack, or refuses it whole and keeps the one before. `genuine` checks the province's signature. */
  accept(signed: SignedPack, genuine: (text: string, signature: string) => Promise<boolean>): Promise<Notice | null>
  /** Packs that were refused and not followed by a good one yet, over restarts too. */
  refused(): RefusedPack[]
}

const document = (id: string) => `policy:${id}`
const everyPack = (hash: string) => `pack:${hash}`

const refusals = 'policies-refused'

export function createPolicies(documents: Documents, now: () => number): Policies {
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
    return { problem: first ? `${first.path}: ${first.zh} / ${first.en}` : '?' }
  }

  const refused = () => documents.read(refusals, z.array(refusedPack)) ?? []

  function note(id: string, detail: string | null): Notice | null {
    const others = refused().filter(item => item.id !== id)
    if (detail !== null) documents.write(refusals, [...others, { id, detail, at: now() }])
    else if (others.length < refused().length) documents.write(refusals, others)
    return detail === null ? null : { code: 'POLICY_BAD', values: { detail: `${id}: ${detail}` } }
  }

  function current(id: string): HeldPolicy | null {
    const known = cache.get(id)
    if (known) return known
    const stored = documents.read(document(id), signedPack)
    const held = stored ? read(stored.text) : null
    if (held === null || 'problem' in held) return null
    cache.set(id, held)
    return held
  }

  function byHash(hash: string): PolicyPack | null {
    const named = documents.names(document('')).map(name => name.slice(document('').length))
    const inUse = named.map(current).find(held => held?.hash === hash)
    const stored = inUse ? null : documents.read(everyPack(hash), signedPack)
    const held = stored ? read(stored.text) : inUse
    return held && 'pack' in held ? held.pack : null
  }

  return {
    current,
    byHash,
    async accept(signed, genuine) {
      if (!(await genuine(signed.text, signed.signature))) return note(signed.id, '签名不符 / signature')
      const held = read(signed.text)
      if ('problem' in held) return note(signed.id, held.problem)
      if (held.pack.id !== signed.id) return note(signed.id, `id ${held.pack.id}`)
      const wrong = wrongVectors(held.pack)[0]
      if (wrong !== undefined) return note(signed.id, `用例不符 / vector ${wrong.id}: ${wrong.differences.join('; ')}`)
      const before = current(signed.id)
      if (before !== null && leavesTodayWithout(before.pack, held.pack, businessDateOf(now())))
        return note(
          signed.id,
          '今天生效的版本不见了，会没有规则可用 / the version in force today is gone, which would leave no rules',
        )
      documents.write(document(signed.id), signed)
      documents.write(everyPack(held.hash), signed)
      cache.set(signed.id, held)
      return note(signed.id, null)
    },
    refused,
  }
}
