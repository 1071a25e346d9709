import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordingsFolder } from '../../../electron/core/own-recordings.ts'
import { clipFile, clipIds } from '../../../shared/voice/phrases.ts'
import { writeWav } from '../../../shared/voice/wav.ts'
import type { Screen } from '../../support/kiosk-browser.ts'
import { listenTo } from '../../support/page-ear.ts'
import { type Counter, members, nextPlease, openCounter, untilSeen } from './counter.ts'

const nextMember = members()
const dataDir = mkdtempSync(join(tmpdir(), 'aixin-terminal-'))
let counter: Counter

beforeAll(async () => {
  mkdirSync(recordingsFolder(dataDir))
  const samples = Float32Array.from({ length: 8000 }, (_, index) => 0.3 * Math.sin(index / 10))
  for (const clip of clipIds)
    writeFileSync(join(recordingsFolder(dataDir), clipFile(clip)), writeWav({ rate: 16_000, samples }))
  counter = await openCounter({ dataDir, before: listenTo })
})
afterAll(async () => {
  await counter?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const heardOn = async ({ page }: Screen) =>
  (await page.evaluate(() => window.ear?.heard ?? [])).map(({ what }) => what).filter(what => what.endsWith('.wav'))
const sale = ['/voice/own/look-at-price.wav', '/voice/own/take-meal.wav']
const patience = { timeout: 60_000 }

async function serve(): Promise<void> {
  const { cashier, till } = counter
  const since = await nextPlease(cashier)
  await till.client.simulate({ senior: nextMember().id, present: 'card' })
  await untilSeen(cashier, '已入账', since)
}

test("a sale is said on the public page alone, by the site's own recordings, the same for each member", async () => {
  const { cashier, customer } = counter
  await serve()
  await expect.poll(() => heardOn(customer), patience).toEqual(sale)
  await serve()
  await expect.poll(() => heardOn(customer), patience).toEqual([...sale, ...sale])
  expect(await heardOn(cashier)).toEqual([])
})

test('once the public page is gone the till speaks through the staff’s', async () => {
  const { cashier, customer } = counter
  const said = (await heardOn(cashier)).length
  const loaded = cashier.page.waitForResponse(response => response.url().endsWith('.wav'))
  await customer.page.close()
  await loaded
  await cashier.page.waitForLoadState('networkidle')
  await serve()
  await expect.poll(async () => (await heardOn(cashier)).slice(said), patience).toEqual(sale)
})
