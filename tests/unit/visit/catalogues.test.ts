import { expect, test } from 'vitest'
import { keepCatalogue } from '../../../electron/core/visit/catalogues.ts'
import { createLateVisits } from '../../../electron/core/visit/late-visit.ts'
import type { Site } from '../../../shared/site.ts'
import { houseSeniors } from '../../support/sale-house.ts'
import { openVisitDeskHouse, visitCarers } from '../../support/visit-desk-house.ts'

const [chen] = houseSeniors.map(({ senior }) => senior.id)
const [wu] = visitCarers
if (chen === undefined || wu === undefined) throw new Error('nobody')
const bathOf = { senior: chen, service: 'bath', carer: wu, tender: 'cash' as const }

/** A site whose bath costs so much. */
function sold(site: Site | null, fen: number): Site {
  if (site?.station === undefined) throw new Error('it gives no services')
  const services = site.station.services.map(one =>
    one.id === 'bath' && one.price ? { ...one, price: { ...one.price, fen } } : one,
  )
  return { ...site, station: { ...site.station, services } }
}

test('a late visit costs what the catalogue said when it was given, however often that changed since', async () => {
  const now = await openVisitDeskHouse()
  const { documents, clock, today, site } = now.house
  const servedOn = today()
  const hear = (next: Site) => {
    keepCatalogue(documents, next, clock.now())
    documents.write('site', next)
  }
  hear(sold(site(), 1000))
  now.pass(2 * 60)
  hear(sold(site(), 2000))
  now.pass(2 * 60)
  hear(sold(site(), 3700))
  hear(sold(site(), 3700))
  now.pass(2 * 60)
  const late = createLateVisits(now.house, { check: () => null })
  const priceAt = async (from: string, until: string) => {
    const priced = await late.price({ ...bathOf, servedOn, from, until })
    return priced.result === 'priced' ? priced.price.listFen : priced.notice
  }
  expect(await priceAt('08:00', '08:30')).toBe(1000)
  expect(await priceAt('10:00', '10:30')).toBe(2000)
  expect(await priceAt('12:00', '12:30')).toBe(3700)
  now.close()
})
