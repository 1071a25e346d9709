import { classes } from '../../design/classes.ts'
import { reportYuan } from '../../i18n/money.ts'
import { fenOf } from '../../state/amount-text.ts'
import styles from './amount-field.module.css'

/** One amount as it is typed; the rim goes to the one that the pad writes. */
export function AmountField(props: {
  name: string
  title: string
  note: string
  text: string
  chosen: boolean
  onChoose: () => void
}) {
  const fen = fenOf(props.text)
  return (
    <button
      type="button"
      className={classes(styles.field, props.chosen && styles.chosen)}
      onMouseDown={event => event.preventDefault()}
      onClick={props.onChoose}
      aria-pressed={props.chosen}
      data-amount={props.name}
      data-fen={fen ?? ''}
    >
      <span className={styles.title}>{props.title}</span>
      <span className={classes(styles.amount, fen === null && styles.empty)}>
        <small>¥</small>
        {props.text === '' ? '0.00' : shown(props.text)}
        {props.chosen && <i aria-hidden="true" />}
      </span>
      <span className={styles.note}>{props.note}</span>
    </button>
  )
}

/** As it is typed, with commas: a point that was just typed stays at the end. */
function shown(text: string): string {
  const [yuan = '0', part] = text.split('.')
  const whole = reportYuan(Number(yuan) * 100).slice(0, -3)
  return part === undefined ? whole : `${whole}.${part}`
}
