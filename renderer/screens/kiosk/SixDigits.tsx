import { useState } from 'react'
import { useKiosk } from '../../state/kiosk-store.ts'
import styles from './six-digits.module.css'
import { useKioskSpeech } from './use-kiosk-speech.ts'

const length = 6
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** Six digits by touch, which nobody sees; `onSix` has them. A key that is held down gives one digit. */
export function SixDigits(props: {
  title: string
  told: string | null
  onSix: (pin: string) => Promise<void>
  onBack: () => void
}) {
  const { words } = useKioskSpeech()
  const { busy, settling } = useKiosk()
  const [entered, setEntered] = useState('')
  const rests = busy || settling || entered.length === length

  function touch(digit: string): void {
    const next = entered + digit
    setEntered(next)
    if (next.length === length) void props.onSix(next).finally(() => setEntered(''))
  }

  const key = (digit: string) => (
    <button key={digit} type="button" disabled={rests} onClick={() => touch(digit)}>
      {digit}
    </button>
  )
  return (
    <main className={styles.pad} data-pin-pad>
      <div className={styles.words}>
        <h1>{props.title}</h1>
        <p role="status">{props.told ?? words.kioskPinAside}</p>
        <p className={styles.dots} role="img" aria-label={words.pinDigits(entered.length)}>
          {'●'.repeat(entered.length) + '○'.repeat(length - entered.length)}
        </p>
      </div>
      <div className={styles.keys}>
        {digits.map(key)}
        <button
          type="button"
          className={styles.word}
          disabled={busy || settling}
          onClick={props.onBack}
          data-key="back"
        >
          {words.kioskBack}
        </button>
        {key('0')}
        <button type="button" className={styles.word} disabled={rests} onClick={() => setEntered(entered.slice(0, -1))}>
          {words.pinDelete}
        </button>
      </div>
    </main>
  )
}
