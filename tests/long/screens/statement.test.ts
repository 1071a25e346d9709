import { describe, expect, test } from 'vitest'
import type { StatementView } from '../../../shared/statement-api.ts'
import { desk, zhang } from '../../e2e/screens/desk-states.ts'
import { printerView, terminalView } from '../../e2e/screens/fixtures.ts'
import type { KeptOptions } from '../../e2e/screens/kept-pages.ts'
import { keptScene } from '../../e2e/screens/kept-scene.ts'
import type { Scene } from '../../e2e/screens/stage.ts'
import { allSites, emptyMonth, statementView } from '../../e2e/screens/statement-states.ts'
import { axeFindings } from '../../support/axe.ts'

const { show, press, stands, asked } = keptScene()
let scene: Scene

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]
const looks = sizes.flatMap(size => ['zh', 'en'].map(language => ({ size, language })))
const states: readonly { name: string; view: StatementView; presses?: string }[] = [
  { name: 'here', view: statementView },
  { name: 'all-sites', view: allSites },
  { name: 'empty', view: emptyMonth },
  { name: 'revoke', view: statementView, presses: 'KeyX' },
]

async function open(view: StatementView, options: KeptOptions = {}): Promise<void> {
  scene = await show({ terminal: terminalView({ printer: printerView([]) }), ...options })
  scene.core.statement = view
  scene.core.cashier.set(desk({ person: zhang }))
  await stands('[data-desk-person]')
  await press('KeyM')
  await stands(`[data-screen="statement"][data-coverage="${view.coverage}"]`)
}

/** Words and keys that do not fit, and what lies outside of the page; a list scrolls. */
async function cutOff(): Promise<string[]> {
  return await scene.page.evaluate(() => {
    const found: string[] = []
    for (const one of document.querySelectorAll('main button, main section, main h1, main h2, main dt, main li span')) {
      const box = one.getBoundingClientRect()
      const text = (one.textContent ?? '').slice(0, 30)
      if (one instanceof HTMLButtonElement && Math.min(box.width, box.height) < 60) found.push(`${text}: under 60 px`)
      if (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
        found.push(`${text}: cut off`)
      const isOutside = box.right > innerWidth + 1 || box.bottom > innerHeight + 1
      if (isOutside && one.closest('ol') === null) found.push(`${text}: outside`)
    }
    return found
  })
}

describe.each(looks)('at $size.width in $language', ({ size, language }) => {
  test.each(states)('the month stands whole: $name', async ({ name, view, presses }) => {
    await open(view, { size, search: `?camera=off&lang=${language}` })
    if (presses) {
      await press(presses)
      await stands('[data-statement-revoke]')
    }
    await scene.picture(`statement-${name}-${language}`)
    expect(await cutOff()).toEqual([])
  })
})

test.each(states)('axe finds nothing on it, in both themes: $name', async ({ view, presses }) => {
  await open(view)
  if (presses) await press(presses)
  for (const contrast of ['no-preference', 'more'] as const) {
    await scene.page.emulateMedia({ contrast, reducedMotion: 'reduce' })
    expect({ contrast, found: await axeFindings(scene.page) }).toEqual({ contrast, found: [] })
  }
  await scene.page.emulateMedia({ contrast: 'no-preference', reducedMotion: 'no-preference' })
})

test('nothing is revoked before Enter, and Esc keeps the papers and the screen', async () => {
  await open(statementView)
  await press('KeyX')
  await stands('[data-statement-revoke]')
  await press('Escape')
  await stands('[data-screen="statement"]')
  expect(asked('statement.revoke')).toEqual([])
  await press('KeyX')
  await press('Enter')
  await stands('[data-statement-done="revoked"]')
  expect(asked('statement.revoke')).toEqual([{ senior: zhang.senior }])
})
