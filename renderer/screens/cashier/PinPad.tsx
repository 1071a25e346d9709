import { useEffect, useRef, useState } from 'react'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import type { Words } from '../../i18n/catalogue.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { type PinPad as Pad, useCashier } from '../../state/cashier-store.ts'
import { closePinPad, handOverPin } from '../../state/desk-actions.ts'
import styles from './pin-pad.module.css'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
const length = 6
/** No finger enters six digits this fast (ms): a scanner did, and its code is no try. */
const scannerPace = 200
/** A scan goes on after six digits; a person stops (ms). */
const quiet = 120

function firstTitle(pad: Pad, words: Words): string {
  switch (pad.asks) {
    case 'approve':
    case 'visit-late':
      return words.pinApproveTitle(pad.name)
    case 'lead':
    case 'proxy':
    case 'proxy-desk':
    case 'carer-lead':
    case 'carer-phone':
    case 'visit-proxy-lead':
      return words.pinLeadTitle(pad.name)
    case 'carer':
    case 'visit-proxy':
      return words.pinCarerTitle(pad.name)
    case 'carer-new':
    case 'visit-proxy-new':
      return words.pinCarerNewTitle(pad.name)
    case 'set-own':
      return words.pinOwnTitle
    case 'enter':
      return words.pinEnterTitle
    case 'set':
      return words.pinSetTitle
  }
}

/** Six digits that nobody sees, by touch or by the keys; asked for twice where a PIN is new. */
export function PinPad({ pad }: { pad: Pad }) {
  const { words, language } = useSpeech()
  const answer = useCashier(state => state.answer)
  const [entered, setEntered] = useState('')
  const [first, setFirst] = useState<string | null>(null)
  const [differs, setDiffers] = useState(false)
  const [busy, setBusy] = useState(false)
  const began = useRef(0)
  const settle = useRef<ReturnType<typeof setTimeout>>(undefined)
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    input.current?.focus()
    return () => clearTimeout(settle.current)
  }, [])

  async function handOver(pin: string): Promise<void> {
    setBusy(true)
    await handOverPin(pin)
    setBusy(false)
    setFirst(null)
    setEntered('')
    input.current?.focus()
  }

  /** A finger on the pad is no scanner: its sixth digit counts at once. */
  function touch(digit: string): void {
    const next = entered + digit
    if (busy || next.length > length) return
    setEntered(next.length === length ? '' : next)
    if (next.length === length) use(next)
  }

  function take(text: string): void {
    const next = text.replace(/\D/g, '')
    if (busy) return
    if (entered === '') began.current = performance.now()
    setEntered(next)
    clearTimeout(settle.current)
    if (next.length < length) return
    const byFinger = next.length === length && performance.now() - began.current >= scannerPace
    settle.current = setTimeout(() => {
      setEntered('')
      if (byFinger) use(next)
    }, quiet)
  }

  function use(next: string): void {
    if (!isNew) void handOver(next)
    else if (first === null) {
      setDiffers(false)
      setFirst(next)
    } else if (first === next) void handOver(next)
    else {
      setFirst(null)
      setDiffers(true)
    }
  }

  const shown = Math.min(entered.length, length)
  const isNew =
    pad.asks === 'set' || pad.asks === 'set-own' || pad.asks === 'carer-new' || pad.asks === 'visit-proxy-new'
  const title = first === null ? firstTitle(pad, words) : words.pinAgainTitle
  const told = differs ? words.pinDiffers : answer && first === null ? sayNotice(answer, language).what : words.pinLead
  return (
    <dialog
      ref={dialog}
      className={styles.pad}
      onCancel={event => {
        event.preventDefault()
        closePinPad()
      }}
      aria-label={title}
      aria-busy={busy}
      data-pin-pad={pad.asks}
    >
      <h2>
        <Icon name="key" size={34} />
        {title}
      </h2>
      <p role="status">{told}</p>
      <input
        ref={input}
        className={styles.input}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={entered}
        onChange={event => take(event.target.value)}
        aria-label={title}
        data-pin-input
      />
      <p className={styles.dots} role="img" aria-label={words.pinDigits(shown)}>
        {'●'.repeat(shown) + '○'.repeat(length - shown)}
      </p>
      <div className={styles.keys} data-keys>
        {digits.map(digit => (
          <Key key={digit} onPress={() => touch(digit)} className={styles.digit}>
            {digit}
          </Key>
        ))}
        <Key onPress={closePinPad} cap="Esc" className={styles.word}>
          {words.pinCancel}
        </Key>
        <Key onPress={() => touch('0')} className={styles.digit}>
          0
        </Key>
        <Key onPress={() => setEntered(entered.slice(0, -1))} className={styles.word}>
          {words.pinDelete}
        </Key>
      </div>
    </dialog>
  )
}
