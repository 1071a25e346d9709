import { describe, expect, test } from 'vitest'
import { letterChoices } from '../../../shared/name-readings.ts'
import { fitsSearch, initialsOf } from '../../../shared/name-search.ts'

describe('the initials of a name', () => {
  test.each([
    ['张淑芬', 'ZSF'],
    ['欧阳秀英', 'OYXY'],
    ['阮若兰', 'RRL'],
    ['孔令马', 'KLM'],
    ['安娥', 'AE'],
    ['左佐', 'ZZ'],
    ['买买提·艾力', 'MMTAL'],
    ['𠮷祥', 'JX'],
    ['', ''],
  ])('%s: %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })

  test.each([
    ['曾国华', 'ZGH'],
    ['单桂英', 'SGY'],
    ['解秀兰', 'XXL'],
    ['仇玉珍', 'QYZ'],
    ['朴英子', 'PYZ'],
    ['查良才', 'ZLC'],
    ['盛文', 'SW'],
    ['乐嘉', 'YJ'],
    ['覃桂花', 'QGH'],
    ['重耳', 'CE'],
    ['尉志强', 'WZQ'],
    ['尉迟敬德', 'YCJD'],
    ['长孙无忌', 'ZSWJ'],
    ['万俟卨', 'MQX'],
    ['单于明', 'CYM'],
    ['澹台明', 'TTM'],
    ['种世衡', 'CSH'],
    ['区凤仪', 'OFY'],
    ['翟大伟', 'ZDW'],
    ['石宝', 'SB'],
  ])('of a family name with a reading of its own, %s, begin with that one: %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})

test('every Chinese character has one letter or more, and none twice', () => {
  const choices = letterChoices('阿扒曾单重乐行查长𠮷龘王')
  for (const letters of choices) expect(letters).toMatch(/^[A-Z]+$/)
  expect(choices.every(letters => new Set(letters).size === letters.length)).toBe(true)
})

describe('a name with several readings is found by each of them', () => {
  test.each([
    ['曾国华', ['zgh', 'cgh']],
    ['单桂英', ['sgy', 'dgy', 'cgy']],
    ['解秀兰', ['xxl', 'jxl']],
    ['仇玉珍', ['qyz', 'cyz']],
    ['盛长乐', ['scl', 'szl', 'scy', 'szy', 'ccl']],
    ['尉迟长行', ['yccx', 'wczh', 'yczx']],
    ['查重阳', ['zcy', 'czy', 'zzy']],
    ['乐行之', ['yxz', 'lhz']],
    ['长孙明', ['zsm', 'csm']],
    ['王乐', ['wl', 'wy']],
    ['李重庆', ['lcq', 'lzq']],
    ['陈晟', ['cs', 'cc']],
    ['周单', ['zd', 'zs']],
    ['赵朝霞', ['zcx', 'zzx']],
  ])('%s: %j', (name, typed) => {
    for (const text of typed) expect(fitsSearch(text, { name }), text).toBe(true)
  })

  test.each([
    ['曾国华', 'sgh'],
    ['单桂英', 'zgy'],
    ['王芳', 'wz'],
    ['朴英子', 'byz'],
    ['解秀兰', 'xxj'],
  ])('%s is not found by %s', (name, text) => {
    expect(fitsSearch(text, { name })).toBe(false)
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
