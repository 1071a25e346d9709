import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import styles from './camera.module.css'

interface Choice<Value> {
  readonly value: Value
  readonly text: string
  readonly note: string | null
  readonly chosen: boolean
}

/** One of several, each a key; the chosen one has a check and the colour of what is chosen. */
export function Choices<Value>(props: {
  title: string
  note?: string | null
  inARow?: boolean
  choices: readonly Choice<Value>[]
  onChoose(value: Value): void
}) {
  return (
    <section>
      <h2 className={styles.question}>
        {props.title}
        {props.note && <small>{props.note}</small>}
      </h2>
      <div className={classes(styles.choices, props.inARow && styles.row)}>
        {props.choices.map(({ value, text, note, chosen }, place) => (
          <Key
            // biome-ignore lint/suspicious/noArrayIndexKey: two cameras of one make have one name, and their order stays
            key={place}
            onPress={() => props.onChoose(value)}
            pressed={chosen}
            className={classes(styles.choice, chosen && styles.on)}
          >
            <span>{text}</span>
            {note !== null && <small>{note}</small>}
            {chosen && !props.inARow && <Icon name="check" />}
          </Key>
        ))}
      </div>
    </section>
  )
}
