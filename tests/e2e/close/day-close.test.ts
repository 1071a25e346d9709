import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoSenior } from '../../../province/demo-people.ts'
import { readSlipAnchor } from '../../../shared/anchor.ts'
import { mealTitle } from '../../../shared/day-close/meal-lines.ts'
import { netOf } from '../../../shared/day-close/net.ts'
import { fen, formatYuan } from '../../../shared/money.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import { canteenMembers } from '../../support/afterwards-house.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { root } from '../../support/source-files.ts'
import { handsOn } from '../cashier/hands.ts'
import { type Counter, openCounter, untilAllSent } from '../check-in/counter.ts'

let counter: Counter
let page: Page
const stick = mkdtempSync(join(tmpdir(), 'aixin-stick-'))

beforeAll(async () => {
  counter = await openCounter({ usbFolders: [stick], touch: true })
  page = counter.cashier.page
  await page.getByText('请下一位').first().waitFor()
})
afterAll(async () => {
  await counter?.close()
  rmSync(stick, { recursive: true, force: true })
})

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(70)
  }
}

const step = (name: string) => page.locator(`[data-screen="close"][data-step="${name}"]`).waitFor()
const digits = (text: string) => [...text].map(key => (key === '.' ? 'Period' : `Digit${key}`))
const picture = (name: string) => page.screenshot({ path: join(root, `out/screens/${name}.png`) })

function member(place: number): DemoSenior {
  const senior = canteenMembers[place + 20]
  if (senior === undefined) throw new Error('the demo has too few members')
  return senior
}

async function eat(senior: DemoSenior, tender: 'KeyQ' | 'KeyW' | 'KeyE'): Promise<void> {
  await counter.till.client.simulate({ senior: senior.id, present: 'card' })
  await page.locator('[data-own-pay]').first().waitFor()
  await press(tender, 'Enter')
  await page.getByText('已入账').first().waitFor()
  await page.getByText('请下一位').first().waitFor()
}

const yuan = (amount: number) => formatYuan(fen(amount))

/** The sums of these records by the plainest way: each by the name of who bears it, or of what it was paid by. */
function sumsOf(chain: readonly LedgerRecord[]) {
  const sums = new Map<string, number>()
  const add = (name: string, amount: number) => sums.set(name, (sums.get(name) ?? 0) + amount)
  const gone = new Set(chain.flatMap(record => (record.kind === 'void' ? [record.payload.of] : [])))
  for (const record of chain) {
    if (record.kind !== 'sale' || gone.has(record.id)) continue
    const sale = record.payload
    add('discount', sale.discountFen)
    add('own', sale.ownPayFen)
    add('list', sale.listFen)
    for (const part of sale.subsidies) add(part.fund, part.fen)
    for (const part of sale.tenders) add(part.kind, part.fen)
  }
  return (name: string, before = 0) => yuan(before + (sums.get(name) ?? 0))
}

async function textsOf(rows: Locator, cells: string): Promise<string[][]> {
  const all = await rows.all()
  return await Promise.all(all.map(row => row.locator(cells).allInnerTexts()))
}

async function records(): Promise<LedgerRecord[]> {
  const { records, findings, pages } = await readLedger(counter.house.dataDir)
  expect({ findings, pages }).toEqual({ findings: [], pages: 'ok' })
  return records
}

test('the shift that was open without a float is counted, with somebody at the till it is not', async () => {
  await press('F2')
  await page.locator('[data-own-pay]').first().waitFor()
  await press('F12')
  expect(await page.locator('[data-screen="close"]').count()).toBe(0)
  const { client } = counter.till
  const [operator] = counter.till.terminal().operators
  const { shift } = counter.till.terminal()
  if (!operator || !shift) throw new Error('no shift is open')
  const counting = { operator: operator.id, shift: shift.record, cashFen: 0, outsideFen: null }
  expect(await client.close.count(counting)).toMatchObject({ notice: { code: 'CLOSE_SERVING' } })
  await press('Escape')
  await page.getByText('请下一位').first().waitFor()
  await press('F12')
  await step('count')
  await press(...digits('0'), 'Enter')
  await step('check')
  await press('F12')
  await step('day')
  await press('Escape')
  await page.locator('[data-middle="shift"]').waitFor()
})

