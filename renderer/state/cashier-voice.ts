import { type Watch, watching } from '../connect.ts'
import { checkInSound, deviceSound } from '../voice/staff-sounds.ts'
import { createTillVoice } from '../voice/till-voice.ts'
import { useCashier } from './cashier-store.ts'

const voice = createTillVoice(() => undefined)

/** How long until a public view that could not be read is asked for again (ms). */
const askAgain = 2000

const readPublic = watching(
  (client, signal) => client.watchCustomer(undefined, { signal }),
  view => voice.see(view),
)

/**
 * What the public screen shows: where there is none, the till speaks through this page. Staff's own views go on where the core cannot
 * read this one, as on a disk that fails.
 */
export const watchPublic: Watch = async (calls, signal) => {
  while (!signal.aborted) {
    await readPublic(calls, signal, () => undefined).catch(error => console.info('no public view:', String(error)))
    await new Promise(resolve => setTimeout(resolve, askAgain))
  }
}

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
