import { describe, expect, test } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import type { CloseView } from '../../../shared/close-api.ts'
import { recordId } from '../../../shared/ids.ts'
import { slip, views } from '../../e2e/screens/close-states.ts'
import { guestView, printerView, terminalView } from '../../e2e/screens/fixtures.ts'
import type { KeptOptions } from '../../e2e/screens/kept-pages.ts'
import { keptScene } from '../../e2e/screens/kept-scene.ts'
import { householdTerminal, neighbours } from '../../e2e/screens/neighbour-states.ts'
import type { Scene } from '../../e2e/screens/stage.ts'
import { axeFindings } from '../../support/axe.ts'
import { shoot } from '../../support/gun.ts'

const { show: showPage, press, stands, asked } = keptScene()
let scene: Scene

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]
const voidId = (place: number) => recordId.parse(`01a1f5ee-4e70-70ec-ad4d-8532449f7d${String(place).padStart(2, '0')}`)
const looks = sizes.flatMap(size => ['zh', 'en'].map(language => ({ size, language })))

async function show(view: CloseView, options: KeptOptions = {}, terminal = {}): Promise<void> {
  scene = await showPage({ terminal: terminalView(terminal), ...options })
  scene.core.closing = view
  scene.core.slip = slip
}

async function open(view: CloseView, options: KeptOptions = {}, terminal = {}): Promise<void> {
  await show(view, options, terminal)
  await press('F12')
  await stands(`[data-screen="close"][data-step="${view.step}"]`)
}

/** Words that do not fit into their key or card, keys under 60 px, and what lies outside of the page. */
async function cutOff(): Promise<string[]> {
  return await scene.page.evaluate(() => {
    const found: string[] = []
    for (const key of document.querySelectorAll('main button, section button, aside button, main input')) {
      const box = key.getBoundingClientRect()
      const text = key.textContent || key.getAttribute('aria-label') || key.tagName
      if (key instanceof HTMLButtonElement && Math.min(box.width, box.height) < 60) found.push(`${text}: under 60 px`)
      if (key.scrollWidth > key.clientWidth + 1) found.push(`${text}: cut off`)
      if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1) found.push(`${text}: outside`)
    }
    for (const card of document.querySelectorAll(
      'main, main section, main [data-tile], main strong, main [data-chart]',
    )) {
      // A long list scrolls within its card.
      if (card.closest('ul')) continue
      const box = card.getBoundingClientRect()
      const text = (card.textContent ?? '').slice(0, 30)
      if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1) found.push(`${text}: outside`)
      if (card.scrollWidth > card.clientWidth + 1 && getComputedStyle(card).display !== 'inline')
        found.push(`${text}: cut off (${card.scrollWidth} > ${card.clientWidth})`)
    }
    return found
  })
}

async function expectNothingFound(): Promise<void> {
  for (const contrast of ['no-preference', 'more'] as const) {
    await scene.page.emulateMedia({ contrast, reducedMotion: 'reduce' })
    expect({ contrast, found: await axeFindings(scene.page) }).toEqual({ contrast, found: [] })
  }
  await scene.page.emulateMedia({ contrast: 'no-preference', reducedMotion: 'no-preference' })
}

describe.each(looks)('at $size.width in $language', ({ size, language }) => {
  const options: KeptOptions = { size, search: `?camera=off&lang=${language}` }
  const picture = (name: string) => scene.picture(`close-${name}-${language}`)

  test('each state of the close stands whole', async () => {
    await open(views.count, options)
    await press('Digit3', 'Digit6', 'Digit7')
    await picture('count')
    expect(await cutOff()).toEqual([])
    await press('Escape')
    for (const [name, view] of Object.entries(views)) {
      scene.core.closing = view
      await press('F12')
      await stands(`[data-screen="close"][data-step="${view.step}"]`)
      await picture(name)
      expect({ name, cut: await cutOff() }).toEqual({ name, cut: [] })
      await press('Escape')
      await scene.page.locator('[data-screen="close"]').waitFor({ state: 'detached' })
    }
    scene.core.closing = views.longDay
    await press('F12')
    await stands('[data-chart]')
    await press('Digit2')
    await stands('[data-quarters]')
    await picture('table')
    expect(await cutOff()).toEqual([])
    await press('Digit3')
    await stands('[data-persons]')
    await picture('persons')
    await press('KeyP')
    await stands('[data-slip]')
    await picture('slip')
    await press('Escape', 'KeyC')
    await stands('[data-step="correct"]')
    await picture('correct')
    expect(await cutOff()).toEqual([])
    await press('Escape', 'Escape')
  })

  test('the card before a shift asks for the float, offers a forgotten day, and says when the day is closed', async () => {
    const before = { shift: null, operator: null, close: { today: false, before: businessDate.parse('2026-11-19') } }
    await show(views.nothing, options, before)
    await stands('[data-middle="shift"]')
    await picture('shift-card')
    expect(await cutOff()).toEqual([])
    await press('KeyF', 'Digit2', 'Digit0', 'Digit0')
    await stands('[data-middle="float"] [data-fen="20000"]')
    await picture('float')
    expect(await cutOff()).toEqual([])
    await press('Enter', 'Enter')
    await expect.poll(() => asked('openShift')).toEqual([{ operator: 'sun', date: '2026-11-20', floatFen: 20_000 }])
    scene.core.terminal.set(terminalView({ shift: null, operator: null, close: { today: true, before: null } }))
    await stands('[data-middle="day-closed"]')
    await picture('day-closed')
    expect(await cutOff()).toEqual([])
  })
})

