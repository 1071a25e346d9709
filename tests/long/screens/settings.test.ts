import { beforeEach, describe, expect, test } from 'vitest'
import { beginOf, businessDate } from '../../../shared/business-day.ts'
import { deviceTests } from '../../../shared/device-tests.ts'
import { operatorId, siteId } from '../../../shared/ids.ts'
import type { SettingsView, TestResult } from '../../../shared/settings-api.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { menu, noon, pricedView, terminalView } from '../../e2e/screens/fixtures.ts'
import type { KeptOptions } from '../../e2e/screens/kept-pages.ts'
import { keptScene } from '../../e2e/screens/kept-scene.ts'
import type { Scene } from '../../e2e/screens/stage.ts'
import { findingsInBothThemes } from '../../support/axe.ts'
import { shoot } from '../../support/gun.ts'

const { show: showPage, press, stands, asked } = keptScene()
let scene: Scene

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]
const looks = sizes.flatMap(size => ['zh', 'en'].map(language => ({ size, language })))
const operator = (name: string) => operatorId.parse(name)
const site = siteId.parse('huaishuli')
const lineA = { key: 1, name: { zh: '套餐 A', en: 'Set A' }, dish: { zh: '红烧鸡腿', en: 'Braised chicken leg' } }
const friday = beginOf(businessDate.parse('2026-11-21'))

const settings: SettingsView = {
  lead: { operator: operator('sun'), name: '孙敏' },
  sets: menu.map(({ id, key, name, dish, priceFen, soldOut }) => ({
    ...{ set: id, line: { key, name, dish, priceFen }, soldOut },
    planned: id === 'A' ? [{ from: friday, line: { key, name, dish, priceFen: 1600 } }] : [],
  })),
  ...{ defaultSet: 'A', entrySeconds: 1.5, staffed: false, nameForm: 'title' },
  ...{ customerLanguage: 'zh', contrast: 'normal' },
  textSize: { staff: 100, public: 100 },
  voice: {
    amounts: false,
    names: true,
    volumes: [
      { from: '06:00', volume: 100 },
      { from: '20:00', volume: 60 },
    ],
  },
  staff: [
    { operator: operator('sun'), name: '孙敏', role: 'lead', on: true, onShift: true, pin: 'set' },
    { operator: operator('he'), name: '何平', role: 'cashier', on: true, onShift: false, pin: 'none' },
    { operator: operator('lin'), name: '林悦', role: 'cashier', on: false, onShift: false, pin: 'set' },
  ],
  log: [
    {
      ...{ at: noon - 3_600_000, by: '孙敏' },
      change: {
        ...{ site, what: 'menu', subject: 'A', operator: operator('sun'), from: friday },
        ...{ before: { ...lineA, priceFen: 1500 }, after: { ...lineA, priceFen: 1600 } },
      },
    },
    {
      ...{ at: noon - 7_200_000, by: '孙敏' },
      change: {
        ...{ site, what: 'entry-pause', subject: null, operator: operator('sun'), from: noon - 7_200_000 },
        ...{ before: 2000, after: 1500 },
      },
    },
    {
      ...{ at: noon - 90_000_000, by: '何平' },
      change: {
        ...{ site, what: 'sold-out', subject: 'B', operator: operator('he'), from: noon - 90_000_000 },
        ...{ before: false, after: true },
      },
    },
  ],
}

const tested = (test: TestResult['test']): TestResult => {
  const found = {
    'card-reader': { health: 'fault' as const, found: 'no-device', values: {} },
    'code-scanner': { health: 'good' as const, found: 'read', values: { seconds: 1.2 } },
    camera: { health: 'attention' as const, found: 'dark', values: {} },
    'customer-screen': { health: 'good' as const, found: 'shows', values: {} },
    printer: { health: 'good' as const, found: 'sent', values: {} },
    speaker: { health: 'good' as const, found: 'said', values: {} },
    network: { health: 'good' as const, found: 'answered', values: { ms: 48 } },
    clock: { health: 'good' as const, found: 'agrees', values: { seconds: 0.3 } },
    storage: { health: 'good' as const, found: 'writes', values: { gb: 41 } },
    key: { health: 'attention' as const, found: 'in-a-file', values: {} },
  }[test]
  return { test, at: noon - 60_000, ...found }
}

async function show(terminal: Partial<TerminalView> = {}, options: KeptOptions = {}): Promise<void> {
  scene = await showPage({ terminal: terminalView(terminal), ...options })
  scene.core.settings = settings
  scene.core.tested = tested
  scene.core.enrolmentCode = null
}

/** Six digits of a person. */
async function typePin(): Promise<void> {
  await stands('[data-pin-pad="lead"]')
  await scene.page.keyboard.type('840215', { delay: 60 })
  await stands('[data-screen="settings"]')
}

