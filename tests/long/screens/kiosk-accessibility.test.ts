import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { choosing, kioskStates, kioskView } from '../../e2e/screens/kiosk-fixtures.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { axeFindings } from '../../support/axe.ts'

let stage: Stage
let scene: Scene

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())
afterEach(() => scene.close())

/** What the rule scan finds on a page as it stands, in both themes; keys that rest for a moment are waited for. */
async function findingsOn(page: Page): Promise<string[]> {
  await page.waitForFunction(() => document.querySelector('button:disabled') === null)
  const findings: string[] = []
  for (const contrast of ['no-preference', 'more'] as const) {
    await page.emulateMedia({ contrast, reducedMotion: 'reduce' })
    findings.push(...(await axeFindings(page)).map(line => `${contrast}: ${line}`))
  }
  return findings
}

/** Keys below 102 u, text below 26 u, and text that is cut off or lies outside of its page. */
function measure(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const u = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 10
    const small: string[] = []
    for (const key of document.querySelectorAll('button')) {
      const { width, height } = key.getBoundingClientRect()
      if (Math.min(width, height) / u < 101.9) small.push(`key ${key.textContent}: ${width / u} × ${height / u} u`)
    }
    for (const part of document.querySelectorAll<HTMLElement>('#page *')) {
      const own = [...part.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
      if (!own || part.ariaLive !== null) continue
      const size = Number.parseFloat(getComputedStyle(part).fontSize) / u
      if (size < 25.9) small.push(`text ${part.textContent}: ${size} u`)
      const { left, right, top, bottom } = part.getBoundingClientRect()
      if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
        small.push(`outside: ${part.textContent}`)
      const card = part.closest('main, section, footer, button')?.getBoundingClientRect()
      if (card && (bottom > card.bottom + 1 || right > card.right + 1)) small.push(`over its card: ${part.textContent}`)
    }
    return small
  })
}

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 1024, height: 600 },
]

async function isSound(): Promise<void> {
  for (const size of sizes) {
    await scene.sizeTo(size)
    expect(await measure(scene.page)).toEqual([])
  }
  expect(await findingsOn(scene.page)).toEqual([])
}

describe.each([
  ['Chinese', ''],
  ['English', '?lang=en'],
])('in %s', (_language, search) => {
  test.each(kioskStates.map(state => [state.name, state] as const))(
    '%s fits and has no finding',
    async (_name, state) => {
      scene = await stage.open({ page: 'kiosk.html', search, kiosk: state.view() })
      await scene.page.locator('[data-key="help"]').waitFor()
      await isSound()
    },
  )

  test.each([
    ['how a card is shown', ['way-card'], undefined],
    ['how a code is shown', ['way-code'], undefined],
    ['a PIN', ['pin'], choosing],
    ['help that was called', ['help'], undefined],
    ['who of the staff', ['staff'], undefined],
    ["the staff's PIN", ['staff', 'staff-sun'], undefined],
    ['a look at the camera', ['way-face'], undefined],
  ] as const)('%s fits and has no finding', async (_name, press, now) => {
    scene = await stage.open({ page: 'kiosk.html', search, kiosk: kioskView(now ?? { state: 'idle' }) })
    for (const key of press) await scene.page.locator(`[data-key="${key}"]`).click()
    await isSound()
  })

  test('the countdown fits and has no finding', async () => {
    scene = await stage.open({ page: 'kiosk.html', search, kiosk: kioskView(choosing), clock: false })
    await scene.page.locator('[data-key="more-time"]').waitFor()
    await isSound()
  })
})

test('with its digits, the surname and the set masked a price is the same for everybody', async () => {
  const masked = async (view: ReturnType<typeof kioskView>) => {
    scene.core.kiosk.set(view)
    const amount = 'now' in view && 'ownPayFen' in view.now ? (view.now.ownPayFen / 100).toFixed(2) : ''
    await scene.page.locator(`[data-own-pay="${amount}"]`).waitFor()
    const words = await scene.page.locator('#page main').innerText()
    return words
      .replaceAll(/张|欧阳/g, '某')
      .replaceAll(/[零一二三四五六七八九十百]*[元角分]/g, '#')
      .replaceAll(/[\d.]+/g, '#')
      .replaceAll(/#+/g, '#')
  }
  const price = kioskStates.find(({ name }) => name === 'kiosk-priced')?.view()
  if (price === undefined || price.now.state !== 'priced') throw new Error('no price')
  scene = await stage.open({ page: 'kiosk.html', search: '', kiosk: kioskView() })
  const whole = await masked(price)
  const free = await masked({ ...price, now: { ...price.now, ownPayFen: 0, offFen: 1500, surname: '欧阳' } })
  const none = await masked({ ...price, now: { ...price.now, ownPayFen: 1500, offFen: 0 } })
  expect(free).toBe(whole)
  expect(none).toBe(whole)
})
