import type { SettingsView } from '../../../shared/settings-api.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { ChoicePage, type Option } from './ChoicePages.tsx'

const sizes = [100, 125, 150] as const

/** How large the text on this till's two screens is, and how they look. */
export function ScreensPage({ view }: { view: SettingsView }) {
  const { words } = useSpeech()
  const contrasts = (['normal', 'high'] as const).map(
    (contrast): Option => ({
      ...{ text: words.contrasts[contrast], choice: { what: 'contrast', contrast }, now: contrast === view.contrast },
    }),
  )
  const textSizes = (screen: 'staff' | 'public') =>
    sizes.map(
      (size): Option => ({
        ...{ text: words.sizeText(size), choice: { what: 'text-size', screen, size } },
        now: size === view.textSize[screen],
      }),
    )
  return (
    <ChoicePage
      name="settings-screens"
      title={words.askScreens}
      note={words.contrastNote}
      view={view}
      questions={[
        { title: words.sizeOf.staff, options: textSizes('staff') },
        { title: words.sizeOf.public, options: textSizes('public') },
        { title: words.seniorContrast, options: contrasts },
      ]}
    />
  )
}
