import { expect, test } from 'vitest'
import type { CodeKnowledge } from '../../electron/core/identify/judge-code.ts'
import { toBase32 } from '../../shared/base32.ts'
import { toBase45 } from '../../shared/base45.ts'
import { codeMutations, type GenuineCode, genuineCode } from '../support/code-mutants.ts'
import { codeKnowledge, elderCodeMaker, verdictOn } from '../support/elder-code-maker.ts'
import { randomFrom } from '../support/random.ts'

/*
 * A million changed codes, of truly signed ones. The terminal's clock is in doubt, its caches are empty and it believes any time of issue:
 * only the form and the signature stand between a changed code and its being taken.
 */

const total = 1_000_000
const seed = 20_261_122
const now = 1_790_000_000

test('of a million changed codes none is taken, and none stops the reader', { timeout: 3_600_000 }, async () => {
  const maker = elderCodeMaker()
  const other = elderCodeMaker()
  const known: CodeKnowledge = codeKnowledge({ keys: [maker.key, other.key], nowSeconds: now, clockTrusted: false })
  const codes: GenuineCode[] = []
  for (let count = 0; count < 48; count += 1)
    for (const encoding of ['base32', 'base45'] as const) {
      const kind = count % 3 === 0 ? 'paper' : 'dynamic'
      const by = count % 4 === 0 ? other : maker
      codes.push(
        genuineCode(
          await by.mint({ kind, issuedAt: now + count, counter: kind === 'paper' ? null : count + 23 }, encoding),
        ),
      )
    }
  for (const { text } of codes) expect(['possessed', 'presented']).toContain(verdictOn(text, known))
  // What a change brought back to a genuine code is none: it is left out, whichever of the two texts it is.
  const genuine = new Set(codes.flatMap(({ bytes }) => [`ZZ1B${toBase32(bytes)}`, `ZZ1:${toBase45(bytes)}`]))
  const dice = randomFrom(seed).below
  const names = Object.keys(codeMutations)
  const said = new Map<string, Map<string, number>>()
  const taken: string[] = []
  let tried = 0
  for (let round = 0; tried < total; round += 1) {
    const name = names[round % names.length] ?? ''
    const [code, second] = [codes[dice(codes.length)], codes[dice(codes.length)]]
    const mutation = codeMutations[name]
    if (code === undefined || second === undefined || mutation === undefined) throw new Error('nothing to change')
    const text = mutation(code, dice, second)
    if (genuine.has(text)) continue
    const verdict = verdictOn(text, known)
    if (verdict === 'possessed' || verdict === 'presented') taken.push(`${name}: ${text}`)
    const counts = said.get(name) ?? new Map<string, number>()
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
    said.set(name, counts)
    tried += 1
  }
  for (const [name, counts] of said)
    console.log(`${name}: ${[...counts].map(([verdict, count]) => `${verdict} ${count}`).join(', ')}`)
  console.log(`${tried} changed codes (seed ${seed}): ${taken.length} taken, 0 crashes`)
  expect(taken).toEqual([])
})
