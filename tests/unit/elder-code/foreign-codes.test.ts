import { describe, expect, test } from 'vitest'
import { createForeignCodes } from '../../../electron/core/identify/foreign-codes.ts'
import type { Exchange } from '../../../electron/core/sync/exchange.ts'
import { resolveCode } from '../../../province/code-platforms.ts'
import { type CodePlatform, platformOf } from '../../../shared/site.ts'

const platform = (id: string, prefixes: string[], least = 1, most = 64): CodePlatform => ({
  id,
  title: { zh: id, en: id },
  simulated: true,
  prefixes,
  length: { least, most },
})

describe('whose code a text is', () => {
  const listed = [
    platform('pay', ['28', '29'], 16, 24),
    platform('card', ['https://card.example/']),
    platform('long', ['2812']),
  ]
  test.each([
    ['286812345678901234', 'pay'],
    ['291234567890123456', 'pay'],
    ['281234567890123456', 'long'],
    ['2868', null],
    ['2868123456789012345678901', null],
    ['https://card.example/q?1', 'card'],
    ['see https://card.example/q?1', null],
    ['', null],
  ])('%j: %s', (text, id) => {
    expect(platformOf(text, listed)?.id ?? null).toBe(id)
  })

  test('is nobody’s where the site lists no platform', () => {
    expect(platformOf('286812345678901234', [])).toBeNull()
  })
})

describe('what the terminal makes of an answer', () => {
  const senior = '0'.repeat(32)
  test.each<[string, Exchange, unknown]>([
    [
      'somebody',
      { ok: true, body: { result: 'found', senior, assurance: 'possessed' } },
      { result: 'found', senior, assurance: 'possessed' },
    ],
    ['nobody', { ok: true, body: { result: 'nobody' } }, { result: 'nobody' }],
    ['no network', { ok: false, reason: 'unreachable' }, { result: 'offline' }],
    ['a province too busy', { ok: false, reason: 'busy', retryAfterSeconds: 5 }, { result: 'platform-silent' }],
    [
      'a province that does not know the question',
      { ok: false, reason: 'refused', code: 'BODY_BAD' },
      { result: 'platform-silent' },
    ],
    ['an answer of another form', { ok: true, body: { result: 'found', senior: 'x' } }, { result: 'platform-silent' }],
    [
      'a platform that claims to have verified the person',
      { ok: true, body: { result: 'found', senior, assurance: 'verified' } },
      { result: 'platform-silent' },
    ],
  ])('%s', async (_, reply, expected) => {
    const asked: unknown[] = []
    const codes = createForeignCodes({
      ask: async (kind, body) => {
        asked.push([kind, body])
        return reply
      },
    })
    expect(await codes.whose(platform('pay', ['28']), '28x')).toEqual(expected)
    expect(asked).toEqual([['resolve', { platform: 'pay', text: '28x' }]])
  })
})

test('a platform that throws is silent, and what it said is kept nowhere', async () => {
  const faults: string[] = []
  const broken = { id: 'pay', whose: () => Promise.reject(new Error('cannot read 286812345678901234')) }
  const answer = await resolveCode([broken], { platform: 'pay', text: '286812345678901234' }, id => faults.push(id))
  expect([answer, faults]).toEqual([{ result: 'platform-silent' }, ['pay']])
})
