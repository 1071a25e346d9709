import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { CustomerView } from '../../../shared/terminal-api.ts'
import { type VoiceView, voiceSettings } from '../../../shared/voice/settings.ts'
import { customerSale, customerView, noon } from '../../e2e/screens/fixtures.ts'
import { buildStage, type OpenOptions, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import { giveMachineVoice, type Heard, listenTo } from '../../support/page-ear.ts'

let stage: Stage
let scene: Scene

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(() => stage.close())
afterEach(() => scene.close())

const voice: VoiceView = { ...voiceSettings.parse({}), sounds: false, speaks: true, own: false }
const loud = (view: CustomerView, change: Partial<VoiceView> = {}): CustomerView => ({
  ...view,
  voice: { ...voice, ...change },
})
const idle = customerView()
const priced = customerSale('priced')
const confirmed = customerSale('confirmed', { at: noon + 1500 })
const next = customerSale('priced', { surname: '李', ownPayFen: 1500, offFen: 0, at: noon + 4000 })

/** The customer's page before its greeting, with all clips loaded where it has any. */
async function open(change: Partial<VoiceView> = {}, options: OpenOptions = {}): Promise<void> {
  scene = await stage.open({
    ...{ page: 'customer.html', search: '', customer: loud(idle, change), before: listenTo },
    ...options,
  })
  const silent = change.on === false || change.speaks === false
  if (!silent && options.page !== 'cashier.html')
    await scene.page.locator('[data-spoken][aria-live="off"]').waitFor({ state: 'attached' })
}

const ear = () => scene.page.evaluate(() => window.ear ?? { heard: [], loudest: 0, spoken: [] })
const clipsOf = (heard: readonly Heard[]) => heard.map(({ what }) => what.replace(/^.*\/|\.wav$/g, ''))
const saidClips = async () => clipsOf((await ear()).heard)
/** A sentence takes its time, and a busy machine longer to begin it. */
const patience = { timeout: 60_000 }
const hears = (clips: readonly string[]) => expect.poll(saidClips, patience).toEqual(clips)
const hearsSound = () => expect.poll(async () => (await ear()).loudest, patience).toBeGreaterThan(0.05)
const shows = (view: CustomerView) => scene.page.locator(`[data-state="${view.now.state}"]`).waitFor()

/** Shows one view after another, each once it stands there. */
async function show(views: readonly CustomerView[], change: Partial<VoiceView> = {}): Promise<void> {
  for (const view of views) {
    scene.core.customer.set(loud(view, change))
    await shows(view)
  }
}

test('a price and its confirmation are said, one after the other, and sound comes out', async () => {
  await open()
  await show([priced, confirmed])
  await hears(['look-at-price', 'take-meal'])
  await hearsSound()
  const [price, done] = (await ear()).heard
  expect(done?.from).toBeGreaterThan(price?.until ?? 0)
  expect((await ear()).heard.every(({ what }) => what.startsWith('/voice/placeholder/'))).toBe(true)
})

test('an amount is put together of its signs, joined to the sample', async () => {
  await open({ amounts: true })
  await show([priced], { amounts: true })
  await hears(['look-at-price', 'own-pay', 'number-7', 'unit-yuan', 'number-5', 'unit-jiao'])
  const { heard } = await ear()
  const gaps = heard.slice(1).map(({ from }, index) => Math.round((from - (heard[index]?.until ?? 0)) * 1000))
  expect(gaps).toEqual([230, 30, 30, 30, 30])
})

test('two very different sales sound the same, clip by clip', async () => {
  await open()
  await show([priced, confirmed])
  await hears(['look-at-price', 'take-meal'])
  const first = (await ear()).heard
  await show([idle, next, customerSale('confirmed', { at: noon + 6000 })])
  await hears(['look-at-price', 'take-meal', 'look-at-price', 'take-meal'])
  const second = (await ear()).heard.slice(2)
  const lengths = (heard: readonly Heard[]) => heard.map(({ what, from, until }) => [what, (until - from).toFixed(3)])
  expect(lengths(second)).toEqual(lengths(first))
})

test('the next person cuts off what is said to the one before: never two at once', async () => {
  const amounts = { amounts: true }
  const long = customerSale('priced', { ownPayFen: 9_999_999 })
  await open(amounts)
  await show([long], amounts)
  await expect.poll(saidClips, patience).toContain('unit-fen')
  const count = (await ear()).heard.length
  await show([next], amounts)
  await expect.poll(async () => (await ear()).heard.length, patience).toBe(count + 5)
  const { heard } = await ear()
  const [before, after] = [heard.slice(0, count), heard.slice(count)]
  const played = before.filter(({ from, until }) => until > from)
  expect(played.length).toBeLessThan(before.length)
  for (const { until } of played) expect(until).toBeLessThanOrEqual(after[0]?.from ?? 0)
})

test('a hint is said in the words of the screen', async () => {
  await open()
  await show([customerView({ state: 'problem', code: 'CARD_UNREAD', values: {}, at: noon })])
  await hears(['lay-card-flat'])
})

test('a page that is loaded again in the middle says nothing twice', async () => {
  await open()
  await show([priced])
  await hears(['look-at-price'])
  await scene.page.reload()
  await scene.page.locator('[data-spoken][aria-live="off"]').waitFor({ state: 'attached' })
  await shows(priced)
  scene.core.customer.set(loud(priced))
  expect(await saidClips()).toEqual([])
  await show([confirmed])
  await hears(['take-meal'])
})

test('a line to the core that breaks and comes back says nothing twice', async () => {
  await open()
  await show([priced])
  await hears(['look-at-price'])
  scene.core.cut()
  await scene.page.locator('[data-state="waiting"]').waitFor()
  await shows(priced)
  await show([confirmed])
  await hears(['look-at-price', 'take-meal'])
})

test.each<[string, Partial<VoiceView>]>([
  ['whose voice is off', { on: false }],
  ['through which the till does not speak', { speaks: false }],
])('a page %s says nothing', async (_what, change) => {
  await open(change)
  await show([priced, confirmed, next], change)
  await scene.page.waitForTimeout(500)
  expect(await ear()).toEqual({ heard: [], loudest: 0, spoken: [] })
})

test('at an hour whose volume is 0 nothing is heard, and at half volume half as much as at the whole', async () => {
  const loudness = async (volume: number) => {
    const volumes = [{ from: '00:00', volume }]
    await open({ volumes })
    await show([priced], { volumes })
    await hears(['look-at-price'])
    await scene.page.waitForFunction(
      () => new Promise(resolve => setTimeout(() => resolve((window.ear?.heard.length ?? 0) > 0), 2500)),
    )
    const { loudest } = await ear()
    await scene.close()
    return loudest
  }
  const [whole, half] = [await loudness(100), await loudness(50)]
  expect(half / whole).toBeCloseTo(0.5, 1)
  expect(await loudness(0)).toBe(0)
})

test('the two rising notes of a recorded sale are the same for all, and a site may have them without sentences', async () => {
  const sounds = { on: false, sounds: true }
  await open(sounds)
  await show([priced, confirmed, next, customerSale('confirmed', { surname: '李', at: noon + 6000 })], sounds)
  await hears(['659 Hz', '988 Hz', '659 Hz', '988 Hz'])
  const [low, high] = (await ear()).heard
  expect((high?.until ?? 1) - (low?.from ?? 0)).toBeLessThanOrEqual(0.2001)
  await hearsSound()
})

test('the cashier’s page speaks where there is no public one, and knocks for what was not read', async () => {
  await open({ sounds: true }, { page: 'cashier.html', search: '?camera=off' })
  await expect
    .poll(async () => {
      scene.core.customer.set(loud(idle, { sounds: true }))
      scene.core.customer.set(loud(customerSale('priced', { at: Date.now() }), { sounds: true }))
      return await saidClips()
    }, patience)
    .toContain('look-at-price')
  scene.core.cashier.set({
    ...{ state: 'problem', notice: { code: 'CARD_UNREAD', values: {} }, means: 'card' },
    ...{ stranger: null, already: null, at: noon },
  })
  await expect
    .poll(async () => (await saidClips()).filter(what => what.endsWith('Hz')), patience)
    .toEqual(['420 Hz', '1130 Hz'])
})

test("a site's own recordings are played where they are whole, whatever voice the machine has", async () => {
  await open(
    { own: true },
    {
      ownClips: true,
      async before(page) {
        await listenTo(page)
        await giveMachineVoice(page)
      },
    },
  )
  await show([priced], { own: true })
  await hears(['look-at-price'])
  expect((await ear()).heard.map(({ what }) => what)).toEqual(['/voice/own/look-at-price.wav'])
})

test('own recordings that went away leave the till its placeholders', async () => {
  await open({ own: true })
  await show([priced], { own: true })
  await hears(['look-at-price'])
  expect((await ear()).heard.map(({ what }) => what)).toEqual(['/voice/placeholder/look-at-price.wav'])
})

test('a voice of the machine says the name and the same sentence, as loud as the hour', async () => {
  const change = { amounts: true, volumes: [{ from: '00:00', volume: 40 }] }
  await open(change, {
    async before(page) {
      await listenTo(page)
      await giveMachineVoice(page)
    },
  })
  await show([priced, confirmed], change)
  await expect
    .poll(async () => (await ear()).spoken, patience)
    .toEqual([
      { text: '张女士，请看价格，实付七元五角。', volume: 0.4 },
      { text: '好了，请取餐。', volume: 0.4 },
    ])
  expect(await saidClips()).toEqual([])
})

test('a voice of the machine that cannot speak gives way to the clips, which say nobody’s name', async () => {
  await open(
    {},
    {
      async before(page) {
        await listenTo(page)
        await giveMachineVoice(page, false)
      },
    },
  )
  await show([priced])
  await expect.poll(async () => (await ear()).spoken.length, patience).toBe(1)
  // The voice has to say that it cannot, which a busy machine does later.
  await scene.page.waitForTimeout(2000)
  await show([next])
  await hears(['look-at-price'])
  expect((await ear()).spoken).toHaveLength(1)
})

test('a screen reader says the result where the till does not, and keeps still where it does', async () => {
  await open({ on: false })
  await show([priced], { on: false })
  const announced = scene.page.locator('[data-spoken]')
  expect(await announced.getAttribute('aria-live')).toBe('polite')
  expect(await announced.innerText()).toBe('张女士，实付七元五角。')
  scene.core.customer.set(loud(priced))
  await scene.page.locator('[data-spoken][aria-live="off"]').waitFor({ state: 'attached' })
  expect(await scene.page.locator('[role="status"]').count()).toBe(0)
})

test('who waits twenty seconds after a hint is told the ways, once', async () => {
  await open(
    {},
    {
      clock: false,
      async before(page) {
        await page.clock.install({ time: noon })
        await listenTo(page)
      },
    },
  )
  await show([customerView({ state: 'problem', code: 'CARD_UNREAD', values: {}, at: noon }), idle])
  await scene.page.clock.runFor(19_000)
  expect(await saidClips()).toEqual(['lay-card-flat'])
  await scene.page.clock.runFor(1000)
  expect(await saidClips()).toEqual(['lay-card-flat', 'card-or-code-or-call'])
  await scene.page.clock.runFor(60_000)
  expect(await saidClips()).toEqual(['lay-card-flat', 'card-or-code-or-call'])
})

test('nobody is told the ways where nobody came', async () => {
  await open(
    {},
    {
      clock: false,
      async before(page) {
        await page.clock.install({ time: noon })
        await listenTo(page)
      },
    },
  )
  await show([priced, confirmed, idle])
  await hears(['look-at-price', 'take-meal'])
  await scene.page.clock.runFor(60_000)
  expect(await saidClips()).toEqual(['look-at-price', 'take-meal'])
})
