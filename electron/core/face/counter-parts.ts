import { mealAt } from '../../../shared/business-day.ts'
import type { AwayTemplates } from './away.ts'
import type { FaceDeskParts } from './face-parts.ts'
import type { FaceMeasure } from './measure.ts'
import { createFaceTries, type FaceTries } from './tries.ts'

/** What every counter that looks at faces shares: the templates, and the tries, so that nobody gets more of them by going from one to the other. */
export interface FaceCounterParts extends FaceDeskParts {
  readonly away: AwayTemplates
  readonly measure: FaceMeasure
  readonly tries: FaceTries
}

/** The parts of the till and the station of one terminal, with one count of tries a meal period. */
export function createFaceCounterParts(parts: Omit<FaceCounterParts, 'tries'>): FaceCounterParts {
  const { clock } = parts
  const tries = createFaceTries({
    monotonic: clock.monotonic,
    period() {
      const site = parts.site()
      return `${parts.today()} ${(site && mealAt(clock.now(), site.mealPeriods)) ?? ''}`
    },
  })
  return { ...parts, tries }
}
