import { classes } from '../../design/classes.ts'
import { Cap } from '../../design/Key.tsx'
import styles from './choice-key.module.css'

/** One side of a free choice: both sides have the same size, colour and border. `waits`: not before all was heard. */
export function ChoiceKey(props: {
  name: string
  note: string
  cap: string
  chosen?: boolean
  waits?: boolean
  onPress(): void
}) {
  return (
    <button
      type="button"
      className={classes(styles.choice, props.chosen && styles.chosen)}
      onMouseDown={event => event.preventDefault()}
      onClick={props.onPress}
      aria-pressed={props.chosen}
      aria-disabled={props.waits}
      data-choice={props.cap}
    >
      <span>
        <strong>{props.name}</strong>
        <small>{props.note}</small>
      </span>
      <Cap>{props.cap}</Cap>
    </button>
  )
}
