import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type DemoSenior, demoSeniors, stranger } from '../../province/demo-people.ts'
import { mintCode, nextPlease, ownPayOf, untilSeen, untilShown } from '../e2e/check-in/counter.ts'
import { presentWithMouse } from '../e2e/check-in/simulator-drawer.ts'
import { type DemoHouse, openDemoHouse } from '../support/demo-house.ts'
import { writeCameraFilm } from '../support/fake-camera.ts'
import { type Finding, findInFiles, type Secret } from '../support/find-in-files.ts'
import { buildPages, type KioskBrowser, openKioskBrowser } from '../support/kiosk-browser.ts'
import { type Pcscd, startPcscd } from '../support/pcscd.ts'
import { readLedger } from '../support/read-ledger.ts'
import { root } from '../support/source-files.ts'
import type { VirtualCardProfile } from '../support/virtual-card.ts'
import { virtualReader } from '../support/virtual-reader.ts'

const folder = mkdtempSync(join(tmpdir(), 'aixin-film-'))
const reader = virtualReader(0)
const seniors = demoSeniors()
const homeMembers = seniors.filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen > 0)
/** People whose category decides their price are the ones whose category could leak. */
const supported = homeMembers.filter(({ person, cards }) => person.categories.length > 0 && cards.length > 0)
const ordinary = homeMembers.filter(({ person, cards }) => person.categories.length === 0 && cards.length > 0).slice(30)
const citizenNumber = '990101194403020014'

let pages: Awaited<ReturnType<typeof buildPages>>
let service: Pcscd
let house: DemoHouse
let kiosk: KioskBrowser
let whileItRan: ReturnType<typeof findInFiles>
let afterwards: ReturnType<typeof findInFiles>

function someone(from: readonly DemoSenior[], place: number): DemoSenior {
  const senior = from[place]
  if (senior === undefined) throw new Error('the demo has too few people')
  return senior
}

/** A second-generation card gives away name and citizen number to anybody who reads it. */
function openCardOf(senior: DemoSenior): VirtualCardProfile {
  return {
    cardId: senior.cards.at(-1) ?? '',
    cardNumber: senior.cardNumber ?? '',
    citizenNumber,
    name: senior.name,
    version: '2.00',
    validUntil: '2031-06-01',
  }
}

const categoryList = z.object({
  categories: z.array(z.object({ id: z.string(), title: z.object({ zh: z.string(), en: z.string() }) })),
})

function secrets(): Secret[] {
  const ofPerson = ({ name, person, cards, cardNumber }: DemoSenior): Secret[] => [
    { what: 'name', text: name },
    { what: 'birth date', text: person.birthDate },
    { what: 'birth date', text: person.birthDate.replaceAll('-', '') },
    ...(cardNumber === null ? [] : [{ what: 'card number', text: cardNumber }]),
    ...cards.flatMap(cardSecrets),
  ]
  const pack = categoryList.parse(JSON.parse(readFileSync(join(root, 'resources/policies/DEMO.json'), 'utf8')))
  const categoryWords = [
    ...pack.categories.flatMap(({ id, title }) => [id, title.zh, title.en]),
    ...['低保', '特困', '残疾', '失独', '优抚'],
  ]
  return [
    ...seniors.flatMap(ofPerson),
    { what: 'name', text: stranger.name },
    ...cardSecrets(stranger.card),
    { what: 'citizen number', text: citizenNumber },
    ...[...new Set(categoryWords)].map(text => ({ what: 'category', text })),
  ]
}

function cardSecrets(card: string): Secret[] {
  return [
    { what: 'card id', text: card, bytes: Buffer.from(card, 'hex') },
    { what: 'card id', text: card.toLowerCase() },
  ]
}

/** A day at the counter in small: every means, every kind of person, and everything a cashier can press. */
async function workAtTheCounter(): Promise<void> {
  const { cashier } = kiosk
  const byCode = someone(supported, 0)
  await untilSeen(cashier, `已入账¥${ownPayOf(byCode)}`)

  for (const [place, from] of [supported, ordinary].entries()) {
    const senior = someone(from, 1)
    const since = await nextPlease(cashier)
    await reader.insert(openCardOf(senior))
    await untilSeen(cashier, `已入账¥${ownPayOf(senior)}`, since)
    await reader.remove()
    const byMouse = someone(from, 2)
    const then = await nextPlease(cashier)
    await presentWithMouse(cashier.page, byMouse, place === 0 ? '动态码' : '纸码')
    await untilSeen(cashier, `已入账¥${ownPayOf(byMouse)}`, then)
  }

  await nextPlease(cashier)
  await reader.insert({ ...openCardOf(someone(ordinary, 3)), cardId: stranger.card, name: stranger.name })
  await untilShown(cashier.page, '名单里还没有这位')
  await cashier.page.keyboard.press('Enter')
  await untilShown(cashier.page, '暂时核不到额度')
  await cashier.page.keyboard.press('Enter')
  await untilSeen(cashier, '已入账¥15.00')
  await reader.remove()
  await cashier.page.keyboard.press('F9')
  await untilShown(cashier.page, '已撤销')

  // Somebody stands priced, with a name in the finder, while the page is loaded again and once more later on.
  await presentWithMouse(cashier.page, someone(supported, 3), '纸码')
  await cashier.page.locator('[data-own-pay]').click()
  await untilShown(cashier.page, '已停住，不会自动入账')
  await cashier.page.reload()
  await untilShown(cashier.page, '已停住，不会自动入账')
}

