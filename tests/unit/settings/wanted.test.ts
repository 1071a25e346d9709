import { describe, expect, test } from 'vitest'
import { parseEnrolmentCode } from '../../../electron/core/settings/setup.ts'
import { type Standing, weigh } from '../../../electron/core/settings/wanted.ts'
import { beginOf, businessDate } from '../../../shared/business-day.ts'
import { operatorId } from '../../../shared/ids.ts'
import { problems } from '../../../shared/problems.ts'
import type { HeardChange } from '../../../shared/setting-change.ts'
import { ofThisTerminal, screensAt, siteAt, staffOf } from '../../../shared/settings.ts'
import type { LineInput, WantedChange } from '../../../shared/settings-api.ts'
import { canteen, idOf, lead, line, menuChange, priceChange } from '../../support/setting-kit.ts'

const noon = Date.parse('2026-11-23T12:00:00+08:00')
const today = businessDate.parse('2026-11-23')
const tomorrow = businessDate.parse('2026-11-24')
const base = canteen()

const screens: Standing['screens'] = {
  ...{ customerLanguage: 'zh', contrast: 'normal', textSize: { staff: 100, public: 100 }, volumes: null },
}
const voice: Standing['voice'] = { amounts: false, names: true, volumes: [{ from: '06:00', volume: 100 }] }

const standing = (change: Partial<Standing> = {}): Standing => ({
  ...{ base, changes: [], screens, voice, now: noon, today, lead },
  ...{ onShift: lead, fresh: '0a1b2c3d', ...change },
})
const refusal = (wanted: WantedChange, at: Partial<Standing> = {}) => {
  const found = weigh(wanted, standing(at))
  return found.ok ? null : found.notice.code
}
function changeOf(wanted: WantedChange, at: Partial<Standing> = {}) {
  const found = weigh(wanted, standing(at))
  if (!found.ok) throw new Error(found.notice.code)
  return found.change
}
const priced = (priceFen: number, change: Partial<LineInput> = {}): Extract<WantedChange, { what: 'menu' }> => ({
  ...{ what: 'menu', set: 'A', line: { ...line(priceFen), ...change }, date: null },
})
const staff = (
  operator: string | null,
  change: Partial<Extract<WantedChange, { what: 'operator' }>> = {},
): WantedChange => ({
  ...{ what: 'operator', operator: operator === null ? null : operatorId.parse(operator), name: '孙敏' },
  ...{ role: 'cashier', on: true, ...change },
})
const heard = (change: HeardChange['change'], number = 1): HeardChange => ({ record: idOf(number), at: noon, change })

describe('voice and screens', () => {
  test.each([
    [
      { what: 'spoken-amounts', on: true },
      { before: false, after: true },
    ],
    [
      { what: 'spoken-names', on: false },
      { before: true, after: false },
    ],
    [
      { what: 'text-size', screen: 'public', size: 150 },
      { subject: 'public', before: 100, after: 150 },
    ],
    [
      { what: 'volumes', volumes: [{ from: '06:00', volume: 60 }] },
      { before: [{ from: '06:00', volume: 100 }], after: [{ from: '06:00', volume: 60 }] },
    ],
  ] satisfies [WantedChange, object][])('%o keeps what stood there before', (wanted, change) => {
    expect(changeOf(wanted)).toMatchObject({ ...change, from: noon })
  })

  test('text size and loudness stay at the till, what is said aloud is told to the site’s other tills', () => {
    const kept = { 'text-size': true, volumes: true, 'spoken-amounts': false, 'spoken-names': false }
    const changes: WantedChange[] = [
      { what: 'text-size', screen: 'staff', size: 125 },
      { what: 'volumes', volumes: [{ from: '06:00', volume: 60 }] },
      { what: 'spoken-amounts', on: true },
      { what: 'spoken-names', on: false },
    ]
    const found = changes.map(wanted => changeOf(wanted))
    expect(Object.fromEntries(found.map(change => [change.what, ofThisTerminal(change)]))).toEqual(kept)
  })

  test('the two screens of a till have sizes of their own', () => {
    const staff = changeOf({ what: 'text-size', screen: 'staff', size: 125 })
    const shown = changeOf({ what: 'text-size', screen: 'public', size: 150 })
    expect(screensAt([heard(staff, 1), heard(shown, 2)], noon).textSize).toEqual({ staff: 125, public: 150 })
  })
})

describe('a price', () => {
  test('counts from now on, and the record keeps what stood there before', () => {
    expect(changeOf(priced(1600))).toMatchObject({ from: noon, before: { priceFen: 1500 }, after: { priceFen: 1600 } })
  })
  test('of a later day counts from the turn of that day', () => {
    expect(changeOf({ ...priced(1600), date: tomorrow }).from).toBe(beginOf(tomorrow))
  })
  test.each([
    ['0 is no price', 0, 'PRICE_MISSING'],
    ['less than 0 is none either', -100, 'PRICE_MISSING'],
    ['10 million yuan is a slip of the finger', 1_000_000_000, 'PRICE_TOO_HIGH'],
    ['1000 yuan is the most', 100_001, 'PRICE_TOO_HIGH'],
  ])('%s', (_, fen, code) => {
    expect(refusal(priced(fen))).toBe(code)
  })
  test('of a day that has gone by is not changed', () => {
    expect(refusal({ ...priced(1600), date: businessDate.parse('2026-11-22') })).toBe('DATE_GONE')
  })
  test('more than a year ahead is a slip of the finger', () => {
    expect(refusal({ ...priced(1600), date: businessDate.parse('2027-12-01') })).toBe('DATE_FAR')
  })
})

