import type { DeviceView } from '../../../shared/terminal-api.ts'
import type { Words } from '../../i18n/catalogue.ts'

export type Health = 'good' | 'busy' | 'quiet' | 'attention' | 'fault'

/** The state of a device in words. A driver that was started again says so for as long as the core counts it. */
export function deviceWord(
  { state, restarts }: Pick<DeviceView, 'state' | 'restarts'>,
  words: Words,
): { text: string; health: Health } {
  switch (state) {
    case 'idle':
      return { text: restarts > 0 ? words.restarted(restarts) : words.ready, health: 'good' }
    case 'busy':
      return { text: words.reading, health: 'busy' }
    case 'no-service':
      return { text: words.noService, health: 'fault' }
    case 'no-device':
      return { text: words.noDevice, health: 'fault' }
    case 'error':
      return { text: restarts > 0 ? words.restarting : words.deviceError, health: 'fault' }
    case 'closed':
      return { text: words.closed, health: 'quiet' }
  }
}
