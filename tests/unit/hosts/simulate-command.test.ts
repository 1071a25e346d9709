import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { simulation } from '../../../electron/simulate-command.ts'

let printed: string[]
beforeEach(() => {
  printed = []
  vi.spyOn(console, 'log').mockImplementation(line => void printed.push(String(line)))
  vi.spyOn(console, 'error').mockImplementation(line => void printed.push(String(line)))
})
afterEach(() => vi.restoreAllMocks())

const small = ['--terminals', '3', '--seniors', '4', '--days', '3']

test('one JSON line is printed for each seed, with every parameter of its world', async () => {
  expect(await simulation.run([...small, '--seed', '1..2'])).toBe(0)
  const reports = printed.map(line => JSON.parse(line))
  expect(reports.map(({ params }) => params.seed)).toEqual([1, 2])
  expect(reports[0]).toMatchObject({
    overspentFen: 0,
    params: { terminals: 3, seniors: 4, days: 3, mode: 'lease', drop: 0.02, monthCapFen: 15_000 },
  })
})

test('a named world says what it changes of the usual one, and words beside it what they change of that', async () => {
  await simulation.run([...small, '--world', 'long-away'])
  expect(JSON.parse(printed[0] ?? '').params).toMatchObject({ villageShare: 1, longAwayShare: 1, days: 3 })
})

test('the same seed lives the same month', async () => {
  await simulation.run([...small, '--seed', '7'])
  await simulation.run([...small, '--seed', '7'])
  expect(printed[1]).toBe(printed[0])
})

test.each([[['--mode', 'hope']], [['--seed', '3..']], [['--roam', '1.5']], [['--days', '0']], [['--world', 'flat']]])(
  'wrong values are named: %s',
  async words => {
    expect(await simulation.run(words)).toBe(2)
    expect(printed.join()).toContain(words[0])
  },
)
