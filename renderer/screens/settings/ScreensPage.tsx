import type { SettingsView } from '../../../shared/settings-api.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { ChoicePage, type Option } from './ChoicePages.tsx'

const sizes = [100, 125, 150] as const
const loudness = [0, 40, 60, 80, 100]

/** How large the text on this till's two screens is, how they look, and how loud the till is at which hour. */
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
  const { volumes } = view.voice
  const volumeOf = (place: number) => {
    const set = volumes[place]?.volume ?? 0
    return [...new Set([...loudness, set])]
      .toSorted((one, other) => one - other)
      .map(
        (volume): Option => ({
          text: words.volumeText(volume),
          choice: { what: 'volumes', volumes: volumes.map((one, at) => (at === place ? { ...one, volume } : one)) },
          now: volume === set,
        }),
      )
  }
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
        ...volumes.map(({ from }, place) => ({ title: words.volumeFrom(from), options: volumeOf(place) })),
      ]}
    />
  )
}
