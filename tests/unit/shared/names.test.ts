import { describe, expect, test } from 'vitest'
import { maskName, surnameOf } from '../../../shared/person-names.ts'
import { citizenNumberIsSound } from '../../../shared/senior.ts'

describe('a surname', () => {
  test.each([
    ['王建国', '王'],
    ['陈芳', '陈'],
    ['欧阳建国', '欧阳'],
    ['司马芳', '司马'],
    ['上官', '上'],
    ['欧文', '欧'],
    ['𠮷建国', '𠮷'],
    ['', ''],
  ])('of %s is %s', (name, surname) => {
    expect(surnameOf(name)).toBe(surname)
  })
})

describe('a name in a list', () => {
  test.each([
    ['王建国', '王＊国'],
    ['陈芳', '陈＊'],
    ['欧阳建国', '欧＊国'],
    ['买买提·艾力', '买＊力'],
    ['王', '王＊'],
    ['𠮷芳', '𠮷＊'],
    ['王建𠮷', '王＊𠮷'],
    ['', '＊'],
  ])('%s is masked as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })
})

/** Both numbers stand as examples in GB 11643 itself; they are nobody's. */
describe('a citizen number', () => {
  test.each(['11010519491231002X', '440524188001010014'])('%s is sound', text => {
    expect(citizenNumberIsSound(text)).toBe(true)
  })

  test.each([
    ['one digit changed', '110105194912310021'],
    ['two digits swapped', '11010519491213002X'],
    ['a small x', '11010519491231002x'],
    ['too short', '1101051949123100X'],
    ['too long', '11010519491231002X0'],
    ['a letter inside', '1101051949123A002X'],
    ['digits of full width', '４４０５２４１８８００１０１００１４'],
    ['white space', ' 1010519491231002X'],
    ['nothing', ''],
  ])('with %s it is not', (_, text) => {
    expect(citizenNumberIsSound(text)).toBe(false)
  })
})
