import { describe, expect, test } from 'vitest'
import { fill, problemCode, problems, sayProblem } from '../../../shared/problems.ts'

const texts = Object.entries(problems).flatMap(([code, { staff, senior, next }]) =>
  Object.entries({ staff, senior, next }).flatMap(([part, words]) =>
    words === null
      ? []
      : [
          { code, part, language: 'zh', text: words.zh },
          { code, part, language: 'en', text: words.en },
        ],
  ),
)
const where = (found: typeof texts) => found.map(({ code, part, language }) => `${code} ${part} ${language}`)

describe('the words of every problem', () => {
  test('are there for staff, with a next step, in both languages', () => {
    expect(texts.length).toBeGreaterThanOrEqual(4 * Object.keys(problems).length)
    expect(where(texts.filter(({ text }) => text.trim() === ''))).toEqual([])
  })

  test('are Chinese in the one and not in the other', () => {
    const hasChinese = (text: string) => /\p{Script=Han}/u.test(text)
    expect(where(texts.filter(({ text, language }) => hasChinese(text) !== (language === 'zh')))).toEqual([])
  })

  test('never turn a person away, and never name a category', () => {
    const harsh =
      /拒绝|失败|无效|不合格|非法|低保|特困|黑名单|\b(refused|failed|failure|invalid|illegal|poor|blacklist)/i
    expect(where(texts.filter(({ text }) => harsh.test(text)))).toEqual([])
  })

  test('have whole {places} for values, and no stray brace', () => {
    const rest = (text: string) => text.replace(/\{[a-zA-Z]+(:[^{}|]+\|[^{}|]+)?\}/g, '')
    expect(where(texts.filter(({ text }) => /[{}]/.test(rest(text))))).toEqual([])
  })

  test('show the senior no detail of a machine, a person or a file', () => {
    const shown = texts.filter(({ part, text }) => part === 'senior' && /\{(?!time\})/.test(text))
    expect(where(shown)).toEqual([])
  })
})

test('a code of the catalogue is one, any other text is not', () => {
  expect(['LIMIT_WEEK', 'limit_week', 'constructor', '', 7].map(code => problemCode.safeParse(code).success)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})

test('values are put into their places, in the language and part that is asked for', () => {
  expect(sayProblem('LIMIT_WEEK', { cap: 5 }, 'zh')).toBe('本周补贴 5 次已用完，下周一恢复')
  expect(sayProblem('CONFIG_BAD', { path: 'devices.0', detail: 'x' }, 'en')).toContain('devices.0: x')
  expect(sayProblem('CONFIG_BAD', {}, 'en', 'next')).toBe('Correct it, then start again')
})

test('a place without a value stays, and a value is taken letter by letter', () => {
  expect(fill('{a} and {b}', { a: '$& {b}' })).toBe('$& {b} and {b}')
  expect(fill('{n}', { n: 0 })).toBe('0')
})
