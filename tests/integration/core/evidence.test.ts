import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runEvidence } from '../../../electron/core/bureau/evidence.ts'
import { runPolicyReplay } from '../../../electron/core/bureau/replay.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { eat } from '../../support/people.ts'
import { readRepositoryJson } from '../../support/policy-kit.ts'
import { isPriced, type Till } from '../../support/till.ts'

/** The terminal of a demo site: three seniors eat, two of them a second time, of which one is voided; a guest eats; then it is stopped. */
let house: DemoHouse
let work: string
/** What was said of the folder while the terminal ran, and the folder as a power cut would have left it. */
let whileRunning: ReturnType<typeof runEvidence>
let afterPowerCut: string

const out = (name: string) => join(work, name)
const settings = () => ({ dataDir: house.dataDir })

/** Every file below a folder with the print of its bytes. */
function printsOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    names
      .filter(name => statSync(join(folder, name)).isFile())
      .map(name => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  )
}

/** Seniors of the site whom all three funds subsidise: city 3.00, district 2.00, street 1.00 a meal. */
const seniors = demoSeniors().filter(({ expected, cards }) => expected.subsidies.length === 3 && cards.length > 0)

async function serveAGuest(till: Till): Promise<void> {
  await till.client.dismiss()
  await till.client.startGuest()
  const priced = await till.untilCashier(isPriced)
  const answer = await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
  expect(answer.result).toBe('recorded')
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'aixin-evidence-test-'))
  house = await openDemoHouse()
  const till = await house.openTill()
  const [one, two, three] = seniors
  if (!one || !two || !three) throw new Error('too few seniors')
  for (const { id } of [one, two, three]) await eat(till, id)
  const { sale } = await eat(till, one.id, 'dynamic-code')
  await eat(till, two.id, 'dynamic-code')
  expect(await till.client.voidSale({ sale: sale.record })).toEqual({ result: 'done' })
  await serveAGuest(till)
  whileRunning = runEvidence({ settings: settings(), outFile: out('running.jsonl') })
  afterPowerCut = out('copy')
  cpSync(house.dataDir, afterPowerCut, { recursive: true })
  till.close()
  await house.host.stop()
})
afterAll(async () => {
  await house?.close()
  rmSync(work, { recursive: true, force: true })
})

describe('the evidence of a terminal', () => {
  it('is not taken while the terminal runs, and that is said', () => {
    expect(whileRunning.exitCode).toBe(2)
    expect(whileRunning.lines[0]).toBe('数据正被另一个程序使用。先关掉另一个。')
  })

  it('is every record with the inputs of every sale, and the folder stays as it was to the byte', () => {
    const before = printsOf(house.dataDir)
    const { lines, exitCode } = runEvidence({ settings: settings(), outFile: out('all.jsonl') })
    expect([exitCode, lines[1]]).toEqual([0, expect.stringMatching(/ records, 6 of them with inputs/)])
    expect(printsOf(house.dataDir)).toEqual(before)
    const kinds = readFileSync(out('all.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(JSON.parse(line).record).kind)
    expect(kinds.filter(kind => kind === 'sale')).toHaveLength(6)
    expect(kinds.filter(kind => kind === 'void')).toHaveLength(1)
  })

  it('is whole in a folder that a power cut left, and that folder too stays as it was', () => {
    const before = printsOf(afterPowerCut)
    expect(Object.keys(before)).toContain('terminal.db-wal')
    const { lines } = runEvidence({ settings: { dataDir: afterPowerCut }, outFile: out('cut.jsonl') })
    expect(lines[1]).toMatch(/ records, 6 of them with inputs/)
    expect(printsOf(afterPowerCut)).toEqual(before)
    runEvidence({ settings: settings(), outFile: out('whole.jsonl') })
    expect(readFileSync(out('cut.jsonl'), 'utf8')).toBe(readFileSync(out('whole.jsonl'), 'utf8'))
  })
})

describe('replayed', () => {
  const tight = (lines: readonly string[]) => lines.map(line => line.replace(/ +/g, ' '))
  /** The demo's pack, in which the city pays 2.00 instead of 3.00 a meal. */
  function lowerPack(): string {
    const json = JSON.stringify(readRepositoryJson('resources/policies/DEMO.json'))
    const lower = JSON.parse(json, (_, value) =>
      value?.id === 'city' && value.kind === 'subsidy' ? { ...value, amount: { kind: 'fixed', fen: 200 } } : value,
    )
    delete lower.vectors
    writeFileSync(out('lower.json'), JSON.stringify(lower))
    return out('lower.json')
  }

  it('under the pack that priced it, costs every fund the same, and nobody gains or loses', async () => {
    runEvidence({ settings: settings(), outFile: out('same.jsonl') })
    const { lines, exitCode } = await runPolicyReplay({ pack: 'DEMO', evidenceFile: out('same.jsonl') })
    expect(exitCode).toBe(0)
    const said = tight(lines)
    expect(said).toContain('市级财政 City budget (city) 9.00 9.00 0.00')
    expect(said).toContain('区级财政 District budget (district) 6.00 6.00 0.00')
    expect(said).toContain('街道资金 Street budget (street) 3.00 3.00 0.00')
    expect(said).toContain('不变 Stay 3 4 0.00')
    expect(said).toContain('散客另计 Guests, apart - 1 0.00')
    expect(said.join('\n')).toContain('（即本草案 this very draft）: 5')
  })

  it('under a lower subsidy of the city, says who pays the difference, straight from the folder', async () => {
    const before = printsOf(house.dataDir)
    const { lines, exitCode } = await runPolicyReplay({ pack: lowerPack(), settings: settings() })
    expect(exitCode).toBe(0)
    const said = tight(lines)
    expect(said).toContain('已撤销 Voided 1')
    expect(said).toContain('市级财政 City budget (city) 9.00 6.00 −3.00')
    expect(said).toContain('区级财政 District budget (district) 6.00 6.00 0.00')
    expect(said).toContain('多付 Lose 3 4 +3.00')
    expect(said).toContain('少付 Gain 0 0 0.00')
    expect(printsOf(house.dataDir)).toEqual(before)
  })
})
