import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { SeniorId } from '../../../shared/ids.ts'
import type { Counter } from '../check-in/counter.ts'

/** How staff do one thing: by the keyboard alone, or by touch alone. `count` is how many keys or touches it took. */
export interface Hands {
  readonly name: 'keyboard' | 'touch'
  /** Presses the key with this cap, or touches the button that it stands on. */
  press(cap: string, button: string | RegExp): Promise<void>
  count(): number
}

const codes: Readonly<Record<string, string>> = { 回车: 'Enter', Esc: 'Escape', '/': 'Slash', '+': 'NumpadAdd' }
const codeOf = (cap: string) =>
  codes[cap] ?? (/^\d$/.test(cap) ? `Digit${cap}` : /^[A-Z]$/.test(cap) ? `Key${cap}` : cap)

export function handsOn(page: Page, name: Hands['name']): Hands {
  let count = 0
  return {
    name,
    count: () => count,
    async press(cap, button) {
      count += 1
      if (name === 'keyboard') await page.keyboard.press(codeOf(cap))
      else await page.getByRole('button', { name: button }).first().click()
      // At the pace of a finger: what comes faster is a scanner's.
      await page.waitForTimeout(70)
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
