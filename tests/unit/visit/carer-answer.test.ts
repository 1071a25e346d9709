import { describe, expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/bytes.ts'
import { carerAnswer, carerAnswerText, judgeCarerAnswer, readCarerAnswer } from '../../../shared/visit/carer-answer.ts'
import { carerKeyIn, carerLink } from '../../../shared/visit/carer-link.ts'
import { codeWindow, readStationCode, stationCode, stationCodeText } from '../../../shared/visit/station-code.ts'

const siteKey = new Uint8Array(32).fill(1)
const key = Uint8Array.from({ length: 32 }, (_, at) => at)
const now = Date.parse('2026-11-25T08:00:30+08:00')
const here = Math.floor(now / codeWindow)
const at = { siteKey, terminal: 'till-1', now }
const wu = { carer: 'wu', key, used: [] }
const xu = { carer: 'xu', key: new Uint8Array(32).fill(9), used: [] }
const answerIn = (window: number, terminal = 'till-1') =>
  carerAnswer(key, terminal, stationCode(siteKey, terminal, window))

test('the answers to known codes are these', () => {
  expect(carerAnswer(key, 'till-1', '482913')).toBe('83521866')
  expect(carerAnswer(key, 'till-1', '000000')).toBe('72168587')
  expect(carerAnswer(key, 'till-2', '482913')).toBe('03214637')
  expect(carerAnswer(new Uint8Array(32), 'till-1', '482913')).toBe('31824514')
})

describe('at the till', () => {
  test('an answer to the code of this minute, the one before or the one after says whose phone it was', () => {
    for (const window of [here - 1, here, here + 1])
      expect(judgeCarerAnswer(answerIn(window), at, [xu, wu])).toEqual({ verdict: 'fresh', carer: 'wu', window })
    const scanned = carerAnswerText('wu', answerIn(here))
    expect(judgeCarerAnswer(scanned, at, [xu, wu])).toEqual({ verdict: 'fresh', carer: 'wu', window: here })
    const typed = answerIn(here).replace(/(\d{4})/, '$1 ')
    expect(judgeCarerAnswer(typed, at, [wu])).toMatchObject({ verdict: 'fresh' })
  })

  test('what this carer has shown already is used', () => {
    expect(judgeCarerAnswer(answerIn(here), at, [{ ...wu, used: [here] }])).toEqual({ verdict: 'used' })
  })

  test('an answer to a code of some minutes ago is stale, and one of three hours ago is not known', () => {
    expect(judgeCarerAnswer(answerIn(here - 2), at, [wu])).toEqual({ verdict: 'stale' })
    expect(judgeCarerAnswer(answerIn(here - 180), at, [wu])).toEqual({ verdict: 'unknown' })
  })

  test('an answer to the code of another till, of another key, or in the name of somebody else is not known', () => {
    expect(judgeCarerAnswer(answerIn(here, 'till-2'), at, [wu])).toEqual({ verdict: 'unknown' })
    expect(judgeCarerAnswer(answerIn(here), at, [{ ...wu, key: xu.key }])).toEqual({ verdict: 'unknown' })
    expect(judgeCarerAnswer(carerAnswerText('xu', answerIn(here)), at, [wu, xu])).toEqual({ verdict: 'unknown' })
  })

  test('an answer of a carer whose phone holds no key here says so', () => {
    expect(judgeCarerAnswer(carerAnswerText('wu', answerIn(here)), at, [xu])).toEqual({ verdict: 'none' })
  })
})

describe('what a phone reads', () => {
  test("a station's square code is its terminal and its digits, and no other text is one", () => {
    expect(readStationCode(stationCodeText('till-1', '048213'))).toEqual({ terminal: 'till-1', code: '048213' })
    for (const text of ['048213', 'AIXIN-STATION:till-1:04821', 'AIXIN-STATION::048213', 'https://elder.example'])
      expect(readStationCode(text)).toBeNull()
  })

  test('a square code of an answer names its carer', () => {
    expect(readCarerAnswer(carerAnswerText('wu', '00421337'))).toEqual({ carer: 'wu', answer: '00421337' })
    expect(readCarerAnswer('00421337')).toBeNull()
  })

  test('a link carries the key with its names, all of it behind the #', () => {
    const given = { terminal: 'till-1', carer: 'wu', key: toBase64Url(key), siteName: '河东里', carerName: '吴翠兰' }
    const link = carerLink('https://elder.example/carer/', given)
    expect(link.startsWith('https://elder.example/carer/#till-1/wu/')).toBe(true)
    expect(carerKeyIn(new URL(link).hash)).toEqual(given)
    expect(carerKeyIn(new URL(link).hash.slice(0, -8))).not.toEqual(given)
    for (const hash of ['', '#', '#till-1/wu/abc/a/b', `#till-1/wu/${toBase64Url(key)}`])
      expect(carerKeyIn(hash)).toBeNull()
  })
})
