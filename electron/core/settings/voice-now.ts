import type { VoiceSettings } from '../../../shared/voice/settings.ts'
import type { SettingChanges } from './own-changes.ts'

/** The till's voice at an instant (ms): its configuration, with what the site and this terminal set since. */
export function voiceAt(configured: VoiceSettings, settings: SettingChanges, at: number): VoiceSettings {
  const { amounts, names } = settings.spokenAt(at)
  return {
    ...configured,
    amounts: amounts ?? configured.amounts,
    names: names ?? configured.names,
    volumes: settings.screensAt(at).volumes ?? configured.volumes,
  }
}
