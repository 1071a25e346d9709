import { type KeyboardEvent, useState } from 'react'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { keepChange } from '../../state/settings-actions.ts'
import { typedCharacter } from '../../state/typed-characters.ts'
import { createTypedRun } from '../../state/typed-run.ts'
import { PricePad } from './PricePad.tsx'
import styles from './settings.module.css'

/** A text that is typed, a number also by touch; Enter keeps the whole form unless a scanner typed, Esc gives the keys back to the screen. */
export function Field(props: {
  label: string
  value: string
  name: string
  numeric?: boolean
  onChange: (value: string) => void
}) {
  const { words } = useSpeech()
  const [run] = useState(createTypedRun)
  const [byTouch, setByTouch] = useState(false)

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

  const field = (
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
  if (props.numeric !== true) return field
  return (
    <div className={styles.numeric}>
      {field}
      <Key onPress={() => setByTouch(true)} label={words.padOpen(props.label)}>
        123
      </Key>
      {byTouch && (
        <PricePad title={props.label} value={props.value} onTake={props.onChange} onClose={() => setByTouch(false)} />
      )}
    </div>
  )
}
