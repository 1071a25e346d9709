import { type Watch, watching } from '../connect.ts'
import { checkInSound, deviceSound } from '../voice/staff-sounds.ts'
import { createTillVoice } from '../voice/till-voice.ts'
import { useCashier } from './cashier-store.ts'

const voice = createTillVoice(() => undefined)

/** What the public screen shows: where there is none, the till speaks through this page. */
export const watchPublic: Watch = watching(
  (client, signal) => client.watchCustomer(undefined, { signal }),
  view => voice.see(view),
)

/** The sounds of the staff's side. */
export function startStaffSounds(): void {
  useCashier.subscribe((state, before) => {
    const sounds = [
      state.view === before.view ? null : checkInSound(before.view, state.view),
      state.terminal && before.terminal ? deviceSound(before.terminal.devices, state.terminal.devices) : null,
    ]
    for (const sound of sounds) if (sound !== null) voice.play(sound)
  })
}
