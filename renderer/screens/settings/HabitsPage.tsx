import type { SettingsView } from '../../../shared/settings-api.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { ChoicePage, type Option } from './ChoicePages.tsx'

const pauses = [0, 1, 1.5, 2, 3, 5]

function pauseText(seconds: number, { words }: Speech): string {
  return seconds === 0 ? words.pauseNone : words.pauseSeconds(seconds)
}

/** What happens where nobody presses a key. */
export function HabitsPage({ view }: { view: SettingsView }) {
  const speech = useSpeech()
  const { words, say } = speech
  const sets = view.sets.flatMap(({ set, line }): Option[] =>
    line === null ? [] : [{ text: say(line.name), choice: { what: 'default-set', set }, now: set === view.defaultSet }],
  )
  const known = view.entrySeconds === null || pauses.includes(view.entrySeconds) ? [] : [view.entrySeconds]
  const waits = [...pauses, ...known].map(
    (seconds): Option => ({
      ...{ text: pauseText(seconds, speech), choice: { what: 'entry-pause', seconds } },
      ...{ now: seconds === view.entrySeconds, disabled: seconds === 0 && !view.staffed },
    }),
  )
  const never: Option = {
    ...{ text: words.pauseNever, choice: { what: 'entry-pause', seconds: null }, now: view.entrySeconds === null },
  }
  return (
    <ChoicePage
      name="settings-habits"
      title={words.askHabits}
      note={words.settingsLead}
      view={view}
      questions={[
        { title: words.habitDefault, options: sets },
        { title: words.habitPause, options: [...waits, never] },
      ]}
    />
  )
}
