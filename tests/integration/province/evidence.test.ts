import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runPolicyReplay } from '../../../electron/core/bureau/replay.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import { type EvidenceLine, evidenceLine } from '../../../shared/evidence.ts'
import { commitmentHolds, ledgerRecord } from '../../../shared/record.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const program = new URL('../../../province/main.ts', import.meta.url).pathname
const today = businessDateOf(Date.now())
const yesterday = addDays(today, -1)
const seniors = demoSeniors().filter(({ expected }) => expected.subsidies.length === 3)

let house: ProvinceHouse
let folder: string

/** Runs `province/main.ts evidence`. */
async function evidence(words: readonly string[], out = 'evidence.jsonl') {
  const args = [program, 'evidence', '--database-url', house.databaseUrl, '--out', join(folder, out), ...words]
  return await new Promise<{ code: unknown; said: string }>(done => {
    execFile(process.execPath, args, (error, stdout, stderr) => done({ code: error?.code ?? 0, said: stdout + stderr }))
  })
}

function linesOf(out: string): EvidenceLine[] {
  const lines = readFileSync(join(folder, out), 'utf8').trimEnd().split('\n')
  return lines.map(line => evidenceLine.parse(JSON.parse(line)))
}
const recordsOf = (out: string) => linesOf(out).map(({ record }) => ledgerRecord.parse(JSON.parse(record)))

/** At the canteen two meals of yesterday, the second voided today, and one of today; at the riverside one, and one that is rejected. */
beforeAll(async () => {
  house = await openProvinceHouse()
  folder = mkdtempSync(join(tmpdir(), 'aixin-evidence-test-'))
  const [canteen, riverside] = [await house.terminal(), await house.terminal('demo-riverside')]
  const [one, two, three] = seniors.filter(({ homeSite }) => homeSite === 'demo-canteen')
  const [four] = seniors.filter(({ homeSite }) => homeSite === 'demo-riverside')
  if (!one || !two || !three || !four) throw new Error('too few seniors')
  const first = await canteen.sale(one, { date: yesterday })
  const second = await canteen.sale(two, { date: yesterday })
  await canteen.push([first, second, await canteen.voidOf(second.id), await canteen.sale(three)])
  const [good, bad] = [await riverside.sale(four), await riverside.sale(four, { meal: 'dinner' })]
  await riverside.push([good, { ...bad, signature: good.signature }])
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await house.close()
})

describe('the evidence of a province', () => {
  it('is what its terminals sent, in the order of their ledgers, with the inputs opened, for its owner alone', async () => {
    const { code, said } = await evidence([])
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/5 records, 4 of them with inputs, without 1 that were rejected/),
    ])
    const records = recordsOf('evidence.jsonl')
    const places = records.map(({ terminal, seq }) => [terminal, seq])
    expect(places).toEqual([...places].sort())
    expect(records.map(({ kind }) => kind).filter(kind => kind === 'void')).toHaveLength(1)
    for (const { record, opened } of linesOf('evidence.jsonl')) {
      const parsed = ledgerRecord.parse(JSON.parse(record))
      if (parsed.kind !== 'sale') expect(opened).toBeNull()
      else expect(opened && commitmentHolds(opened, parsed.payload.inputsCommitment)).toBe(true)
    }
    if (process.platform !== 'win32') expect(statSync(join(folder, 'evidence.jsonl')).mode & 0o777).toBe(0o600)
  })

  it('of a range holds what takes one of its records back, though that came later', async () => {
    expect((await evidence(['--from', yesterday, '--to', yesterday], 'yesterday.jsonl')).code).toBe(0)
    expect(recordsOf('yesterday.jsonl').map(({ kind }) => kind)).toEqual(['sale', 'sale', 'void'])
  })

  it('of one site holds the records of its terminals', async () => {
    await evidence(['--site', 'demo-riverside'], 'riverside.jsonl')
    expect(recordsOf('riverside.jsonl').map(({ kind, seq }) => [kind, seq])).toEqual([['sale', 1]])
  })

  it('replayed under the pack that priced it, costs every fund the same', async () => {
    await evidence([], 'all.jsonl')
    const { lines, exitCode } = await runPolicyReplay({ pack: 'DEMO', evidenceFile: join(folder, 'all.jsonl') })
    expect(exitCode).toBe(0)
    const said = lines.map(line => line.replace(/ +/g, ' '))
    expect(said).toContain('市级财政 City budget (city) 9.00 9.00 0.00')
    expect(said).toContain('不变 Stay 3 3 0.00')
    expect(said).toContain('已撤销 Voided 1')
  })
})

describe('what cannot be exported is said in words, and nothing is written', () => {
  it('over a file that is there', async () => {
    writeFileSync(join(folder, 'mine'), 'mine')
    const { code, said } = await evidence([], 'mine')
    expect([code, said]).toEqual([2, expect.stringMatching(/没有导出：EEXIST[\s\S]*nothing was written: EEXIST/)])
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine')
  })

  it.each([
    [['--from', 'x'], /日期不对，请写作 2026-11-01/],
    [['--from', '2030-01-01'], /there is no such record/],
    [['--form', '2026-01-01'], /用法不对：.*--form/],
    [['--database-url', 'postgres://nobody:x@127.0.0.1:1/none'], /没有导出：.*ECONNREFUSED/],
  ])('%j', async (words, expected) => {
    const { code, said } = await evidence(words, 'nothing')
    expect([code, said]).toEqual([2, expect.stringMatching(expected)])
    expect(existsSync(join(folder, 'nothing'))).toBe(false)
  })
})
