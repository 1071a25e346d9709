import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startBrowserHost } from '../../../electron/browser-host.ts'
import { runCommand } from '../../../electron/command-line.ts'
import { runVerify } from '../../../electron/core/audit/verify.ts'
import { backupFolder, backupsIn } from '../../../electron/core/backup/make-backup.ts'
import { runRestore } from '../../../electron/core/backup/restore.ts'
import { systemClock } from '../../../electron/core/clock.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { eat, present } from '../../support/people.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { logInTo, openTill, type Till } from '../../support/till.ts'

let house: DemoHouse

beforeEach(async () => {
  house = await openDemoHouse()
})
afterEach(() => house?.close())

/** Three who are at home at this site and have every subsidy. */
async function members(till: Till): Promise<[SeniorId, SeniorId, SeniorId]> {
  const [first, second, third] = (await till.client.simulatedPeople()).slice(1).map(one => one.senior)
  if (!first || !second || !third) throw new Error('too few people')
  return [first, second, third]
}

/** Makes a backup of the running terminal; gives its path. */
async function backUp(): Promise<string> {
  expect(await runCommand(['backup', '--data', house.dataDir])).toBe(0)
  const folder = backupFolder(house.dataDir, null)
  return join(folder, backupsIn(folder)[0] ?? '')
}

const restore = (backup: string, more: { offline?: boolean } = {}) =>
  runRestore({ settings: { dataDir: house.dataDir }, backup, clock: systemClock, ...more })

const verdicts = () =>
  house.province.rows("select generation, verdict, code from ledger where kind = 'sale' order by generation, seq")
const isQuarantined = () => house.province.number('select count(*) from terminal where quarantined')

it('an honest restore shows the gap, gets it back from the province, and goes on with usage as it was', async () => {
  let till = await house.openTill()
  const [first, second, third] = await members(till)
  await eat(till, first)
  const backup = await backUp()
  const { sale: lost } = await eat(till, second)
  await till.untilTerminal(view => view.unsent.count === 0)
  till.close()
  await house.host.stop()
  const anchorOfLost = join(house.dataDir, 'anchor.json')
  const lastLine = (await runVerify({ settings: { dataDir: house.dataDir } })).lines.at(-1) ?? ''
  writeFileSync(anchorOfLost, lastLine)

  const { lines, exitCode } = await restore(backup)
  expect([exitCode, lines.join('\n')]).toEqual([
    0,
    expect.stringMatching(/goes on in generation 2[\s\S]*the province held \d+ records more, and all of them are back/),
  ])

  await house.restart()
  till = await house.openTill()
  expect(till.terminal().lastSales.map(sale => sale.record)).toContain(lost.record)
  // The second one ate between backup and loss: the meal's right is used, and known to be.
  const again = await present(till, second, 'card')
  expect(again.attention.map(({ code }) => code)).toContain('LIMIT_MEAL')
  await till.client.dismiss()
  const { sale } = await eat(till, third)
  // What the generation before may have drawn unheard is not given twice.
  expect(sale.claimPending).toBe(true)
  expect(await till.client.voidSale({ sale: lost.record })).toEqual({ result: 'done' })
  await till.untilTerminal(view => view.unsent.count === 0)
  expect(till.terminal().notices).toEqual([])
  expect(await verdicts()).toEqual([
    { generation: '1', verdict: 'accepted', code: null },
    { generation: '1', verdict: 'accepted', code: null },
    { generation: '2', verdict: 'accepted', code: null },
  ])
  expect(await house.province.number("select count(*) from ledger where kind = 'void' and verdict = 'accepted'")).toBe(
    1,
  )
  expect(await isQuarantined()).toBe(0)
  expect(await house.province.number('select count(*) from ledger_doubt')).toBe(0)
  till.close()
  await house.host.stop()
  expect((await readLedger(house.dataDir)).findings).toEqual([])
  const verified = await runVerify({ settings: { dataDir: house.dataDir }, anchorFile: anchorOfLost })
  expect([verified.exitCode, verified.lines.join('\n')]).toEqual([0, expect.stringMatching(/the anchor fits/)])
}, 120_000)

it('one that could not ask the province claims instead of taking, until the terminal has asked', async () => {
  let till = await house.openTill()
  const [senior] = await members(till)
  const backup = await backUp()
  await eat(till, senior)
  await till.untilTerminal(view => view.unsent.count === 0)
  till.close()
  await house.host.stop()
  expect((await restore(backup, { offline: true })).lines.join('\n')).toMatch(/the province was not reached/)

  await house.restart()
  till = await house.openTill()
  await till.untilTerminal(view => view.network.state === 'online')
  expect(till.terminal().notices).toEqual([])
  const again = await present(till, senior, 'card')
  expect(again.attention.map(({ code }) => code)).toContain('LIMIT_MEAL')
}, 120_000)

