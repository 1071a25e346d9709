import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPhonePage } from '../../../province/phone-pages.ts'
import { carerLink } from '../../../shared/visit/carer-link.ts'
import { axeFindings } from '../../support/axe.ts'
import { fakeCameraFlags, writeCameraFilm } from '../../support/fake-camera.ts'
import { root } from '../../support/source-files.ts'
import { buildPhonePage } from '../rounds/phone.ts'

const pictures = join(root, 'out/screens')
const page = 'https://elder.example/carer/'
const key = { terminal: 'till-1', carer: 'he', key: 'A'.repeat(43), siteName: '河东里长者食堂', carerName: '何秀英' }
const link = carerLink(page, key)
const other = carerLink(page, { ...key, terminal: 'till-2', siteName: '槐树里社区养老服务站' })
let browser: Browser
let built: Awaited<ReturnType<typeof buildPhonePage>>

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  built = await buildPhonePage('carer')
  const film = join(built.folder, 'till-3.mjpeg')
  writeCameraFilm(film, [{ text: 'AIXIN-STATION:till-3:482913', frames: 30 }])
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [...sandbox, ...fakeCameraFlags(film)],
  })
})
afterAll(async () => {
  await browser.close()
  built.remove()
})

/** The page of a phone that was given these links, one after the other. */
async function open(
  size: { width: number; height: number },
  links: readonly string[],
  locale: string,
  camera: boolean,
) {
  const context = await browser.newContext({ viewport: size, locale, hasTouch: true, serviceWorkers: 'block' })
  await context.grantPermissions(camera ? ['camera'] : [])
  const opened = await context.newPage()
  if (!camera)
    await opened.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('none'))
    })
  await opened.route('https://elder.example/**', async route => {
    const file = await readPhonePage(built.folder, new URL(route.request().url()).pathname.slice('/carer'.length))
    await route.fulfill({ status: file.status, contentType: file.type, body: file.body })
  })
  await opened.goto(page)
  for (const one of links) {
    await opened.evaluate(to => void location.assign(to), one)
    await opened.waitForFunction(hash => location.hash !== hash || hash === '#broken', new URL(one).hash)
  }
  return opened
}

async function type(on: Page, digits: string, name: string) {
  await on.getByRole('button', { name }).tap()
  for (const digit of digits) await on.getByRole('button', { name: digit, exact: true }).tap()
}

const states: {
  name: string
  links: readonly string[]
  locale?: string
  camera?: boolean
  walk(on: Page): Promise<unknown>
}[] = [
  { name: 'none', links: [], walk: on => on.getByText('这部手机还没有开通').waitFor() },
  { name: 'none-english', links: [], locale: 'en-GB', walk: on => on.getByText('not set up yet').waitFor() },
  { name: 'not-whole', links: [link, `${page}#broken`], walk: on => on.getByText('这个链接不完整').waitFor() },
  { name: 'no-camera', links: [link], walk: on => on.getByText('相机打不开').waitFor() },
  {
    name: 'no-camera-english',
    ...{ links: [link], locale: 'en-GB' },
    walk: on => on.getByText('The camera does not open').waitFor(),
  },
  { name: 'elsewhere', links: [link], camera: true, walk: on => on.getByText('这一台没有给您的手机开通').waitFor() },
  {
    name: 'elsewhere-english',
    ...{ links: [link], camera: true, locale: 'en-GB' },
    walk: on => on.getByText('This till gave your phone no key').waitFor(),
  },
  { name: 'type', links: [link], walk: on => type(on, '482', '输入六位数字') },
  { name: 'type-english', links: [link], locale: 'en-GB', walk: on => type(on, '482', 'Type the six digits') },
  {
    name: 'where',
    links: [link, other],
    async walk(on) {
      await on.getByRole('button', { name: '输入六位数字' }).tap()
      await on.getByText('在哪一台签到').waitFor()
    },
  },
  {
    name: 'answer',
    links: [link],
    async walk(on) {
      await type(on, '482913', '输入六位数字')
      await on.locator('[data-screen="answer"]').waitFor()
    },
  },
  {
    name: 'answer-english',
    ...{ links: [link], locale: 'en-GB' },
    async walk(on) {
      await type(on, '482913', 'Type the six digits')
      await on.locator('[data-screen="answer"]').waitFor()
    },
  },
]

for (const { name, links, locale = 'zh-CN', camera = false, walk } of states) {
  test.each([
    [390, 844],
    [360, 640],
  ])(`${name} is drawn at %dx%d, with nothing cut off, and sound`, async (width, height) => {
    const on = await open({ width, height }, links, locale, camera)
    await walk(on)
    await on.screenshot({ path: join(pictures, `carer-${name}-${width}x${height}.png`) })
    const wide = await on.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
    expect(await axeFindings(on)).toEqual([])
    await on.context().close()
  })
}

test('the page asks nobody for anything but itself', async () => {
  const asked: string[] = []
  const on = await open({ width: 390, height: 844 }, [link], 'zh-CN', false)
  on.on('request', request => asked.push(request.url()))
  await on.reload()
  await type(on, '482913', '输入六位数字')
  await on.locator('[data-screen="answer"]').waitFor()
  expect(
    asked.map(url => new URL(url).pathname).filter(path => !/^\/carer\/($|assets\/|icon|manifest)/.test(path)),
  ).toEqual([])
  expect(asked.every(url => url.startsWith(page) && !url.includes('#'))).toBe(true)
  await on.context().close()
})
