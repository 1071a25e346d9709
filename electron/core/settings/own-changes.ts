import { z } from 'zod'
import { recordId } from '../../../shared/ids.ts'
import { type HeardChange, heardChange, settingChange } from '../../../shared/setting-change.ts'
import {
  ofThisTerminal,
  type ScreenOptions,
  type SpokenOptions,
  screensAt,
  siteAt,
  spokenAt,
  subjectOf,
} from '../../../shared/settings.ts'
import { type Site, site as siteSchema } from '../../../shared/site.ts'
import type { Documents } from '../store/documents.ts'

type Place = { readonly generation: number; readonly seq: number }

const own = z.array(heardChange.extend({ generation: z.int(), seq: z.int(), change: settingChange, record: recordId }))
const documentName = 'own-settings'

/** The site as it is run here: what the province said, and what this till changed and the province has not told back yet. */
export interface SettingChanges {
  siteAt(at: number): Site | null
  screensAt(at: number): ScreenOptions
  spokenAt(at: number): SpokenOptions
  /** All that is known here, in no order. */
  all(): HeardChange[]
  /** Inside the transaction that appends its record. */
  keep(change: HeardChange, place: Place): void
}

export function createSettingChanges(documents: Documents): SettingChanges {
  const mine = () => documents.read(documentName, own) ?? []
  const base = () => documents.read('site', siteSchema)

  function all(site: Site | null): HeardChange[] {
    const told = site?.changes ?? []
    const ids = new Set(told.map(({ record }) => record))
    return [...told, ...mine().filter(({ record }) => !ids.has(record))]
  }

  return {
    siteAt(at) {
      const site = base()
      return site && siteAt(site, all(site), at)
    },
    screensAt: at => screensAt(mine(), at),
    spokenAt(at) {
      const site = base()
      return site ? spokenAt(site, all(site), at) : { amounts: null, names: null }
    },
    all: () => all(base()),
    keep(change, place) {
      documents.write(documentName, [...mine(), { ...change, ...place }])
    },
  }
}

/** Leaves out what the province's newest word on the site holds by now, or did not take. What is of this terminal's screens stays here alone. */
export function forgetTold(documents: Documents, acknowledged: Place): void {
  const mine = documents.read(documentName, own)
  if (mine === null) return
  const newest = new Map(mine.map(({ change, record }) => [subjectOf(change), record]))
  const left = mine.filter(({ change, record, generation, seq }) =>
    ofThisTerminal(change)
      ? newest.get(subjectOf(change)) === record
      : generation > acknowledged.generation || (generation === acknowledged.generation && seq > acknowledged.seq),
  )
  documents.write(documentName, left)
}
