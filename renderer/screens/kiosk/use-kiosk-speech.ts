import { type Speech, speechIn } from '../../i18n/use-words.ts'
import { useKiosk } from '../../state/kiosk-store.ts'

/** The words of the kiosk's page. */
export function useKioskSpeech(): Speech {
  return speechIn(useKiosk(state => state.language))
}

/** How a person is spoken to; null where nobody here knows them. */
export function addressOf(
  person: { readonly surname: string | null; readonly title: 'female' | 'male' | null },
  { words }: Speech,
): string | null {
  if (person.surname === null || person.title === null) return null
  return person.title === 'female' ? words.madam(person.surname) : words.sir(person.surname)
}
