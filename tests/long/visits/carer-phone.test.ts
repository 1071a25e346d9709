import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fakeCameraFlags, writeCameraFilm } from '../../support/fake-camera.ts'
import { shoot } from '../../support/gun.ts'
import { type Front, frontName, openFront } from '../../support/https-front.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { leadPin, openStationCounter, type StationCounter, stationHands } from '../../support/station-counter.ts'
import { memberOf } from '../../support/station-house.ts'
import { buildPhonePage, openPhone, type Phone } from '../rounds/phone.ts'

const bather = memberOf(1, '张玉梅', { categories: [{ id: 'disability_moderate' }] })
const washer = memberOf(2, '孙月娥', {})
const folder = mkdtempSync(join(tmpdir(), 'aixin-carer-'))
const film = join(folder, 'station-code.mjpeg')
const ends: (() => unknown)[] = []
let station: StationCounter
let front: Front
let phone: Phone

beforeAll(async () => {
  station = await openStationCounter('2026-11-25', [bather, washer])
  ends.push(station.close)
  const built = await buildPhonePage('carer')
  ends.push(built.remove)
  const { house, till } = station.counter
  const withPages = await house.province.start({ carerPages: built.folder })
  ends.push(withPages.close)
  front = await openFront(withPages.address)
  ends.push(front.close)
  await house.province.rows(
    `update site set body = jsonb_set(body::jsonb, '{station,carerPage}', to_jsonb($1::text))::text,
      change = nextval('feed_change') where site_id = 'demo-canteen'`,
    [`${front.address}carer/`],
  )
  await till.client.syncNow()
  await station.givePins(['zheng-xiuying'])
  phone = await openPhone(front, { width: 390, height: 844 }, fakeCameraFlags(film), 'carer')
  ends.push(phone.remove)
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  rmSync(folder, { recursive: true })
})

/** The phone stands before the station's screen as it is now: its page is opened again, by its icon. */
async function standBeforeStation() {
  await phone.close()
  writeCameraFilm(film, [{ text: `AIXIN-STATION:${await terminal()}:${await station.code()}`, frames: 30 }])
  const page = await phone.open()
  await page.locator('[data-screen="answer"]').waitFor({ timeout: 60_000 })
  const said = page.locator('[data-screen="answer"]')
  return {
    digits: (await said.getAttribute('data-answer')) ?? '',
    code: (await said.getAttribute('data-code')) ?? '',
  }
}

async function terminal(): Promise<string> {
  for await (const { station: now } of await station.counter.till.client.visit.watch())
    return now?.code.qr.split(':')[1] ?? ''
  throw new Error('the station says nothing')
}

async function visitsIn() {
  const { records, findings } = await readLedger(station.counter.house.dataDir)
  expect(findings).toEqual([])
  return records.flatMap(({ kind, payload }) => (kind === 'visit-in' ? [payload] : []))
}

test('a lead gives a phone its key: the link stands on the screen once, and opens the page under a real name', async () => {
  const { page } = station
  const hands = stationHands(page, 'keyboard')
  await hands.open()
  await page.getByRole('button', { name: /^护理员手机/ }).waitFor()
  // Two keys in haste are a scanner's.
  await page.waitForTimeout(400)
  await hands.press('P', /^护理员手机/)
  await page.locator('[data-phones]').waitFor()
  await page.keyboard.press('2')
  await page.waitForTimeout(400)
  await page.keyboard.press('Enter')
  await hands.enterPin(leadPin)
  const shown = page.locator('[data-phone-link]')
  await shown.waitFor()
  const link = (await shown.getAttribute('data-phone-link')) ?? ''
  expect(link.startsWith(`${front.address}carer/#`)).toBe(true)
  await page.waitForTimeout(400)
  await page.keyboard.press('Enter')
  await shown.waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  writeCameraFilm(film, [{ blank: 30 }])
  const carerPage = await phone.open(link)
  await carerPage.getByText('郑秀英').waitFor()
  expect(new URL(carerPage.url()).hostname).toBe(frontName)
  expect(new URL(carerPage.url()).hash).toBe('')
  await carerPage.evaluate(async () => void (await navigator.serviceWorker.ready))
})

test('without a network the phone reads the station code, its answer is typed, and the visit begins with it', async () => {
  const hands = stationHands(station.page, 'keyboard')
  await front.cut()
  await station.at('08:00')
  await hands.find(bather)
  await hands.stands('arriving')
  await hands.chooseService('bathing')
  const { digits } = await standBeforeStation()
  await station.page.locator('[data-carers]').waitFor()
  await station.page.waitForTimeout(400)
  await hands.press('A', /^用手机证明/)
  await station.page.locator('[data-phone-answer]').waitFor()
  await hands.type(digits)
  await station.page.waitForTimeout(400)
  await hands.press('回车', /^用这个码/)
  await station.page.getByText('护理员手机扫码').waitFor()
  await hands.begin()
  await hands.stands('visit')
  expect(await visitsIn()).toMatchObject([
    { carer: 'zheng-xiuying', location: { evidence: 'rotating-code', reference: `${await terminal()}/phone` } },
  ])
  await hands.back()
})

test('its square code is read by the scanner; the same answer once more counts for nobody, and is said', async () => {
  const hands = stationHands(station.page, 'keyboard')
  await station.at('08:10')
  await hands.find(washer)
  await hands.stands('arriving')
  await hands.chooseService('laundry')
  const { code, digits } = await standBeforeStation()
  const keyboard = await station.page.context().newCDPSession(station.page)
  await shoot(keyboard, code, { pace: 5, atOnce: true })
  await station.page.getByText('护理员手机扫码').waitFor()
  // A key right behind a scan is the scanner's.
  await station.page.waitForTimeout(400)
  await hands.back()
  await hands.find(washer)
  await hands.stands('arriving')
  await hands.chooseService('laundry')
  await station.page.locator('[data-carers]').waitFor()
  await station.page.waitForTimeout(400)
  await hands.press('A', /^用手机证明/)
  await station.page.locator('[data-phone-answer]').waitFor()
  await hands.type(digits)
  await station.page.waitForTimeout(400)
  await hands.press('回车', /^用这个码/)
  await station.page.getByText('这个答码已经用过一次了').first().waitFor()
})
