import type { Locator, Page } from 'playwright-core'

/** The second half of a double press is none: a finger that means two presses leaves so much between them (ms). */
export const secondHalf = 650
const isNear = 100
/** Keys that rest for a moment after what they are about came on the screen (ms). */
const restingKey = /^(Enter|NumpadEnter|F12|KeyL)$/
const rest = 450
const actingKey = /^(Enter|NumpadEnter|Escape|F\d+)$/

type Press = Page['keyboard']['press']
const atOnce = new WeakMap<Page, Press>()
const lastTouchOn = new WeakMap<Page, { x: number; y: number; at: number }>()

/** From here on this page's keys are pressed by somebody who means each press; `hitKey` still hits them as fast as it is called. */
export function meanEachPress(page: Page): void {
  const press: Press = page.keyboard.press.bind(page.keyboard)
  atOnce.set(page, press)
  let last = { key: '', at: 0 }
  page.keyboard.press = async (key, options) => {
    const isSame = key.replace('Numpad', '') === last.key && actingKey.test(key)
    if (isSame) await page.waitForTimeout(Math.max(0, last.at + secondHalf - Date.now()))
    if (restingKey.test(key)) await page.waitForTimeout(rest)
    await press(key, options)
    last = { key: key.replace('Numpad', ''), at: Date.now() }
  }
}

/** Hits a key at once, be it the second half of a double press. */
export const hitKey = (page: Page, key: string): Promise<void> =>
  (atOnce.get(page) ?? page.keyboard.press.bind(page.keyboard))(key)

/** Presses the middle of a control, by a touch or a mouse, not as the second half of a double press; the keys of a pad at any pace. */
export async function pressWith(page: Page, place: Locator, by: 'tap' | 'click', onPad = false): Promise<void> {
  const last = lastTouchOn.get(page) ?? { x: -1000, y: -1000, at: 0 }
  await place.waitFor()
  const box = await place.boundingBox()
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2]
  if (!onPad && Math.hypot(x - last.x, y - last.y) <= isNear)
    await page.waitForTimeout(Math.max(0, last.at + secondHalf - Date.now()))
  await place[by]()
  lastTouchOn.set(page, { x, y, at: Date.now() })
}

export const touch = (page: Page, place: Locator, onPad = false): Promise<void> => pressWith(page, place, 'tap', onPad)
