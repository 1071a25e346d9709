import { expect, test } from 'vitest'
import {
  type CodeKnowledge,
  type JudgedCode,
  judgeCode,
  REPLAY_MEMORY_SECONDS,
  verifyEd25519,
} from '../../../electron/core/identify/judge-code.ts'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { type ElderCodeClaims, type ElderCodeToken, parseElderCode } from '../../../shared/elder-code.ts'
import { codeKnowledge, elderCodeClaims, elderCodeMaker } from '../../support/elder-code-maker.ts'

const now = 1_790_000_000
const day = 86_400
const maker = elderCodeMaker()

async function token(claims: Partial<ElderCodeClaims> = {}, by = maker): Promise<ElderCodeToken> {
  const parsed = parseElderCode(await by.mint({ issuedAt: now, ...claims }))
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.token
}

const terminal = (knows: Partial<CodeKnowledge> = {}) =>
  codeKnowledge({ keys: [maker.key], nowSeconds: now + 30, ...knows })

const problem = (judged: JudgedCode) => (judged.ok ? null : judged.problem)

test('a fresh dynamic code shows that its holder possesses it', async () => {
  const claims = elderCodeClaims({ issuedAt: now })
  expect(judgeCode(await token(claims), terminal())).toEqual({
    ok: true,
    assurance: 'possessed',
    keyId: maker.key.keyId,
    ...pick(claims),
  })
})

test('a spent code is remembered for as long as any clock would still take it', async () => {
  const expiresAt = now + 60
  const code = await token({ expiresAt })
  const taken = (nowSeconds: number) =>
    judgeCode(code, terminal({ nowSeconds, clockTrusted: false, verify: () => true })).ok
  const last = Array.from({ length: 3 * 1440 }, (_, minute) => expiresAt + 60 * minute).findLast(taken)
  expect(last).toBeGreaterThan(expiresAt)
  expect(REPLAY_MEMORY_SECONDS).toBeGreaterThan(Number(last) - expiresAt)
})

test('a paper code is only presented, as anybody can copy it', async () => {
  expect(judgeCode(await token({ kind: 'paper' }), terminal())).toMatchObject({
    ok: true,
    assurance: 'presented',
    counter: null,
  })
})

test('a code signed by a key outside the list is refused before anything else', async () => {
  const stranger = elderCodeMaker()
  expect(problem(judgeCode(await token({ expiresAt: 1 }, stranger), terminal()))).toBe('CODE_KEY_UNKNOWN')
})

test('a code that another key signed under the name of a listed key is forged', async () => {
  const thief = elderCodeMaker()
  const listed = { ...thief.key, publicKey: maker.key.publicKey }
  expect(problem(judgeCode(await token({}, thief), terminal({ keys: [listed] })))).toBe('CODE_FORGED')
})

test('a code whose signature has one bit turned is forged', async () => {
  const good = await token()
  const signature = Uint8Array.from(good.signature, (byte, index) => (index === 40 ? byte ^ 1 : byte))
  expect(problem(judgeCode({ ...good, signature }, terminal()))).toBe('CODE_FORGED')
})

test('a code that names another algorithm than the key list does is forged', async () => {
  expect(problem(judgeCode({ ...(await token()), algorithm: 'ES256' }, terminal()))).toBe('CODE_FORGED')
})

test('a key for paper codes cannot sign dynamic ones', async () => {
  const printer = elderCodeMaker({ kinds: ['paper'] })
  expect(problem(judgeCode(await token({}, printer), terminal({ keys: [printer.key] })))).toBe('CODE_FORGED')
})

test('a code issued before or after the window of its key is refused', async () => {
  const late = elderCodeMaker({ notBefore: now + 1 })
  const early = elderCodeMaker({ notAfter: now - 1 })
  expect(problem(judgeCode(await token({}, late), terminal({ keys: [late.key] })))).toBe('CODE_KEY_EXPIRED')
  expect(problem(judgeCode(await token({}, early), terminal({ keys: [early.key] })))).toBe('CODE_KEY_EXPIRED')
})

test('a paper code ends with the window of its key', async () => {
  const printer = elderCodeMaker({ notAfter: now + day })
  const judgedAt = async (nowSeconds: number) =>
    problem(judgeCode(await token({ kind: 'paper' }, printer), terminal({ keys: [printer.key], nowSeconds })))
  expect(await judgedAt(now + day)).toBeNull()
  expect(await judgedAt(now + day + 91)).toBe('CODE_KEY_EXPIRED')
})

test('a dynamic code may live 120 seconds and no longer', async () => {
  expect(problem(judgeCode(await token({ expiresAt: now + 120 }), terminal()))).toBeNull()
  expect(problem(judgeCode(await token({ expiresAt: now + 121 }), terminal()))).toBe('CODE_LIVES_TOO_LONG')
})

