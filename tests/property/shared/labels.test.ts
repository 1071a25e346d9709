import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  businessDate,
  labelBeginsBy,
  labelEndsBefore,
  limitPeriod,
  periodLabel,
} from '../../../shared/business-day.ts'
import { runs } from '../../support/property-runs.ts'

const date = fc.integer({ min: 0, max: 40_000 }).map(days => addDays(businessDate.parse('1990-01-01'), days))
const away = fc.integer({ min: -800, max: 800 })

test('a period begins by the days that it holds and those after, and ends before those after only', () => {
  fc.assert(
    fc.property(date, away, fc.constantFrom(...limitPeriod.options), (day, days, period) => {
      const label = periodLabel(period, day, 'lunch')
      const other = addDays(day, days)
      const holds = periodLabel(period, other, 'lunch') === label
      expect(labelBeginsBy(label, other)).toBe(holds || days > 0)
      expect(labelEndsBefore(label, other)).toBe(!holds && days > 0)
    }),
    runs(1000),
  )
})
