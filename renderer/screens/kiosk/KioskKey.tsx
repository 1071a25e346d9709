import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { useKiosk } from '../../state/kiosk-store.ts'
import styles from './kiosk-key.module.css'

/** A large key for fingers. It rests while the core has not answered, and for a moment after the screen has changed. */
export function KioskKey(props: {
  onPress: () => void
  icon?: IconName
  word: string
  note?: string
  tone?: 'plain' | 'primary' | 'help' | 'quiet'
  className?: string | undefined
  name: string
}) {
  const rests = useKiosk(state => state.busy || state.settling || !state.connected)
  return (
    <button
      type="button"
      className={classes(styles.key, props.tone && styles[props.tone], props.className)}
      onClick={props.onPress}
      disabled={rests}
      data-key={props.name}
    >
      {props.icon && <Icon name={props.icon} size={props.note ? 56 : 46} />}
      <span>
        <strong>{props.word}</strong>
        {props.note && <small>{props.note}</small>}
      </span>
    </button>
  )
}
