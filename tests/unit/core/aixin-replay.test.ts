import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runPolicyReplay } from '../../../electron/core/bureau/replay.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { evidenceMaker, mealAtInstant, referenceOf } from '../../support/evidence-maker.ts'
import { discountStep, packJson, person, soundPack, subsidyStep } from '../../support/policy-kit.ts'

const noon = (day: number) => Date.parse(`2026-11-${day}T12:00:00+08:00`)
const limits = [{ id: 'day', period: 'day', unit: 'count', cap: 1 }]
const nowJson = packJson(
  [
    discountStep('shop', 10, { for: 'anyone' }),
    subsidyStep('city', 300, { limits: ['day'] }),
    subsidyStep('street', 200, { fund: 'street', when: { age: { atLeast: 80 } } }),
  ],
  { limits },
)
const now = soundPack(nowJson)
/** The street pays no more, the city somewhat more. */
const draftJson = packJson([discountStep('shop', 10, { for: 'anyone' }), subsidyStep('city', 350)], { limits })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-replay-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const packFile = (json: object) => file('draft.json', JSON.stringify(json))

/** Two days of a till: one over 80 eats on both and once has it voided, one of 72 eats once, a guest, a pending claim and lost inputs. */
function evidence(pack: PolicyPack = now): string[] {
  const made = evidenceMaker(pack)
  const eat = (day: number, senior: number | null, born: string | null, more: object = {}) => {
    const facts = born === null ? null : person({ birthDate: born })
    return made.serve({ at: noon(day), senior, person: facts, visit: mealAtInstant(noon(day)), ...more })
  }
  made.shift(noon(18))
  made.takeBack(noon(19), eat(19, 1, '1944-03-02'))
  eat(19, 1, '1944-03-02')
  eat(20, 1, '1944-03-02')
  eat(20, 2, '1954-03-02')
  eat(20, null, null)
  eat(20, 3, '1944-03-02', { rights: {} })
  eat(20, 4, '1944-03-02', { tell: () => null })
  return made.lines
}
const evidenceFile = (lines = evidence()) => file('evidence.jsonl', lines.map(line => `${line}\n`).join(''))
/** Lines with single spaces, since the width of a column is no matter here. */
const tight = (lines: readonly string[]) => lines.map(line => line.replace(/ +/g, ' '))

