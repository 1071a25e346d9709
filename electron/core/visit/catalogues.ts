import { z } from 'zod'
import { lateDays } from '../../../shared/business-day.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { type Site, site as siteSchema } from '../../../shared/site.ts'
import { type SiteService, siteService } from '../../../shared/visit/service.ts'
import type { Documents } from '../store/documents.ts'

const documentName = 'service-catalogues'
/** Until when (ms) a catalogue was the one of this till. */
const replaced = z.array(z.strictObject({ until: z.int(), services: z.array(siteService) }))
const kept = (lateDays + 2) * 86_400_000

const read = (documents: Documents) => documents.read(documentName, replaced) ?? []

/** Keeps the catalogue that another takes the place of, for visits that are entered late. Inside the transaction that stores the site, before it. @param now ms */
export function keepCatalogue(documents: Documents, next: Site, now: number): void {
  const services = documents.read('site', siteSchema)?.station?.services
  if (services === undefined || canonicalJson(services) === canonicalJson(next.station?.services ?? [])) return
  const recent = read(documents).filter(({ until }) => until > now - kept)
  documents.write(documentName, [...recent, { until: now, services }])
}

/** A service as the catalogue of this till had it at an instant (ms); null where that one is not known any more, or had none of this id. */
export function serviceThen(documents: Documents, id: string, at: number): SiteService | null {
  const then = read(documents).find(({ until }) => at < until)
  return then?.services.find(one => one.id === id) ?? null
}
