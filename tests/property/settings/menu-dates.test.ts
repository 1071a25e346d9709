import fc from 'fast-check'
import { expect, test } from 'vitest'
import { siteAt, worthTelling } from '../../../shared/settings.ts'
import { runs } from '../../support/property-runs.ts'
import { canteen, priceChange } from '../../support/setting-kit.ts'

const site = canteen()
const base = site.menu.find(({ id }) => id === 'A')?.priceFen
const start = 1_795_000_000_000
const day = 86_400_000

/** Changes of one price, each made at some time for then or later. */
const changes = fc
  .array(fc.record({ at: fc.nat(20), wait: fc.nat(10), priceFen: fc.integer({ min: 1, max: 5000 }) }), {
    maxLength: 12,
  })
  .map(list =>
    list.map(({ at, wait, priceFen }, number) =>
      priceChange(number, start + at * day, start + (at + wait) * day, priceFen),
    ),
  )

const priceAt = (list: Parameters<typeof siteAt>[1], at: number) =>
  siteAt(site, list, at).menu.find(({ id }) => id === 'A')?.priceFen

test('the price in force is that of the newest change not after the time, whatever the order in which they came', () => {
  fc.assert(
    fc.property(changes, fc.nat(40), fc.infiniteStream(fc.nat()), (list, days, random) => {
      const at = start + days * day
      const begun = list.filter(({ change }) => change.from <= at)
      const [newest] = [...begun].sort(
        (one, other) =>
          other.change.from - one.change.from || other.at - one.at || (one.record < other.record ? 1 : -1),
      )
      const after = newest?.change.what === 'menu' ? newest.change.after?.priceFen : base
      const shuffled = list
        .map(change => ({ change, key: random.next().value }))
        .sort((one, other) => one.key - other.key)
        .map(({ change }) => change)
      expect(priceAt(shuffled, at)).toBe(after)
    }),
    runs(200),
  )
})

test('what is not told any more would change no price of the last nine days, nor a later one', () => {
  fc.assert(
    fc.property(changes, fc.nat(40), fc.integer({ min: -9, max: 20 }), (list, days, offset) => {
      const now = start + days * day
      const at = now + offset * day
      expect(priceAt(worthTelling(list, now), at)).toBe(priceAt(list, at))
    }),
    runs(200),
  )
})
