import { beforeEach, describe, expect, test } from 'vitest'
import type { EarlierSale, LateView, WaitingPayment } from '../../../shared/afterwards-api.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { checkInId, fundId, operatorId, recordId, seniorId } from '../../../shared/ids.ts'
import type { FoundSenior, TerminalView } from '../../../shared/terminal-api.ts'
import { faceView, noon, pricedView, terminalView } from '../../e2e/screens/fixtures.ts'
import type { KeptOptions } from '../../e2e/screens/kept-pages.ts'
import { keptScene } from '../../e2e/screens/kept-scene.ts'
import type { Scene } from '../../e2e/screens/stage.ts'
import { findingsInBothThemes } from '../../support/axe.ts'

const { show: showPage, press, stands, asked } = keptScene()
let scene: Scene

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]
const looks = sizes.flatMap(size => ['zh', 'en'].map(language => ({ size, language })))
const day = businessDate.parse('2026-11-19')
const id = (digit: number) => `01a1f5ee-4e70-70ec-ad4d-8532449f6db${digit}`
const earlier = (digit: number, change: Partial<EarlierSale> = {}): EarlierSale => ({
  ...{ record: recordId.parse(id(digit)), kind: 'sale', at: noon - 86_400_000, servedOn: day, meal: 'lunch' },
  ...{
    name: '欧阳＊芳',
    guest: false,
    set: { zh: '面食餐', en: 'Noodle meal' },
    means: 'card',
    listFen: 1505,
    discountFen: 150,
  },
  subsidies: ['市级财政', '区级财政', '街道资金', '慈善基金'].map((zh, at) => ({
    fund: { zh, en: `Fund ${fundId.parse(`f${at}`)}` },
    fen: 100,
  })),
  ...{ ownPayFen: 955, backFen: 950, back: [{ kind: 'cash', fen: 950 }], claimPending: false, standing: 'open' },
  waitingFen: 0,
  ...change,
})
const waitingPayment = (digit: number, change: Partial<WaitingPayment> = {}): WaitingPayment => ({
  ...{ of: recordId.parse(id(digit)), tender: 0, fen: 1350, at: noon - 86_400_000, servedOn: day, name: '欧阳＊芳' },
  ...{ guest: false, what: { zh: '面食餐', en: 'Noodle meal' }, group: null },
  ...change,
})
/** Eight of nine, the ninth of whom was undone. */
const together = (digit: number): WaitingPayment => {
  const waiting = ['欧阳＊芳', '刘＊明', null, '王＊国', '李＊兰', null, '陈＊', '周＊平'].map((name, at) => ({
    ...{ of: recordId.parse(id(at)), tender: 0, fen: 750, name, guest: name === null },
    what: at === 3 ? { zh: '馄饨', en: 'Wonton soup with greens' } : { zh: '面食餐', en: 'Noodle meal' },
  }))
  return waitingPayment(digit, { fen: 6000, group: { askedFen: 6750, waiting } })
}
const person: FoundSenior = {
  ...{ senior: seniorId.parse('0'.repeat(32)), name: '欧阳＊芳', sex: 'female' },
  ...{ birthYear: 1944, numberTail: '0123' },
}
const operators = ['sun', 'he', 'lin'].map((name, at) => ({
  ...{ operator: operatorId.parse(name), name: ['孙敏', '何平', '林悦'][at] ?? '' },
  pin: at === 2 ? ('none' as const) : ('set' as const),
}))
const late: LateView = {
  ...{ entry: checkInId.parse(id(9)), servedOn: day, meal: 'lunch', senior: person.senior, set: 'A', tender: 'cash' },
  ...{
    name: person.name,
    listFen: 1500,
    discountFen: 150,
    subsidyFen: 0,
    pendingFen: 600,
    ownPayFen: 1350,
    paidFen: 1350,
  },
  attention: [
    { code: 'LATE_ALREADY', values: { time: '11:42' } },
    { code: 'CLAIM_PENDING', values: {} },
  ],
  digest: 'd'.repeat(43),
}

