import { expect, test } from 'vitest'
import { spokenAmountEn, spokenAmountZh } from '../../../shared/voice/spoken-amount.ts'

test.each([
  [0, '零元'],
  [1, '一分'],
  [50, '五角'],
  [55, '五角五分'],
  [100, '一元'],
  [200, '两元'],
  [205, '两元零五分'],
  [750, '七元五角'],
  [1000, '十元'],
  [1205, '十二元零五分'],
  [1350, '十三元五角'],
  [2000, '二十元'],
  [2200, '二十二元'],
  [10500, '一百零五元'],
  [11000, '一百一十元'],
  [20000, '两百元'],
  [100_800, '一千零八元'],
  [222_222, '两千两百二十二元二角二分'],
  [1_000_000, '一万元'],
  [2_005_000, '两万零五十元'],
  [12_345_600, '十二万三千四百五十六元'],
])('%i fen is read aloud as %s', (fen, spoken) => {
  expect(spokenAmountZh(fen)).toBe(spoken)
})

test.each([
  [0, '0 yuan'],
  [705, '7 yuan 05'],
  [1500, '15 yuan'],
])('%i fen is read aloud in English as %s', (fen, spoken) => {
  expect(spokenAmountEn(fen)).toBe(spoken)
})
