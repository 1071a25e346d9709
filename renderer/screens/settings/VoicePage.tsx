import type { SettingsView } from '../../../shared/settings-api.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { ChoicePage, type Option } from './ChoicePages.tsx'

const loudness = [0, 60, 100]

/** What is said aloud, to everybody or to nobody, and how loud this till is at which hour. */
export function VoicePage({ view }: { view: SettingsView }) {
  const { words } = useSpeech()
  const spoken = (what: 'spoken-amounts' | 'spoken-names', now: boolean) =>
    [false, true].map(
      (on): Option => ({ text: words.spoken[on ? 'on' : 'off'], choice: { what, on }, now: on === now }),
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
      name="settings-voice"
      title={words.askVoice}
      note={words.seniorNote}
      view={view}
      questions={[
        { title: words.seniorAmounts, options: spoken('spoken-amounts', view.voice.amounts) },
        { title: words.seniorNames, options: spoken('spoken-names', view.voice.names) },
        ...volumes.map(({ from }, place) => ({ title: words.volumeFrom(from), options: volumeOf(place) })),
      ]}
    />
  )
}
