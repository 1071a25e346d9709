import type { Said } from './catalogue.ts'
import type { closeZh } from './close-zh.ts'

/** The names and shapes of the Chinese words about shift and day close with any text in them. */
export type CloseWords = Said<typeof closeZh>
