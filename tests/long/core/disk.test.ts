import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import type { CashierView } from '../../../shared/terminal-api.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { canMountDrives, type Drive, openDrive } from '../../support/drive/drive.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { isPriced, isProblem, type Till } from '../../support/till.ts'

const megabyte = 1024 * 1024
const seniors = demoSeniors().filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length > 0)
let next = 20

async function openSite(megabytes: number): Promise<{ drive: Drive; house: DemoHouse; till: Till }> {
  const drive = openDrive({ megabytes })
  onTestFinished(() => drive.close())
  const house = await openDemoHouse({ dataDir: drive.folder })
  onTestFinished(() => house.close())
  const till = await house.openTill()
  await till.client.simulatedPeople()
  return { drive, house, till }
}

type Priced = Extract<CashierView, { state: 'priced' }>

async function present(till: Till): Promise<void> {
  const senior = seniors[next++]
  if (!senior) throw new Error('nobody is left')
  await till.client.simulate({ senior: senior.id, present: 'card' })
}

async function priced(till: Till): Promise<Priced> {
  await present(till)
  return await till.untilCashier(isPriced)
}

const confirm = (till: Till, { checkIn, digest }: Priced) => till.client.confirm({ checkIn, digest })

/** One meal sold; gives its record. */
async function sell(till: Till): Promise<string> {
  const answer = await confirm(till, await priced(till))
  if (answer.result !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(answer)}`)
  await till.client.dismiss()
  return answer.sale.record
}

const stoppedFor = (till: Till, code: string | null) =>
  till.untilTerminal(({ stopped }) => (stopped?.code ?? null) === code)

async function kept(house: DemoHouse): Promise<string[]> {
  const { records, findings, pages } = await readLedger(house.dataDir)
  expect({ findings, pages }).toEqual({ findings: [], pages: 'ok' })
  return records.filter(({ kind }) => kind === 'sale').map(({ id }) => id)
}

describe.skipIf(!canMountDrives)('on a disk image, as root: a disk that fills up', () => {
  test('is said early, stops sales while there is room, and lets go on by itself', async () => {
    const { drive, house, till } = await openSite(900)
    const first = await sell(till)

    drive.fillUntil(400 * megabyte)
    await till.untilTerminal(({ notices }) => notices.some(({ code }) => code === 'DISK_SHRINKING'))
    const second = await sell(till)

    const open = await priced(till)
    drive.empty()
    drive.fillUntil(150 * megabyte)
    expect(await confirm(till, open)).toMatchObject({ result: 'refused', notice: { code: 'DISK_LOW' } })
    await stoppedFor(till, 'DISK_LOW')
    expect(await till.client.voidSale({ sale: first })).toEqual({ result: 'done' })

    drive.empty()
    await stoppedFor(till, null)
    expect(await confirm(till, open)).toMatchObject({ result: 'recorded', repeated: false })
    await house.host.stop()
    expect(await kept(house)).toEqual([first, second, open.checkIn])
  })

  test('to its last byte takes no sale, and still a void and a shift, in the room that was held back', async () => {
    const { drive, house, till } = await openSite(600)
    const sold = [await sell(till), await sell(till)]
    await expect.poll(() => existsSync(join(house.dataDir, 'reserve')), { timeout: 30_000 }).toBe(true)
    const open = await priced(till)
    // A journal that was longer once has room for more of its own.
    const beside = new Database(join(house.dataDir, 'terminal.db'))
    beside.pragma('wal_checkpoint(TRUNCATE)')
    beside.close()
    drive.fillUntil(0)
    expect(drive.free()).toBe(0)

    expect(await confirm(till, open)).toMatchObject({ result: 'refused', notice: { code: 'DISK_LOW' } })
    for (const sale of sold) expect(await till.client.voidSale({ sale })).toEqual({ result: 'done' })
    const { operators, businessDate } = till.terminal()
    const [operator] = operators
    if (!operator) throw new Error('the site has no operator')
    expect(await till.client.openShift({ operator: operator.id, date: businessDate })).toEqual({ result: 'done' })
    expect(existsSync(join(house.dataDir, 'reserve'))).toBe(false)

    drive.empty()
    await stoppedFor(till, null)
    expect(await confirm(till, open)).toMatchObject({ result: 'recorded', repeated: false })
    await expect.poll(() => existsSync(join(house.dataDir, 'reserve')), { timeout: 30_000 }).toBe(true)
    await house.host.stop()
    expect(await kept(house)).toEqual([...sold, open.checkIn])
  })
})

test.skipIf(!canMountDrives)(
  'on a disk image, as root: a disk that turns read-only stops sales in words, and nothing that was confirmed is lost',
  async () => {
    const { drive, house, till } = await openSite(600)
    const sold = await sell(till)
    const open = await priced(till)
    drive.turnReadOnly()

    const words = { result: 'refused', notice: { code: 'DISK_UNWRITABLE', values: {} } }
    expect(await confirm(till, open)).toEqual(words)
    expect((await stoppedFor(till, 'DISK_UNWRITABLE')).stopped).toEqual(words.notice)
    expect(await till.client.voidSale({ sale: sold })).toEqual(words)
    expect(await confirm(till, open)).toEqual(words)
    till.close()

    await house.restart({ meanwhile: () => drive.powerUp() })
    const again = await house.openTill()
    expect(await confirm(again, open)).toMatchObject({ result: 'recorded', repeated: false })
    await house.host.stop()
    expect(await kept(house)).toEqual([sold, open.checkIn])
  },
)

/** Overwrites a page in the middle of a table, as a failing disk does. */
function tearPageOf(dataDir: string, table: string): void {
  const path = join(dataDir, 'terminal.db')
  const db = new Database(path)
  db.pragma('wal_checkpoint(TRUNCATE)')
  const pages = db
    .prepare<[string], { pageno: number }>("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'")
    .all(table)
  db.close()
  const page = pages[Math.floor(pages.length / 2)]?.pageno
  if (page === undefined) throw new Error(`${table} has no page`)
  const bytes = readFileSync(path)
  bytes.fill(0xff, (page - 1) * 4096, page * 4096)
  writeFileSync(path, bytes)
}

test('a page that the disk has spoilt stops sales in words, and the terminal still shows its screens', async () => {
  const house = await openDemoHouse()
  onTestFinished(() => house.close())
  const till = await house.openTill()
  await till.client.simulatedPeople()
  await sell(till)
  till.close()
  await house.restart({ meanwhile: () => tearPageOf(house.dataDir, 'lease') })
  const again = await house.openTill()
  expect((await stoppedFor(again, 'DATABASE_DAMAGED')).stopped).toEqual({ code: 'DATABASE_DAMAGED', values: {} })
  await again.client.simulatedPeople()
  await present(again)
  expect((await again.untilCashier(isProblem)).notice.code).toBe('DATABASE_DAMAGED')
})

test('a page that the screens themselves need keeps the terminal from starting, in words', async () => {
  const house = await openDemoHouse()
  onTestFinished(() => house.close())
  const till = await house.openTill()
  await till.client.simulatedPeople()
  await sell(till)
  till.close()
  const restarted = house.restart({ meanwhile: () => tearPageOf(house.dataDir, 'sealed_inputs') })
  await expect(restarted).rejects.toThrow(/^DATABASE_DAMAGED/)
})
