import type { SettingsView } from '../../../shared/settings-api.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { ChoicePage, type Option } from './ChoicePages.tsx'

/** How seniors are addressed and spoken to. */
export function SeniorPage({ view }: { view: SettingsView }) {
  const { words } = useSpeech()
  const forms = (['title', 'kin', 'teacher'] as const).map(
    (form): Option => ({
      ...{ text: words.nameForms[form], choice: { what: 'name-form', form }, now: form === view.nameForm },
    }),
  )
  const languages = (['zh', 'en'] as const).map(
    (language): Option => ({
      ...{ text: words.languages[language], choice: { what: 'customer-language', language } },
      now: language === view.customerLanguage,
    }),
  )
  const spoken = (what: 'spoken-amounts' | 'spoken-names', now: boolean) =>
    [false, true].map(
      (on): Option => ({ text: words.spoken[on ? 'on' : 'off'], choice: { what, on }, now: on === now }),
    )
  return (
    <ChoicePage
      name="settings-senior"
      title={words.askSenior}
      note={`${words.seniorNote}。${words.namesNote}`}
      view={view}
      questions={[
        { title: words.seniorForm, options: forms },
        { title: words.seniorLanguage, options: languages },
        { title: words.seniorAmounts, options: spoken('spoken-amounts', view.voice.amounts) },
        { title: words.seniorNames, options: spoken('spoken-names', view.voice.names) },
      ]}
    />
  )
}
