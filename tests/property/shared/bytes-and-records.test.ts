import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64Url, toBase64Url } from '../../../shared/bytes.ts'
import { canonicalJson, type Json } from '../../../shared/canonical-json.ts'
import {
  commitmentHolds,
  commitTo,
  ledgerRecord,
  recordBytes,
  recordHash,
  sealedInputs,
} from '../../../shared/record.ts'
import { uuidV7 } from '../../../shared/uuid.ts'

const runs = { numRuns: 500 }

const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json; list: Json[]; object: Record<string, Json> }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'grapheme' }),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), tie('value'), {
    maxKeys: 5,
  }),
})).value

/** The same value with the members of every object in the opposite order. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member ?? null)]),
  )
}

/** Lone surrogates have a test of their own. */
const isWhole = (value: Json) =>
  JSON.stringify(value).isWellFormed() && !/\\u[dD][89a-fA-F]/.test(JSON.stringify(value))

describe('canonical JSON', () => {
  test('is the same again after it was read', () => {
    fc.assert(
      fc.property(json.filter(isWhole), value => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      runs,
    )
  })

  test('does not depend on the order of members', () => {
    fc.assert(
      fc.property(json.filter(isWhole), value => {
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value))
      }),
      runs,
    )
  })
})

describe('base64url', () => {
  test('brings any bytes back, and is what Node writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        const text = toBase64Url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect(fromBase64Url(text)).toEqual(bytes)
      }),
      runs,
    )
  })

  test('reads only what it would write: each text has one form', () => {
    const nearly = fc.string({ unit: fc.constantFrom(...'AQgw-_09azZ+/= \u0141'), maxLength: 12 })
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string({ unit: 'binary', maxLength: 12 })), text => {
        let read: Uint8Array | null = null
        try {
          read = fromBase64Url(text)
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
        const node = Buffer.from(text, 'base64url')
        if (read === null) expect(node.toString('base64url')).not.toBe(text)
        else expect(toBase64Url(read)).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })
})

const id = fc
  .tuple(fc.nat({ max: 2 ** 47 }), fc.uint8Array({ minLength: 10, maxLength: 10 }))
  .map(([at, random]) => uuidV7(at, random))
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toBase64Url)
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/)
const date = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map(day => day.toISOString().slice(0, 10))
const fen = fc.maxSafeInteger()
const text = fc.string({ unit: 'grapheme' }).filter(value => value.isWellFormed())
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })

const subsidies = fc.array(fc.record({ fund: name, fen }), { maxLength: 3 })
const debits = fc.array(fc.record({ limit: text, label: text, unit: fc.constantFrom('count', 'fen'), amount: fen }), {
  maxLength: 3,
})
const sale = fc.record({
  site: name,
  senior: orNull(hash),
  means: orNull(fc.constantFrom('card', 'code', 'face', 'manual')),
  assurance: orNull(fc.constantFrom('presented', 'possessed', 'verified')),
  device: orNull(text),
  deviceEvent: orNull(id),
  meal: orNull(fc.constantFrom('breakfast', 'lunch', 'dinner')),
  channel: fc.constantFrom('dine-in', 'takeaway', 'delivery'),
  items: fc.array(fc.record({ set: text, quantity: fc.integer({ min: 1, max: 99 }), fen }), { maxLength: 3 }),
  policy: fc.record({ pack: text, version: orNull(text), hash }),
  listFen: fen,
  discountFen: fen,
  subsidies,
  ownPayFen: fen,
  operatorFen: fen,
  cashRoundingFen: fen,
  pendingFen: fen,
  claimPending: fc.boolean(),
  debits,
  quoteCommitment: hash,
  inputsCommitment: hash,
  tenders: fc.array(
    fc.record({
      kind: fc.constantFrom('account', 'cash', 'outside', 'agreement'),
      fen,
      status: fc.constantFrom('settled', 'pending', 'offline-agreed'),
      reference: orNull(text),
    }),
    { maxLength: 2 },
  ),
  operator: orNull(name),
  shift: orNull(id),
})
const content = fc.oneof(
  fc.record({ kind: fc.constant('sale'), payload: sale }),
  fc.record({ kind: fc.constant('void'), payload: fc.record({ of: id, reason: text, operator: orNull(name) }) }),
  fc.record({
    kind: fc.constant('late-entry'),
    payload: fc.record({ servedOn: date, reason: text, approver: orNull(name), held: fc.boolean(), sale }),
  }),
  fc.record({
    kind: fc.constant('refund'),
    payload: fc.record({ of: id, subsidies, ownPayFen: fen, reason: text, operator: orNull(name) }),
  }),
)
const record = fc
  .tuple(
    fc.record({
      v: fc.constant(1),
      suite: fc.constant('standard'),
      terminal: name,
      generation: fc.integer({ min: 1, max: 1e6 }),
      seq: fc.integer({ min: 1, max: 1e9 }),
      prev: hash,
      id,
      at: fc.maxSafeInteger(),
      bootId: id,
      businessDate: date,
    }),
    content,
  )
  .map(([head, rest]) => ledgerRecord.parse({ ...head, ...rest }))

describe('a record', () => {
  test('comes back from its bytes as it was, with the same bytes and hash', () => {
    fc.assert(
      fc.property(record, made => {
        const bytes = recordBytes(made)
        const again = ledgerRecord.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
        expect(again).toEqual(made)
        expect(recordBytes(again)).toEqual(bytes)
        expect(recordHash(recordBytes(again))).toBe(recordHash(bytes))
      }),
      runs,
    )
  })
})

test('a commitment holds for its inputs and salt, and for no other salt', () => {
  const inputs = fc
    .record({ checkIn: id, used: fc.dictionary(name, fc.maxSafeNat(), { maxKeys: 3 }) })
    .map(({ checkIn, used }) =>
      sealedInputs.parse({
        v: 1,
        checkIn,
        senior: null,
        credential: null,
        quote: {
          person: null,
          visit: { businessDate: '2026-11-20', channel: 'dine-in', listFen: 1500, site: { place: {}, listed: true } },
          used,
          rights: {},
        },
      }),
    )
  fc.assert(
    fc.property(inputs, hash, hash, (made, salt, other) => {
      const commitment = commitTo(made, fromBase64Url(salt))
      const read = sealedInputs.parse(JSON.parse(JSON.stringify(turned(made))))
      expect(commitmentHolds({ salt, inputs: read }, commitment)).toBe(true)
      expect(commitmentHolds({ salt: other, inputs: read }, commitment)).toBe(other === salt)
    }),
    runs,
  )
})
