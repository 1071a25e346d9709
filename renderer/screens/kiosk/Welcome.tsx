import type { ReactNode } from 'react'
import type { KioskView } from '../../../shared/kiosk-api.ts'
import { CardWay, CodeWay, FaceWay } from '../../design/WayDrawings.tsx'
import { menuPrice } from '../../i18n/money.ts'
import { openPanel } from '../../state/kiosk-actions.ts'
import { lookAtFace } from '../../state/kiosk-look.ts'
import { useKiosk } from '../../state/kiosk-store.ts'
import { useKioskSpeech } from './use-kiosk-speech.ts'
import styles from './welcome.module.css'

/** Nobody is there: a greeting, the ways that are all the same, and the one meal of the day. */
export function Welcome({ view }: { view: KioskView }) {
  const { words, say } = useKioskSpeech()
  const { meal, set } = view
  return (
    <main className={styles.welcome}>
      <div className={styles.greeting}>
        <h1>
          {words.hello}
          <br />
          {words.chooseWay}
        </h1>
        <p>{words.kioskSame}</p>
      </div>
      <div className={styles.ways}>
        <Way
          name="way-card"
          word={words.wayCard}
          note={words.kioskCardNote}
          onPress={() => openPanel({ shows: 'way', way: 'card' })}
        >
          <CardWay />
        </Way>
        <Way
          name="way-code"
          word={words.wayCode}
          note={words.wayCodeNote}
          onPress={() => openPanel({ shows: 'way', way: 'code' })}
        >
          <CodeWay />
        </Way>
        {view.face && (
          <Way name="way-face" word={words.kioskFace} note={words.kioskFaceNote} onPress={() => void lookAtFace()}>
            <FaceWay />
          </Way>
        )}
      </div>
      <section className={styles.meal}>
        <h2>
          {meal ? words.todayMeal(words[meal.name]) : words.kioskOneSet}
          {meal && (
            <small>
              {meal.from}–{meal.to}
            </small>
          )}
        </h2>
        {set && (
          <div className={styles.set}>
            <p>
              <strong>{say(set.name)}</strong>
              <strong>
                {menuPrice(set.priceFen)} {words.yuan}
              </strong>
            </p>
            <p className={styles.dish}>{say(set.dish)}</p>
          </div>
        )}
        <p className={styles.note}>{words.menuNote}</p>
        <p className={styles.note}>{words.kioskNoCash}</p>
      </section>
    </main>
  )
}

function Way(props: { name: string; word: string; note: string; onPress: () => void; children: ReactNode }) {
  const rests = useKiosk(state => state.settling || !state.connected)
  return (
    <button type="button" onClick={props.onPress} disabled={rests} data-key={props.name}>
      {props.children}
      <strong>{props.word}</strong>
      <span>{props.note}</span>
    </button>
  )
}
