import type { CustomerView } from '../../shared/terminal-api.ts'
import { connect, watching } from '../connect.ts'
import { languageOf } from '../i18n/dates.ts'
import { createTillVoice } from '../voice/till-voice.ts'
import { useCustomer } from './customer-store.ts'

/** A confirmed sale stays for 8 s, or until the next person comes. */
export const CONFIRMED_MILLISECONDS = 8000
/** When the next person comes sooner, a footer line says for this long that the person before is done. */
export const FOOTER_MILLISECONDS = 4000

function saleOf(view: CustomerView | null): string | null {
  return view?.now.state === 'confirmed' ? String(view.now.at) : null
}

/** Shows what the core says; the page knows nothing else. */
export function startCustomer(): void {
  const voice = createTillVoice(speaksAloud => useCustomer.setState({ speaksAloud }))
  addEventListener('pointerdown', voice.touched)
  connect({
    role: 'customer',
    watches: [
      watching(
        (client, signal) => client.watchCustomer(undefined, { signal }),
        view => {
          const before = useCustomer.getState()
          const isNew = saleOf(view) !== null && saleOf(view) !== saleOf(before.view)
          // A page that just loaded may find a sale that was confirmed long ago.
          const confirmedNow = before.view === null && view.now.state === 'confirmed' ? view.now.at : Date.now()
          const confirmedAt = isNew ? Math.min(confirmedNow, Date.now()) : before.confirmedAt
          const language = languageOf(location.search) === 'en' ? 'en' : view.language
          useCustomer.setState({ view, language, now: Date.now(), confirmedAt })
          voice.see(view)
        },
      ),
    ],
    onConnected: connected => useCustomer.setState({ connected }),
  })
}