it('one that is restored again before its records came back still gets all of them back', async () => {
  let till = await house.openTill()
  const [first, second] = await members(till)
  await eat(till, first)
  const backup = await backUp()
  const { sale: lost } = await eat(till, second)
  await till.untilTerminal(view => view.unsent.count === 0)
  till.close()
  await house.host.stop()
  await restore(backup, { offline: true })
  const { lines } = await restore(await backUp())
  expect(lines.join('\n')).toMatch(/goes on in generation 3[\s\S]*all of them are back/)

  await house.restart()
  till = await house.openTill()
  expect(till.terminal().lastSales.map(sale => sale.record)).toContain(lost.record)
  const again = await present(till, second, 'card')
  expect(again.attention.map(({ code }) => code)).toContain('LIMIT_MEAL')
}, 120_000)

it('a copied disk is found by the province and quarantined; the terminal that was first goes on', async () => {
  const till = await house.openTill()
  const [first, second] = await members(till)
  await till.untilTerminal(view => view.unsent.count === 0)
  const copyDir = mkdtempSync(join(tmpdir(), 'aixin-copied-'))
  const pages = mkdtempSync(join(tmpdir(), 'aixin-pages-'))
  try {
    till.close()
    await house.host.stop()
    cpSync(house.dataDir, copyDir, { recursive: true })
    await house.restart()
    const original = await house.openTill()
    await eat(original, first)
    await original.untilTerminal(view => view.unsent.count === 0)

    const drivers = [{ id: 'simulated-reader', driver: 'card-reader-simulated' }]
    const simulator = { address: house.province.province.address }
    const copy = await startBrowserHost({
      config: { dataDir: copyDir, devices: drivers, simulator, syncSeconds: 0.3 },
      rendererDir: pages,
      log: () => undefined,
    })
    try {
      const copied = await openTill(copy.origin, await logInTo(copy.url))
      await copied.untilTerminal(view => view.menu.length > 0 && view.roster.members > 0)
      await eat(copied, second)
      await copied.untilTerminal(view => view.notices.some(({ code }) => code === 'CHAIN_FORKED'))
      await expect.poll(isQuarantined, { timeout: 20_000 }).toBe(1)
      expect(copied.terminal().unsent.count).toBeGreaterThan(0)
      copied.close()
    } finally {
      await copy.stop()
    }
    expect(await house.province.number('select count(*) from forked_record')).toBeGreaterThan(0)
    expect(await verdicts()).toEqual([{ generation: '1', verdict: 'accepted', code: null }])
    original.close()
  } finally {
    for (const folder of [copyDir, pages]) rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)

it('an old disk that goes on beside its restored self is found too', async () => {
  let till = await house.openTill()
  const [first, second] = await members(till)
  const backup = await backUp()
  await till.untilTerminal(view => view.unsent.count === 0)
  till.close()
  await house.host.stop()
  const oldDir = mkdtempSync(join(tmpdir(), 'aixin-old-'))
  const pages = mkdtempSync(join(tmpdir(), 'aixin-pages-'))
  try {
    cpSync(house.dataDir, oldDir, { recursive: true })
    await restore(backup)
    await house.restart()
    till = await house.openTill()
    await eat(till, first)
    await till.untilTerminal(view => view.unsent.count === 0)
    const simulator = { address: house.province.province.address }
    const drivers = [{ id: 'simulated-reader', driver: 'card-reader-simulated' }]
    const old = await startBrowserHost({
      config: { dataDir: oldDir, devices: drivers, simulator, syncSeconds: 0.3 },
      rendererDir: pages,
      log: () => undefined,
    })
    try {
      const stale = await openTill(old.origin, await logInTo(old.url))
      await stale.untilTerminal(view => view.menu.length > 0 && view.roster.members > 0)
      await eat(stale, second)
      await stale.untilTerminal(view => view.notices.some(({ code }) => code === 'CHAIN_FORKED'))
      expect(stale.terminal().unsent.count).toBe(1)
      stale.close()
    } finally {
      await old.stop()
    }
    expect(await verdicts()).toEqual([{ generation: '2', verdict: 'accepted', code: null }])
    till.close()
  } finally {
    for (const folder of [oldDir, pages]) rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)
