import type { ReactNode } from 'react'
import type { SettingsView } from '../../../shared/settings-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { choose, keepChange } from '../../state/settings-actions.ts'
import { type Choice, useSettings } from '../../state/settings-store.ts'
import { ChoicePicture, isNow } from './ChoicePicture.tsx'
import { Frame } from './Frame.tsx'
import { Waiting } from './MenuPage.tsx'
import styles from './settings.module.css'

export interface Option {
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

export function ChoicePage(props: {
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
            <ChoicePicture choice={choice} view={props.view} />
          </Keep>
        ) : (
          <Waiting kept={kept} text={props.note} />
        )}
      </div>
    </Frame>
  )
}
