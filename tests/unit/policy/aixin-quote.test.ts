import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runQuote } from '../../../electron/core/bureau/quote-cases.ts'
import { packJson, shippedVectors, subsidyStep } from '../../support/policy-kit.ts'

const folder = mkdtempSync(join(tmpdir(), 'aixin-quote-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, content: unknown) => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const packsFolder = (...packs: unknown[]) => {
  const path = mkdtempSync(join(folder, 'packs-'))
  for (const [index, pack] of packs.entries())
    writeFileSync(join(path, `${index}.json`), typeof pack === 'string' ? pack : JSON.stringify(pack))
  return path
}
/** Cases of the shipped pack TJ, each for a version by its id. */
const tianjinCases = shippedVectors('TJ').filter(({ scheme }) => scheme !== 'TJ')
const tianjinCount = (scheme: string) => tianjinCases.filter(item => item.scheme === scheme).length
const tianjin = file('tj.json', tianjinCases)
const last = (lines: readonly string[]) => JSON.parse(lines.at(-1) ?? '')

describe('cases that pass', () => {
  test('get a line each and a last line of JSON, exit code 0', () => {
    const { lines, exitCode } = runQuote({ casesFile: tianjin, json: false })
    expect(exitCode).toBe(0)
    expect(lines).toHaveLength(tianjinCases.length + 1)
    expect(last(lines)).toEqual({ cases: tianjinCases.length, passed: tianjinCases.length, failed: [] })
  })

  test('are chosen by version or by policy', () => {
    const count = (scheme: string) => last(runQuote({ casesFile: tianjin, scheme, json: false }).lines).cases
    const versions = ['TJ-2019', 'TJ-2022', 'TJ-NEW']
    expect(versions.map(count)).toEqual(versions.map(tianjinCount))
    expect(Math.min(...versions.map(count))).toBeGreaterThan(0)
    expect(count('TJ')).toBe(tianjinCases.length)
  })

  test('that name the policy are chosen by the version in force on their date', () => {
    const cases = file(
      'policy.json',
      tianjinCases.map(item => ({ ...item, scheme: 'TJ' })),
    )
    expect(last(runQuote({ casesFile: cases, scheme: 'TJ-2022', json: false }).lines)).toEqual({
      cases: tianjinCount('TJ-2022'),
      passed: tianjinCount('TJ-2022'),
      failed: [],
    })
  })

  test('of policies without a pack do not hinder those of the one asked for', () => {
    const cases = file('mixed.json', [...tianjinCases, { ...tianjinCases[0], scheme: 'ELSEWHERE' }])
    expect(runQuote({ casesFile: cases, scheme: 'TJ-NEW', json: true }).exitCode).toBe(0)
  })
})

describe('a mismatch', () => {
  const [first, ...rest] = shippedVectors('GZ-ZC-2020')
  const wrong = { ...first, expect: { discountFen: 0, subsidyFen: { city: 300, street: 500 }, ownPayFen: 400 } }
  const cases = file('wrong.json', [wrong, ...rest])

  test('says what was expected and what came, and exits 1', () => {
    const { lines, exitCode } = runQuote({ casesFile: cases, json: false })
    expect(exitCode).toBe(1)
    expect(lines[0]).toBe(
      'WRONG GZ-ZC-2020#23  subsidyFen district: expected 0, got 300; ownPayFen: expected 400, got 100',
    )
    expect(last(lines)).toEqual({ cases: rest.length + 1, passed: rest.length, failed: ['GZ-ZC-2020#23'] })
  })

  test('with --json carries the whole quote', () => {
    const { lines } = runQuote({ casesFile: cases, json: true })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ id: 'GZ-ZC-2020#23', passed: false, quote: { ownPayFen: 100 } })
  })

  test('of reasons or of what the operator earns counts where the case states them', () => {
    const stating = (expected: object) =>
      file('stating.json', [{ ...first, expect: { ...z.looseObject({}).parse(first?.expect), ...expected } }])
    expect(runQuote({ casesFile: stating({ reasons: [], operatorFen: 0 }), json: false }).exitCode).toBe(0)
    expect(runQuote({ casesFile: stating({ reasons: ['CHANNEL'] }), json: false }).exitCode).toBe(1)
    expect(runQuote({ casesFile: stating({ operatorFen: 1 }), json: false }).exitCode).toBe(1)
  })
})

test('earlier visits count for limits in fen by their subsidies, and a voided one for nothing', () => {
  const limits = [{ id: 'money', period: 'month', unit: 'fen', cap: 500 }]
  const packsDir = packsFolder(packJson([subsidyStep('meal', 300, { limits: ['money'] })], { limits }))
  const item = (prior: object, own: number) => ({
    id: `own ${own}`,
    scheme: 'TEST',
    person: { birthDate: '1944-03-02' },
    prior: [{ date: '2026-11-02', meal: 'lunch', subsidyFen: { city: 201 }, ...prior }],
    visit: { date: '2026-11-20', meal: 'lunch', listPriceFen: 1000 },
    expect: { discountFen: 0, subsidyFen: own === 1000 ? {} : { city: 300 }, ownPayFen: own },
  })
  const casesFile = file('prior.json', [
    item({}, 1000),
    item({ voided: true }, 700),
    item({ date: '2026-10-31' }, 700),
    item({ subsidyFen: { city: 200 } }, 700),
  ])
  expect(last(runQuote({ packsDir, casesFile, json: false }).lines)).toEqual({ cases: 4, passed: 4, failed: [] })
})

describe('what cannot be checked exits 2 with plain words in both languages', () => {
  const broken = packJson([subsidyStep('a', 1, { fund: 'moon' })])
  test.each([
    ['a missing file', { casesFile: join(folder, 'none.json') }, '读不了', 'cannot read'],
    ['a file that is not JSON', { casesFile: file('torn.json', '[{') }, '不是 JSON', 'not JSON'],
    ['a case of another form', { casesFile: file('form.json', [{ id: 'x' }]) }, '格式', 'docs/case.schema.json'],
    ['an unknown scheme', { casesFile: tianjin, scheme: 'MARS' }, '没有这些政策', 'no such policy: MARS'],
    [
      'a case of an unknown scheme',
      { casesFile: file('mars.json', [{ ...tianjinCases[0], scheme: 'MARS' }]) },
      '没有这些政策',
      'MARS',
    ],
    ['no case at all', { casesFile: tianjin, scheme: 'DEMO' }, '没有可核对的案例', 'no case to check for "DEMO"'],
    [
      'a missing folder of packs',
      { casesFile: tianjin, packsDir: join(folder, 'nowhere') },
      '读不了政策文件夹',
      'cannot read the folder',
    ],
    ['an empty folder of packs', { casesFile: tianjin, packsDir: packsFolder() }, '没有政策文件', 'no pack'],
    [
      'a bad pack',
      { casesFile: tianjin, packsDir: packsFolder(broken) },
      'benefits[0].fund：没有资金',
      'benefits[0].fund: there is no fund',
    ],
    ['a torn pack', { casesFile: tianjin, packsDir: packsFolder('{') }, '不是 JSON', 'not JSON'],
    [
      'a pack twice',
      { casesFile: tianjin, packsDir: packsFolder(packJson([subsidyStep('a', 1)]), packJson([subsidyStep('a', 1)])) },
      '两份',
      'two packs',
    ],
  ])('%s', (_name, request, zh, en) => {
    const { lines, exitCode } = runQuote({ json: true, ...request })
    expect(exitCode).toBe(2)
    expect(lines.join('\n')).toContain(zh)
    expect(lines.join('\n')).toContain(en)
  })
})
