import { expect, onTestFinished, test } from 'vitest'
import { createHeardDate } from '../../../electron/core/heard-date.ts'
import { createLedger } from '../../../electron/core/store/ledger.ts'
import { businessDate, businessDateOf } from '../../../shared/business-day.ts'
import { recordId, terminalId } from '../../../shared/ids.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { openSaleHouse } from '../../support/sale-house.ts'

const date = (text: string) => businessDate.parse(text)
const noonOf = (text: string) => Date.parse(`${text}T12:00:00+08:00`)

async function heard() {
  const house = await openSaleHouse()
  onTestFinished(() => house.close())
  return { house, one: createHeardDate(house.documents), again: () => createHeardDate(house.documents) }
}
const till = (clock: string, newest: string | null = null) => ({
  clock: date(clock),
  newest: newest === null ? null : date(newest),
})

test('the province’s date is kept over a restart, and never falls', async () => {
  const { one, again } = await heard()
  expect(one.date()).toBeNull()
  one.hear(noonOf('2026-12-01'), till('2026-12-01'))
  one.hear(noonOf('2026-11-29'), till('2026-11-30'))
  expect([one.date(), again().date()]).toEqual(['2026-12-01', '2026-12-01'])
})

test('no record is dated before it, though the clock says the last day of the month before', async () => {
  const { house, one } = await heard()
  one.hear(noonOf('2026-12-01'), till('2026-12-01'))
  const ledger = createLedger(house.db, {
    ...{
      terminal: terminalId.parse('till-1'),
      signer: await standardSuite.signer(house.signing),
      clockDate: businessDateOf,
    },
    ...{ bootId: house.parts.clock.mint(), notBefore: one.date },
  })
  expect(ledger.businessDateAt(date('2026-11-30'))).toBe('2026-12-01')
  expect(ledger.businessDateAt(date('2026-12-02'))).toBe('2026-12-02')
  const at = noonOf('2026-11-30')
  const payload = { before: noonOf('2026-12-01'), after: at, source: 'system', operator: null } as const
  const id = recordId.parse(house.parts.clock.mint())
  const stored = await ledger.append({ kind: 'clock-set', id, at, payload })
  expect(stored?.businessDate).toBe('2026-12-01')
})

test('a day ahead of a good clock is believed, more is asked about until the two agree', async () => {
  const { one } = await heard()
  one.hear(noonOf('2026-11-21'), till('2026-11-20', '2026-11-19'))
  expect([one.date(), one.notice()]).toEqual(['2026-11-21', null])
  one.hear(noonOf('2027-11-21'), till('2026-11-22', '2026-11-20'))
  expect(one.date()).toBe('2026-11-21')
  expect(one.notice()).toEqual({
    code: 'PROVINCE_CLOCK_AHEAD',
    values: { province: '2027-11-21', here: '2026-11-22' },
  })
  one.hear(noonOf('2026-11-22'), till('2026-11-22', '2026-11-20'))
  expect([one.date(), one.notice()]).toEqual(['2026-11-22', null])
})

test('a clock behind the newest record is wrong: the province is believed, yet not months ahead', async () => {
  const { one } = await heard()
  one.hear(noonOf('2026-12-20'), till('2020-01-01', '2026-11-20'))
  expect([one.date(), one.notice()]).toEqual(['2026-12-20', null])
  one.hear(noonOf('2027-06-01'), till('2020-01-02', '2026-12-20'))
  expect([one.date(), one.notice()?.code]).toEqual(['2026-12-20', 'PROVINCE_CLOCK_AHEAD'])
})
