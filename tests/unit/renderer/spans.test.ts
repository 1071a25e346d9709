import { describe, expect, test } from 'vitest'
import { countText, momentText, offlineDay, rosterBlocks, rosterLeft, waitText } from '../../../renderer/i18n/spans.ts'
import { businessDate } from '../../../shared/business-day.ts'

const at = (text: string) => Date.parse(`${text}:00+08:00`)
const noon = at('2026-11-20T11:42')
const today = '2026-11-20'

describe('the day of being offline', () => {
  test.each([
    ['this morning', '2026-11-20T10:00', 1],
    ['yesterday evening', '2026-11-19T17:40', 2],
    ['at three in the night, which is still the day before', '2026-11-20T03:10', 2],
    ['at four, when the day has turned', '2026-11-20T04:00', 1],
    ['over the end of a month', '2026-10-30T12:00', 22],
    ['by a clock that was ahead', '2026-11-21T12:00', 1],
  ])('since %s', (_, since, day) => {
    expect(offlineDay(at(since), today)).toBe(day)
  })
})

describe('how long a roster counts', () => {
  const left = (goodUntil: string | null, validDays = 7, stale = false, synced: string | null = '2026-11-13T06:10') =>
    rosterLeft(
      {
        syncedAt: synced === null ? null : at(synced),
        members: 2316,
        stale,
        goodUntil: goodUntil === null ? null : businessDate.parse(goodUntil),
        validDays,
      },
      today,
    )

  test('in a town it is told in days, and its last day is one', () => {
    expect(left('2026-11-27')).toMatchObject({ kind: 'days', days: 7 })
    expect(left('2026-11-26')).toMatchObject({ kind: 'days', days: 6 })
    expect(left('2026-11-20')).toMatchObject({ kind: 'days', days: 0 })
  })

  test('beyond a week it is told in whole weeks, and that there is more', () => {
    expect(left('2027-01-21', 62)).toMatchObject({ kind: 'weeks', weeks: 8, more: true })
    expect(left('2026-12-04', 62)).toMatchObject({ kind: 'weeks', weeks: 2, more: false })
    expect(left('2026-11-28', 62)).toMatchObject({ kind: 'weeks', weeks: 1, more: true })
    expect(left('2026-11-27', 62)).toMatchObject({ kind: 'days', days: 7 })
  })

  test('it is over when the core says so', () => {
    expect(left('2026-11-19', 7, true)).toEqual({ kind: 'over', until: '2026-11-19' })
  })

  test('it is never told longer than a roster of the site can count', () => {
    expect(left('2026-12-25', 7)).toMatchObject({ kind: 'days', days: 7 })
  })

  test('there is none before the first sync', () => {
    expect(left(null, 7, true, null)).toEqual({ kind: 'none' })
  })

  test('its last week is drawn with the days that are over first', () => {
    const drawn = (days: number, validDays: number) =>
      rosterBlocks(days, validDays)
        .map(({ isLeft }) => (isLeft ? '#' : '.'))
        .join('')
    expect([drawn(7, 7), drawn(6, 7), drawn(0, 7), drawn(3, 62)]).toEqual(['#######', '.######', '.......', '....###'])
  })
})

test('a moment is told by its day and its clock', () => {
  const moments = ['2026-11-20T06:10', '2026-11-19T17:42', '2026-11-17T06:10', '2025-12-31T23:59']
  expect(moments.map(moment => momentText(at(moment), noon, 'zh'))).toEqual([
    '今天 6:10',
    '昨天 17:42',
    '11 月 17 日 6:10',
    '2025 年 12 月 31 日 23:59',
  ])
  expect(moments.map(moment => momentText(at(moment), noon, 'en'))).toEqual([
    'today 6:10',
    'yesterday 17:42',
    '17 November 6:10',
    '31 December 2025 23:59',
  ])
})

test('what came within the minute has not waited', () => {
  expect([waitText(noon - 59_000, noon, 'zh'), waitText(noon - 60_000, noon, 'zh')]).toEqual([null, '1 分钟'])
})

test('a count has commas at its thousands', () => {
  expect([158, 2316, 1_048_576].map(countText)).toEqual(['158', '2,316', '1,048,576'])
})