/** The rows of a list that scrolls: those in sight, whether each is whole, and what is said of the others. */
function rowsOf(list: string) {
  return scene.page.locator(list).evaluate(table => {
    const frame = (table.closest('[tabindex]') ?? table).getBoundingClientRect()
    const edge = Math.min(frame.bottom, table.querySelector('tfoot td')?.getBoundingClientRect().top ?? frame.bottom)
    const shown = [...table.querySelectorAll('[data-things]')].filter(
      row => getComputedStyle(row).visibility === 'visible' && row.getBoundingClientRect().top < edge,
    )
    return {
      all: table.querySelectorAll('[data-things]').length,
      shown: shown.length,
      cut: shown.filter(row => row.getBoundingClientRect().bottom > edge + 1).length,
      told: Number(table.closest('section')?.querySelector('[data-below]')?.getAttribute('data-below') ?? 0),
    }
  })
}

test.each(looks)(
  'who pays how much shows whole rows alone and says how many follow, at $size.width in $language',
  async ({ size, language }) => {
    await open(views.longDay, { size, search: `?camera=off&lang=${language}` })
    const { all, shown, cut, told } = await rowsOf('[data-who-pays]')
    expect({ cut, told }).toEqual({ cut: 0, told: all - shown })
    if (size.width === 1280) expect(told).toBeGreaterThan(0)
    await scene.page.locator('[data-who-pays] tbody tr').last().scrollIntoViewIfNeeded()
    await scene.page.locator('[data-who-pays]').evaluate(table => {
      const list = table.closest('[tabindex]')
      if (list) list.scrollTop = list.scrollHeight
    })
    await scene.page.locator('section:has([data-who-pays]) [data-below]').waitFor({ state: 'detached' })
    expect((await rowsOf('[data-who-pays]')).cut).toBe(0)
  },
)

test('who voided what shows whole rows alone, and says how many follow', async () => {
  const [first] = views.day.day.voids
  if (!first) throw new Error('the day has no void')
  const voids = Array.from({ length: 40 }, (_, place) => ({ ...first, at: first.at + place, record: voidId(place) }))
  await open({ ...views.day, day: { ...views.day.day, voids } })
  await press('Digit3')
  const { all, shown, cut, told } = await rowsOf('[data-persons]')
  expect(shown).toBeLessThan(all)
  expect({ cut, told }).toEqual({ cut: 0, told: all - shown })
})

test.each(['zh', 'en'])('no two rows about the records have one name, in %s', async language => {
  await open(views.longDay, { search: `?camera=off&lang=${language}` })
  const names = await scene.page.locator('section:has([data-head]) dt').allInnerTexts()
  expect(names).toHaveLength(5)
  expect(new Set(names).size).toBe(5)
})

describe('the short close of a neighbour household', () => {
  const { waiting, notPaid } = views.fits.phone
  const ended: CloseView = {
    ...views.closed,
    day: { ...views.closed.day, phone: { ...views.closed.day.phone, waiting, notPaid } },
  }

  test.each(
    looks.flatMap(look => [
      { ...look, name: 'open', view: { ...views.fits, throughFirst: 0 } },
      { ...look, name: 'ended', view: ended },
    ]),
  )(
    'names the phone payments that wait, $name, at $size.width in $language',
    async ({ size, language, name, view }) => {
      await show(view, { size, search: `?camera=off&lang=${language}` }, householdTerminal)
      scene.core.neighbour.set(neighbours())
      await stands('[data-screen="neighbour"]')
      await press('F12')
      await stands('[data-short]')
      await scene.picture(`close-short-${name}-${language}`)
      const said = await scene.page.locator('[data-short]').innerText()
      expect(said).toContain(language === 'zh' ? '扫码付待确认 2 笔 27.50' : 'Phone: 2 to confirm, 27.50')
      expect(said).toContain(
        language === 'zh' ? '扫码付没到账 1 笔 13.50' : 'Phone: 1 not paid, 13.50, borne by the site',
      )
      expect(await cutOff()).toEqual([])
      scene.core.neighbour.set(null)
    },
  )
})