describe('aixin policy replay', () => {
  test('tells by fund, in all and by senior what a draft would have cost', async () => {
    const { lines, exitCode } = await runPolicyReplay({ pack: packFile(draftJson), evidenceFile: evidenceFile() })
    expect(exitCode).toBe(0)
    expect(tight(lines)).toEqual([
      '草案 Draft TEST test / test',
      '版本 Version TEST-1 当日有效 in force on the day: 4',
      '日期 Days 2026-11-19 — 2026-11-20',
      '重新核算 Priced again 4',
      '已撤销 Voided 1',
      '读入 Lines read 9',
      '原政策 Priced then by TEST TEST-1: 4',
      '',
      '资金（元）Fund (yuan) 原来 Then 草案 Draft 差 Difference',
      'city city (city) 9.00 10.50 +1.50',
      'street street (street) 4.00 0.00 −4.00',
      '',
      '合计（元）Totals (yuan) 原来 Then 草案 Draft 差 Difference',
      '原价 List price 60.00 60.00 0.00',
      '优惠 Discount 6.00 6.00 0.00',
      '补贴 Subsidies 13.00 10.50 −2.50',
      '个人付 Own payment 41.00 43.50 +2.50',
      '退款 Refunded 0.00 0.00 0.00',
      '运营补助 Operator 0.00 0.00 0.00',
      '',
      '老人 Seniors 人数 Persons 人次 Visits 个人付之差（元）Own payment (yuan)',
      '少付 Gain 1 1 −0.50',
      '多付 Lose 1 2 +3.00',
      '不变 Stay 0 0 0.00',
      '合计 All 2 3 +2.50',
      '散客另计 Guests, apart - 1 0.00',
      '',
      '多付最多 Greatest losers 人次 Visits 原来 Then 草案 Draft 差 Difference',
      `#${referenceOf(1).slice(0, 8)} 2 17.00 20.00 +3.00`,
      '',
      '少付最多 Greatest gainers 人次 Visits 原来 Then 草案 Draft 差 Difference',
      `#${referenceOf(2).slice(0, 8)} 1 10.50 10.00 −0.50`,
      '',
      '未计入 Left out 笔 Records 原价（元）List (yuan) 原补贴（元）Subsidy then (yuan)',
      '补贴待核 claim pending 1 15.00 2.00',
      '没有核算依据 no inputs 1 15.00 5.00',
      '',
      '记录从 2026-11-18 开始：此前开始的周、月、年，之前用过多少次数和额度未知，按没有用过计算。',
      'The records begin on 2026-11-18: what was used before, in a week, month or year that had begun, is not known and counts as nothing.',
      '额度一律按全部可用计算；撤销的记录不计；退款按原比例从草案金额中扣除。',
      'All rights count as proven; voided records do not count; of a refund the same part goes off the amounts of the draft.',
    ])
  })

  test('of the very pack that priced the records differs nowhere, and says that it is that pack', async () => {
    const { lines } = await runPolicyReplay({ pack: packFile(nowJson), evidenceFile: evidenceFile() })
    expect(tight(lines)).toContain('原政策 Priced then by TEST TEST-1（即本草案 this very draft）: 4')
    expect(tight(lines)).toContain('不变 Stay 2 3 0.00')
    expect(lines.join('\n')).not.toMatch(/Greatest|[+−][0-9]/)
  })

  test('stands in columns of the same width', async () => {
    const { lines } = await runPolicyReplay({ pack: packFile(draftJson), evidenceFile: evidenceFile() })
    const start = lines.findIndex(line => line.startsWith('资金'))
    expect(lines.slice(start, start + 3)).toEqual([
      '资金（元）Fund (yuan)    原来 Then  草案 Draft  差 Difference',
      'city city (city)              9.00       10.50          +1.50',
      'street street (street)        4.00        0.00          −4.00',
    ])
  })

  test('sums the days that are asked for, and counts usage from the first record on', async () => {
    const [version] = draftJson.versions
    const once = {
      ...draftJson,
      versions: [
        {
          ...version,
          limits: [{ id: 'week', period: 'week', unit: 'count', cap: 1 }],
          benefits: [subsidyStep('city', 300, { limits: ['week'] })],
        },
      ],
    }
    const request = { pack: packFile(once), evidenceFile: evidenceFile() }
    const { lines } = await runPolicyReplay({ ...request, from: '2026-11-20', to: '2026-11-20' })
    expect(tight(lines)).toContain('日期 Days 2026-11-20 — 2026-11-20（2026-11-20 — 2026-11-20）')
    expect(tight(lines)).toContain('city city (city) 6.00 3.00 −3.00')
    expect(tight(lines)).toContain('已撤销 Voided 0')
  })

  test('says which version of the draft priced what, and why', async () => {
    const [version] = draftJson.versions
    const versions = [
      { ...version, id: 'NEXT', from: '2026-11-20', to: '2026-11-20' },
      { ...version, id: 'LAST', from: '2027-01-01' },
    ]
    const request = { pack: packFile({ ...draftJson, versions }), evidenceFile: evidenceFile() }
    expect(tight((await runPolicyReplay(request)).lines).slice(1, 3)).toEqual([
      '版本 Version NEXT 当日尚未生效，用其后最早的版本 not in force yet: the first that comes after: 1',
      '版本 Version NEXT 当日有效 in force on the day: 3',
    ])
    expect(tight((await runPolicyReplay({ ...request, asOfVersion: 'LAST' })).lines)[1]).toBe(
      '版本 Version LAST 指定 as asked: 4',
    )
  })

  test('says that an ended draft brings the list price', async () => {
    const [version] = draftJson.versions
    const request = {
      pack: packFile({ ...draftJson, versions: [{ ...version, to: '2026-01-31' }] }),
      evidenceFile: evidenceFile(),
    }
    expect(tight((await runPolicyReplay(request)).lines)[1]).toBe(
      '版本 Version 草案当日无效，按原价 the draft has ended: list price: 4',
    )
  })

  test('lists lines that count for nothing by their numbers, ten at most of a kind', async () => {
    const [shift = '', ...rest] = evidence()
    const lines = [shift, 'x', '', ...rest, ...Array.from({ length: 12 }, () => shift)]
    const said = (await runPolicyReplay({ pack: packFile(draftJson), evidenceFile: evidenceFile(lines) })).lines
    expect(said).toContain('✗ 读不懂的行 unreadable line: 1（行 line 2）')
    expect(said).toContain('✗ 重复的记录 repeated record: 12（行 line 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, …）')
  })

  test('reads lines that a word processor saved, and records that hold a line separator', async () => {
    const made = evidenceMaker(now)
    made.serve({
      at: noon(19),
      senior: 1,
      person: person(),
      visit: mealAtInstant(noon(19)),
      kind: 'late-entry',
      reason: 'a\u2028b',
    })
    const path = file('evidence.jsonl', made.lines.map(line => `${line}\r\n`).join(''))
    expect(tight((await runPolicyReplay({ pack: packFile(draftJson), evidenceFile: path })).lines)).toContain(
      '重新核算 Priced again 1',
    )
  })

  test('speaks of pots and monthly dues where the draft has them', async () => {
    const [version] = draftJson.versions
    const stipend = { id: 'age', title: { zh: '高龄津贴', en: 'age allowance' }, fund: 'city', fen: 10_000 }
    const json = {
      ...draftJson,
      funds: draftJson.funds.map(fund => ({ ...fund, pot: { period: 'month' } })),
      versions: [{ ...version, stipends: [stipend] }],
    }
    const said = (await runPolicyReplay({ pack: packFile(json), evidenceFile: evidenceFile() })).lines.join('\n')
    expect(said).toMatch(/会用完的资金[\s\S]*按月补助/)
  })
})

