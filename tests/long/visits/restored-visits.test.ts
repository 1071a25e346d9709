import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../../../electron/command-line.ts'
import { backupFolder, backupsIn } from '../../../electron/core/backup/make-backup.ts'
import { runRestore } from '../../../electron/core/backup/restore.ts'
import { systemClock } from '../../../electron/core/clock.ts'
import { businessDate } from '../../../shared/business-day.ts'
import type { RecordId } from '../../../shared/ids.ts'
import { memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'

const categories = [{ id: 'disability_moderate' }]
const [chen, wang, zhang, li] = [
  memberOf(1, '陈桂英', { categories }),
  memberOf(2, '王秀兰', { categories }),
  memberOf(3, '张玉珍', { categories }),
  memberOf(4, '李凤珍', { categories }),
]
const day = businessDate.parse('2026-11-25')
const done = { result: 'done' }
const refusedAs = (code: string) => ({ result: 'refused', notice: { code } })
let house: StationHouse
let ended: RecordId | null = null
let begun: RecordId | null = null
let paused: RecordId | null = null

const wanted = (id: RecordId | null): RecordId => {
  if (id === null) throw new Error('no such visit')
  return id
}
const lineOf = (id: RecordId | null) => house.view().day.find(({ visit }) => visit === id)

beforeAll(async () => {
  house = await openStationHouse(day, [chen, wang, zhang, li])
  await house.synced()
  ended = await house.signIn('08:00', chen.id, 'bathing', 'wu-cuilan')
  paused = await house.signIn('08:05', zhang.id, 'cleaning', 'xu-guoqiang')
  expect(await runCommand(['backup', '--data', house.dataDir])).toBe(0)
  house.at('08:15')
  expect(await house.client().visit.pause({ visit: paused })).toEqual(done)
  await house.signOut('08:40', ended)
  begun = await house.signIn('08:45', wang.id, 'bathing', 'zheng-xiuying')
  await house.synced()
  await house.between(async () => {
    const folder = backupFolder(house.dataDir, null)
    const backup = join(folder, backupsIn(folder)[0] ?? '')
    const { exitCode } = await runRestore({
      settings: { dataDir: house.dataDir },
      backup,
      clock: systemClock,
      offline: true,
    })
    expect(exitCode).toBe(0)
  })
  await house.synced()
  house.at('09:00')
  await house.until(() => (lineOf(begun)?.state === 'running' ? begun : null))
}, 240_000)
afterAll(() => house?.close())

test('a visit that was ended behind the backup stands as ended, and is not paid again', async () => {
  expect(lineOf(ended)).toMatchObject({ state: 'unproven', minutes: 40 })
  expect(await house.client().visit.leave({ visit: wanted(ended), early: null })).toMatchObject(refusedAs('VISIT_GONE'))
})

test('one that was paused behind the backup stands still', async () => {
  expect(lineOf(paused)).toMatchObject({ state: 'paused', minutes: 10 })
})

test('one that began behind the backup goes on, and is signed out and paid once; its carer is free after it', async () => {
  const shown = await house.signOut('09:15', wanted(begun))
  expect(shown).toMatchObject({ minutes: 30 })
  const next = await house.signIn('09:30', li.id, 'bathing', 'zheng-xiuying')
  await house.signOut('10:00', next)
  await house.synced()
  expect(await house.verdicts()).toEqual([])
  const outs = await house.province.rows("select generation from ledger where kind = 'visit-out' order by 1")
  expect(outs).toEqual([{ generation: '1' }, { generation: '2' }, { generation: '2' }])
})
