import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import type { CashierView, TerminalView } from '../../../shared/terminal-api.ts'
import { noon, pricedView, terminalView } from '../../e2e/screens/fixtures.ts'
import { type KeptOptions, keptPages } from '../../e2e/screens/kept-pages.ts'
import { buildStage, type Scene, type Stage } from '../../e2e/screens/stage.ts'
import {
  away,
  detail,
  doubts,
  nextVersion,
  notTaken,
  offline,
  policy,
  refused,
  rosterOver,
  sticks,
  syncStates,
} from '../../e2e/screens/sync-states.ts'

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

const screen = () => scene.page.locator('[data-screen="sync"]')
const card = (name: string) => scene.page.locator(`[data-card="${name}"]`)
const pill = (name: string) => scene.page.locator(`[data-pill="${name}"]`)
const gone = () => screen().waitFor({ state: 'detached' })
const calls = (name: string) => scene.core.named(name)
const tabTo = async (inside: string) => {
  const reached = () =>
    scene.page.evaluate(name => {
      const focused = document.activeElement
      return focused instanceof HTMLButtonElement && focused.querySelector(name) !== null
    }, inside)
  for (let step = 0; step < 60; step += 1) {
    await scene.page.keyboard.press('Tab')
    if (await reached()) return
  }
  throw new Error(`the keyboard never reaches ${inside}`)
}

async function openSync(terminal: Partial<TerminalView> = {}, options: KeptOptions = {}): Promise<void> {
  scene = await pages.show({ terminal: terminalView(terminal), ...options })
  await pill('unsent').click()
  await screen().waitFor()
}

describe('opens and closes:', () => {
  test.each(['unsent', 'network'])('a press on the %s pill opens it in place of the columns', async name => {
    scene = await pages.show({ terminal: terminalView(offline) })
    await pill(name).click()
    await screen().waitFor()
    expect(await scene.page.getByText('请下一位').count()).toBe(0)
    expect(await pill('unsent').isVisible()).toBe(true)
    expect(calls('syncNow')).toEqual([])
  })

  test('the keyboard opens it, leaves it by Escape and is back at the pill', async () => {
    scene = await pages.show()
    await tabTo('[data-pill="unsent"]')
    await scene.page.keyboard.press('Enter')
    await screen().waitFor()
    await scene.page.keyboard.press('Tab')
    expect(await scene.page.evaluate(() => document.activeElement?.textContent)).toContain('返回')
    // Keys in one burst are a scanner's.
    await scene.page.waitForTimeout(100)
    await scene.page.keyboard.press('Escape')
    await gone()
    await scene.page.getByText('请下一位').waitFor()
    expect(await scene.page.evaluate(() => document.activeElement?.textContent)).toBe('未上传 0')
    expect(calls('dismiss')).toEqual([])
  })

  test('返回 leaves it', async () => {
    await openSync()
    await scene.page.getByRole('button', { name: '返回' }).click()
    await gone()
    await scene.page.getByText('请下一位').waitFor()
  })

  const begun: [string, CashierView][] = [
    ['being read', { state: 'reading', means: 'card' }],
    ['priced', pricedView({ entry: { seconds: 5, held: false } })],
    [
      'a question',
      {
        state: 'problem',
        notice: { code: 'CODE_EXPIRED', values: {} },
        means: 'code',
        stranger: null,
        already: null,
        at: noon,
      },
    ],
  ]
  test.each(begun)('a check-in that is %s closes it at once, and its end does not bring it back', async (_, view) => {
    await openSync()
    scene.core.cashier.set(view)
    await gone()
    if (view.state === 'priced') await scene.page.locator('[data-entry="running"]').waitFor()
    scene.core.cashier.set({ state: 'ready' })
    await scene.page.getByText('请下一位').waitFor()
    expect(await screen().count()).toBe(0)
  })

  test('during a check-in a press opens nothing, so that the bar stays in sight', async () => {
    scene = await pages.show()
    scene.core.cashier.set(pricedView({ entry: { seconds: null, held: false } }))
    await scene.page.locator('[data-own-pay]').waitFor()
    await pill('unsent').click({ force: true })
    await pill('network').click({ force: true })
    await scene.page.waitForTimeout(300)
    expect(await screen().count()).toBe(0)
    expect(await scene.page.locator('[data-entry]').isVisible()).toBe(true)
  })

  test('a check-in that closed it leaves Enter to the sale, not to the pill', async () => {
    scene = await pages.show()
    await tabTo('[data-pill="unsent"]')
    await scene.page.keyboard.press('Enter')
    await screen().waitFor()
    scene.core.cashier.set(pricedView({ entry: { seconds: null, held: false } }))
    await scene.page.locator('[data-own-pay]').waitFor()
    await scene.page.keyboard.press('Enter')
    await expect.poll(() => calls('confirm').length).toBe(1)
  })
})

