import { describe, expect, test } from 'vitest'
import { mayWait, nextSaying } from '../../../renderer/voice/next-saying.ts'
import { textOf } from '../../../shared/voice/sentences.ts'
import { customerSale, customerView, noon } from '../../e2e/screens/fixtures.ts'

const bare = { names: false, amounts: false }
const amounts = { names: false, amounts: true }
const idle = customerView()
const reading = customerView({ state: 'reading' })
const priced = customerSale('priced')
const confirmed = customerSale('confirmed', { at: noon + 1500 })
const next = customerSale('priced', { surname: '李', at: noon + 4000 })
const unread = customerView({ state: 'problem', code: 'CARD_UNREAD', values: {}, at: noon })

function told(...[before, view, aloud]: Parameters<typeof nextSaying>) {
  const saying = nextSaying(before, view, aloud)
  return saying === null || saying === 'hush' ? saying : textOf(saying.sentence)
}

describe('from one view to the next', () => {
  test('a price is said at once', () => {
    expect(nextSaying(idle, priced, bare)).toMatchObject({ cuts: true, hint: false })
  })

  test('the confirmation of the same person waits for the price to be said', () => {
    expect(nextSaying(priced, confirmed, bare)).toMatchObject({ cuts: false })
  })

  test('the next person cuts off the confirmation before', () => {
    expect(nextSaying(confirmed, next, bare)).toMatchObject({ cuts: true })
  })

  test('two people who follow each other hear the same sentence, each for themselves', () => {
    expect([told(idle, priced, bare), told(priced, next, bare)]).toEqual(['请看价格。', '请看价格。'])
  })

  test("the next person's card hushes what is said to the one before", () => {
    expect(told(confirmed, reading, bare)).toBe('hush')
  })

  test('a view that is told again says nothing', () => {
    for (const view of [priced, confirmed, unread]) expect(told(view, structuredClone(view), amounts)).toBeNull()
  })

  test('a page that has just loaded says nothing of what it finds', () => {
    for (const view of [priced, confirmed, unread]) expect(told(null, view, amounts)).toBeNull()
  })

  test('another set for the same person is said only where amounts are', () => {
    const dearer = customerSale('priced', { ownPayFen: 900 })
    expect([told(priced, dearer, bare), told(priced, dearer, amounts)]).toEqual([null, '请看价格，实付九元。'])
  })

  test('a person who leaves lets the sentence end', () => {
    expect(told(priced, idle, bare)).toBeNull()
  })
})

test('somebody waits where a hint, a question or a look ended without a sale, and nowhere else', () => {
  const look = { ...idle, atCamera: 'ahead' as const }
  expect([unread, look].map(before => mayWait(before, idle))).toEqual([true, true])
  expect([null, idle, priced, confirmed, reading].map(before => mayWait(before, idle))).toEqual(Array(5).fill(false))
  expect(mayWait(unread, priced)).toBe(false)
})