async function show(terminal: Partial<TerminalView> = {}, options: KeptOptions = {}): Promise<void> {
  scene = await showPage({ terminal: terminalView(terminal), ...options })
  const { core } = scene
  core.earlier = [
    earlier(1),
    earlier(2, { standing: 'refunded' }),
    earlier(3, { kind: 'late-entry', standing: 'made-good', name: null, back: [] }),
    earlier(4, { waitingFen: 955, back: [{ kind: 'outside', fen: 955 }], backFen: 955 }),
  ]
  core.waiting = [
    waitingPayment(1),
    waitingPayment(2, { name: null, guest: true, servedOn: businessDate.parse('2026-11-20') }),
    together(3),
  ]
  const [own = null, ...others] = operators
  core.staff = { own, others }
  core.late = late
  core.found = [person]
}

/** Words that do not fit into their key, keys under 60 px, and what lies outside of the page. */
async function cutOff(): Promise<string[]> {
  return await scene.page.evaluate(() => {
    const found: string[] = []
    for (const key of document.querySelectorAll(
      'main label, main button, nav button, section button, input:not([type=password])',
    )) {
      const box = key.getBoundingClientRect()
      const text = key.textContent || key.getAttribute('aria-label') || key.tagName
      if (key instanceof HTMLButtonElement && Math.min(box.width, box.height) < 60) found.push(`${text}: under 60 px`)
      if (key.scrollWidth > key.clientWidth + 1) found.push(`${text}: cut off`)
      if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1) found.push(`${text}: outside`)
    }
    for (const mark of document.querySelectorAll('[data-earlier] b'))
      if (mark.getBoundingClientRect().right > (mark.parentElement?.getBoundingClientRect().right ?? 0) + 1)
        found.push(`${mark.textContent}: cut off`)
    for (const card of document.querySelectorAll('main section, main section > div'))
      if (card.scrollHeight > card.clientHeight + 1 || card.scrollWidth > card.clientWidth + 1)
        found.push(`${card.textContent?.slice(0, 20)}: runs over by ${card.scrollHeight - card.clientHeight}`)
    return found
  })
}

async function openLate(): Promise<void> {
  await press('F10', 'Digit2')
  await stands('[data-sale-search]:focus')
  await scene.page.keyboard.type('欧阳', { delay: 60 })
  await stands('[data-sale-found] button')
  // A person's pause: Enter right behind fast letters is a scanner's.
  await scene.page.waitForTimeout(400)
  await press('Enter')
  await stands('[data-late-pays]')
}

const screens: [string, () => Promise<void>][] = [
  ['menu', async () => void (await press('F10'))],
  [
    'refund',
    async () => {
      await press('F10', 'Digit1')
      await stands('[data-earlier]')
      await press('Digit1', 'Digit3')
      await stands('[data-refund="open"]')
    },
  ],
  [
    'refund-waits',
    async () => {
      await press('F10', 'Digit1')
      await stands('[data-earlier]')
      await press('Digit4')
      await stands('[data-refund-waits]')
    },
  ],
  [
    'phone',
    async () => {
      await press('F10', 'Digit8')
      await stands('[data-waiting]')
      await press('Digit2', 'Digit1')
      await stands('[data-phone="asked"]')
    },
  ],
  [
    'phone-group',
    async () => {
      await press('F10', 'Digit8')
      await stands('[data-waiting]')
      await press('Digit3', 'Digit1')
      await stands('[data-together]')
    },
  ],
  [
    'phone-list',
    async () => {
      await press('F10', 'Digit8')
      await stands('[data-waiting]')
    },
  ],
  ['late', openLate],
]

describe.each(screens)('the %s screen', (name, open) => {
  test.each(looks)('has its words whole and its keys big at $size.width in $language', async ({ size, language }) => {
    await show({}, { size, search: `?camera=off&lang=${language}` })
    await open()
    await scene.page.waitForTimeout(300)
    expect(await cutOff()).toEqual([])
    expect([...scene.blocked, ...scene.outside]).toEqual([])
    await scene.picture(`afterwards-${name}-${language}-${size.width}`)
    if (size.width === 1280) expect(await findingsInBothThemes(scene.page)).toEqual([])
  })

  test('makes way for a person who comes', async () => {
    await show()
    await open()
    scene.core.cashier.set(pricedView())
    await stands('[data-own-pay]')
    expect(await scene.page.locator('[data-screen]').count()).toBe(0)
  })
})