test('现在试一次 asks the core for a sync, as S does, and says when it did', async () => {
  await openSync(offline)
  await scene.page.getByRole('button', { name: '现在试一次' }).click()
  await scene.page.getByText('11:42 试过一次').waitFor()
  expect(calls('syncNow')).toHaveLength(1)
  await scene.page.keyboard.press('KeyS')
  await expect.poll(() => calls('syncNow').length).toBe(2)
})

test('keys of what it covers do nothing, and a guest can still begin', async () => {
  await openSync()
  for (const key of ['Digit3', 'KeyW', 'F9', 'F2']) {
    await scene.page.keyboard.press(key)
    await scene.page.waitForTimeout(60)
  }
  await expect.poll(() => calls('startGuest').length).toBe(1)
  expect([...calls('chooseSet'), ...calls('chooseTender'), ...calls('voidSale')]).toEqual([])
})

test('before a shift is open it can be read, and Enter opens no shift behind it', async () => {
  await openSync({ shift: null, operator: null })
  await scene.page.keyboard.press('Enter')
  await scene.page.waitForTimeout(200)
  expect(calls('openShift')).toEqual([])
})

describe('says', () => {
  test('that the province takes nothing is not told as a network that is away', async () => {
    await openSync(notTaken)
    expect(await pill('network').innerText()).toBe('平台不收')
    expect(await card('network').locator('h2').innerText()).toMatch(/^平台不收，第 \d+ 天$/)
    expect(await card('network').innerText()).not.toContain('网络恢复')
    expect(await card('look').innerText()).toContain('请主管部门重新登记本机')
  })

  test('how long it is offline, how much waits and since when', async () => {
    await openSync(offline)
    const said = await card('network').innerText()
    expect(said).toContain('离线第 2 天')
    expect(said).toMatch(/158\s*笔未上传/)
    expect(said).toContain('最早一笔：昨天 17:42，等了 18 小时')
    expect(said).toContain('都在本机，断电也不会丢')
    expect(said).toContain('网络恢复后自动上传')
    expect(await card('look').innerText()).toContain('没有要处理的')
  })

  test('that nothing waits, and that nothing is to be done', async () => {
    await openSync()
    const said = await card('network').innerText()
    expect(said).toContain('已联网')
    expect(said).toContain('都上传了')
    expect(await card('look').innerText()).toContain('没有要处理的')
  })

  test('how long the roster counts, of whom it is and when it came', async () => {
    await openSync(offline)
    const said = await card('roster').innerText()
    expect(said).toContain('还能用 6 天')
    expect(said).toContain('昨天 6:10 更新')
    expect(said).toContain('2,316 人 · 到 11 月 26 日')
  })

  test('of a village roster how many weeks are left, with a year where it is another', async () => {
    const roster = { ...rosterOver, stale: false, goodUntil: businessDate.parse('2027-01-21'), validDays: 62 }
    await openSync({ roster })
    const said = await card('roster').innerText()
    expect(said).toContain('还能用 8 周多')
    expect(said).toContain('到 2027 年 1 月 21 日')
  })

  test('that the roster is out of date, and that people eat as usual', async () => {
    await openSync({ roster: rosterOver })
    const said = await card('roster').innerText()
    expect(said).toContain('已经过期')
    expect(said).toContain('只到 11 月 18 日')
    expect(said).toContain('老人照常吃饭')
    expect(await card('look').innerText()).toContain('没有别的要处理')
  })

  test('that no roster has come yet', async () => {
    await openSync({ roster: { syncedAt: null, members: 0, stale: true, goodUntil: null, validDays: 7 } })
    expect(await card('roster').innerText()).toContain('还没有名单')
  })

  test('by which rules meals are priced', async () => {
    const version = { id: 'DEMO-2026', from: businessDate.parse('2026-01-01'), to: businessDate.parse('2026-12-31') }
    await openSync({ policy: policy({ version }) })
    const said = await card('policy').innerText()
    expect(said).toContain('示范市老年助餐补贴（虚构，仅供演示）')
    expect(said).toContain('DEMO-2026')
    expect(said.replace(/\s+/g, ' ')).toContain('2026 年 1 月 1 日起 到 2026 年 12 月 31 日')
    expect(said).toContain('签名有效')
    expect(said).toContain('每笔按用餐时的版本算')
  })

  test('once that rules are fictional, be it in their title or beside it', async () => {
    await openSync()
    expect((await card('policy').innerText()).match(/虚构/g)).toHaveLength(1)
    scene.core.terminal.set(terminalView({ policy: policy({ title: { zh: '某市助餐补贴', en: 'A city' } }) }))
    await card('policy').getByText('某市助餐补贴').waitFor()
    expect((await card('policy').innerText()).match(/虚构/g)).toHaveLength(1)
  })

  test('which version comes next, and from when', async () => {
    await openSync({ policy: policy({ next: nextVersion }) })
    expect((await card('policy').innerText()).replace(/\s+/g, ' ')).toContain('下一版 DEMO-2027 2027 年 1 月 1 日起')
  })

  test('that no version is in force, and that none has come', async () => {
    await openSync({ policy: policy({ version: null, next: nextVersion }) })
    expect(await card('policy').innerText()).toContain('今天没有生效的版本')
    expect(await card('policy').innerText()).toContain('先按原价收')
    expect(await card('policy').getAttribute('data-rim')).toBe('ochre')
    scene.core.terminal.set(terminalView({ policy: null }))
    await card('policy').getByText('还没有收到').waitFor()
  })

  test('why a pack was refused, when it came and who sends it again, once', async () => {
    const notices = [{ code: 'POLICY_BAD' as const, values: { detail: `DEMO: ${detail}` } }]
    await openSync({ notices, policiesRefused: refused })
    const said = await card('look').innerText()
    expect(said).toContain('新规则没有通过检查，继续用旧的')
    expect(said).toContain('DEMO · 今天 9:42 收到')
    expect(said).toContain('请主管部门重发')
    expect(said.split(detail)).toHaveLength(2)
    expect(await scene.page.locator('[data-look]').count()).toBe(1)
  })

  test('the reason only here: the ready screen tells of the refused pack in one line and where to look', async () => {
    const bad = (id: string) => ({ code: 'POLICY_BAD' as const, values: { detail: `${id}: ${detail}` } })
    scene = await pages.show({
      terminal: terminalView({ notices: [bad('DEMO'), bad('TJ')], policiesRefused: refused }),
    })
    const strip = scene.page.locator('[data-notice="POLICY_BAD"]')
    expect(await strip.innerText()).toContain('新规则没有通过检查，继续用旧的')
    expect(await strip.innerText()).toContain('按“未上传”看原因')
    expect(await scene.page.getByText('用例不符').count()).toBe(0)
    await pill('unsent').click()
    await card('look').getByText('用例不符').waitFor()
  })

  test('not that old rules are used where there are none', async () => {
    await openSync({ policy: null, policiesRefused: refused })
    expect(await card('look').innerText()).toContain('收到的规则没有通过检查，还没有能用的')
  })

  test('what the province wants somebody to look at, and never sends its reader to where he is', async () => {
    await openSync({
      notices: [
        { code: 'CHAIN_FORKED', values: {} },
        { code: 'RECORD_REFUSED', values: { count: 3 } },
        { code: 'NO_CAMERA', values: {} },
      ],
    })
    const said = await card('look').innerText()
    expect(said).toContain('平台上已有同号的另一份账')
    expect(said).toContain('有 3 笔平台要人看一下')
    expect(said).not.toContain('同步页')
    expect(await scene.page.locator('[data-look]').count()).toBe(2)
  })

  test('which records the province wants looked at, why, and who does what', async () => {
    await openSync(doubts)
    const said = await card('look').innerText()
    expect(said).toContain('今天 10:42 · 账本 1-2310 号 · 王*兰')
    expect(said).toContain('本机当时没有这份额度')
    expect(said).toContain('主管部门核对，站里不用做什么')
    expect(said).toContain('平台没有它说的那一笔')
    await card('look').getByText('更早的还有 5 笔').scrollIntoViewIfNeeded()
    await card('look').locator('[data-below]').waitFor({ state: 'detached' })
    expect(await card('look').innerText()).toContain('更早的还有 5 笔')
    expect(await scene.page.locator('[data-doubted]').count()).toBe(3)
  })

  test('each doubted record as a thing to look at, whole rows alone, and how many lie below them', async () => {
    await openSync(doubts)
    await scene.sizeTo({ width: 1280, height: 800 })
    const rows = () =>
      card('look')
        .locator('[data-doubted]')
        .evaluateAll(all =>
          all
            .filter(row => getComputedStyle(row).visibility === 'visible')
            .map(row => {
              const list = row.closest('[tabindex]')?.getBoundingClientRect()
              const { top, bottom } = row.getBoundingClientRect()
              return list !== undefined && top >= list.top && bottom <= list.bottom + 1
            }),
        )
    expect(await card('look').locator('h2').innerText()).toContain('8 件')
    expect(await rows()).toEqual([true, true, true])
    expect(await card('look').locator('h2').innerText()).toContain('往下还有 5 件')
    await card('look').getByText('更早的还有 5 笔').scrollIntoViewIfNeeded()
    await card('look').locator('[data-below]').waitFor({ state: 'detached' })
    expect(await card('look').locator('[data-cut]').count()).toBe(0)
  })

  test.each(['sync-unread', 'sync-unread-english', 'sync-restored', 'sync-restored-english', 'sync-all-at-once'])(
    'whole rows alone at 1280 x 800, and that others follow: %s',
    async name => {
      const state = syncStates.find(one => one.name === name)
      await openSync(state?.terminal, { search: state?.english ? '?camera=off&lang=en' : '?camera=off' })
      await scene.sizeTo({ width: 1280, height: 800 })
      const { cut, below } = await card('look')
        .locator('[tabindex]')
        .evaluate(list => {
          const edge = list.getBoundingClientRect().bottom + 1
          const things = [...list.querySelectorAll('[data-things]')]
          const isBelow = (thing: Element) => thing.getBoundingClientRect().bottom > edge
          return {
            below: things.filter(isBelow).length,
            cut: things.filter(
              thing =>
                isBelow(thing) &&
                thing.getBoundingClientRect().top < edge &&
                getComputedStyle(thing).visibility === 'visible',
            ).length,
          }
        })
      const told = await card('look').locator('[data-below]').count()
      expect({ cut, told }).toEqual({ cut: 0, told: below > 0 ? 1 : 0 })
      if (name !== 'sync-all-at-once') expect(below).toBe(0)
    },
  )

  test('how many things lie below what is in sight, of whatever kind they are', async () => {
    const everything = syncStates.find(({ name }) => name === 'sync-all-at-once')
    await openSync(everything?.terminal)
    await scene.sizeTo({ width: 1280, height: 800 })
    expect(await card('look').locator('h2').innerText()).toContain('7 件')
    expect(await card('look').locator('h2').innerText()).toContain('往下还有 5 件')
  })

  test('that a till which was asked to sell is gone, until staff put it away, by touch and by its key', async () => {
    const gone = { code: 'LANE_GONE' as const, values: { count: 2, time: '11-20 11:52', terminal: 'demo-01' } }
    await openSync({ notices: [gone] })
    expect(await card('look').innerText()).toContain('有 2 笔（11-20 11:52 起）问过 demo-01，它已停用')
    await card('look').getByText('收起').last().click()
    await scene.page.keyboard.press('KeyH')
    await vi.waitFor(() => expect(scene.core.named('putLaneVisitsAway')).toHaveLength(2))
  })
})

