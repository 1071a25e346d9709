import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { typedByScanner } from '../../state/typed-amount.ts'
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
  const times = useRef<number[]>([])
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    input.current?.focus()
  }, [])

  function take(next: string): void {
    times.current = next === '' ? [] : [...times.current, performance.now()]
    onText(next)
  }

  function enter(): void {
    const isScanner = typedByScanner(times.current)
    times.current = []
    if (isScanner) props.onScanner()
    else props.onEnter()
  }

  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.repeat) enter()
    else if (!event.repeat && props.onKey?.(event.code)) event.preventDefault()
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
        onChange={event => take(event.target.value)}
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
        <Key onPress={enter} cap={words.enter} tone="primary" className={styles.wide}>
          {props.enterWord}
        </Key>
      </div>
    </dialog>
  )
}
