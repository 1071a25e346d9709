import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KioskNow } from '../../../shared/kiosk-api.ts'
import { voiceSettings } from '../../../shared/voice/settings.ts'
import { choosing, confirmedNow, kioskView, pricedNow } from '../../e2e/screens/kiosk-fixtures.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { listenTo } from '../../support/page-ear.ts'

const problem: KioskNow = { state: 'problem', code: 'CARD_UNREAD', values: {}, looksAgain: false, at: 7 }
const voice = { ...voiceSettings.parse({}), speaks: true, own: false }

let stage: Stage
beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())

async function inEnglish(now: KioskNow): Promise<Scene> {
  const scene = await stage.open({ page: 'kiosk.html', search: '', kiosk: kioskView(now) })
  await scene.page.locator('[data-key="language"]:enabled').click()
  await scene.page.locator('html[lang="en"]').waitFor({ state: 'attached' })
  return scene
}

test.each([
  ['a meal and "all right"', confirmedNow, 'done'],
  ['a card that was not read', problem, 'back'],
] as const)('after %s the next person meets Chinese', async (_, now, key) => {
  const scene = await inEnglish(now)
  await scene.page.locator(`[data-key="${key}"]:enabled`).click()
  scene.core.kiosk.set(kioskView())
  await scene.page.getByText('请选一种方式').waitFor()
  expect(await scene.page.locator('html').getAttribute('lang')).toBe('zh-CN')
  await scene.close()
})

test('the next person who comes while the meal of the one before still stands there meets Chinese', async () => {
  const scene = await inEnglish(confirmedNow)
  scene.core.kiosk.set(kioskView({ ...choosing }))
  await scene.page.getByText('输密码').first().waitFor()
  await scene.close()
})

test('one person keeps English from the welcome to the meal', async () => {
  const scene = await inEnglish({ state: 'idle' })
  for (const now of [{ state: 'reading' }, choosing, pricedNow(), confirmedNow] as const) {
    scene.core.kiosk.set(kioskView(now))
    await scene.page.locator(`[data-state="${now.state}"]`).waitFor()
  }
  expect(await scene.page.locator('html').getAttribute('lang')).toBe('en')
  await scene.close()
})

test.each([
  ['a card that is read', { state: 'reading' }, ['1400 Hz']],
  ['a price', pricedNow(), ['look-at-price']],
  ['a recorded meal', confirmedNow, ['659 Hz', '988 Hz', 'take-meal']],
  ['a card that was not read', problem, ['lay-card-flat']],
  ['a meal that is recorded already', pricedNow({ already: true }), ['already-recorded']],
] as const)('%s is heard', async (_, now, sounds) => {
  const kiosk = kioskView({ state: 'idle' }, { voice })
  const scene = await stage.open({ page: 'kiosk.html', search: '', kiosk, before: listenTo, clock: false })
  await scene.page.waitForLoadState('networkidle')
  scene.core.kiosk.set(kioskView(now, { voice }))
  for (const sound of sounds)
    await scene.page.waitForFunction(
      wanted => window.ear?.heard.some(({ what }) => what.includes(wanted)) === true,
      sound,
    )
  await scene.close()
})

test('a kiosk whose voice is off is silent', async () => {
  const off = { ...voice, on: false, sounds: false }
  const kiosk = kioskView({ state: 'idle' }, { voice: off })
  const scene = await stage.open({ page: 'kiosk.html', search: '', kiosk, before: listenTo, clock: false })
  for (const now of [pricedNow(), confirmedNow]) {
    scene.core.kiosk.set(kioskView(now, { voice: off }))
    await scene.page.locator(`[data-state="${now.state}"]`).waitFor()
  }
  expect(await scene.page.evaluate(() => window.ear?.heard)).toEqual([])
  await scene.close()
})
