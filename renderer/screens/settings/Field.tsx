import { type KeyboardEvent, useState } from 'react'
import { useCashier } from '../../state/cashier-store.ts'
import { keepChange } from '../../state/settings-actions.ts'
import { typedCharacter } from '../../state/typed-characters.ts'
import { createTypedRun } from '../../state/typed-run.ts'
import styles from './settings.module.css'

/** A text that is typed; Enter keeps the whole form unless a scanner typed, Esc gives the keys back to the screen. */
export function Field(props: {
  label: string
  value: string
  name: string
  numeric?: boolean
  onChange: (value: string) => void
}) {
  const [run] = useState(createTypedRun)

  function enter(at: number): void {
    const typed = run.end(at)
    if (typed.by === 'person') void keepChange()
    else {
      props.onChange(typed.before)
      useCashier.setState({ answer: { code: 'SCANNER_TYPED', values: {} } })
    }
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    const { nativeEvent, key, code, shiftKey, timeStamp } = event
    if (nativeEvent.isComposing || event.repeat) return
    if (key === 'Enter') enter(timeStamp)
    else if (key === 'Escape') event.currentTarget.blur()
    else if (typedCharacter(code, shiftKey) !== null) run.press(timeStamp, props.value)
  }

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
        onKeyDown={press}
      />
    </label>
  )
}
