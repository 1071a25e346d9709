import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { DemoSenior } from '../../../province/demo-people.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { initialsOf } from '../../../shared/name-search.ts'
import { maskName } from '../../../shared/person-names.ts'
import type { Counter } from '../check-in/counter.ts'

/** How staff do one thing: by the keyboard alone, or by touch alone. */
export interface Hands {
  readonly name: 'keyboard' | 'touch'
  /** Presses the key with this cap, or touches the button that it stands on. */
  press(cap: string, button: string | RegExp): Promise<void>
  /** Digits, letters and points for a pad or a search, one by one. */
  type(text: string): Promise<void>
  /** Touches the first of these; the keyboard has a key that does the same. */
  pick(cap: string, place: string): Promise<void>
  /** Looks for a member at the desk or on another screen, by initials and last digits, and takes them. */
  find(senior: DemoSenior): Promise<void>
  /** How many keys or touches it took until now. */
  count(): number
}

const codes: Readonly<Record<string, string>> = {
  ...{ 回车: 'Enter', Esc: 'Escape', '/': 'Slash', '+': 'NumpadAdd', '.': 'Period', '↓': 'ArrowDown' },
}
const codeOf = (cap: string) =>
  codes[cap] ?? (/^\d$/.test(cap) ? `Digit${cap}` : /^[A-Z]$/.test(cap) ? `Key${cap}` : cap)

/** The second half of a double press is none: hands that mean two presses leave so much between them (ms). */
const betweenSame = 650
const lastOn = new WeakMap<Page, { code: string; x: number; y: number; at: number }>()

/** @param most keys or touches that it may take: one more is an error. The page of a touch must be opened with `touch` */
export function handsOn(page: Page, name: Hands['name'], most = Number.POSITIVE_INFINITY): Hands {
  let count = 0
  const last = lastOn.get(page) ?? { code: '', x: -1000, y: -1000, at: 0 }
  lastOn.set(page, last)
  const untilApart = () => page.waitForTimeout(Math.max(0, last.at + betweenSame - Date.now()))
  async function strike(code: string): Promise<void> {
    if (code === last.code && /^(Enter|Escape|F\d+)$/.test(code)) await untilApart()
    await page.keyboard.press(code)
    Object.assign(last, { code, at: Date.now() })
  }
  async function touch(place: Locator): Promise<void> {
    await place.waitFor()
    const box = await place.boundingBox()
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2]
    if (Math.hypot(x - last.x, y - last.y) <= 100) await untilApart()
    await place.tap()
    Object.assign(last, { code: '', x, y, at: Date.now() })
  }
  async function once(byKey: () => Promise<void>, byTouch: () => Promise<void>): Promise<void> {
    count += 1
    if (count > most) throw new Error(`this takes more than ${most} by ${name}`)
    await (name === 'keyboard' ? byKey() : byTouch())
    // At the pace of a finger: what comes faster is a scanner's.
    await page.waitForTimeout(70)
  }
  const press: Hands['press'] = (cap, button) =>
    once(
      () => strike(codeOf(cap)),
      () => touch(page.getByRole('button', { name: button }).first()),
    )
  const pick: Hands['pick'] = (cap, place) =>
    once(
      () => strike(codeOf(cap)),
      () => touch(page.locator(place).first()),
    )
  const type: Hands['type'] = async text => {
    for (const sign of text)
      await once(
        () => strike(codeOf(sign)),
        () => page.getByRole('button', { name: sign, exact: true }).last().tap(),
      )
  }
  return {
    name,
    press,
    pick,
    type,
    count: () => count,
    async find(senior) {
      const found = page.locator('[data-found] button, [data-sale-found] button')
      await type(`${initialsOf(senior.name)[0] ?? ''}${senior.numberTail ?? ''}`)
      await expect.poll(() => found.count()).toBe(1)
      expect(await found.textContent()).toContain(maskName(senior.name))
      // Enter right behind fast letters is a scanner's.
      await page.waitForTimeout(400)
      await once(
        () => strike('Enter'),
        () => touch(found),
      )
    },
  }
}

export const bothHands = ['keyboard', 'touch'] as const

/** The reader sees a card. */
export async function presentCard(counter: Counter, senior: { readonly id: SeniorId }): Promise<void> {
  expect(await counter.till.client.simulate({ senior: senior.id, present: 'card' })).toEqual({ result: 'done' })
}

/** Puts away what stands on the screen. */
export async function clean(counter: Counter): Promise<void> {
  await counter.till.client.dismiss()
  for (const { checkIn } of counter.till.terminal().parked) await counter.till.client.dropParked({ checkIn })
  await counter.cashier.page.getByText('请下一位').first().waitFor()
}
