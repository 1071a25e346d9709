import { useEffect } from 'react'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { ringWhileWaiting } from '../../state/bell.ts'
import { answerHelp, backToKiosk } from '../../state/cashier-actions.ts'
import styles from './kiosk-strip.module.css'

/** Of a terminal that is a kiosk: who calls for help there, that it sells, or the key that gives it back to the guests. */
export function KioskStrip({ kiosk }: { kiosk: NonNullable<TerminalView['kiosk']> }) {
  const { words } = useSpeech()
  const { front, helpSince } = kiosk
  const called = helpSince !== null
  useEffect(() => (called ? ringWhileWaiting() : undefined), [called])
  if (helpSince !== null)
    return (
      <section className={styles.call} role="alert" data-kiosk-strip="help">
        <Icon name="bell" size={36} />
        <span>
          <strong>{words.kioskCalls(clockText(helpSince))}</strong>
          <small>{words.kioskCallsNote}</small>
        </span>
        <Key onPress={answerHelp}>{words.kioskGoing}</Key>
      </section>
    )
  return (
    <section className={styles.strip} data-kiosk-strip={front}>
      {front === 'kiosk' ? (
        <span>
          <strong>{words.kioskSells}</strong>
        </span>
      ) : (
        <>
          <small>{words.kioskReturnNote}</small>
          <Key onPress={backToKiosk}>{words.kioskReturn}</Key>
        </>
      )}
    </section>
  )
}
