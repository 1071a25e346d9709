import { expect, test } from 'vitest'
import {
  ageText,
  clockText,
  languageOf,
  longDate,
  minutesUntil,
  rosterAge,
  weekdayDate,
} from '../../../renderer/i18n/dates.ts'
import { en } from '../../../renderer/i18n/en.ts'
import { sayNotice, saySenior } from '../../../renderer/i18n/words.ts'
import { zh } from '../../../renderer/i18n/zh.ts'
import { sheetWords } from '../../../shared/day-close/sheet-words.ts'

const at = (text: string) => Date.parse(`${text}:00+08:00`)
const noon = at('2026-11-20T11:42')

test('times are those of Shanghai, whatever the machine says', () => {
  expect(clockText(Date.parse('2026-11-20T16:05:00Z'))).toBe('00:05')
})

test('the date of a shift is said in full', () => {
  expect(longDate('2026-11-21', 'zh')).toBe('2026 年 11 月 21 日，周六')
  expect(longDate('2026-11-21', 'en')).toBe('Saturday, 21 November 2026')
  expect(weekdayDate('2026-11-21', 'zh')).toBe('11 月 21 日 周六')
  expect(weekdayDate('2026-11-21', 'en')).toBe('Saturday, 21 November')
})

test('a begun minute counts, and time that is over is none', () => {
  expect(minutesUntil(noon + 61_000, noon)).toBe(2)
  expect(minutesUntil(noon - 1, noon)).toBe(0)
})

test('ages are told in the unit that fits', () => {
  const ages = [30_000, 12 * 60_000, 3 * 3_600_000, 47 * 3_600_000, 72 * 3_600_000]
  expect(ages.map(age => ageText(noon - age, noon, 'zh'))).toEqual(['刚刚', '12 分钟', '3 小时', '47 小时', '3 天'])
})

test('the roster is as old as its day', () => {
  const days = ['2026-11-20T06:10', '2026-11-20T10:05', '2026-11-19T23:50', '2026-11-17T06:10']
  expect(days.map(day => rosterAge(at(day), noon, 'zh'))).toEqual(['今早 6:10', '今天 10:05', '昨天', '3 天前'])
})

test('a notice carries its values in the words of the language', () => {
  expect(sayNotice({ code: 'LIMIT_WEEK', values: { cap: 5 } }, 'zh').what).toBe('本周补贴 5 次已用完，下周一恢复')
  expect(sayNotice({ code: 'AGE_NOT_YET', values: { from: '2027-03-02' } }, 'zh').what).toBe('3 月 2 日起可享补贴')
  expect(sayNotice({ code: 'BELOW_MIN', values: { minFen: 1500 } }, 'en').what).toBe('Subsidy starts at 15 yuan')
})

test('the senior reads only harmless words, and never a place without its value', () => {
  expect(saySenior('CARD_UNREAD', 'zh')).toBe('请把卡平放，停两秒')
  expect(saySenior('CARD_LOST', 'zh')).toBeNull()
  expect(saySenior('NOT_MEAL_TIME', 'zh')).toBeNull()
})

test('no text is empty, and none names a category or blames a person', () => {
  const plain = (catalogue: object) =>
    Object.values(catalogue).map(text => (typeof text === 'function' ? String(text('甲', '乙')) : String(text)))
  expect([...plain(zh), ...plain(en)].filter(text => text.trim() === '')).toEqual([])
  expect(plain(zh).filter(text => /拒绝|失败|无效|不合格|非法|低保|特困|黑名单|欠费/.test(text))).toEqual([])
})

test('the day screen calls the own payment what slip and table call it', () => {
  expect({ zh: zh.dayOwn, en: en.dayOwn }).toEqual(sheetWords.own)
})

test('the address chooses the language, Chinese else', () => {
  expect([languageOf('?lang=en'), languageOf('?lang=fr'), languageOf('')]).toEqual(['en', 'zh', 'zh'])
})