describe('the tables for spreadsheets', () => {
  const csvOf = (name: string) => readFileSync(join(folder, 'tables', name), 'utf8').split('\r\n')

  test('are four files in a folder that is made where it is missing', async () => {
    const request = { pack: packFile(draftJson), evidenceFile: evidenceFile(), csvDir: join(folder, 'tables') }
    const { lines } = await runPolicyReplay(request)
    expect(lines.at(-1)).toContain('funds.csv, totals.csv, seniors.csv, records.csv')
    expect(readdirSync(join(folder, 'tables')).sort()).toEqual([
      'funds.csv',
      'records.csv',
      'seniors.csv',
      'totals.csv',
    ])
    expect(csvOf('funds.csv')).toEqual([
      '\ufeff资金 Fund,名称 Chinese,Name,原来 Then,草案 Draft,差 Difference',
      'city,city,city,9.00,10.50,1.50',
      'street,street,street,4.00,0.00,-4.00',
      '',
    ])
    expect(csvOf('totals.csv').slice(3, 5)).toEqual([
      '补贴 Subsidies,13.00,10.50,-2.50',
      '个人付 Own payment,41.00,43.50,2.50',
    ])
    expect(csvOf('seniors.csv').slice(1)).toEqual([
      `#${referenceOf(1).slice(0, 8)},2,17.00,20.00,3.00,10.00,7.00,-3.00,多付 lose`,
      `#${referenceOf(2).slice(0, 8)},1,10.50,10.00,-0.50,3.00,3.50,0.50,少付 gain`,
      '',
    ])
  })

  test('tell every record in the order of the file, also those that were not priced', async () => {
    const lines = [...evidence(), 'x']
    await runPolicyReplay({
      pack: packFile(draftJson),
      evidenceFile: evidenceFile(lines),
      csvDir: join(folder, 'tables'),
    })
    const rows = csvOf('records.csv')
    const one = `#${referenceOf(1).slice(0, 8)}`
    expect(rows[0]?.split(',')).toHaveLength(22)
    expect(rows.slice(1, 5)).toEqual([
      `2,2026-11-19,till-1,1,2,sale,${one},已撤销 voided,,15.00`,
      expect.stringMatching(
        /^4,.*重新核算 priced again,TEST-1,15.00,1.50,1.50,0.00,5.00,3.50,-1.50,8.50,10.00,1.50,0.00,0.00,0.00$/,
      ),
      expect.stringMatching(/^5,2026-11-20/),
      expect.stringMatching(/^6,/),
    ])
    expect(rows.slice(5)).toEqual([
      expect.stringMatching(/^7,2026-11-20,till-1,1,7,sale,散客 guest,/),
      expect.stringMatching(/^8,.*补贴待核 claim pending,,15.00$/),
      expect.stringMatching(/^9,.*没有核算依据 no inputs,,15.00$/),
      '10,,,,,,,读不懂的行 unreadable line',
      '',
    ])
  })

  test('name no person: no id, no birth date, no whole reference', async () => {
    const request = { pack: packFile(draftJson), evidenceFile: evidenceFile(), csvDir: join(folder, 'tables') }
    const { lines } = await runPolicyReplay(request)
    const all =
      lines.join('\n') +
      readdirSync(request.csvDir)
        .map(name => csvOf(name).join('\n'))
        .join('\n')
    for (const secret of ['00000001', '1944-03-02', referenceOf(1)]) expect(all).not.toContain(secret)
  })
})

