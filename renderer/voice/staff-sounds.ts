import type { CashierView, DeviceView } from '../../shared/terminal-api.ts'
import type { Sound } from './sounds.ts'

/**
 * The sound of a new view of the check-in at the staff's side. A limit has none: one machine has one loudspeaker, and a knock for some
 * prices would tell the room whose they are.
 */
export function checkInSound(before: CashierView, view: CashierView): Sound | null {
  if (view.state === 'priced' && view.another !== null)
    return before.state === 'priced' && before.another === view.another ? null : 'knock'
  if (view.state !== 'problem') return null
  return before.state === 'problem' && before.at === view.at ? null : 'knock'
}

const isDown = ({ state }: DeviceView) => state === 'error' || state === 'no-service' || state === 'no-device'

/** Two low notes where a device that worked does not any more. */
export function deviceSound(before: readonly DeviceView[], devices: readonly DeviceView[]): Sound | null {
  const worked = new Set(before.filter(device => !isDown(device) && device.state !== 'closed').map(({ id }) => id))
  return devices.some(device => isDown(device) && worked.has(device.id)) ? 'fault' : null
}
