import { expect, test } from 'vitest'
import { doubtWords } from '../../../renderer/i18n/doubt-words.ts'
import { verdictCode } from '../../../shared/province-api.ts'

test.each([...verdictCode.options, null])('%s says in both languages why, and who does what', code => {
  for (const language of ['zh', 'en'] as const) {
    const { why, who } = doubtWords(code, language)
    expect(Math.min(why.length, who.length)).toBeGreaterThan(4)
    expect(`${why} ${who}`).not.toMatch(/拒|失败|无效|refuse|fail|invalid|[A-Z]{2}/)
  }
})
