import type { SettingsView } from '../../../shared/settings-api.ts'
import { clockText, dateSeenFrom, dateText } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { Frame } from './Frame.tsx'
import styles from './settings.module.css'
import { volumesText } from './volumes-text.ts'

type Change = SettingsView['log'][number]['change']

/** What stood there before, or what stands there since, in words. */
function said(change: Change, side: 'before' | 'after', view: SettingsView, { words, say }: Speech): string {
  switch (change.what) {
    case 'menu': {
      const line = change[side]
      return line === null ? words.logNothing : `${say(line.name)} ${yuan(line.priceFen)}`
    }
    case 'sold-out':
      return change[side] === true ? words.soldOutNow : words.soldOutStill
    case 'default-set': {
      const id = change[side]
      const line = view.sets.find(({ set }) => set === id)?.line
      return line ? say(line.name) : (id ?? words.logNothing)
    }
    case 'operator': {
      const member = change[side]
      if (member === null) return words.logNothing
      return `${member.name}，${member.on ? words.staffRoles[member.role] : words.staffOff}`
    }
    case 'entry-pause':
      return words.pauseShort(change[side] === null ? null : (change[side] ?? 0) / 1000)
    case 'name-form':
      return words.nameForms[change[side] ?? 'title']
    case 'customer-language':
      return words.languages[change[side] ?? 'zh']
    case 'contrast':
      return words.contrasts[change[side] ?? 'normal']
    case 'spoken-amounts':
    case 'spoken-names':
      return words.spoken[change[side] === true ? 'on' : 'off']
    case 'text-size':
      return words.sizeText(change[side] ?? 100)
    case 'volumes':
      return volumesText(change[side] ?? [], words)
  }
}

function subjectOf(change: Change, view: SettingsView, { words, say }: Speech): string {
  if (change.what === 'text-size') return ` · ${words.screenOf[change.subject]}`
  if (change.what !== 'sold-out') return ''
  const line = view.sets.find(({ set }) => set === change.subject)?.line
  return line ? ` · ${say(line.name)}` : ''
}

/** The last changes, each with before and after. */
export function LogPage({ view, today }: { view: SettingsView; today: string }) {
  const speech = useSpeech()
  const { words, language } = speech
  return (
    <Frame name="settings-log" title={words.askLog} lead={words.settingsLead}>
      <ol className={styles.log}>
        {view.log.map(({ at, by, change }) => (
          <li key={`${at}${change.what}${change.subject}`}>
            <span className={styles.pill}>
              {words.logWhat[change.what]}
              {subjectOf(change, view, speech)}
            </span>
            <strong>
              {words.logTo(said(change, 'before', view, speech), said(change, 'after', view, speech))}
              {change.from > at && <em>{words.fromDay(dateSeenFrom(dateText(change.from), today, language))}</em>}
            </strong>
            <small>{words.logBy(by, `${dateSeenFrom(dateText(at), today, language)} ${clockText(at)}`)}</small>
          </li>
        ))}
      </ol>
    </Frame>
  )
}
