import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, businessDate, labelStart, limitPeriod, periodLabel } from '../../../shared/business-day.ts'
import { runs } from '../../support/property-runs.ts'

const date = fc.integer({ min: 0, max: 40_000 }).map(days => addDays(businessDate.parse('1990-01-01'), days))

test('the first date of a label is the first date that has the label', () => {
  fc.assert(
    fc.property(date, fc.constantFrom(...limitPeriod.options), (day, period) => {
      const label = periodLabel(period, day, 'lunch')
      const first = labelStart(label)
      expect(first <= day).toBe(true)
      expect(periodLabel(period, first, 'lunch')).toBe(label)
      expect(periodLabel(period, addDays(first, -1), 'lunch')).not.toBe(label)
    }),
    runs(500),
  )
})
