import type { SettingsView } from '../../../shared/settings-api.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { askLead, closeSettings, goTo, leadsIn } from '../../state/settings-actions.ts'
import { questions } from '../../state/settings-keys.ts'
import type { SettingsScreen } from '../../state/settings-store.ts'
import { Frame } from './Frame.tsx'
import styles from './settings.module.css'
import { volumesText } from './volumes-text.ts'

/** Which lead opens the settings. */
export function Gate({ view }: { view: SettingsView }) {
  const { words } = useSpeech()
  const leads = leadsIn(view)
  const none = leads.every(({ pin }) => pin === 'none')
  return (
    <Frame name="settings-gate" title={words.settingsTitle} lead={words.settingsGateLead}>
      <section className={styles.gate}>
        <Icon name="lock" size={72} />
        <h2>{none ? words.settingsGateNone : words.settingsGate}</h2>
        <div className={styles.choices}>
          {!none &&
            leads.slice(0, 9).map(({ operator, name, pin }, at) => (
              <Key key={operator} cap={String(at + 1)} tone="primary" onPress={() => askLead(operator)}>
                <Icon name="key" />
                <span className={styles.stacked}>
                  {name}
                  <small>{words.staffPin[pin]}</small>
                </span>
              </Key>
            ))}
        </div>
      </section>
    </Frame>
  )
}

interface Question {
  readonly icon: IconName
  readonly title: string
  readonly note: string
}

function questionOf(screen: SettingsScreen, view: SettingsView, { words, say }: Speech): Question {
  const set = view.sets.find(one => one.set === view.defaultSet)?.line
  const staff = view.staff.filter(({ on }) => on)
  const planned = view.sets.reduce((sum, one) => sum + one.planned.length, 0)
  switch (screen) {
    case 'menu':
      return {
        icon: 'bowl',
        title: words.askMenu,
        note: words.askMenuNote(view.sets.filter(({ line }) => line !== null).length, planned),
      }
    case 'staff':
      return {
        icon: 'people',
        title: words.askStaff,
        note: words.askStaffNote(staff.length, leadsIn(view).length),
      }
    case 'habits':
      return {
        icon: 'clock',
        title: words.askHabits,
        note: words.askHabitsNote(set ? say(set.name) : '', words.pauseShort(view.entrySeconds)),
      }
    case 'senior':
      return {
        icon: 'person',
        title: words.askSenior,
        note: words.askSeniorNote(words.nameForms[view.nameForm], words.languages[view.customerLanguage]),
      }
    case 'screens':
      return {
        icon: 'screen',
        title: words.askScreens,
        note: words.askScreensNote(view.textSize.staff, view.textSize.public, words.contrasts[view.contrast]),
      }
    case 'voice':
      return { icon: 'speaker', title: words.askVoice, note: volumesText(view.voice.volumes, words) }
    case 'devices':
      return { icon: 'tools', title: words.askDevices, note: words.askDevicesNote }
    default:
      return { icon: 'list', title: words.askLog, note: words.askLogNote(view.log.length) }
  }
}

/** The settings as questions. */
export function Home({ view }: { view: SettingsView }) {
  const speech = useSpeech()
  const { words } = speech
  return (
    <Frame
      name="settings"
      title={words.settingsTitle}
      lead={words.settingsLead}
      onBack={null}
      keys={
        <Key onPress={closeSettings} cap="Esc" tone="primary">
          <Icon name="lock" size={26} />
          {words.settingsClose}
        </Key>
      }
    >
      <div className={styles.questions}>
        {questions.map((screen, at) => {
          const { icon, title, note } = questionOf(screen, view, speech)
          return (
            <Key key={screen} cap={String(at + 1)} onPress={() => goTo(screen)} className={styles.question}>
              <Icon name={icon} size={48} />
              <span className={styles.stacked}>
                <strong>{title}</strong>
                <small>{note}</small>
              </span>
            </Key>
          )
        })}
      </div>
    </Frame>
  )
}
