import type { SettingsView } from '../../../shared/settings-api.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { ChoicePage, type Option } from './ChoicePages.tsx'

/** How seniors are addressed, and in which language. */
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
  return (
    <ChoicePage
      name="settings-senior"
      title={words.askSenior}
      note={words.settingsLead}
      view={view}
      questions={[
        { title: words.seniorForm, options: forms },
        { title: words.seniorLanguage, options: languages },
      ]}
    />
  )
}
