import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { DemoSenior } from '../../../province/demo-people.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { initialsOf } from '../../../shared/name-search.ts'
import { maskName } from '../../../shared/person-names.ts'
import { touch } from '../../support/finger.ts'
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

/** @param most keys or touches that it may take: one more is an error. The page of a touch must be opened with `touch` */
export function handsOn(page: Page, name: Hands['name'], most = Number.POSITIVE_INFINITY): Hands {
  let count = 0
  async function once(byKey: () => Promise<void>, byTouch: () => Promise<void>): Promise<void> {
    count += 1
    if (count > most) throw new Error(`this takes more than ${most} by ${name}`)
    await (name === 'keyboard' ? byKey() : byTouch())
    // At the pace of a finger: what comes faster is a scanner's.
    await page.waitForTimeout(70)
  }
  const press: Hands['press'] = (cap, button) =>
    once(
      () => page.keyboard.press(codeOf(cap)),
      () => touch(page, page.getByRole('button', { name: button }).first()),
    )
  const pick: Hands['pick'] = (cap, place) =>
    once(
      () => page.keyboard.press(codeOf(cap)),
      () => touch(page, page.locator(place).first()),
    )
  const type: Hands['type'] = async text => {
    for (const sign of text)
      await once(
        () => page.keyboard.press(codeOf(sign)),
        () => touch(page, page.getByRole('button', { name: sign, exact: true }).last(), true),
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
      await type(`${initialsOf(senior.name)}${senior.numberTail ?? ''}`)
      await expect.poll(() => found.count(), { timeout: 30_000 }).toBe(1)
      expect(await found.textContent()).toContain(maskName(senior.name))
      // Enter right behind fast letters is a scanner's.
      await page.waitForTimeout(400)
      await once(
        () => page.keyboard.press('Enter'),
        () => touch(page, found),
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
