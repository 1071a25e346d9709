import { describe, expect, test } from 'vitest'
import { fromBase64Url, sha256, toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { type Envelope, unwrap, wrap } from '../../../shared/envelope.ts'
import { standardSuite as suite } from '../../../shared/suite.ts'

const [terminalKeys, strangerKeys, provinceKeys, otherProvince] = await Promise.all([
  suite.generateSigningKey(),
  suite.generateSigningKey(),
  suite.generateSealingKey(),
  suite.generateSealingKey(),
])
const body = { text: '午餐', items: [1, 2], nothing: null }

async function request(more: Partial<Parameters<typeof wrap>[1]> = {}): Promise<Envelope> {
  return await wrap(suite, {
    from: 'till-1',
    to: 'province',
    kind: 'push',
    counter: 7,
    replyTo: null,
    body,
    signer: await suite.signer(terminalKeys),
    sealTo: provinceKeys.publicKey,
    ...more,
  })
}

const reader = { me: 'province', senderKey: terminalKeys.publicKey, sealing: provinceKeys, answers: null }
const read = (input: unknown, more: Partial<Parameters<typeof unwrap>[2]> = {}) =>
  unwrap(suite, input, { ...reader, ...more })

/** Signs a header anew over a body that was put together by hand. */
async function signedOver(sealed: Uint8Array): Promise<Envelope> {
  const { sig: _, body: __, ...header } = await request()
  const changed = { ...header, bodyHash: toBase64Url(sha256(sealed)) }
  const signer = await suite.signer(terminalKeys)
  const sig = toBase64Url(await signer.sign(utf8ToBytes(canonicalJson(changed))))
  return { ...changed, sig, body: toBase64Url(sealed) }
}

describe('an envelope', () => {
  test('brings its body, counter and kind to the one it is for', async () => {
    const opened = await read(await request())
    expect(opened).toMatchObject({ ok: true, body, envelope: { counter: 7, kind: 'push', from: 'till-1' } })
  })

  test('says nothing of its body to anybody else', async () => {
    const sealed = Buffer.from(fromBase64Url((await request()).body))
    expect(sealed.includes('午餐')).toBe(false)
  })

  test('has a nonce of its own each time', async () => {
    const nonces = (await Promise.all([request(), request(), request()])).map(({ nonce }) => nonce)
    expect(new Set(nonces).size).toBe(3)
  })

  test('as a reply is taken by the one who asked', async () => {
    const { nonce } = await request()
    const reply = await request({ replyTo: nonce })
    expect(await read(reply, { answers: nonce })).toMatchObject({ ok: true, body })
  })
})

describe('is refused as', () => {
  test.each([
    ['text', '{}'],
    ['null', null],
    ['an object without members', {}],
  ])('MALFORMED: %s', async (_, input) => {
    expect(await read(input)).toEqual({ ok: false, problem: 'MALFORMED' })
  })

  test('MALFORMED: a member too many, or a counter below zero', async () => {
    const sound = await request()
    expect(await read({ ...sound, extra: 1 })).toEqual({ ok: false, problem: 'MALFORMED' })
    expect(await read({ ...sound, counter: -1 })).toEqual({ ok: false, problem: 'MALFORMED' })
  })

  test('NOT_FOR_ME: one for another reader', async () => {
    expect(await read(await request({ to: 'till-2' }))).toEqual({ ok: false, problem: 'NOT_FOR_ME' })
  })

  test.each([{ counter: 8 }, { kind: 'pull' }, { from: 'till-2' }, { nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }])(
    'BAD_SIGNATURE: the header changed to %j',
    async change => {
      expect(await read({ ...(await request()), ...change })).toEqual({ ok: false, problem: 'BAD_SIGNATURE' })
    },
  )

  test('BAD_SIGNATURE: signed by somebody else', async () => {
    const foreign = await request({ signer: await suite.signer(strangerKeys) })
    expect(await read(foreign)).toEqual({ ok: false, problem: 'BAD_SIGNATURE' })
  })

  test('BAD_BODY: the body was exchanged for that of another envelope', async () => {
    const other = await request({ body: { text: 'other' } })
    expect(await read({ ...(await request()), body: other.body })).toEqual({ ok: false, problem: 'BAD_BODY' })
  })

  test('BAD_BODY: the body is no base64url', async () => {
    expect(await read({ ...(await request()), body: '***' })).toEqual({ ok: false, problem: 'BAD_BODY' })
  })

  test('BAD_BODY: sealed to another reader', async () => {
    expect(await read(await request({ sealTo: otherProvince.publicKey }))).toEqual({ ok: false, problem: 'BAD_BODY' })
  })

  test('BAD_BODY: sealed for another kind of message, and signed', async () => {
    const sealed = await suite.seal(provinceKeys.publicKey, utf8ToBytes('{}'), 'pull|province')
    expect(await read(await signedOver(sealed))).toEqual({ ok: false, problem: 'BAD_BODY' })
  })

  test.each([
    ['no JSON', utf8ToBytes('{')],
    ['no UTF-8', Uint8Array.of(34, 255, 34)],
  ])('BAD_BODY: what was sealed and signed is %s', async (_, plain) => {
    const sealed = await suite.seal(provinceKeys.publicKey, plain, 'push|province')
    expect(await read(await signedOver(sealed))).toEqual({ ok: false, problem: 'BAD_BODY' })
  })

  test('NOT_THE_ANSWER: a reply to another nonce, a request where a reply is due, a reply where none is', async () => {
    const { nonce } = await request()
    const other = await request()
    const refused = { ok: false, problem: 'NOT_THE_ANSWER' }
    expect(await read(await request({ replyTo: other.nonce }), { answers: nonce })).toEqual(refused)
    expect(await read(await request(), { answers: nonce })).toEqual(refused)
    expect(await read(await request({ replyTo: nonce }))).toEqual(refused)
  })
})
