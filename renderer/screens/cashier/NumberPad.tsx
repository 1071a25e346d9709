import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { typedCharacter } from '../../state/typed-characters.ts'
import { createTypedRun } from '../../state/typed-run.ts'
import styles from './pin-pad.module.css'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

export interface NumberPadProps {
  /** Tells the pads apart in the page. */
  readonly name: string
  readonly icon: IconName
  readonly title: string
  readonly note: string
  readonly text: string
  /** What stands large above the keys. */
  readonly shown: ReactNode
  readonly withPoint: boolean
  readonly enterWord: string
  readonly children?: ReactNode
  /** Every new text; what is none changes nothing. */
  onText(text: string): void
  onEnter(): void
  /** What was typed came at the pace of a scanner. */
  onScanner(): void
  onClose(): void
  /** A key that is no digit; true where it was taken. */
  onKey?(code: string): boolean
}

/** A number by touch or by the keys, in front of everything else. */
export function NumberPad(props: NumberPadProps) {
  const { words } = useSpeech()
  const { text, title, onText, onClose } = props
  const [run] = useState(createTypedRun)
  /** A key brought the next text, and its time is known; what comes without one has its own. */
  const isKeyed = useRef(false)
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    input.current?.focus()
  }, [])

  function take(next: string): void {
    if (next === '') run.end(null)
    onText(next)
  }

  /** @param at the time of the key itself (ms); null for a touch */
  function enter(at: number | null): void {
    if (run.end(at).by === 'scanner') props.onScanner()
    else props.onEnter()
  }

  function press(event: KeyboardEvent): void {
    if (event.repeat) return
    if (event.key === 'Enter') enter(event.timeStamp)
    else if (props.onKey?.(event.code)) event.preventDefault()
    else if (typedCharacter(event.code, event.shiftKey) !== null) {
      isKeyed.current = true
      run.press(event.timeStamp, text)
    }
  }

  return (
    <dialog
      ref={dialog}
      className={classes(styles.pad, props.children !== undefined && styles.dense)}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      aria-label={title}
      data-amount-pad={props.name}
    >
      <h2>
        <Icon name={props.icon} size={34} />
        {title}
      </h2>
      <p role="status">{props.note}</p>
      <input
        ref={input}
        className={styles.input}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={event => {
          if (!isKeyed.current) run.press(event.timeStamp, text)
          isKeyed.current = false
          take(event.target.value)
        }}
        onKeyDown={press}
        aria-label={title}
        data-amount-input
      />
      <p className={styles.amount}>{props.shown}</p>
      {props.children}
      <div className={styles.keys} data-keys>
        {digits.map(digit => (
          <Key key={digit} onPress={() => take(text + digit)} className={styles.digit}>
            {digit}
          </Key>
        ))}
        {props.withPoint ? (
          <Key onPress={() => take(`${text}.`)} className={styles.digit}>
            .
          </Key>
        ) : (
          <span />
        )}
        <Key onPress={() => take(`${text}0`)} className={styles.digit}>
          0
        </Key>
        <Key onPress={() => take(text.slice(0, -1))} className={styles.word}>
          {words.pinDelete}
        </Key>
        <Key onPress={onClose} cap="Esc" className={styles.word}>
          {words.pinCancel}
        </Key>
        <Key onPress={() => enter(null)} cap={words.enter} tone="primary" className={styles.wide}>
          {props.enterWord}
        </Key>
      </div>
    </dialog>
  )
}
