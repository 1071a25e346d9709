import { keepChange } from '../../state/settings-actions.ts'
import styles from './settings.module.css'

/** A text that is typed; Enter keeps the whole form, Esc gives the keys back to the screen. */
export function Field(props: {
  label: string
  value: string
  name: string
  numeric?: boolean
  onChange: (value: string) => void
}) {
  return (
    <label className={styles.field}>
      <span>{props.label}</span>
      <input
        value={props.value}
        inputMode={props.numeric === true ? 'decimal' : 'text'}
        autoComplete="off"
        spellCheck={false}
        data-field={props.name}
        onChange={event => props.onChange(event.target.value)}
        onFocus={event => event.target.select()}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') void keepChange()
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
    </label>
  )
}
