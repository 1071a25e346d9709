import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CashierView } from '../../../shared/terminal-api.ts'
import { desk, deskStates, found, idOf, needing, unknownCard, zhang } from '../../e2e/screens/desk-states.ts'
import { type KeptOptions, keptPages } from '../../e2e/screens/kept-pages.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import type { PaperCore } from '../../support/paper-core.ts'

let stage: Stage
let scene: Scene
const pages = keptPages(() => stage)

beforeAll(async () => {
  stage = await buildStage()
})
afterAll(async () => {
  await pages.close()
  await stage.close()
})

async function show(view: CashierView, options: KeptOptions = {}): Promise<PaperCore> {
  scene = await pages.show(options)
  scene.core.found = found
  scene.core.cashier.set(view)
  return scene.core
}

const until = async (holds: () => boolean) => expect.poll(holds, { timeout: 8000, interval: 25 }).toBe(true)
const asked = (name: string) => scene.core.named(name).map(({ input }) => input)
/** Presses keys at the pace of a finger. */
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await scene.page.keyboard.press(key)
    await scene.page.waitForTimeout(60)
  }
}

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

for (const language of ['en', 'zh']) {
  test.each(deskStates)(`$name is drawn in each size in ${language}`, async state => {
    await show(state.view, { search: `?camera=off&lang=${language}` })
    await scene.page.locator(`[data-${state.shows}]`).first().waitFor()
    if (state.types) {
      await scene.page.keyboard.type(state.types)
      await scene.page.locator('[data-found] button').first().waitFor()
    }
    if (state.presses) await press(...state.presses.split(' '))
    for (const size of sizes) {
      await scene.sizeTo(size)
      expect(await cutOff()).toEqual([])
    }
    expect(scene.blocked).toEqual([])
    expect(scene.outside).toEqual([])
  })
}

/** Keys whose words do not fit into them. */
async function cutOff(): Promise<string[]> {
  return await scene.page.evaluate(() =>
    [...document.querySelectorAll('main button, div button, dialog button')].flatMap(key => {
      const box = key.getBoundingClientRect()
      const spills = [...key.querySelectorAll('strong, small, span')].some(part => {
        const inner = part.getBoundingClientRect()
        return inner.right > box.right + 1 || inner.bottom > box.bottom + 1 || inner.top < box.top - 1
      })
      return spills ? [key.textContent ?? ''] : []
    }),
  )
}