describe('what cannot be replayed', () => {
  const refusal = async (request: Parameters<typeof runPolicyReplay>[0]) => {
    const { lines, exitCode } = await runPolicyReplay(request)
    expect(exitCode).toBe(2)
    expect(lines).toHaveLength(2)
    return lines.join('\n')
  }

  test.each<[string, object, RegExp]>([
    [
      'a file that is not there',
      { evidenceFile: 'nowhere.jsonl' },
      /读不了文件 nowhere.jsonl，请核对路径\n.*check the path \(ENOENT/,
    ],
    ['no records named', {}, /--evidence FILE 或 --data DIR/],
    ['two named', { evidenceFile: 'x', settings: { dataDir: 'y' } }, /one of them/],
    ['a folder without a terminal', { settings: { dataDir: 'nowhere' } }, /nowhere 里没有终端数据，请核对路径/],
    ['wrong settings', { settings: { dataDir: 'nowhere', syncSecond: 1 } }, /CONFIG_BAD/],
    ['a date that is none', { evidenceFile: 'x', to: '2026-11-31' }, /--to 2026-11-31 不是日期/],
    ['a date in other words', { evidenceFile: 'x', from: 'today' }, /--from today is no date; write it like/],
    [
      'a range that ends before it begins',
      { evidenceFile: 'x', from: '2026-11-02', to: '2026-11-01' },
      /exchange them/,
    ],
    [
      'an unknown version',
      { evidenceFile: 'x', asOfVersion: 'Y' },
      /TEST 没有版本 Y。现有：TEST-1\n.*has no version Y/,
    ],
    ['an unknown pack', { evidenceFile: 'x', pack: 'nothing' }, /nothing/],
  ])('%s is told in words', async (_, more, words) => {
    expect(await refusal({ pack: packFile(draftJson), ...more })).toMatch(words)
  })

  test('records without one that can be priced are told with their numbers', async () => {
    const request = { pack: packFile(draftJson), evidenceFile: evidenceFile(['x', ...evidence().slice(-1)]) }
    expect(await refusal(request)).toContain('2 lines read, 1 records left out, 1 lines of no use')
  })

  test('tables that cannot be saved are told, and nothing is said to be done', async () => {
    const request = { pack: packFile(draftJson), evidenceFile: evidenceFile(), csvDir: file('taken', '') }
    expect(await refusal(request)).toMatch(/cannot write to .*taken/)
    expect(existsSync(join(folder, 'funds.csv'))).toBe(false)
  })
})
