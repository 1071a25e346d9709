import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mutant } from './mutants.ts'
import { root } from './source-files.ts'

/** A check of an elder code, and the change of one line that takes it away. `from` stands once in the file. */
export interface TakenAway {
  readonly check: string
  readonly file: string
  readonly from: string
  readonly to: string
}

const judge = 'electron/core/identify/judge-code.ts'
const token = 'shared/elder-code.ts'
const keys = 'shared/code-keys.ts'
const list = 'electron/core/store/code-keys.ts'
const used = 'electron/core/store/codes.ts'
const clock = 'electron/core/clock-trust.ts'
const identify = 'electron/core/identify/identify.ts'

export const checksTakenAway: readonly TakenAway[] = [
  { check: 'spare base32 bits are 0', file: 'shared/base32.ts', from: 'if (held !== 0)', to: 'if (false)' },
  {
    check: 'base32 has a length that bytes have',
    file: 'shared/base32.ts',
    from: '[1, 3, 6].includes',
    to: '[].includes',
  },
  {
    check: 'base32 has its own letters only',
    file: 'shared/base32.ts',
    from: "if (value === undefined) throw new SyntaxError('not base32: unknown letter')",
    to: 'if (value === undefined) continue',
  },
  {
    check: 'a base45 group of three fits two bytes',
    file: 'shared/base45.ts',
    from: '? 0xffff : 0xff)',
    to: '? 0xfffff : 0xff)',
  },
  {
    check: 'a base45 group of two fits a byte',
    file: 'shared/base45.ts',
    from: '? 0xffff : 0xff)',
    to: '? 0xffff : 0xffff)',
  },
  {
    check: 'base45 has a length that bytes have',
    file: 'shared/base45.ts',
    from: 'text.length % 3 === 1',
    to: 'false',
  },
  {
    check: 'base45 has its own letters only',
    file: 'shared/base45.ts',
    from: "if (value === undefined) throw new SyntaxError('not base45: unknown letter')",
    to: 'if (value === undefined) continue',
  },
  {
    check: 'the prefix says the encoding',
    file: token,
    from: "encoding === 'base32' ? fromBase32(text)",
    to: '/^[A-Z2-7]+$/.test(text) ? fromBase32(text)',
  },
  {
    check: 'CBOR has one spelling',
    file: token,
    from: 'if (again.length !== bytes.length || again.some((byte, index) => byte !== bytes[index])) {',
    to: 'if (again.length > 999) {',
  },
  {
    check: 'four members and no more',
    file: token,
    from: 'bytesOf(64),\n])',
    to: 'bytesOf(64),\n]).rest(z.unknown())',
  },
  { check: 'no unprotected header', file: token, from: 'unprotected => unprotected.size === 0', to: '() => true' },
  { check: 'a signature of 64 bytes', file: token, from: '  bytesOf(64),', to: '  z.instanceof(Uint8Array),' },
  { check: 'a key id of 4 bytes', file: token, from: 'keyId: bytesOf(4)', to: 'keyId: z.instanceof(Uint8Array)' },
  {
    check: 'a known algorithm',
    file: token,
    from: 'const algorithm = algorithms.get(header.data.algorithm)',
    to: "const algorithm = algorithms.get(header.data.algorithm) ?? 'EdDSA'",
  },
  { check: 'every field and no other', file: token, from: 'map.size !== names.length', to: 'map.size < names.length' },
  {
    check: 'times that are whole and not negative',
    file: token,
    from: 'const wholeNumber = z.int().nonnegative()',
    to: 'const wholeNumber = z.number()',
  },
  { check: 'a serial of 8 bytes', file: token, from: 'serial: bytesOf(8)', to: 'serial: z.instanceof(Uint8Array)' },
  {
    check: 'a dynamic code counts',
    file: token,
    from: 'z.tuple([z.literal(kindNumbers.dynamic), bytesOf(16), wholeNumber]),',
    to: 'z.tuple([z.literal(kindNumbers.dynamic), bytesOf(16), wholeNumber.optional()]),',
  },
  {
    check: 'a paper code does not count',
    file: token,
    from: 'z.tuple([z.literal(kindNumbers.paper), bytesOf(16)]),',
    to: 'z.tuple([z.literal(kindNumbers.paper), bytesOf(16), wholeNumber.optional()]),',
  },
  {
    check: 'the signature is over header and payload',
    file: token,
    from: "encode(['Signature1', header, new Uint8Array(0), payload])",
    to: "encode(['Signature1', header, new Uint8Array(0), payload.subarray(0, 20)])",
  },

  {
    check: 'the key is on the list or the phone is the senior’s',
    file: judge,
    from: "if (key === null) return { ok: false, problem: 'CODE_KEY_UNKNOWN' }",
    to: "if (key === null) return { ok: true, assurance: 'possessed', kind, seniorId, keyId, serial, expiresAt, counter, deviceKeyId: null }",
  },
  { check: 'a revoked key is not used', file: judge, from: 'if (key.revoked === true)', to: 'if (false)' },
  {
    check: 'the algorithm is that of the key',
    file: judge,
    from: 'if (key.algorithm !== token.algorithm)',
    to: 'if (false)',
  },
  {
    check: 'the signature holds',
    file: judge,
    from: "if (!known.verify(fromBase64Url(key.publicKey), token.signedBytes, token.signature)) return 'CODE_FORGED'",
    to: '',
  },
  {
    check: 'a key and a signature have their lengths',
    file: judge,
    from: 'if (publicKeyRaw.length !== 32 || signature.length !== 64) return false',
    to: 'if (publicKeyRaw.length !== 32 || signature.length !== 64) return true',
  },
  { check: 'the key may sign this kind', file: judge, from: 'if (!key.kinds.includes(token.kind))', to: 'if (false)' },
  { check: 'the key counts at this site', file: judge, from: 'if (!keyCovers(key, known.site))', to: 'if (false)' },
  {
    check: 'issued in the window of the key: its start',
    file: judge,
    from: 'token.issuedAt >= key.notBefore && ',
    to: '',
  },
  {
    check: 'issued in the window of the key: its end',
    file: judge,
    from: ' && token.issuedAt <= key.notAfter',
    to: '',
  },
  {
    check: 'shown in the window of the key',
    file: judge,
    from: 'known.nowSeconds > key.notAfter + CLOCK_TOLERANCE_SECONDS',
    to: 'false',
  },
  {
    check: 'a dynamic code lives 120 s at most',
    file: judge,
    from: 'DYNAMIC_LIFE_SECONDS = 120',
    to: 'DYNAMIC_LIFE_SECONDS = 121',
  },
  { check: 'a paper code lives 366 days at most', file: judge, from: '366 * 86_400', to: '367 * 86_400' },
  {
    check: 'the tolerance is 90 s',
    file: judge,
    from: 'CLOCK_TOLERANCE_SECONDS = 90',
    to: 'CLOCK_TOLERANCE_SECONDS = 91',
  },
  { check: 'no code expires before its issue', file: judge, from: "if (life < 0) return 'CODE_EXPIRED'", to: '' },
  {
    check: 'not from the future',
    file: judge,
    from: "if (known.clockTrusted && token.issuedAt > known.nowSeconds + CLOCK_TOLERANCE_SECONDS) return 'CODE_FROM_FUTURE'",
    to: '',
  },
  {
    check: 'a clock in doubt calls nothing too young',
    file: judge,
    from: 'if (known.clockTrusted && token.issuedAt >',
    to: 'if (token.issuedAt >',
  },
  { check: 'not expired', file: judge, from: 'known.nowSeconds > token.expiresAt + grace', to: 'false' },
  {
    check: 'a clock in doubt makes a dynamic code paper',
    file: judge,
    from: "kind === 'dynamic' && known.clockTrusted ?",
    to: "kind === 'dynamic' ?",
  },
  {
    check: 'a paper code is never possessed',
    file: judge,
    from: "kind === 'dynamic' && known.clockTrusted ?",
    to: 'known.clockTrusted ?',
  },
  {
    check: 'the senior’s codes were not revoked',
    file: judge,
    from: "if (token.issuedAt < known.revokedBefore(token.seniorId)) return 'CODE_REVOKED'",
    to: '',
  },
  {
    check: 'the card was not reported lost',
    file: judge,
    from: "if (known.serialRevoked(token.serial)) return 'CODE_REVOKED'",
    to: '',
  },
  {
    check: 'the card is the newest',
    file: judge,
    from: 'leastIssue !== null && token.issuedAt < leastIssue',
    to: 'false',
  },
  {
    check: 'the serial was not spent',
    file: judge,
    from: "if (known.seen(token.keyId, token.serial)) return 'CODE_REPLAYED'",
    to: '',
  },
  { check: 'the count rises', file: judge, from: '(token.counter ?? 0) <= last', to: '(token.counter ?? 0) < last' },
  { check: 'a phone counts for itself', file: judge, from: 'key.holder === null ? null : key.keyId', to: 'null' },

  {
    check: 'a phone signs for its senior only',
    file: judge,
    from: 'keys: known.deviceKeys(seniorId)',
    to: "keys: known.deviceKeys(seniorId.replace(/^.*$/, '00112233445566778899aabbccddeeff') as typeof seniorId)",
  },
  {
    check: 'a phone signs no paper',
    file: keys,
    from: "kinds: ['dynamic'], holder",
    to: "kinds: ['dynamic', 'paper'], holder",
  },
  {
    check: 'the list goes before a phone',
    file: keys,
    from: 'if (listed !== undefined) return { ...listed, holder: null }',
    to: 'if (listed !== undefined && phone.keys.every(key => key.keyId !== id)) return { ...listed, holder: null }',
  },
  {
    check: 'a key for some sites counts there only',
    file: keys,
    from: '(key.sites ?? []).includes(site.id)',
    to: 'key.sites !== undefined',
  },
  {
    check: 'a key for some areas counts there only',
    file: keys,
    from: 'area[part] === undefined || area[part] === place[part]',
    to: 'area[part] === undefined || place[part] !== undefined',
  },
  { check: 'an area states a place', file: keys, from: 'Object.keys(place).length > 0', to: 'true' },
  {
    check: 'no key stands twice on a list',
    file: keys,
    from: 'new Set(list.keys.map(key => key.keyId)).size === list.keys.length',
    to: 'true',
  },
  { check: 'a window that is none', file: keys, from: 'key.notBefore <= key.notAfter', to: 'true' },
  { check: 'a list is made to be one', file: keys, from: "z.literal('aixin-code-keys-v1')", to: 'z.string()' },

  {
    check: 'the root signed the list',
    file: list,
    from: "if (!(await genuine(signed.text, signed.signature))) return note('签名不符 / signature')",
    to: '',
  },
  { check: 'the number of the list never falls', file: list, from: 'list.number < before.number', to: 'false' },
  { check: 'one number has one list', file: list, from: 'list.number === before?.number &&', to: 'false &&' },
  {
    check: 'a spent serial is remembered',
    file: used,
    from: 'insert.run(code.keyId, code.serial, code.forgetAt)',
    to: '',
  },
  { check: 'a count never falls', file: used, from: 'max(counter, excluded.counter)', to: 'excluded.counter' },
  {
    check: 'a serial is forgotten after its time only',
    file: used,
    from: 'WHERE forget_at < ?',
    to: 'WHERE forget_at <= ? + 300',
  },
  {
    check: 'the till asks whether its clock is in doubt',
    file: identify,
    from: 'clockTrusted: parts.clockIsTrusted()',
    to: 'clockTrusted: true',
  },
  {
    check: 'the till knows the newest card',
    file: identify,
    from: 'roster.bySenior(id)?.codesSince ?? null',
    to: 'null',
  },
  {
    check: 'the till remembers a spent code for as long as it could pass',
    file: identify,
    from: 'judged.expiresAt + REPLAY_MEMORY_SECONDS',
    to: 'judged.expiresAt',
  },
  { check: 'the till knows revoked serials', file: identify, from: 'roster.paperIsRevoked', to: '() => false' },
  { check: 'the till knows revoked codes', file: identify, from: 'roster.codesRevokedBefore', to: '() => 0' },
  {
    check: 'paper of a key for some sites counts there only',
    file: judge,
    from: 'if (!keyCovers(key, known.site))',
    to: "if (token.kind === 'dynamic' && !keyCovers(key, known.site))",
  },
  {
    check: 'every part of a place counts',
    file: keys,
    from: "['province', 'city', 'district', 'street', 'village']",
    to: "['district', 'street']",
  },
  {
    check: 'one of several areas is enough',
    file: keys,
    from: '(key.areas ?? []).some(inArea)',
    to: '(key.areas ?? [area.parse({ city: "-" })]).every(inArea)',
  },
  {
    check: 'a revoked key is one under a clock in doubt, too',
    file: judge,
    from: 'if (key.revoked === true)',
    to: 'if (known.clockTrusted && key.revoked === true)',
  },
  {
    check: 'counts rise under a clock in doubt, too',
    file: judge,
    from: 'return last !== null &&',
    to: 'return known.clockTrusted && last !== null &&',
  },
  {
    check: 'a code of a phone is spent once',
    file: judge,
    from: 'if (known.seen(token.keyId',
    to: 'if (deviceKeyId === null && known.seen(token.keyId',
  },
  {
    check: 'a serial is revoked whatever its kind',
    file: judge,
    from: 'if (known.serialRevoked(',
    to: "if (token.kind === 'paper' && known.serialRevoked(",
  },
  {
    check: 'the key is looked at before the time',
    file: judge,
    from: 'keyProblem(token, key, known) ?? timeProblem(token, known)',
    to: 'timeProblem(token, known) ?? keyProblem(token, key, known)',
  },
  {
    check: 'the time is looked at before the holder',
    file: judge,
    from: 'timeProblem(token, known) ?? holderProblem(token, deviceKeyId, known)',
    to: 'holderProblem(token, deviceKeyId, known) ?? timeProblem(token, known)',
  },
  {
    check: 'the key of a phone is found by its id',
    file: keys,
    from: 'phone.keys.find(key => key.keyId === id)',
    to: 'phone.keys[0]',
  },
  { check: 'the number of ECDSA is not that of Ed25519', file: token, from: "[-7, 'ES256']", to: "[-7, 'EdDSA']" },
  {
    check: 'no count lies below zero',
    file: token,
    from: 'z.tuple([z.literal(kindNumbers.dynamic), bytesOf(16), wholeNumber])',
    to: 'z.tuple([z.literal(kindNumbers.dynamic), bytesOf(16), z.int()])',
  },
  { check: 'an old contact makes a clock doubtful', file: clock, from: 'if (known.stale) return false', to: '' },
  {
    check: 'a clock agrees with the province',
    file: clock,
    from: 'Math.abs(last.here - last.province) > slack',
    to: 'last.here - last.province > slack',
  },
  {
    check: 'a clock did not go back',
    file: clock,
    from: 'Math.max(last?.here ?? 0, known.newestRecordAt ?? 0)',
    to: 'Math.max(0, known.newestRecordAt ?? 0)',
  },
  {
    check: 'a clock is not behind the newest record',
    file: clock,
    from: 'Math.max(last?.here ?? 0, known.newestRecordAt ?? 0)',
    to: 'Math.max(last?.here ?? 0, 0)',
  },
]

/** The change as the mutation harness takes it. Throws where its text does not stand once in the file. */
export function mutantFor({ check, file, from, to }: TakenAway): Mutant {
  const source = readFileSync(join(root, file), 'utf8')
  const start = source.indexOf(from)
  if (start < 0 || source.indexOf(from, start + 1) >= 0) throw new Error(`${check}: not once in ${file}: ${from}`)
  const line = source.slice(0, start).split('\n').length
  return { file, line, code: from, operator: check, start, end: start + from.length, from, to }
}