describe('by keyboard alone', () => {
  test('staff search, choose, report a card lost, set the PIN and leave', async () => {
    const core = await show({ state: 'ready' })
    await press('Slash')
    await until(() => asked('openDesk').length === 1)
    core.cashier.set(desk())
    await scene.page.locator('[data-desk-search]:focus').waitFor()
    await scene.page.keyboard.type('zsf', { delay: 60 })
    await scene.page.locator('[data-found] button').first().waitFor()
    await press('Enter')
    await until(() => asked('chooseSenior').length === 1)
    expect(asked('chooseSenior')).toEqual([{ senior: idOf('1') }])
    core.cashier.set(desk({ person: zhang }))
    await scene.page.locator('[data-desk-person]').waitFor()
    // What has just come under the finger rests for a moment.
    await scene.page.waitForTimeout(500)
    await press('Digit2')
    await until(() => asked('reportCard').length === 1)
    expect(asked('reportCard')).toEqual([{ handle: 'two', lost: true }])
    await press('KeyC')
    await until(() => asked('clearPin').length === 1)
    await press('Enter')
    await until(() => asked('serveSenior').length === 1)
    await press('Escape')
    await until(() => asked('dismiss').length === 1)
    expect(asked('chooseSet')).toEqual([])
  })

  test('U asks whether the card that staff bound is to be taken off, and only Enter after it does so', async () => {
    const core = await show(desk({ person: zhang }))
    const question = scene.page.getByText('取下卡 77C2')
    await scene.page.locator('[data-desk-person]').waitFor()
    await press('KeyU')
    await question.waitFor()
    await press('KeyC')
    await question.waitFor({ state: 'detached' })
    await scene.page.locator('[data-card="77C2"]').getByText('取下').click()
    await question.waitFor()
    await press('Escape')
    await question.waitFor({ state: 'detached' })
    expect([...asked('unbindCard'), ...asked('clearPin'), ...asked('dismiss')]).toEqual([])
    await press('KeyU')
    // A key is held back for a moment, as it may be a scanner's.
    await question.waitFor()
    core.cashier.set(desk({ person: { ...zhang, senior: idOf('2'), name: '赵有福' } }))
    await scene.page.getByText('赵有福').first().waitFor()
    await question.waitFor({ state: 'detached' })
    await press('KeyU')
    await question.waitFor()
    await press('Enter')
    await until(() => asked('unbindCard').length === 1)
    expect([asked('unbindCard'), asked('serveSenior')]).toEqual([[{ handle: 'two' }], []])
  })

  test('U says why a card of the roster is not taken off', async () => {
    const core = await show(desk({ person: { ...zhang, cards: zhang.cards.filter(card => !card.bound) } }))
    core.onCall = () => ({ result: 'refused', notice: { code: 'CARD_OF_ROSTER', values: {} } })
    await scene.page.locator('[data-desk-person]').waitFor()
    expect(await scene.page.locator('[data-card]').getByText('取下').count()).toBe(0)
    await press('KeyU')
    await scene.page.locator('[data-answer="CARD_OF_ROSTER"]').waitFor()
    expect(asked('unbindCard')).toEqual([{ handle: 'one' }])
  })

  test('a word to staff outlasts the same view told again, and leaves with the next person', async () => {
    const person = { ...zhang, cards: zhang.cards.filter(card => !card.bound) }
    const core = await show(desk({ person }))
    core.onCall = () => ({ result: 'refused', notice: { code: 'CARD_OF_ROSTER', values: {} } })
    await scene.page.locator('[data-desk-person]').waitFor()
    await press('KeyU')
    const word = scene.page.locator('[data-answer="CARD_OF_ROSTER"]')
    await word.waitFor()
    core.cashier.set(desk({ person: structuredClone(person) }))
    core.terminal.set({ ...core.terminal.value(), siteName: '柳荫里长者食堂' })
    await scene.page.getByText('柳荫里').first().waitFor()
    expect(await word.count()).toBe(1)
    core.cashier.set(desk({ person: { ...person, senior: idOf('2'), name: '赵有福' } }))
    await word.waitFor({ state: 'detached' })
  })

  test('an unknown card opens the desk with it, and Enter binds it to the chosen person', async () => {
    const core = await show(unknownCard)
    await scene.page.locator('[data-problem]').waitFor()
    await press('Slash')
    await until(() => asked('openDeskWithCard').length === 1)
    core.cashier.set(desk({ card: { tail: '93B0' }, person: zhang }))
    await scene.page.locator('[data-desk-person]').waitFor()
    await press('Enter')
    await until(() => asked('bindCard').length === 1)
    expect(asked('serveSenior')).toEqual([])
  })

  test('while a search stands, no key acts on the person who was chosen before', async () => {
    await show(desk({ person: zhang }))
    await scene.page.locator('[data-desk-search]').fill('zha')
    await scene.page.locator('[data-desk-search]').evaluate(input => input instanceof HTMLElement && input.blur())
    await press('Enter', 'KeyC', 'Digit1')
    expect([...asked('serveSenior'), ...asked('clearPin'), ...asked('reportCard')]).toEqual([])
  })

  test('V says that staff compared the person, B goes on at the list price, and Enter alone proves nothing', async () => {
    const core = await show(needing())
    core.onConfirm = () => ({ result: 'refused', notice: { code: 'ASSURANCE_LOW', values: {} } })
    await scene.page.locator('[data-own-pay]').waitFor()
    await press('Enter')
    await scene.page.locator('[data-answer="ASSURANCE_LOW"]').waitFor()
    expect(asked('comparePerson')).toEqual([])
    await press('KeyV', 'KeyB')
    await until(() => asked('comparePerson').length === 1 && asked('takeListPrice').length === 1)
  })
})

describe('the PIN pad', () => {
  test('hands six digits over by keys, shows none of them, and stays after a wrong one', async () => {
    const core = await show(needing(['pin']))
    core.onCall = call =>
      call.name === 'enterPin' ? { result: 'refused', notice: { code: 'PIN_WRONG', values: {} } } : { result: 'done' }
    await scene.page.locator('[data-own-pay]').waitFor()
    await press('KeyP')
    await scene.page.locator('[data-pin-pad="enter"]').waitFor()
    await press(...'482915')
    await until(() => asked('enterPin').length === 1)
    expect(asked('enterPin')).toMatchObject([{ pin: '482915' }])
    await scene.page.getByText('密码对不上').first().waitFor()
    expect(await scene.page.locator('[data-pin-pad]').textContent()).not.toMatch(/482915|●/)
    await press('Escape')
    await scene.page.locator('[data-pin-pad]').waitFor({ state: 'detached' })
  })

  test('asks twice for a new one, by touch, and begins again where the two differ', async () => {
    await show(desk({ person: zhang }))
    await scene.page.getByText('重设密码').click()
    const pad = scene.page.locator('[data-pin-pad="set"]')
    const touch = async (digits: string) => {
      for (const digit of digits) {
        await pad.getByRole('button', { name: digit, exact: true }).click()
        await scene.page.waitForTimeout(40)
      }
    }
    await touch('482915')
    await pad.getByText('请再输一次').first().waitFor()
    await touch('482916')
    await pad.getByText('两次不一样').waitFor()
    expect(asked('setPin')).toEqual([])
    await touch('482915')
    await touch('482915')
    await until(() => asked('setPin').length === 1)
    expect(asked('setPin')).toEqual([{ pin: '482915' }])
  })

  test('takes a scanner’s burst for no try', async () => {
    await show(needing(['pin']))
    await scene.page.locator('[data-own-pay]').waitFor()
    await press('KeyP')
    await scene.page.locator('[data-pin-input]').waitFor({ state: 'attached' })
    await scene.page.keyboard.type('6901234567892')
    await scene.page.waitForTimeout(300)
    expect(asked('enterPin')).toEqual([])
  })
})
