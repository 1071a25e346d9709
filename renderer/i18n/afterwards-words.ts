import type { afterwardsZh } from './afterwards-zh.ts'
import type { Said } from './catalogue.ts'

/** The names and shapes of the Chinese words about earlier meals with any text in them. */
export type AfterwardsWords = Said<typeof afterwardsZh>