async function openHome(): Promise<void> {
  await press('F10', 'Digit6')
  await typePin()
}

/** Words that do not fit into their key, keys under 60 px, and what lies outside of the page. */
async function cutOff(): Promise<string[]> {
  return await scene.page.evaluate(() => {
    const found: string[] = []
    for (const key of document.querySelectorAll('main label, main button, main input, main textarea')) {
      const box = key.getBoundingClientRect()
      const text = key.textContent || key.getAttribute('aria-label') || key.tagName
      if (key instanceof HTMLButtonElement && Math.min(box.width, box.height) < 60) found.push(`${text}: under 60 px`)
      if (key.scrollWidth > key.clientWidth + 1) found.push(`${text}: cut off`)
      const scrolls = key.closest('main > div')
      const isScrolled = scrolls !== null && getComputedStyle(scrolls).overflowY === 'auto'
      if (box.right > innerWidth + 1 || (!isScrolled && box.bottom > innerHeight + 1)) found.push(`${text}: outside`)
    }
    for (const card of document.querySelectorAll('main section, main section > div'))
      if (card.scrollHeight > card.clientHeight + 1 || card.scrollWidth > card.clientWidth + 1)
        found.push(`${card.textContent?.slice(0, 20)}: runs over`)
    return found
  })
}

const screens: [string, () => Promise<void>][] = [
  ['more', async () => await press('F10')],
  ['home', openHome],
  [
    'menu',
    async () => {
      await openHome()
      await press('Digit1', 'Digit1')
      await scene.page.locator('[data-field="price"]').fill('16.5')
    },
  ],
  [
    'staff',
    async () => {
      await openHome()
      await press('Digit2', 'Digit2')
      await scene.page.locator('[data-form="staff"] button').nth(1).click()
    },
  ],
  [
    'habits',
    async () => {
      await openHome()
      await press('Digit3')
      await scene.page.locator('[data-screen="settings-habits"] section button').nth(11).click()
    },
  ],
  [
    'senior',
    async () => {
      await openHome()
      await press('Digit4')
      await scene.page.locator('[data-screen="settings-senior"] section button').nth(1).click()
    },
  ],
  [
    'voice',
    async () => {
      await openHome()
      await press('Digit6')
      await scene.page.locator('[data-screen="settings-voice"] section button').nth(1).click()
    },
  ],
  [
    'screens',
    async () => {
      await openHome()
      await press('Digit5')
      await scene.page.locator('[data-screen="settings-screens"] section button').nth(2).click()
    },
  ],
  [
    'log',
    async () => {
      await openHome()
      await press('Digit8')
    },
  ],
  ['sold-out', async () => await press('F10', 'Digit4')],
  [
    'devices',
    async () => {
      await press('F10', 'Digit5', 'F5')
      await stands('[data-test="code-scanner"][data-health="good"]')
    },
  ],
]

describe.each(screens)('the %s screen', (name, open) => {
  test.each(looks)('has its words whole and its keys big at $size.width in $language', async ({ size, language }) => {
    await show({}, { size, search: `?camera=off&lang=${language}` })
    await open()
    await scene.page.waitForTimeout(300)
    await scene.picture(`settings-${name}-${language}-${size.width}`)
    expect(await cutOff()).toEqual([])
    if (size.width === 1280) expect(await findingsInBothThemes(scene.page)).toEqual([])
    expect([...scene.blocked, ...scene.outside]).toEqual([])
  })

  test('makes way for a person who comes', async () => {
    await show()
    await open()
    scene.core.cashier.set(pricedView())
    await stands('[data-own-pay]')
    expect(await scene.page.locator('[data-screen]').count()).toBe(0)
  })
})

