import type { ReactNode } from 'react'
import type { SettingsView } from '../../../shared/settings-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { addressed } from '../../i18n/addressed.ts'
import { yuan } from '../../i18n/money.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { wordsOf } from '../../i18n/words.ts'
import { choose, keepChange } from '../../state/settings-actions.ts'
import { type Choice, useSettings } from '../../state/settings-store.ts'
import { BeforeAfter, MiniBar, MiniCustomer, MiniPlate } from './BeforeAfter.tsx'
import { Frame } from './Frame.tsx'
import { Waiting } from './MenuPage.tsx'
import styles from './settings.module.css'

interface Option {
  readonly text: string
  readonly choice: Choice
  readonly now: boolean
  readonly disabled?: boolean
}

function sameChoice(one: Choice | null, other: Choice): boolean {
  return one !== null && JSON.stringify(one) === JSON.stringify(other)
}

function Question({ title, options }: { title: string; options: readonly Option[] }) {
  const chosen = useSettings(state => state.choice)
  const about = options.some(({ choice }) => choice.what === chosen?.what)
  return (
    <section className={styles.asked}>
      <h2>{title}</h2>
      <div className={styles.options}>
        {options.map(({ text, choice, now, disabled }) => {
          const on = about ? sameChoice(chosen, choice) : now
          return (
            <Key
              key={text}
              onPress={() => choose(choice)}
              pressed={on}
              tone={on ? 'primary' : 'plain'}
              disabled={disabled === true}
            >
              {now && <Icon name="check" size={24} />}
              {text}
            </Key>
          )
        })}
      </div>
    </section>
  )
}

/** What is about to change, as a small picture, and the key that keeps it. */
function Keep({ choice, view, children }: { choice: Choice; view: SettingsView; children: ReactNode }) {
  const { words } = useSpeech()
  const busy = useSettings(state => state.busy)
  const same = isNow(choice, view)
  return (
    <section className={styles.card} data-form={choice.what}>
      <div className={classes(styles.body, styles.middle)}>{children}</div>
      <div className={styles.keepRow}>
        <Key
          onPress={() => void keepChange()}
          cap={words.enter}
          tone="primary"
          disabled={busy || same}
          className={styles.keep}
        >
          <Icon name="check" size={30} />
          {same ? words.noChange : words.keepChange}
        </Key>
      </div>
    </section>
  )
}

function isNow(choice: Choice, view: SettingsView): boolean {
  switch (choice.what) {
    case 'default-set':
      return choice.set === view.defaultSet
    case 'entry-pause':
      return choice.seconds === view.entrySeconds
    case 'name-form':
      return choice.form === view.nameForm
    case 'customer-language':
      return choice.language === view.customerLanguage
    case 'contrast':
      return choice.contrast === view.contrast
  }
}

const sum = yuan(750)

function Picture({ choice, view }: { choice: Choice; view: SettingsView }) {
  const speech = useSpeech()
  const { words } = speech
  const plate = (id: string) => {
    const line = view.sets.find(({ set }) => set === id)?.line
    return <MiniPlate name={line ? speech.say(line.name) : '—'} price={line ? yuan(line.priceFen) : '—'} />
  }
  const bar = (seconds: number | null) => <MiniBar seconds={seconds} text={words.pauseShort(seconds)} />
  const greet = (form: SettingsView['nameForm']) => (
    <MiniCustomer
      head={addressed(words, form, 'female', speech.language === 'zh' ? '张' : 'Zhang')}
      note={`${words.ownPay} ${sum}`}
    />
  )
  const speaks = (language: SettingsView['customerLanguage']) => {
    const said = wordsOf(language)
    return <MiniCustomer head={said.takeMeal} note={`${said.ownPay} ${sum}`} />
  }
  const looks = (contrast: SettingsView['contrast']) => (
    <MiniCustomer head={words.takeMeal} note={`${words.ownPay} ${sum}`} dark={contrast === 'high'} />
  )
  switch (choice.what) {
    case 'default-set':
      return <BeforeAfter before={plate(view.defaultSet)} after={plate(choice.set)} />
    case 'entry-pause':
      return <BeforeAfter before={bar(view.entrySeconds)} after={bar(choice.seconds)} />
    case 'name-form':
      return <BeforeAfter before={greet(view.nameForm)} after={greet(choice.form)} />
    case 'customer-language':
      return <BeforeAfter before={speaks(view.customerLanguage)} after={speaks(choice.language)} />
    case 'contrast':
      return <BeforeAfter before={looks(view.contrast)} after={looks(choice.contrast)} />
  }
}

function ChoicePage(props: {
  name: string
  title: string
  note: string
  view: SettingsView
  questions: readonly { title: string; options: readonly Option[] }[]
}) {
  const { words } = useSpeech()
  const { choice, kept } = useSettings()
  return (
    <Frame name={props.name} title={props.title} lead={words.settingsLead}>
      <div className={styles.columns}>
        <div className={styles.listed}>
          {props.questions.map(question => (
            <Question key={question.title} {...question} />
          ))}
        </div>
        {choice ? (
          <Keep choice={choice} view={props.view}>
            <Picture choice={choice} view={props.view} />
          </Keep>
        ) : (
          <Waiting kept={kept} text={props.note} />
        )}
      </div>
    </Frame>
  )
}

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

/** What seniors see, and how they are addressed. */
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
  const contrasts = (['normal', 'high'] as const).map(
    (contrast): Option => ({
      ...{ text: words.contrasts[contrast], choice: { what: 'contrast', contrast }, now: contrast === view.contrast },
    }),
  )
  return (
    <ChoicePage
      name="settings-senior"
      title={words.askSenior}
      note={words.contrastNote}
      view={view}
      questions={[
        { title: words.seniorForm, options: forms },
        { title: words.seniorLanguage, options: languages },
        { title: words.seniorContrast, options: contrasts },
      ]}
    />
  )
}