test('a shift opens with a float, sells by three tenders, and voids one sale', async () => {
  await press('KeyF', ...digits('200'), 'Enter')
  await page.locator('[data-float="20000"]').waitFor()
  await press('Enter')
  await page.getByText('请下一位').first().waitFor()
  await eat(member(0), 'KeyW')
  await eat(member(1), 'KeyW')
  await eat(member(2), 'KeyQ')
  for (const place of [3, 4, 6]) await eat(member(place), 'KeyE')
  await press('F2')
  await page.locator('[data-own-pay]').first().waitFor()
  await press('KeyW', 'Enter')
  await page.getByText('已入账').first().waitFor()
  await press('F9')
  await counter.till.untilTerminal(({ lastSales }) => lastSales.some(({ voided }) => voided))
})

test('the drawer is counted blind, the difference of half a yuan is given a reason, and the shift closes', async () => {
  await press('F12')
  await step('count')
  const blind = await page.locator('main').innerText()
  expect(blind).not.toMatch(/215|15\.00|7\.50|22\.50/)
  await picture('day-close-count')
  await press(...digits('214.50'), 'Enter', ...digits('22.50'), 'Enter')
  await step('check')
  expect(await page.locator('[data-tile="cash"]').getAttribute('data-difference')).toBe('-50')
  expect(await page.locator('[data-tile="outside"]').getAttribute('data-difference')).toBe('0')
  await page.locator('[data-expected="21500"]').waitFor()
  await picture('day-close-check')
  await press('Digit1', 'F12')
  await step('day')
  await picture('day-close-day')
})

