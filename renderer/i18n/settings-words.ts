import type { Said } from './catalogue.ts'
import type { settingsZh } from './settings-zh.ts'

/** The names and shapes of the Chinese words about settings with any text in them. */
export type SettingsWords = Said<typeof settingsZh>