test('a paper code may live a year and no longer', async () => {
  expect(problem(judgeCode(await token({ kind: 'paper', expiresAt: now + 366 * day }), terminal()))).toBeNull()
  expect(problem(judgeCode(await token({ kind: 'paper', expiresAt: now + 367 * day }), terminal()))).toBe(
    'CODE_LIVES_TOO_LONG',
  )
})

test('a code that expires before it was issued is never good', async () => {
  expect(problem(judgeCode(await token({ expiresAt: now - 1 }), terminal()))).toBe('CODE_EXPIRED')
})

test('a code is good until 90 seconds past its expiry', async () => {
  const code = await token({ expiresAt: now + 60 })
  expect(problem(judgeCode(code, terminal({ nowSeconds: now + 150 })))).toBeNull()
  expect(problem(judgeCode(code, terminal({ nowSeconds: now + 151 })))).toBe('CODE_EXPIRED')
})

test('a code is good from 90 seconds before its issue', async () => {
  expect(problem(judgeCode(await token(), terminal({ nowSeconds: now - 90 })))).toBeNull()
  expect(problem(judgeCode(await token(), terminal({ nowSeconds: now - 91 })))).toBe('CODE_FROM_FUTURE')
})

test('a serial that was spent under the same key is a replay', async () => {
  const code = await token()
  const spent = new Set([`${code.keyId} ${code.serial}`])
  const seen = (keyId: string, serial: string) => spent.has(`${keyId} ${serial}`)
  expect(problem(judgeCode(code, terminal({ seen })))).toBe('CODE_REPLAYED')
  expect(problem(judgeCode(await token(), terminal({ seen })))).toBeNull()
})

test('a dynamic code must count further than the last one of the same senior', async () => {
  const code = await token({ counter: 7 })
  expect(problem(judgeCode(code, terminal({ lastCounter: () => 6 })))).toBeNull()
  expect(problem(judgeCode(code, terminal({ lastCounter: () => 7 })))).toBe('CODE_REPLAYED')
  expect(problem(judgeCode(code, terminal({ lastCounter: () => 8 })))).toBe('CODE_REPLAYED')
})

test('a paper code may be shown again: the meal window, not its serial, limits it', async () => {
  const paper = await token({ kind: 'paper' })
  expect(problem(judgeCode(paper, terminal({ seen: () => true, lastCounter: () => 9 })))).toBeNull()
})

test('a paper code printed before the newest card of the senior has been replaced', async () => {
  const paper = await token({ kind: 'paper' })
  expect(problem(judgeCode(paper, terminal({ cardVersion: () => now })))).toBeNull()
  expect(problem(judgeCode(paper, terminal({ cardVersion: () => now + 1 })))).toBe('CODE_REPLACED')
})

test('codes of a senior that were issued before a revocation are refused, of either kind', async () => {
  const before = (time: number) => ({
    revokedBefore: (id: string) => (id === elderCodeClaims().seniorId ? time : 0),
  })
  for (const kind of ['dynamic', 'paper'] as const) {
    expect(problem(judgeCode(await token({ kind }), terminal(before(now + 1))))).toBe('CODE_REVOKED')
    expect(problem(judgeCode(await token({ kind }), terminal(before(now))))).toBeNull()
  }
})

test('under a clock in doubt a dynamic code falls to the rule of paper', async () => {
  const doubt = { clockTrusted: false, nowSeconds: now - 5 * day }
  expect(judgeCode(await token(), terminal(doubt))).toMatchObject({ ok: true, assurance: 'presented' })
})

test('under a clock in doubt a code has a day of grace, and a replay stays a replay', async () => {
  const code = await token()
  const at = (nowSeconds: number, knows = {}) =>
    problem(judgeCode(code, terminal({ clockTrusted: false, nowSeconds, ...knows })))
  expect(at(now + 120 + day)).toBeNull()
  expect(at(now + 121 + day)).toBe('CODE_EXPIRED')
  expect(at(now, { seen: () => true })).toBe('CODE_REPLAYED')
})

test('a key or a signature of the wrong length never verifies', () => {
  const message = new Uint8Array([1, 2, 3])
  const signature = maker.sign(message)
  const publicKey = fromBase64Url(maker.key.publicKey)
  expect(verifyEd25519(publicKey, message, signature)).toBe(true)
  expect(verifyEd25519(publicKey.subarray(1), message, signature)).toBe(false)
  expect(verifyEd25519(publicKey, message, signature.subarray(1))).toBe(false)
})

function pick({ kind, seniorId, serial, expiresAt, counter }: ElderCodeClaims) {
  return { kind, seniorId, serial, expiresAt, counter, deviceKeyId: null }
}