test('the day closes by one key, and screen, slip, table and record say the same to the fen', async () => {
  await press('F12')
  await page.locator('[data-day-closed]').waitFor()
  await picture('day-close-closed')
  const chain = await records()
  const totals = chain.findLast(record => record.kind === 'totals')
  if (totals?.kind !== 'totals') throw new Error('no totals were recorded')
  const { figures, date } = totals.payload
  expect(figures).toMatchObject({ people: 6, guests: 0, listFen: 9000, ownPayFen: 4500, voids: { count: 1 } })
  expect(figures.tenders.map(tender => [tender.kind, netOf(tender)])).toEqual([
    ['account', 750],
    ['cash', 1500],
    ['outside', 2250],
  ])

  const sumOf = sumsOf(chain)
  const shown = await textsOf(page.locator('[data-who-pays] tbody tr, [data-who-pays] tfoot tr'), 'td')
  const tiles = await textsOf(page.locator('[data-tile]'), 'p, strong')
  await press('Digit2')
  const rows = await page.locator('[data-meals] tr').all()
  const meals = await Promise.all(rows.map(row => row.locator('th, td').allInnerTexts()))
  await picture('day-close-meals')
  await press('Digit1', 'KeyP')
  await page.locator('[data-slip-code]').waitFor()
  await picture('day-close-slip')
  const slip = await page.locator('[data-slip-line]').allInnerTexts()
  const slipPairs = await textsOf(page.locator('[data-slip-line]'), 'span')
  const code = (await page.locator('[data-slip-code]').innerText()).trim()
  await press('Escape', 'KeyU')
  await page.locator('[data-stick]').waitFor()
  const [file] = readdirSync(join(stick, 'aixin'))
  const table = readFileSync(join(stick, 'aixin', file ?? ''), 'utf8')
  const printed = execFileSync(
    process.execPath,
    [join(root, 'electron/cli.ts'), 'day', '--data', counter.house.dataDir, '--date', date],
    { encoding: 'utf8' },
  )
  const lines = (text: string) => text.split('\r\n').filter(line => !line.includes('未上传'))
  expect(lines(printed)).toEqual(lines(table))
  const view = await counter.till.client.close.look({ date })
  if (view.step !== 'day') throw new Error('the day is gone')
  expect(figures.meals.flatMap(({ subsidies }) => subsidies ?? []).length).toBeGreaterThan(0)
  for (const meal of figures.meals) {
    const title = mealTitle(meal.meal)
    const place = meals[0]?.indexOf(title.zh) ?? -1
    const from = slip.findIndex(line => line.startsWith(title.zh))
    for (const { fund, fen: amount } of meal.subsidies ?? []) {
      const named = view.day.funds[fund]?.zh ?? fund
      const text = formatYuan(fen(amount))
      expect(meals.find(([source]) => source === named)?.[place]).toBe(text)
      expect(slip.slice(from).find(line => line.startsWith(named))).toMatch(new RegExp(`${text}$`))
      expect(table).toMatch(new RegExp(`^meal,${title.zh}.*${named}.*,${text},${fund}`, 'm'))
    }
  }
  const bearers = figures.subsidies.map(({ fund }) => ({ named: view.day.funds[fund]?.zh ?? fund, sum: sumOf(fund) }))
  const whoPays = [
    ['本店优惠', sumOf('discount')],
    ...bearers.map(({ named, sum }) => [named, sum]),
    ['个人实付', sumOf('own')],
    ['原价合计', sumOf('list')],
  ]
  expect(new Set(bearers.map(({ sum }) => sum)).size).toBe(3)
  expect(shown.map(([name, , amount]) => [name, amount])).toEqual(whoPays)
  expect(tiles).toEqual([
    ['社保卡', sumOf('account'), '银行对账单为准'],
    ['扫码付', sumOf('outside'), '与应有相符'],
    ['现金', '少 0.50', `应有 ${sumOf('cash', 20_000)}，实点 214.50`],
  ])
  const tenders = [
    ['社保卡', sumOf('account')],
    ['现金', sumOf('cash')],
    ['扫码付', sumOf('outside')],
  ]
  expect(new Set(tenders.map(([, amount]) => amount)).size).toBe(3)
  const tableRows = table.split('\r\n').map(line => line.split(','))
  const fromWho = slipPairs.findIndex(([name]) => name === '本店优惠')
  expect(slipPairs.slice(fromWho, fromWho + whoPays.length)).toEqual(whoPays)
  const fromTenders = slipPairs.findIndex(([name]) => name === '社保卡')
  expect(slipPairs.slice(fromTenders, fromTenders + tenders.length)).toEqual(tenders)
  const pairsOf = (section: string) =>
    tableRows.flatMap(([of, item, , amount]) => (of === section ? [[item?.split(' / ')[0], amount]] : []))
  expect(pairsOf('who pays').slice(0, whoPays.length)).toEqual(whoPays)
  expect(pairsOf('tender').slice(0, tenders.length)).toEqual(tenders)

  const anchor = readSlipAnchor(code)
  expect(anchor).toMatchObject({ source: 'day-slip', seq: chain.at(-1)?.seq })
  const verified = execFileSync(
    process.execPath,
    [join(root, 'electron/cli.ts'), 'verify', '--data', counter.house.dataDir, '--anchor', code],
    { encoding: 'utf8' },
  )
  expect(verified).toContain('凭据相符')
})

test('the next sale of the day is not made, and words say what to do; no shift opens any more', async () => {
  await press('Escape')
  await page.locator('[data-middle="day-closed"]').waitFor()
  const { client } = counter.till
  expect(await client.startGuest()).toMatchObject({ result: 'refused', notice: { code: 'DAY_CLOSED' } })
  await client.simulate({ senior: member(5).id, present: 'card' })
  const state = await counter.till.untilCashier(view => view.state === 'problem')
  expect(state).toMatchObject({ notice: { code: 'DAY_CLOSED' } })
  const [operator] = counter.till.terminal().operators
  const { businessDate } = counter.till.terminal()
  const again = await client.openShift({ operator: operator?.id ?? '', date: businessDate })
  expect(again).toMatchObject({ result: 'refused', notice: { code: 'DAY_CLOSED' } })
})

