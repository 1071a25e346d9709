import type { Said } from './catalogue.ts'
import type { stationZh } from './station-zh.ts'

/** The names and shapes of the Chinese words of the service station with any text in them. */
export type StationWords = Said<typeof stationZh>
