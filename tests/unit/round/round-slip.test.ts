import { expect, test } from 'vitest'
import { roundSlips } from '../../../electron/core/round/round-slip.ts'
import { demoSites } from '../../../province/demo-people.ts'
import { mostStops, type TillRound, type TillStop, tillRound } from '../../../shared/round/round.ts'
import { slip } from '../../../shared/slip.ts'
import { layOutSlip } from '../../../shared/slip-layout.ts'

const [site = null] = demoSites()
const stop = (at: number, change: Partial<TillStop> = {}) => ({
  ...{ stop: at + 1, name: '王女士', door: `${at + 1} 号院`, phone: null, portions: 1, toldFen: 750, pays: 'cash' },
  ...{ order: `order-${at}`, senior: 'a'.repeat(32), set: 'A', more: [], handCode: '407135' },
  ...change,
})
const round = (stops: readonly object[]): TillRound =>
  tillRound.parse({
    ...{ v: 1, round: '5e0d3c9a71b2f846', site: 'demo-canteen', terminal: 'till-1', date: '2026-11-20', meal: 'lunch' },
    ...{ courier: { name: '小周', kind: 'own' }, key: 'A'.repeat(43), secret: 'A'.repeat(22) },
    ...{ page: 'https://rounds.example/round/', stops },
  })
const many = (count: number) => round(Array.from({ length: count }, (_, at) => stop(at)))
const linesOf = (of: TillRound) =>
  roundSlips(of, site).map(one => layOutSlip(slip.parse(one), 58).map(line => line.text.trim()))

test('the list names all that was ordered at a door, with what it costs', () => {
  const more = [
    { set: 'B', quantity: 2 },
    { set: 'soup', quantity: 1 },
  ]
  const [lines = []] = linesOf(round([stop(0, { more, toldFen: 3990 })]))
  const [setA, setB, soup] = ['A', 'B', 'soup'].map(id => site?.menu.find(line => line.id === id)?.name.zh)
  const at = lines.findIndex(line => line.startsWith(`${setA} ×1`))
  expect(lines[at]).toMatch(/收 39\.90$/)
  expect(lines[at + 1]).toBe(`另加 ${setB} ×2、${soup} ×1`)
})

test('a list that is longer than one paper goes on, each paper numbered, each stop on one of them', () => {
  const papers = linesOf(many(80))
  expect(papers.map(lines => lines.find(line => line.startsWith('送餐单')))).toEqual([
    '送餐单 80 户 1/2',
    '送餐单 80 户 2/2',
  ])
  const doors = papers.flatMap(lines => lines.filter(line => line.endsWith(' 号院')))
  expect(doors).toEqual(Array.from({ length: 80 }, (_, at) => `${at + 1} ${at + 1} 号院`))
})

test('the longest round there is has all its stops on paper, however much was ordered', () => {
  const more = ['A', 'B', 'soup', 'A'].map(set => ({ set, quantity: 9 }))
  const papers = linesOf(round(Array.from({ length: mostStops }, (_, at) => stop(at, { more }))))
  expect(papers.flat().filter(line => line.startsWith('另加'))).toHaveLength(mostStops)
})

test('a round that fits on one paper has no number, and the code for a phone stands on the last paper alone', () => {
  const [lines = [], ...others] = linesOf(many(60))
  expect([lines.find(line => line.startsWith('送餐单')), others]).toEqual(['送餐单 60 户', []])
  const codes = roundSlips(many(61), site).map(one => one.filter(({ kind }) => kind === 'qr').length)
  expect(codes).toEqual([0, 1])
})
