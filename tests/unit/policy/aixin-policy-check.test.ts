import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runPolicyCheck } from '../../../electron/core/bureau/check-pack.ts'
import { shippedPacks } from '../../../electron/core/pack-files.ts'
import { edited, soundBase } from '../../support/sound-pack.ts'

const street = 'versions[1].benefits[2]'

describe('aixin policy check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-check-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  const sound = file('sound.json', JSON.stringify(soundBase, null, 2))
  const text = JSON.stringify(edited(soundBase, { [`${street}.fund`]: 'sreet' }), null, 2)
  const line = text.split('\n').findIndex(each => each.includes('sreet')) + 1
  const faulty = file('faulty.json', text)

  test('exits 0 where nothing is found, and says so in both languages', () => {
    expect(runPolicyCheck({ pack: sound, json: false })).toEqual({
      lines: [`${sound}：没有发现问题`, `${sound}: nothing found`],
      exitCode: 0,
    })
  })

  test('exits 1 with each finding, its line and place, in both languages, and their number', () => {
    const { lines, exitCode } = runPolicyCheck({ pack: faulty, json: false })
    expect(exitCode).toBe(1)
    expect(lines).toEqual([
      `错误 [unknown-id] 第 ${line} 行 ${street}.fund：没有资金 “sreet”：是不是 “street”？请改正`,
      `error [unknown-id] line ${line} ${street}.fund: there is no fund "sreet": did you mean "street"? Correct it`,
      `${faulty}：1 个错误，0 个提醒`,
      `${faulty}: 1 error, 0 warnings`,
    ])
  })

  test('with --json gives a line a finding and a last one with their number', () => {
    const { lines, exitCode } = runPolicyCheck({ pack: faulty, json: true })
    expect(exitCode).toBe(1)
    expect(lines.map(line => JSON.parse(line))).toMatchObject([
      { severity: 'error', code: 'unknown-id', path: `${street}.fund`, line },
      { file: faulty, errors: 1, warnings: 0 },
    ])
  })

  test('errors stand before warnings, each from the top of the file down', () => {
    const broken = edited(soundBase, {
      'categories[3]': { id: 'vip', title: { zh: '贵宾', en: 'VIP' } },
      [`${street}.when.age`]: { atLeast: 80, below: 60 },
      'versions[1].benefits[0].when.age': { atLeast: 70, below: 60 },
    })
    const { lines } = runPolicyCheck({ pack: file('both.json', JSON.stringify(broken, null, 2)), json: false })
    const told = lines.filter(each => /^(?:error|warning) \[(?!vector|untested)/.test(each))
    expect(told.map(each => each.split(':')[0]?.replace(/line \d+ /, ''))).toEqual([
      'error [empty-range] versions[1].benefits[0].when.age',
      `error [empty-range] ${street}.when.age`,
      'warning [unused-category] categories[3]',
    ])
  })

  test('a warning alone exits 1 too', () => {
    const warned = file('warned.json', JSON.stringify(edited(soundBase, { vectors: undefined })))
    expect(runPolicyCheck({ pack: warned, json: false }).exitCode).toBe(1)
  })

  test('text saved in another encoding is a finding that says which to choose', () => {
    const { lines, exitCode } = runPolicyCheck({
      pack: file('gbk.json', Uint8Array.of(0x22, 0xb0, 0xae, 0x22)),
      json: false,
    })
    expect([exitCode, lines[0]?.includes('UTF-8')]).toEqual([1, true])
  })

  test.each([
    ['a missing file', join(folder, 'none.json')],
    ['a folder', folder],
    ['an id that is not shipped', 'MARS'],
  ])('%s exits 2 in both languages', (_name, pack) => {
    const { lines, exitCode } = runPolicyCheck({ pack, json: false })
    expect(exitCode).toBe(2)
    expect(lines[0]).toContain('读不了政策文件')
    expect(lines[1]).toContain('cannot read the pack')
  })

  const shipped = readdirSync(shippedPacks).filter(name => name.endsWith('.json'))

  test.each(shipped.map(name => [name.slice(0, -'.json'.length)]))('finds nothing in the shipped pack %s', pack => {
    const { lines, exitCode } = runPolicyCheck({ pack, json: true })
    expect(lines.slice(0, -1)).toEqual([])
    expect(exitCode).toBe(0)
  })
})
