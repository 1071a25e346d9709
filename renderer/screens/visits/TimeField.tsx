import { useState } from 'react'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { asClock, minutesTyped } from '../../state/station-late.ts'
import styles from './late-visit.module.css'

const step = 5

/** A time of the day: typed as four digits, or moved by five minutes at a touch. */
export function TimeField(props: {
  name: string
  minutes: number
  onMinutes: (minutes: number) => void
  from?: boolean
}) {
  const { words } = useSpeech()
  const [typed, setTyped] = useState<string | null>(null)
  function write(text: string): void {
    const minutes = minutesTyped(text)
    setTyped(minutes === null ? text : null)
    if (minutes !== null) props.onMinutes(minutes)
  }
  const key = (by: number) => (
    <Key
      onPress={() => props.onMinutes(props.minutes + by)}
      className={styles.step}
      label={`${props.name} ${by < 0 ? words.lateVisitEarlier(-by) : words.lateVisitLater(by)}`}
    >
      {by < 0 ? `−${-by}` : `+${by}`}
    </Key>
  )
  return (
    <div className={styles.time}>
      <span>{props.name}</span>
      {key(-step * 6)}
      {key(-step)}
      <input
        value={typed ?? asClock(props.minutes)}
        maxLength={5}
        inputMode="numeric"
        autoComplete="off"
        aria-label={props.name}
        onFocus={event => {
          setTyped('')
          event.target.value = ''
        }}
        onBlur={() => setTyped(null)}
        onChange={event => write(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return
          event.currentTarget.blur()
          event.preventDefault()
        }}
        {...(props.from ? { 'data-late-from': true } : { 'data-late-until': true })}
      />
      {key(step)}
      {key(step * 6)}
    </div>
  )
}