describe('a short burst of a scanner in the note', () => {
  const note = () => scene.page.locator('[data-close-note]')
  async function burst(text: string, end: 'Enter' | null): Promise<void> {
    const keyboard = await scene.page.context().newCDPSession(scene.page)
    await shoot(keyboard, text, { pace: 5, atOnce: true, writes: true, end })
    await keyboard.detach()
  }
  async function openNote(): Promise<void> {
    await open(views.check)
    await press('Digit1')
    await note().fill('找错')
    await note().focus()
  }

  test.each(['20', '123'])('closes no shift with %s and its Enter, and the words before stand there', async text => {
    await openNote()
    await burst(text, 'Enter')
    await stands('[data-answer="SCANNER_TYPED"]')
    expect(await note().inputValue()).toBe('找错')
    expect(asked('close.closeShift')).toEqual([])
    await scene.page.waitForTimeout(200)
    await press('Enter')
    await expect.poll(() => asked('close.closeShift')).toMatchObject([{ note: '找错' }])
  })

  test('is not recorded by the key that closes, either', async () => {
    await openNote()
    await burst('20', null)
    await scene.page.waitForTimeout(300)
    await scene.page.getByRole('button', { name: /^交班/ }).click()
    await stands('[data-answer="SCANNER_TYPED"]')
    expect(await note().inputValue()).toBe('找错')
    expect(asked('close.closeShift')).toEqual([])
  })
})

test.each(Object.entries(views))('axe finds nothing on the %s state, in both themes', async (_, view) => {
  await open(view)
  await expectNothingFound()
})

test('axe finds nothing on the table, the persons, the slip and a correction', async () => {
  await open(views.day)
  for (const [key, shows] of [
    ['Digit2', '[data-quarters]'],
    ['Digit3', '[data-persons]'],
    ['KeyP', '[data-slip]'],
  ] as const) {
    await press(key)
    await stands(shows)
    await expectNothingFound()
  }
  await press('Escape', 'KeyC')
  await stands('[data-step="correct"]')
  await expectNothingFound()
})

test('by the keyboard a count is typed in both fields and recorded, and no sum is on the screen before', async () => {
  await open(views.countBoth)
  const blind = await scene.page.locator('main').innerText()
  expect(blind).not.toMatch(/367|159|1,075/)
  await press('Digit3', 'Digit6', 'Digit7', 'Period', 'Digit5', 'Enter')
  await press('Digit1', 'Digit5', 'Digit9', 'Enter')
  await expect
    .poll(() => asked('close.count'))
    .toEqual([{ shift: views.count.shift.record, operator: 'sun', cashFen: 36_750, outsideFen: 15_900 }])
})

test('by touch alone a count is typed, a key too many taken back, and recorded', async () => {
  await open(views.count)
  const pad = scene.page.locator('[data-amount-pad]')
  for (const key of ['3', '6', '9']) await pad.getByRole('button', { name: key, exact: true }).click()
  await pad.getByRole('button', { name: '退格' }).click()
  await pad.getByRole('button', { name: '7', exact: true }).click()
  await scene.page.getByRole('button', { name: /点好了/ }).click()
  await expect.poll(() => asked('close.count')).toMatchObject([{ cashFen: 36_700, outsideFen: null }])
})

test('a difference waits for a reason, and takes a word more with it', async () => {
  await open(views.check)
  await press('F12', 'Enter')
  expect(asked('close.closeShift')).toEqual([])
  await press('Digit1', 'Slash')
  await scene.page.keyboard.type('找错五角', { delay: 60 })
  await scene.page.waitForTimeout(300)
  await press('Enter')
  await expect.poll(() => asked('close.closeShift')).toMatchObject([{ reason: 'wrong change', note: '找错五角' }])
})

test('what fits closes by one key, and the drawer can be counted again before', async () => {
  await open(views.fits)
  await press('KeyA')
  await stands('[data-step="count"]')
  await press('Escape')
  await stands('[data-step="check"]')
  await press('F12')
  await expect.poll(() => asked('close.closeShift')).toMatchObject([{ reason: null, note: '' }])
})

test('the day is closed with the figures that are shown, and never while something stands in the way', async () => {
  await open(views.longDay)
  await stands('[data-blocked="DAY_BEFORE"]')
  await press('F12')
  expect(asked('close.closeDay')).toEqual([])
  await press('Escape')
  scene.core.closing = views.day
  await press('F12')
  await stands('[data-step="day"]')
  await press('F12')
  await expect
    .poll(() => asked('close.closeDay'))
    .toEqual([{ date: '2026-11-20', operator: 'sun', shown: views.day.shown }])
})

test('the pages of the close keep to the policy of the page', async () => {
  await open(views.day)
  expect([...scene.blocked, ...scene.outside]).toEqual([])
})

test('a guest who comes has the screen to themselves', async () => {
  await open(views.day)
  scene.core.cashier.set(guestView())
  await scene.page.locator('[data-screen="close"]').waitFor({ state: 'detached' })
})

test('the day slip is printed by T while it is looked at, where there is a printer', async () => {
  await open(views.closed, {}, { printer: printerView([]) })
  await press('KeyT', 'KeyP')
  await stands('[data-slip]')
  await press('KeyT')
  expect(asked('close.printSlip')).toEqual([{ date: views.closed.day.date, language: 'zh' }])
})
