import { useEffect, useRef, useState } from 'react'
import type { SetMeal } from '../../../shared/site.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { addItem } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { fenOfTyped, isAmount, typedByScanner } from '../../state/typed-amount.ts'
import styles from './pin-pad.module.css'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/** The amount of a dish that has no fixed price, in yuan, by touch or by the keys. */
export function AmountPad({ pad }: { pad: { readonly checkIn: string; readonly set: SetMeal } }) {
  const { words, say } = useSpeech()
  const [text, setText] = useState('')
  const [told, setTold] = useState<string | null>(null)
  const pressed = useRef<number[]>([])
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    input.current?.focus()
  }, [])
  const { set } = pad
  const title = words.amountTitle(say(set.name))
  const bounds = words.amountBounds(yuan(set.priceFen), yuan(set.open?.mostFen ?? 0), yuan(set.open?.stepFen ?? 0))
  const close = () => useCashier.setState({ amountFor: null })

  function take(next: string): void {
    if (!isAmount(next)) return
    pressed.current = next === '' ? [] : [...pressed.current, performance.now()]
    setTold(null)
    setText(next)
  }

  function clear(why: string): void {
    pressed.current = []
    setText('')
    setTold(why)
  }

  function enter(): void {
    const fen = fenOfTyped(text, set)
    if (typedByScanner(pressed.current)) clear(words.amountScanned)
    else if (fen === null) clear(bounds)
    else addItem(pad.checkIn, set.id, fen)
  }

  return (
    <dialog
      ref={dialog}
      className={styles.pad}
      onCancel={event => {
        event.preventDefault()
        close()
      }}
      aria-label={title}
      data-amount-pad={set.id}
    >
      <h2>
        <Icon name="cash" size={34} />
        {title}
      </h2>
      <p role="status">{told ?? bounds}</p>
      <input
        ref={input}
        className={styles.input}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={event => take(event.target.value)}
        onKeyDown={event => event.key === 'Enter' && enter()}
        aria-label={title}
        data-amount-input
      />
      <p className={styles.amount}>
        {text === '' ? '0' : text} <small>{words.yuan}</small>
      </p>
      <div className={styles.keys}>
        {digits.map(digit => (
          <Key key={digit} onPress={() => take(text + digit)} className={styles.digit}>
            {digit}
          </Key>
        ))}
        <Key onPress={() => take(`${text}.`)} className={styles.digit}>
          .
        </Key>
        <Key onPress={() => take(`${text}0`)} className={styles.digit}>
          0
        </Key>
        <Key onPress={() => take(text.slice(0, -1))} className={styles.word}>
          {words.pinDelete}
        </Key>
        <Key onPress={close} cap="Esc" className={styles.word}>
          {words.pinCancel}
        </Key>
        <Key onPress={enter} cap={words.enter} tone="primary" className={styles.wide}>
          {words.amountAdd}
        </Key>
      </div>
    </dialog>
  )
}