test.each(looks)(
  'the row of functions is whole with every key at $size.width in $language',
  async ({ size, language }) => {
    await show({ face: faceView({ on: true }), simulator: true }, { size, search: `?camera=off&lang=${language}` })
    await scene.page.waitForTimeout(300)
    expect((await cutOff()).filter(text => !text.includes('under 60 px'))).toEqual([])
    await scene.picture(`function-row-${language}-${size.width}`)
  },
)

describe('a refund', () => {
  beforeEach(() => show())

  test('asks for the chosen sale and reason, once', async () => {
    await press('F10', 'Digit1')
    await stands('[data-earlier]')
    await press('Digit1', 'Enter', 'Digit2', 'Enter', 'Enter')
    expect(asked('afterwards.refund')).toEqual([{ sale: id(1), reason: 'not handed out' }])
  })

  test.each([
    ['that was refunded', 'Digit2'],
    ['whose claim was paid apart', 'Digit3'],
  ])('of a sale %s is not offered', async (_, key) => {
    await press('F10', 'Digit1')
    await stands('[data-earlier]')
    await press(key, 'Digit1', 'Enter')
    expect(asked('afterwards.refund')).toEqual([])
  })

  test('of a sale whose phone payment waits sends staff to say first whether it came', async () => {
    scene.core.waiting = [waitingPayment(4)]
    await press('F10', 'Digit1')
    await stands('[data-earlier]')
    await press('Digit4', 'Digit2')
    await stands('[data-refund-waits]')
    expect(await scene.page.locator('[data-refund="open"]').innerText()).not.toContain('原路退')
    await press('Enter')
    await stands('[data-phone="asked"]')
    await press('Digit1', 'Enter')
    expect(asked('afterwards.refund')).toEqual([])
    expect(asked('afterwards.sayPayment')).toMatchObject([{ of: id(4), outcome: 'settled' }])
  })

  test('that the core could not do says why, and stays', async () => {
    scene.core.onCall = () => ({ result: 'refused', notice: { code: 'REFUND_NEEDS_NETWORK', values: {} } })
    await press('F10', 'Digit1')
    await stands('[data-earlier]')
    await press('Digit1', 'Digit1', 'Enter')
    await stands('[data-answer="REFUND_NEEDS_NETWORK"]')
    await stands('[data-refund="open"]')
  })
})

describe('a late entry', () => {
  beforeEach(() => show())

  test('without a second person is asked for without an approval', async () => {
    await openLate()
    await press('KeyV', 'KeyR', 'Enter')
    await stands('[data-held="true"]')
    expect(asked('afterwards.enterLate')).toEqual([
      { entry: late.entry, digest: late.digest, reason: 'machine out of order', approval: null },
    ])
  })

  test('that has no price says why, and cannot be recorded', async () => {
    scene.core.late = null
    await press('F10', 'Digit2')
    await stands('[data-sale-search]:focus')
    await press('Escape', 'KeyG')
    await stands('[data-notice="LATE_TOO_OLD"]')
    await press('KeyV', 'Enter')
    expect(asked('afterwards.enterLate')).toEqual([])
  })
})

describe('a clock that jumped far ahead', () => {
  const clockJump = { before: noon, after: noon + 365 * 86_400_000, date: businessDate.parse('2027-11-20') }

  test.each(looks)(
    'is asked about in place of everything else at $size.width in $language',
    async ({ size, language }) => {
      await show({ clockJump }, { size, search: `?camera=off&lang=${language}` })
      await stands('[data-middle="clock"]')
      await press('F2', 'F10', 'Slash')
      expect(asked('startGuest')).toEqual([])
      expect(await cutOff()).toEqual([])
      await scene.picture(`clock-${language}-${size.width}`)
    },
  )

  test('is right once an operator says so, with the date that they read', async () => {
    await show({ clockJump })
    await stands('[data-middle="clock"]')
    await press('Digit2', 'Enter')
    const [, second] = terminalView().operators
    expect(asked('confirmClock')).toEqual([{ operator: second?.id, date: '2027-11-20' }])
  })
})
