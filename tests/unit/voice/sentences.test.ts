import { describe, expect, test } from 'vitest'
import { type ProblemCode, problems } from '../../../shared/problems.ts'
import type { CustomerView } from '../../../shared/terminal-api.ts'
import { clipIds, clipText, phraseOf } from '../../../shared/voice/phrases.ts'
import { type Aloud, sentenceOf, textOf, unspoken, waitingSentence } from '../../../shared/voice/sentences.ts'
import { customerSale, customerView, noon } from '../../e2e/screens/fixtures.ts'

const bare: Aloud = { names: false, amounts: false }
const all: Aloud = { names: true, amounts: true }
const said = (view: CustomerView, aloud = bare) => textOf(sentenceOf(view, aloud))
const problem = (code: ProblemCode, values: Record<string, string | number> = {}) =>
  customerView({ state: 'problem', code, values, at: noon })

describe('the till says', () => {
  test.each([
    ['a price', customerSale('priced'), bare, '请看价格。'],
    ['a price with the amount', customerSale('priced'), { names: false, amounts: true }, '请看价格，实付七元五角。'],
    ['a price with name and amount', customerSale('priced'), all, '张女士，请看价格，实付七元五角。'],
    [
      'to a guest as much as to a member',
      customerSale('priced', { surname: null, title: null }),
      all,
      '您好，请看价格，实付七元五角。',
    ],
    ['what costs nothing', customerSale('priced', { ownPayFen: 0 }), all, '张女士，请看价格，实付零元。'],
    ['a recorded sale', customerSale('confirmed'), bare, '好了，请取餐。'],
    ['a recorded sale, whatever else is on', customerSale('confirmed'), all, '好了，请取餐。'],
    ['a hint', problem('CARD_UNREAD'), bare, '请把卡平放，停两秒。'],
    ['the neutral sentence where the screen has it', problem('CARD_LOST'), bare, '请稍等，我们来办。'],
    ['when the meal starts', problem('NOT_MEAL_TIME', { time: '10:30' }), bare, '十点三十分开始。'],
    ['the neutral sentence for a time that it does not know', problem('NOT_MEAL_TIME'), bare, '请稍等，我们来办。'],
    ['where to look', { ...customerView(), atCamera: 'ahead' as const }, bare, '请看一下摄像头。'],
  ])('%s', (_what, view, aloud, text) => {
    expect(said(view, aloud)).toBe(text)
  })

  test('nothing over the greeting, while something is read, and while staff look after a card', () => {
    for (const state of ['idle', 'reading', 'helping'] as const)
      expect(sentenceOf(customerView({ state }), all)).toEqual([])
  })

  test('is it you, with the name only where names are on', () => {
    const asking = customerView({ state: 'asking', surname: '李', title: 'male', at: noon })
    expect([said(asking), said(asking, all)]).toEqual(['是您吗。', '是您吗，李先生。'])
  })

  test('to somebody who waits, the ways and that staff can be called', () => {
    expect(textOf(waitingSentence)).toBe('请刷卡或扫码，也可以叫我们。')
  })
})

test('every hint of the public screen is said in its very words, but those about money, which are not said', () => {
  const hints = [...new Set(Object.values(problems).flatMap(({ senior }) => senior?.zh ?? []))]
  const withoutClip = hints.filter(text => phraseOf(text) === null && text !== '{time} 开始')
  expect(withoutClip.toSorted()).toEqual([...unspoken].toSorted())
})

test('no phrase names money, a reason, a count or a class', () => {
  const texts = clipIds.map(clipText).filter(text => text.length > 1)
  expect(texts.filter(text => /补|优惠|次数|用完|免|低保|特困|欠/.test(text))).toEqual([])
})