async function openStick(plugged = sticks): Promise<void> {
  scene.core.sticks = plugged
  await scene.page.keyboard.press('KeyU')
  await card('stick').waitFor()
}

describe('by a stick', () => {
  test('says who has to do what: before it is written, while it is away, and after it came back', async () => {
    await openSync(offline)
    await openStick()
    expect(await card('stick').innerText()).toContain('把记录写到优盘')
    scene.core.terminal.set(terminalView(away))
    await card('stick').getByText('请把优盘送到平台').first().waitFor()
    expect(await card('stick').innerText()).toContain('上次写出：今天 9:42，158 笔')
    expect(await card('network').innerText()).toContain('今天 9:42 优盘带走 158 笔')
    const back = { at: noon, upToDate: true }
    scene.core.terminal.set(terminalView({ usb: { out: { at: noon - 7_200_000, records: 158, left: 0 }, back } }))
    await card('stick').getByText('没有等着送的记录').waitFor()
    expect(await card('network').innerText()).not.toContain('带走')
  })

  test('writes to the chosen stick and reads back from it, by touch and by keys', async () => {
    await openSync(offline)
    await openStick()
    await card('stick').getByRole('button', { name: '优盘二' }).click()
    await card('stick').getByRole('button', { name: '写到优盘' }).click()
    await card('stick').getByText('已写好 158 笔，可以拔了').waitFor()
    await scene.page.keyboard.press('KeyR')
    await card('stick').getByText('平台已收到 158 条').waitFor()
    const input = { path: '/media/till/优盘二' }
    expect([...calls('usbOut'), ...calls('usbBack')].map(call => call.input)).toEqual([input, input])
  })

  test('says in words why a stick was not taken, and what to do', async () => {
    await openSync(offline)
    await openStick()
    scene.core.onCall = () => ({ result: 'refused', notice: { code: 'USB_NOT_ANSWERED', values: {} } })
    await scene.page.keyboard.press('KeyR')
    await card('stick').locator('[data-told="refused"]').waitFor()
    expect(await card('stick').innerText()).toContain('这个优盘还没有送到平台')
    expect(await card('stick').innerText()).toContain('把优盘送到平台或有网的站点，处理后再带回来')
  })

  test('offers no act where no stick is plugged in, and finds one that is plugged in later', async () => {
    await openSync(offline)
    await openStick([])
    await card('stick').getByText('没有看到优盘').waitFor()
    expect(await card('stick').getByRole('button', { name: '写到优盘' }).isDisabled()).toBe(true)
    scene.core.sticks = sticks
    await scene.page.keyboard.press('KeyF')
    await card('stick').getByText('KINGSTON').waitFor()
    expect(calls('usbOut')).toEqual([])
  })

  test('gives way to what the screen showed before', async () => {
    await openSync(offline)
    await openStick()
    await scene.page.keyboard.press('KeyU')
    await card('look').waitFor()
    expect(await card('stick').count()).toBe(0)
  })
})