test('a count that was wrong is put right by a record that names it, and the closed figures stay', async () => {
  const before = (await records()).length
  await counter.till.client.dismiss()
  await press('F12')
  await page.locator('[data-day-closed]').waitFor()
  const { client } = counter.till
  const view = await client.close.look({ date: null })
  if (view.step !== 'day') throw new Error('no day')
  const shift = view.day.shifts[1]
  if (!shift) throw new Error('no second shift')
  const right = { operator: shift.operator, shift: shift.record, what: 'drawer', cashFen: 21_500 } as const
  expect(await client.close.correct({ ...right, outsideFen: 2250, note: '' })).toMatchObject({
    notice: { code: 'CORRECTION_NOTE' },
  })
  await press('KeyC', 'ArrowDown', ...digits('215'), 'KeyV')
  await page.waitForTimeout(400)
  await press('Enter')
  await step('day')
  const chain = await records()
  expect(chain).toHaveLength(before + 1)
  expect(chain.at(-1)).toMatchObject({
    kind: 'cash-count',
    payload: { corrects: shift.count?.record, cashFen: 21_500, outsideFen: 2250, note: '后来又找到' },
  })
  const after = await client.close.look({ date: null })
  expect(after.step === 'day' && after.day.figures).toEqual(view.day.figures)
  expect(after.step === 'day' && after.day.shifts[1]).toMatchObject({ differenceFen: 0, corrected: true })
})

test('a count is put right by touch alone, the reason too', async () => {
  const hands = handsOn(page, 'touch')
  const before = (await records()).length
  await hands.press('C', /^更正/)
  await step('correct')
  await hands.press('↓', /^班次 2/)
  await hands.type('214.5')
  await hands.press('Z', /^漏数了一部分/)
  expect(await page.locator('[data-close-note]').inputValue()).toBe('漏数了一部分')
  await hands.press('回车', /^记下更正/)
  await step('day')
  const chain = await records()
  expect(chain).toHaveLength(before + 1)
  expect(chain.at(-1)).toMatchObject({ kind: 'cash-count', payload: { cashFen: 21_450, note: '漏数了一部分' } })
})

test('the province takes the records of the close, and no claim follows from them', async () => {
  await untilAllSent(counter)
  await counter.till.client.syncNow()
  const taken = async () => {
    const rows = await counter.house.province.rows(
      "select kind, verdict from ledger where kind in ('cash-count', 'totals') order by generation, seq",
    )
    return rows.map(({ kind, verdict }) => [kind, verdict])
  }
  await expect
    .poll(taken, { timeout: 60_000 })
    .toEqual(
      ['cash-count', 'totals', 'cash-count', 'totals', 'totals', 'cash-count', 'cash-count'].map(kind => [
        kind,
        'accepted',
      ]),
    )
  const claimed = await counter.house.province.rows('select sum(fen)::int as fen from claim_line')
  expect(claimed).toEqual([{ fen: 6 * 600 }])
})

test('the day stays closed over a restart, and its figures with it', async () => {
  const before = await counter.till.client.close.look({ date: null })
  await counter.house.restart()
  const till = await counter.house.openTill()
  try {
    expect(till.terminal()).toMatchObject({ shift: null, close: { today: true, before: null } })
    const after = await till.client.close.look({ date: null })
    expect(after.step === 'day' && before.step === 'day' && [after.day.figures, after.day.shifts]).toEqual(
      before.step === 'day' && [before.day.figures, before.day.shifts],
    )
    expect(await till.client.startGuest()).toMatchObject({ result: 'refused', notice: { code: 'DAY_CLOSED' } })
  } finally {
    till.close()
  }
})

mkdirSync(join(root, 'out/screens'), { recursive: true })
