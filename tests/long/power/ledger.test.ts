import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import { canMountDrives, openDrive } from '../../support/drive/drive.ts'
import { readLedger } from '../../support/read-ledger.ts'

const writer = join(import.meta.dirname, '../../support/drive/ledger-writer.ts')
const sleep = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

interface Tally {
  cuts: number
  acknowledged: number
  lost: number
  cutsWithLoss: number
  unsound: number
}

/** Cuts the power again and again while a process appends to the ledger, and counts what it had been told was stored and is not there. */
async function cutAndCount(options: { cuts: number; cache: boolean; unsynced?: boolean }): Promise<Tally> {
  const drive = openDrive({ megabytes: 96, cache: options.cache })
  onTestFinished(() => drive.close())
  const tally: Tally = { cuts: 0, acknowledged: 0, lost: 0, cutsWithLoss: 0, unsound: 0 }
  let before = 0
  for (; tally.cuts < options.cuts; tally.cuts += 1) {
    const words = [writer, drive.folder, options.unsynced ? 'unsynced' : 'synced']
    const process_ = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] })
    const gone = once(process_, 'exit')
    let last = 0
    const started = Promise.withResolvers<void>()
    createInterface(process_.stdout).on('line', line => {
      last = Number(line)
      started.resolve()
    })
    await Promise.race([started.promise, gone.then(() => Promise.reject(new Error('the writer ended early')))])
    await sleep(Math.random() * 400)
    // What it says after this was stored before, or is none of the disk's: only what was heard before the cut counts.
    const heard = last
    drive.cut()
    process_.kill('SIGKILL')
    await gone
    drive.powerUp()
    const { records, findings, pages } = await readLedger(drive.folder)
    const held = records.length
    tally.acknowledged += heard - before
    tally.lost += Math.max(0, heard - held)
    if (held < heard) tally.cutsWithLoss += 1
    if (findings.length > 0 || pages !== 'ok' || new Set(records.map(({ id }) => id)).size !== held) tally.unsound += 1
    before = held
  }
  console.log(JSON.stringify({ ...options, ...tally }))
  return tally
}

describe.skipIf(!canMountDrives)('on a disk image, as root: a ledger whose power is cut', () => {
  test.each([
    { drive: 'a drive that keeps what it took', cache: false },
    { drive: 'a drive with a volatile cache, written back in any order', cache: true },
  ])('$drive: no acknowledged record is lost, and the chain is sound', async ({ cache }) => {
    const tally = await cutAndCount({ cuts: 60, cache })
    expect(tally.acknowledged).toBeGreaterThan(tally.cuts)
    expect(tally).toMatchObject({ lost: 0, cutsWithLoss: 0, unsound: 0 })
  })

  test.each([false, true])('the same cuts do lose records whose commits were not synced (cache: %s)', async cache => {
    const { lost } = await cutAndCount({ cuts: 15, cache, unsynced: true })
    expect(lost).toBeGreaterThan(0)
  })
})