test('exactly one card wears the rim', async () => {
  const rimmed = () => scene.page.locator('[data-rim]:not([data-rim="none"])').getAttribute('data-card')
  await openSync(offline)
  expect(await rimmed()).toBe('network')
  scene.core.terminal.set(terminalView({ ...offline, policiesRefused: refused }))
  await scene.page.locator('[data-look]').waitFor()
  expect(await rimmed()).toBe('look')
  scene.core.terminal.set(terminalView({ ...offline, policiesRefused: refused, roster: rosterOver }))
  await scene.page.getByText('已经过期').waitFor()
  expect(await rimmed()).toBe('roster')
})

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

/** Text that is too small or leaves its place, and keys that a finger misses. Sizes in the page's own pixels. */
function faults(): Promise<string[]> {
  return scene.page.evaluate(() => {
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 10
    const found: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('[data-screen="sync"] *')) {
      const own = Array.from(element.childNodes).some(
        node => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim(),
      )
      const size = Number.parseFloat(getComputedStyle(element).fontSize) / unit
      const least = element.tagName === 'KBD' ? 16 : element.closest('[class*="detail"]') ? 18 : 20
      const text = element.textContent?.slice(0, 30)
      if (own && size < least - 0.01) found.push(`${text}: ${size} u`)
      const outside = element.closest('[data-card]')?.getBoundingClientRect()
      const box = element.getBoundingClientRect()
      if (own && outside && box.right > outside.right) found.push(`${text} leaves its card`)
      if (element.scrollWidth > element.clientWidth + 1) found.push(`${text} is cut off`)
    }
    const whole = document.querySelector('[data-screen="sync"]')
    if (whole && (whole.scrollWidth > whole.clientWidth || whole.getBoundingClientRect().right > innerWidth + 1))
      found.push('the screen is wider than its window')
    const stick = document.querySelector('[data-card="stick"]')
    if (stick && stick.scrollHeight > stick.clientHeight + 1) found.push('the card of the stick hides some of itself')
    const bar = document.querySelector('header')
    if (bar && bar.scrollWidth > bar.clientWidth) found.push('the status bar is cut off')
    for (const key of document.querySelectorAll('header button, [data-screen="sync"] button')) {
      const { width, height } = key.getBoundingClientRect()
      if (Math.min(width, height) < 60) found.push(`${key.textContent}: ${width} × ${height}`)
    }
    return found
  })
}

for (const { name, terminal, english, sticks: plugged } of syncStates) {
  test(`${name} is drawn in each size, large enough and whole`, async () => {
    await openSync(terminal, { search: english ? '?camera=off&lang=en' : '?camera=off' })
    if (plugged) await openStick(plugged)
    for (const size of sizes) {
      await scene.sizeTo(size)
      expect(await faults()).toEqual([])
    }
    expect(scene.blocked).toEqual([])
    expect(scene.outside).toEqual([])
  })
}
