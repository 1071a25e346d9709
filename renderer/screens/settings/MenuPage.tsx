import type { LineView, SettingsView } from '../../../shared/settings-api.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Cap, Key } from '../../design/Key.tsx'
import { dateAfter, dateSeenFrom, dateText } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { addLine, changeLine, chooseLine, fenOf, freeKeys, keepChange } from '../../state/settings-actions.ts'
import { keyOfLine } from '../../state/settings-draft.ts'
import { type LineDraft, useSettings } from '../../state/settings-store.ts'
import { BeforeAfter, MiniMenu } from './BeforeAfter.tsx'
import { Field } from './Field.tsx'
import { Frame } from './Frame.tsx'
import styles from './settings.module.css'

type Row = SettingsView['sets'][number]

function plannedText(plan: Row['planned'][number], today: string, { words, language, say }: Speech): string {
  const when = words.fromDay(dateSeenFrom(dateText(plan.from), today, language))
  const what = plan.line === null ? words.menuGone : `${say(plan.line.name)} ${yuan(plan.line.priceFen)}`
  return words.menuPlanned(when, what)
}

function SetRow({ row, chosen, today }: { row: Row; chosen: boolean; today: string }) {
  const speech = useSpeech()
  const { words, say } = speech
  const waits = useSettings(({ drafts }) => drafts.some(({ key }) => key === keyOfLine(row.set)))
  const shown = row.line ?? row.planned[0]?.line
  if (!shown) return null
  return (
    <li>
      <button
        type="button"
        className={classes(styles.row, chosen && styles.chosen)}
        onMouseDown={event => event.preventDefault()}
        onClick={() => chooseLine(row.set)}
        aria-pressed={chosen}
        data-set={row.set}
      >
        <Cap>{String(shown.key)}</Cap>
        <span className={styles.stacked}>
          <strong>{say(shown.name)}</strong>
          <small>{row.line === null ? words.menuNotYet : say(shown.dish)}</small>
          {waits && <em data-half-typed>{words.halfTyped}</em>}
          {row.planned.map(plan => (
            <em key={plan.from}>{plannedText(plan, today, speech)}</em>
          ))}
        </span>
        <strong className={styles.amount}>{row.line === null ? '—' : yuan(row.line.priceFen)}</strong>
      </button>
    </li>
  )
}

/** Now, tomorrow, or a day from the calendar. */
function Dates({ date, today }: { date: string | null; today: string }) {
  const { words, language } = useSpeech()
  const tomorrow = dateAfter(today, 1)
  const other = date !== null && date !== tomorrow
  return (
    <div className={styles.three}>
      <Key
        onPress={() => changeLine({ date: null })}
        pressed={date === null}
        tone={date === null ? 'primary' : 'plain'}
      >
        {words.fromNow}
      </Key>
      <Key
        onPress={() => changeLine({ date: tomorrow })}
        pressed={date === tomorrow}
        tone={date === tomorrow ? 'primary' : 'plain'}
      >
        {words.fromTomorrow}
      </Key>
      <label className={classes(styles.date, other && styles.chosen)}>
        <span>{other ? dateSeenFrom(date, today, language) : words.fromOther}</span>
        <input
          type="date"
          aria-label={words.fromOther}
          value={date ?? ''}
          onChange={event => changeLine({ date: event.target.value === '' ? null : event.target.value })}
        />
      </label>
    </div>
  )
}

function Keys({ line, view }: { line: LineDraft; view: SettingsView }) {
  const own = view.sets.find(one => one.set === line.set)?.line?.key
  // Only those that nobody else has.
  const offered = [...freeKeys(view), ...(own === undefined ? [] : [own])].sort()
  return (
    <div className={styles.free}>
      {offered.map(key => (
        <Key
          key={key}
          onPress={() => changeLine({ key })}
          pressed={key === line.key}
          tone={key === line.key ? 'primary' : 'plain'}
        >
          {String(key)}
        </Key>
      ))}
    </div>
  )
}