describe('the first start', () => {
  const nowhere: Partial<TerminalView> = {
    ...{ setup: 'code', siteName: '', operators: [], operator: null, shift: null, menu: [] },
  }

  test.each(looks)(
    'asks for the code, then whether it is here, at $size.width in $language',
    async ({ size, language }) => {
      await show(nowhere, { size, search: `?camera=off&lang=${language}` })
      await stands('[data-screen="setup"]')
      await scene.page.locator('[data-field="code"]').fill('hello')
      await press('Enter')
      await stands('[data-answer="ENROLMENT_UNREADABLE"]')
      await scene.picture(`setup-code-${language}-${size.width}`)
      expect(await cutOff()).toEqual([])
      if (size.width === 1280) expect(await findingsInBothThemes(scene.page)).toEqual([])
      scene.core.enrolmentCode = { address: 'https://province.example', terminal: 'till-2', site: '槐树里长者食堂' }
      await press('Enter')
      await stands('[data-site]')
      await scene.picture(`setup-here-${language}-${size.width}`)
      expect(await cutOff()).toEqual([])
      if (size.width === 1280) expect(await findingsInBothThemes(scene.page)).toEqual([])
      scene.core.onCall = () => ({ result: 'refused', notice: { code: 'ENROLMENT_OFFLINE', values: {} } })
      await press('Enter')
      await stands('[data-answer="ENROLMENT_OFFLINE"]')
      expect(await cutOff()).toEqual([])
      await press('Escape')
      await stands('[data-field="code"]')
    },
  )

  test.each(looks)('shows the devices and what is missing at $size.width in $language', async ({ size, language }) => {
    await show(
      { ...nowhere, setup: 'devices', siteName: '槐树里长者食堂' },
      { size, search: `?camera=off&lang=${language}` },
    )
    await press('F5')
    await stands('[data-fix="card-reader"]')
    await stands('[data-test="code-scanner"][data-health="good"]')
    await scene.picture(`setup-devices-${language}-${size.width}`)
    expect(await cutOff()).toEqual([])
  })

  test.each(looks)('takes the code by touch alone, at $size.width in $language', async ({ size, language }) => {
    await show(nowhere, { size, search: `?camera=off&lang=${language}` })
    await stands('[data-screen="setup"]')
    await scene.page.getByRole('button', { name: language === 'zh' ? '用手指点' : 'By touch' }).click()
    const pad = scene.page.locator('[data-code-pad]')
    const tap = async (name: string) => {
      await pad.getByRole('button', { name, exact: true }).click()
      await scene.page.waitForTimeout(120)
    }
    const [capitals, space, back] = language === 'zh' ? ['大写', '空一格', '退一位'] : ['Capitals', 'Space', 'Back']
    for (const sign of ['h', ':', '/', '.', '_', '-', '7', 'x']) await tap(sign)
    await tap(back)
    await tap(space)
    await tap(capitals)
    await tap('Q')
    expect(await scene.page.locator('[data-field="code"]').inputValue()).toBe('h:/._-7 Q')
    const paint = (name: string) =>
      pad.getByRole('button', { name, exact: true }).evaluate(key => getComputedStyle(key).backgroundColor)
    expect(await paint(capitals)).not.toBe(await paint(space))
    await scene.picture(`setup-pad-${language}`)
    expect(await cutOff()).toEqual([])
    if (size.width === 1280) expect(await findingsInBothThemes(scene.page)).toEqual([])
    await scene.page
      .getByRole('button', { name: language === 'zh' ? /^用|登记/ : /Enter/ })
      .last()
      .click()
    await stands('[data-answer="ENROLMENT_UNREADABLE"]')
    expect(await cutOff()).toEqual([])
    expect(asked('setup.read')).toEqual([{ text: 'h:/._-7 Q' }])
  })

  test('takes what a gun reads for the code', async () => {
    await show(nowhere)
    scene.core.enrolmentCode = { address: 'https://province.example', terminal: 'till-2', site: null }
    // In one go, as no busy machine can stretch it.
    await scene.page.evaluate(() => {
      const codes = [...'aixin-code-till-2'].map(sign =>
        sign === '-' ? 'Minus' : sign === '2' ? 'Digit2' : `Key${sign.toUpperCase()}`,
      )
      for (const code of codes) document.body.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true }))
    })
    await stands('[data-site]')
    expect(asked('setup.read')).toEqual([{ text: 'aixin-code-till-2' }])
    expect(asked('wedgeTyped')).toEqual([])
  })
})

