import type { Page } from 'playwright-core'
import { pressWith } from '../../support/finger.ts'

/** Finds a person in the simulator's drawer and presses one of their keys, all by mouse. */
export async function presentWithMouse(
  page: Page,
  person: { readonly id: string; readonly name: string },
  what: '刷卡' | '动态码' | '纸码',
): Promise<void> {
  const drawer = page.locator('[data-drawer]')
  if ((await drawer.count()) === 0) await page.getByRole('button', { name: '模拟器 · 演示用' }).click()
  await drawer.getByLabel('找人').fill(person.name)
  await pressWith(page, drawer.locator(`[data-senior="${person.id}"]`).getByRole('button', { name: what }), 'click')
}