describe('the menu', () => {
  test('has each key once', () => {
    expect(refusal(priced(1500, { key: 2 }))).toBe('MENU_KEY_TAKEN')
  })
  test('has each key once on a later day too, whoever was there first', () => {
    const soup = menuChange(1, noon, beginOf(tomorrow), 'set-soup', line(900, { key: 7 }))
    expect(refusal({ ...priced(1500, { key: 7 }), set: null }, { changes: [soup] })).toBe('MENU_KEY_TAKEN')
  })
  test('keeps one meal at least', () => {
    const gone = base.menu.filter(({ id }) => id !== 'A').map(({ id }, at) => menuChange(at, noon, noon, id, null))
    expect(refusal({ what: 'menu', set: 'A', line: null, date: null }, { changes: gone })).toBe('MENU_EMPTY')
  })
  test('takes no meal without a name', () => {
    expect(refusal(priced(1500, { name: { zh: ' ', en: '' } }))).toBe('MENU_NAME_MISSING')
  })
  test('gives a new meal an id that no other till would give', () => {
    const soup = { ...priced(500, { key: 8, name: { zh: '汤', en: '' } }), set: null }
    expect(changeOf(soup)).toMatchObject({
      subject: 'set-0a1b2c3d',
      before: null,
      after: { name: { zh: '汤', en: '汤' } },
    })
  })
  test('can only begin with a meal that is on it', () => {
    expect(refusal({ what: 'default-set', set: 'Z' })).toBe('SET_UNKNOWN')
  })
})

describe('the staff', () => {
  test('has each name once', () => {
    expect(refusal(staff(null, { name: ' 何平 ' }))).toBe('OPERATOR_SAME_NAME')
  })
  test('keeps one station lead', () => {
    expect(refusal(staff('sun-min'))).toBe('LEAD_LAST')
    expect(refusal(staff('sun-min', { role: 'lead', on: false }), { onShift: null })).toBe('LEAD_LAST')
  })
  test('nobody is switched off in the midst of their shift', () => {
    expect(refusal(staff('he-ping', { name: '何平', on: false }), { onShift: operatorId.parse('he-ping') })).toBe(
      'OPERATOR_ON_SHIFT',
    )
  })
  test('somebody who is switched off stays known, and opens no shift', () => {
    const off = changeOf(staff('he-ping', { name: '何平', on: false }))
    const changes = [heard(off)]
    expect(staffOf(base, changes, noon).map(({ name, on }) => [name, on])).toContainEqual(['何平', false])
    expect(siteAt(base, changes, noon).operators.map(({ name }) => name)).not.toContain('何平')
  })
  test('where the province names no lead, everybody whom it lists is one', () => {
    const plain = { ...base, operators: base.operators.map(({ id, name }) => ({ id, name })) }
    expect(staffOf(plain, [], noon).every(({ role }) => role === 'lead')).toBe(true)
  })
})

describe('the pause before a sale records itself', () => {
  test('is five seconds at most', () => {
    expect(refusal({ what: 'entry-pause', seconds: 6 })).toBe('PAUSE_TOO_LONG')
  })
  test('is left out only where staff are present', () => {
    expect(refusal({ what: 'entry-pause', seconds: 0 })).toBe(null)
    expect(refusal({ what: 'entry-pause', seconds: 0 }, { base: { ...base, staffed: false } })).toBe(
      'PAUSE_NEEDS_STAFF',
    )
  })
})

test('sold out is a thing of its day', () => {
  const change = {
    site: base.id,
    what: 'sold-out',
    subject: 'A',
    before: false,
    after: true,
    from: noon,
    operator: lead,
  } as const
  const soldOut = (at: number) => siteAt(base, [heard(change)], at).menu.find(({ id }) => id === 'A')?.soldOut
  expect([soldOut(noon - 1), soldOut(noon), soldOut(beginOf(tomorrow))]).toEqual([false, true, false])
})

test('a document that the province sends later takes the place of what a till changed before', () => {
  const price = (since: number) =>
    siteAt({ ...base, since }, [priceChange(1, noon, noon, 1600)], noon).menu.find(({ id }) => id === 'A')?.priceFen
  expect([price(noon), price(noon + 1)]).toEqual([1600, 1500])
})

describe('an enrolment code', () => {
  const code = {
    v: 1,
    address: 'https://p.example',
    terminal: 'till-2',
    secret: 'A'.repeat(22),
    rootKeyHash: 'A'.repeat(43),
  }
  test('is read as the JSON that the province printed, or as its four words', () => {
    const words = [code.address, code.terminal, code.secret, code.rootKeyHash].join('\n ')
    expect([parseEnrolmentCode(` ${JSON.stringify(code)}\n`), parseEnrolmentCode(words)]).toEqual([code, code])
  })
  test('with a letter that was copied wrongly is none', () => {
    expect(parseEnrolmentCode(JSON.stringify({ ...code, secret: `${'A'.repeat(21)}x` }))).toBe(null)
  })
  test.each(['', 'hello', '{"v":1}', 'https://p.example till-2 short words'])('is not %j', text => {
    expect(parseEnrolmentCode(text)).toBe(null)
  })
})

test('every word of a refusal stands in both languages', () => {
  for (const code of ['PRICE_MISSING', 'LEAD_LAST', 'MENU_KEY_TAKEN', 'ENROLMENT_OFFLINE'] as const)
    expect(Object.values({ ...problems[code].staff, ...problems[code].next }).every(Boolean)).toBe(true)
})
