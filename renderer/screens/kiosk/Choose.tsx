import type { KioskNow } from '../../../shared/kiosk-api.ts'
import { yuan } from '../../i18n/money.ts'
import { openPanel, takeListPrice } from '../../state/kiosk-actions.ts'
import { useKiosk } from '../../state/kiosk-store.ts'
import styles from './choose.module.css'
import { KioskKey } from './KioskKey.tsx'
import { addressOf, useKioskSpeech } from './use-kiosk-speech.ts'

/** A card, a paper code or a face alone: the same two keys for everybody, with a subsidy or without. */
export function Choose({ choosing }: { choosing: Extract<KioskNow, { state: 'choosing' }> }) {
  const speech = useKioskSpeech()
  const { words, say } = speech
  const told = useKiosk(state => state.told)
  const person = addressOf(choosing, speech)
  return (
    <main className={styles.choose}>
      <div className={styles.head}>
        <div role="status">
          <h1>{person === null ? words.kioskHelloAll : words.kioskHello(person)}</h1>
          <p>{told ? words.kioskPinRests : words.kioskChoose}</p>
        </div>
        <section className={styles.slip}>
          <h2>{words.thisMeal}</h2>
          <p>{say(choosing.set)}</p>
          <p className={styles.price}>
            <span>{words.listPrice}</span>
            <strong>{yuan(choosing.listFen)}</strong>
          </p>
        </section>
      </div>
      <div className={styles.keys}>
        <KioskKey
          name="pin"
          tone="primary"
          icon="key"
          word={words.kioskWithPin}
          note={words.kioskWithPinNote}
          onPress={() => openPanel({ shows: 'pin', checkIn: choosing.checkIn })}
        />
        <KioskKey
          name="list-price"
          icon="bowl"
          word={words.kioskAtList}
          note={words.kioskAtListNote}
          onPress={() => takeListPrice(choosing.checkIn)}
        />
      </div>
    </main>
  )
}
