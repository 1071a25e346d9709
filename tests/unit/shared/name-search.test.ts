import { describe, expect, test } from 'vitest'
import { fitsSearch, initialsOf } from '../../../shared/name-search.ts'

describe('the initials of a name', () => {
  test.each([
    ['张淑芬', ['ZSF']],
    ['欧阳秀英', ['OYXY']],
    ['阮若兰', ['RRL']],
    ['孔令马', ['KLM']],
    ['安娥', ['AE']],
    ['左佐', ['ZZ']],
    ['买买提·艾力', ['MMTAL']],
    ['', ['']],
  ])('%s: %j', (name, initials) => {
    expect(initialsOf(name)).toEqual(initials)
  })

  test.each([
    ['曾国华', ['ZGH', 'CGH']],
    ['单田芳', ['STF', 'DTF']],
    ['解放', ['XF', 'JF']],
  ])('of a family name with a reading of its own, %s, are both', (name, initials) => {
    expect(initialsOf(name)).toEqual(initials)
  })
})

describe('a person is found', () => {
  const zhang = { name: '张淑芬', numberTail: '307X' }

  test.each(['张', '淑芬', 'z', 'ZS', 'zsf', '307x', '7X', 'zsf307X', '张 07x', ' 张淑芬 ', 'ｚｓｆ'])(
    'by %j',
    text => {
      expect(fitsSearch(text, zhang)).toBe(true)
    },
  )

  test.each(['', ' ', '·', '李', 'sf', 'zsfx', '3070', '30', 'zsf118', '李 307X', 'X'])('not by %j', text => {
    expect(fitsSearch(text, zhang)).toBe(false)
  })

  test('by no digits where nobody knows them', () => {
    expect(fitsSearch('07', { name: '张淑芬' })).toBe(false)
  })
})
