import type { KioskView } from '../../../shared/kiosk-api.ts'
import { CardWay, CodeWay } from '../../design/WayDrawings.tsx'
import { endPanel, openPanel } from '../../state/kiosk-actions.ts'
import { lookAtFace } from '../../state/kiosk-look.ts'
import { KioskKey } from './KioskKey.tsx'
import { useKioskSpeech } from './use-kiosk-speech.ts'
import styles from './way-hint.module.css'

/** How a card or a code is shown here. Either works at any time, whatever stands on the screen. */
export function WayHint({ way, view }: { way: 'card' | 'code'; view: KioskView }) {
  const { words } = useKioskSpeech()
  const isCard = way === 'card'
  return (
    <main className={styles.hint}>
      <div className={styles.drawing}>{isCard ? <CardWay /> : <CodeWay />}</div>
      <div className={styles.words}>
        <div role="status">
          <h1>{isCard ? words.kioskCardHint : words.kioskCodeHint}</h1>
          <p>{isCard ? words.kioskCardHintNote : words.kioskCodeHintNote}</p>
        </div>
        <div className={styles.keys}>
          <KioskKey
            name="other-way"
            icon={isCard ? 'code' : 'card'}
            word={isCard ? words.kioskOtherCode : words.kioskOtherCard}
            onPress={() => openPanel({ shows: 'way', way: isCard ? 'code' : 'card' })}
          />
          {view.face && <KioskKey name="look" icon="face" word={words.kioskFace} onPress={() => void lookAtFace()} />}
          <KioskKey name="back" tone="quiet" word={words.kioskBack} onPress={endPanel} />
        </div>
      </div>
    </main>
  )
}
