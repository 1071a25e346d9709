import { counted } from '../../shared/counted.ts'
import type { calibrationZh } from './calibration-zh.ts'

type Words = {
  readonly [Name in keyof typeof calibrationZh]: (typeof calibrationZh)[Name] extends (
    ...values: infer Values
  ) => string
    ? (...values: Values) => string
    : string
}

/** Words of the report on how faces lie apart at this site. */
export const calibrationEn: Words = {
  calibrationTitle: 'Faces measured here',
  calibrationLoading: 'Adding up…',
  calibrationAgain: 'Add up again',
  calibrationGenuine: 'Same person',
  calibrationImpostor: 'Different people',
  calibrationDistance: 'Distance (smaller is more alike)',
  calibrationLine: distance => `suggested ${distance}`,
  calibrationLooks: 'Looks that were confirmed',
  calibrationComparisons: 'Comparisons of two people',
  calibrationKnown: 'Known, as suggested',
  calibrationWrong: 'Mistaken, as suggested',
  calibrationMembers: 'Search among',
  calibrationBetween: (low, high) => `${low} to ${high}`,
  calibrationAtMost: rate => `at most ${rate}`,
  calibrationOf: (count, needed) => `${count} / at least ${needed}`,
  calibrationPeople: count => counted(count, 'person', 'people'),
  calibrationNothing:
    'Nothing yet. Whenever somebody says that it is them, one distance is counted: no name, no picture',
  calibrationTooFew: 'Too little to take over. Go on as usual, and look again later',
  calibrationSuggests: (distance, members) =>
    `Suggested: name somebody only within ${distance}; then one face may be looked for among ${counted(members, 'person', 'people')}`,
  calibrationSuggestsNone:
    'By these figures one face cannot be looked for among all members. Card, code or name first, then the face',
  calibrationLimits:
    'From confirmed looks alone, so the share of those known comes out high. In brackets: 95 % confidence',
  calibrationAdopt: 'Take over',
  calibrationAdopted: 'Taken over, and recorded by whom',
}