const pictureOf = (line: LineView | null | undefined, { say }: Speech) =>
  line ? { name: say(line.name), dish: say(line.dish), price: yuan(line.priceFen) } : null

function LineForm({ line, view, today }: { line: LineDraft; view: SettingsView; today: string }) {
  const speech = useSpeech()
  const { words, language } = speech
  const busy = useSettings(state => state.busy)
  const row = view.sets.find(one => one.set === line.set)
  const name = language === 'en' && line.nameEn !== '' ? line.nameEn : line.name
  const dish = language === 'en' && line.dishEn !== '' ? line.dishEn : line.dish
  const after = line.off ? null : { name, dish, price: line.price === '' ? '—' : yuan(fenOf(line.price)) }
  return (
    <section className={styles.card} data-form="menu">
      <div className={styles.body}>
        <div className={styles.pairOfFields}>
          <Field label={words.menuName} value={line.name} onChange={value => changeLine({ name: value })} name="name" />
          <Field
            label={words.menuNameEn}
            value={line.nameEn}
            onChange={value => changeLine({ nameEn: value })}
            name="name-en"
          />
          <Field label={words.menuDish} value={line.dish} onChange={value => changeLine({ dish: value })} name="dish" />
          <Field
            label={words.menuPrice}
            value={line.price}
            onChange={value => changeLine({ price: value })}
            name="price"
            numeric
          />
        </div>
        <div className={styles.inline}>
          <p className={styles.label}>{words.menuKey}</p>
          <Keys line={line} view={view} />
        </div>
        <div className={styles.inline}>
          <p className={styles.label}>{words.fromWhen}</p>
          <Dates date={line.date} today={today} />
        </div>
        <BeforeAfter before={<MiniMenu line={pictureOf(row?.line, speech)} />} after={<MiniMenu line={after} />} />
      </div>
      <div className={styles.keepRow}>
        {line.set !== null && (
          <Key onPress={() => changeLine({ off: !line.off })} pressed={line.off}>
            {line.off ? words.menuKeep : words.menuOff}
          </Key>
        )}
        <Key onPress={() => void keepChange()} cap={words.enter} tone="primary" disabled={busy} className={styles.keep}>
          <Icon name="check" size={30} />
          {line.off ? words.menuOffNow : words.keepChange}
        </Key>
      </div>
    </section>
  )
}

/** What is sold for how much, now and from a later day on. */
export function MenuPage({ view, terminal }: { view: SettingsView; terminal: TerminalView }) {
  const { words } = useSpeech()
  const { line, kept, drafts } = useSettings()
  const waits = drafts.some(({ key }) => key === keyOfLine(null))
  const today = terminal.businessDate
  const free = freeKeys(view)
  return (
    <Frame name="settings-menu" title={words.askMenu} lead={words.settingsLead}>
      <div className={styles.columns}>
        <div className={styles.listed}>
          <ul className={styles.list}>
            {view.sets.map(row => (
              <SetRow key={row.set} row={row} chosen={row.set === line?.set} today={today} />
            ))}
          </ul>
          <Key onPress={addLine} cap="N" disabled={free.length === 0}>
            {free.length === 0 ? words.menuFull : words.menuAdd}
            {waits && <small data-half-typed>{words.halfTyped}</small>}
          </Key>
        </div>
        {line ? (
          <LineForm key={line.set ?? 'new'} line={line} view={view} today={today} />
        ) : (
          <Waiting kept={kept} text={words.menuChoose} />
        )}
      </div>
    </Frame>
  )
}

/** Nothing is chosen yet, or the last change was just kept. */
export function Waiting({ kept, text }: { kept: boolean; text: string }) {
  const { words } = useSpeech()
  return (
    <section className={classes(styles.card, styles.calm)} role="status" data-kept={kept}>
      {kept && (
        <strong>
          <Icon name="check" size={44} />
          {words.kept}
        </strong>
      )}
      <p>{text}</p>
    </section>
  )
}