describe('the settings', () => {
  beforeEach(() => show())

  test('are closed with a PIN that is not right, which is said', async () => {
    scene.core.onCall = ({ name }) =>
      name === 'settings.unlock'
        ? { result: 'refused', notice: { code: 'LEAD_PIN_WRONG', values: {} } }
        : { result: 'done' }
    await press('F10', 'Digit6')
    await stands('[data-pin-pad="lead"]')
    await scene.page.keyboard.type('111112', { delay: 60 })
    await scene.page.getByText('密码对不上').first().waitFor()
    expect(await scene.page.locator('[data-screen="settings"]').count()).toBe(0)
  })

  test('keep a price by keyboard alone, from the day that was chosen', async () => {
    await openHome()
    await press('Digit1', 'Digit1')
    await scene.page.locator('[data-field="price"]').fill('16.5')
    await scene.page.getByText('明天', { exact: true }).click()
    await scene.page.locator('[data-field="price"]').press('Enter')
    await stands('[data-kept="true"]')
    expect(asked('settings.change')).toMatchObject([
      { what: 'menu', set: 'A', date: '2026-11-21', line: { key: 1, priceFen: 1650 } },
    ])
  })

  test('keep a price by touch alone', async () => {
    await openHome()
    await press('Digit1')
    await scene.page.locator('[data-set="A"]').click()
    await scene.page.getByRole('button', { name: '123，用数字键点价钱，元' }).click()
    const pad = scene.page.locator('dialog')
    for (const key of ['1', '6', '.', '5']) {
      await pad.getByRole('button', { name: key, exact: true }).click()
      await scene.page.waitForTimeout(250)
    }
    await scene.picture('settings-price-pad-zh')
    await pad.getByRole('button', { name: '用这个数' }).click()
    expect(await scene.page.locator('[data-field="price"]').inputValue()).toBe('16.5')
    expect(asked('settings.change')).toEqual([])
    await scene.page.getByText('明天', { exact: true }).click()
    await scene.page.locator('[data-form="menu"] button').last().click()
    await stands('[data-kept="true"]')
    expect(asked('settings.change')).toMatchObject([{ what: 'menu', set: 'A', line: { priceFen: 1650 } }])
  })

  test('take nothing from a scanner into the number keys, and say so', async () => {
    await openHome()
    await press('Digit1', 'Digit1')
    await scene.page.getByRole('button', { name: '123，用数字键点价钱，元' }).click()
    await stands('dialog[open]')
    const keyboard = await scene.page.context().newCDPSession(scene.page)
    await shoot(keyboard, '12', { pace: 5, atOnce: true, writes: true })
    await keyboard.detach()
    await scene.page.locator('dialog').getByText('刚才是扫码枪打的字').waitFor()
    expect(await scene.page.locator('[data-field="price"]').inputValue()).toBe('15.00')
    expect(asked('settings.change')).toEqual([])
    await scene.page.waitForTimeout(200)
    await press('Escape', 'F10')
  })

  test('keep what was typed into each form while another is opened, and say where it waits', async () => {
    await openHome()
    await press('Digit1', 'Digit1')
    await scene.page.locator('[data-field="dish"]').fill('清蒸鱼')
    await scene.page.locator('[data-set="B"]').click()
    await scene.page.locator('[data-field="price"]').fill('13.5')
    await stands('[data-set="A"] [data-half-typed]')
    await scene.picture('settings-half-typed-zh')
    await scene.page.locator('[data-set="A"]').click()
    await stands('[data-set="B"] [data-half-typed]')
    expect(await scene.page.locator('[data-field="dish"]').inputValue()).toBe('清蒸鱼')
    await scene.page.locator('[data-field="dish"]').press('Enter')
    await stands('[data-kept="true"]')
    await scene.page.locator('[data-set="B"]').click()
    expect(await scene.page.locator('[data-field="price"]').inputValue()).toBe('13.5')
    expect(await scene.page.locator('[data-half-typed]').count()).toBe(0)
    await press('F10')
  })

  test('keep two forms through a person who comes, and forget both where the lead leaves', async () => {
    await openHome()
    await press('Digit1', 'Digit1')
    await scene.page.locator('[data-field="dish"]').fill('清蒸鱼')
    await scene.page.locator('[data-set="B"]').click()
    await scene.page.locator('[data-field="price"]').fill('13.5')
    scene.core.cashier.set(pricedView())
    await stands('[data-own-pay]')
    scene.core.cashier.set({ state: 'ready' })
    await openHome()
    await press('Digit1')
    await stands('[data-form="menu"]')
    expect(await scene.page.locator('[data-field="price"]').inputValue()).toBe('13.5')
    await stands('[data-set="A"] [data-half-typed]')
    await press('F10')
    // Back from what the settings stood over.
    await press('Escape')
    await openHome()
    await press('Digit1')
    await stands('[data-set="A"]')
    expect(await scene.page.locator('[data-half-typed], [data-form="menu"]').count()).toBe(0)
  })

  test('say why a change cannot be, and keep what was typed', async () => {
    await openHome()
    scene.core.onCall = () => ({ result: 'refused', notice: { code: 'PRICE_MISSING', values: {} } })
    await press('Digit1', 'Digit1')
    await scene.page.locator('[data-field="price"]').fill('')
    await press('Enter')
    await stands('[data-answer="PRICE_MISSING"]')
    expect(await scene.page.locator('[data-field="name"]').inputValue()).toBe('套餐 A')
    expect(asked('settings.change')).toMatchObject([{ line: { priceFen: 0 } }])
  })

  test('close behind whoever leaves them', async () => {
    await openHome()
    await press('Digit2', 'Escape', 'Escape')
    await stands('[data-screen="more"]')
    expect(asked('settings.lock')).toHaveLength(1)
  })

  test('sell a meal out by one key, without a PIN', async () => {
    await press('F10', 'Digit4', 'Digit3')
    expect(asked('settings.sellOut')).toEqual([{ set: 'C', soldOut: true }])
  })

  test('try every device by one key', async () => {
    await press('F10', 'Digit5', 'F5')
    await stands('[data-test="code-scanner"][data-health="good"]')
    expect(asked('settings.test')).toHaveLength(deviceTests.length)
  })
})
