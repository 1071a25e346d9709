import type { TerminalView } from '../../../shared/terminal-api.ts'
import { guestView, noon, terminalView } from './fixtures.ts'
import type { OpenOptions, Scene, Stage } from './stage.ts'

export interface KeptOptions extends Omit<OpenOptions, 'page' | 'terminal' | 'customer'> {
  terminal?: TerminalView
}

const keyOf = ({ search = '?camera=off', missing = '', clock = true }: KeptOptions) =>
  JSON.stringify([search, missing, clock])

/** The paper core answers and knows what it did at first, and the calls of the test before are forgotten. */
function forget({ core }: Scene): void {
  core.onConfirm = () => ({ result: 'price-changed' })
  core.onCall = () => ({ result: 'done' })
  core.calls.splice(0)
  core.people = []
  core.found = []
}

/** Brings a cashier's page back to a till that waits for the next person, with nothing open and no word left over. */
async function backToReady(scene: Scene, { terminal = terminalView(), size, clock }: KeptOptions): Promise<void> {
  const { core, page } = scene
  const ticket = page.locator('[data-own-pay]')
  core.mend()
  // Another check-in ends whatever the test before left open.
  core.terminal.set(terminalView())
  core.cashier.set(guestView())
  await ticket.waitFor()
  core.terminal.set(terminal)
  if (clock !== false) await page.clock.setFixedTime(noon)
  await page.setViewportSize(size ?? { width: 1280, height: 800 })
  // One line carries both views in order: a page that shows the till as ready has seen this terminal as well.
  core.cashier.set({ state: 'ready' })
  await ticket.waitFor({ state: 'detached' })
  // A touch beside everything: the first of the next test is no second half of the last of the one before.
  await page.mouse.click(1, 1)
  forget(scene)
}

/**
 * A cashier's page that stays open from test to test while its address is the same, for tests whose start is a till that waits. Only one
 * stands open: a camera gives no frames to a page behind another one. Language, drawer and what was typed before a shift stay as a test
 * left them; what a page asked of other places is never forgotten.
 */
export function keptPages(stage: () => Stage) {
  let open: { readonly key: string; readonly scene: Scene } | null = null
  async function close(): Promise<void> {
    const { scene } = open ?? {}
    open = null
    await scene?.close()
  }
  return {
    async show(options: KeptOptions = {}): Promise<Scene> {
      const key = keyOf(options)
      if (open?.key !== key) {
        await close()
        open = { key, scene: await stage().open(options) }
      }
      await backToReady(open.scene, options)
      return open.scene
    },
    close,
  }
}