beforeAll(async () => {
  pages = await buildPages()
  service = await startPcscd()
  house = await openDemoHouse({
    rendererDir: pages.folder,
    devices: [
      { id: 'card-reader', driver: 'card-reader-pcsc', config: { reader: '00 00' } },
      { id: 'simulated-scanner', driver: 'code-scanner-simulated' },
    ],
  })
  const till = await house.openTill()
  till.close()
  const film = join(folder, 'film.mjpeg')
  const code = await mintCode(house, someone(supported, 0).id, 'dynamic')
  writeCameraFilm(film, [{ blank: 60 }, { text: code, frames: 45 }, { blank: 3600 }])
  // Where a kiosk keeps its browser's profile.
  kiosk = await openKioskBrowser(house.host, { camera: { film }, profileDir: join(house.dataDir, 'browser') })
  await workAtTheCounter()
  whileItRan = findInFiles(house.dataDir, secrets())
  await kiosk.close()
  await house.host.stop()
  afterwards = findInFiles(house.dataDir, secrets())
})
afterAll(async () => {
  await reader.remove()
  await house?.close()
  await service?.stop()
  pages?.remove()
  rmSync(folder, { recursive: true, force: true })
})

const told = ({ what, text, encoding, file, offset, context }: Finding) =>
  `${what} ${text} (${encoding}) in ${file} at ${offset}: ${context}`

test('people of every kind were served before the search, by every means', async () => {
  const { records } = await readLedger(house.dataDir)
  const sales = records.flatMap(record => (record.kind === 'sale' ? [record.payload] : []))
  expect(sales.map(({ means }) => means)).toEqual(['code', 'card', 'code', 'card', 'code', 'card'])
  expect(sales.at(-1)).toMatchObject({ claimPending: true })
})

test('a copy of the running terminal’s folder, browser profile included, names nobody', () => {
  expect(whileItRan.searched).toBeGreaterThan(1_000_000)
  expect(whileItRan.findings.map(told)).toEqual([])
})

test('the folder that a stopped terminal leaves, browser profile included, names nobody', () => {
  expect(afterwards.searched).toBeGreaterThan(1_000_000)
  expect(afterwards.findings.map(told)).toEqual([])
})

test('the search finds each kind of secret in each encoding where it does stand', () => {
  const senior = someone(supported, 0)
  const planted: readonly (readonly [string, string])[] = [
    ['name', senior.name],
    ['birth date', senior.person.birthDate],
    ['birth date', senior.person.birthDate.replaceAll('-', '')],
    ['card number', senior.cardNumber ?? ''],
    ['citizen number', citizenNumber],
    ['category', '低保'],
    ['category', 'dibao'],
  ]
  const noise = Buffer.from([0, 255, 1, 254, 0, 255, 1, 254, 0, 255, 1, 254])
  const pieces = planted.flatMap(([, text]) =>
    ['utf8', 'utf16le', 'gbk'].flatMap(encoding => [noise, iconv.encode(`这一位，${text}，每餐一元`, encoding)]),
  )
  writeFileSync(
    join(house.dataDir, 'browser', 'planted'),
    Buffer.concat([...pieces, noise, Buffer.from(stranger.card, 'hex')]),
  )
  const found = findInFiles(house.dataDir, secrets()).findings.filter(({ file }) => file === join('browser', 'planted'))
  for (const [what, text] of planted) {
    const encodings = found.filter(finding => finding.what === what && finding.text === text).map(one => one.encoding)
    const isAscii = /^[\x20-\x7e]*$/.test(text)
    expect([text, ...encodings]).toEqual([text, 'utf8', 'utf16le', ...(isAscii ? ['utf8'] : ['gbk'])])
  }
  expect(found).toContainEqual(expect.objectContaining({ what: 'card id', text: stranger.card, encoding: 'bytes' }))
})
