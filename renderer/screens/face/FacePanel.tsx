import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import type { FaceLook } from '../../state/cashier-store.ts'
import { endFaceLook } from '../../state/face-look.ts'
import { FaceCircle } from './FaceCircle.tsx'
import styles from './face-panel.module.css'

/** One sentence at a time, for who stands before the camera. */
function sentence({ stage, turn, hint, quality }: FaceLook, { words, hints }: Speech): string {
  if (stage === 'starting') return words.faceStarting
  if (stage === 'comparing') return words.faceComparing
  if (stage === 'turning') return turn === 'left' ? words.faceTurnLeft : words.faceTurnRight
  if (hint !== null) return hints[hint]
  return quality > 0.5 ? words.faceGood : words.faceLook
}

/** What calms, below the picture. */
function lead({ stage }: FaceLook, { words }: Speech): string {
  if (stage === 'turning') return words.faceTurnLead
  return stage === 'again' ? words.faceAgain : words.faceLead
}

/** While a face is looked at: the live picture in the middle, and how to end it. Card and code work on. */
export function FacePanel({ look }: { look: FaceLook }) {
  const speech = useSpeech()
  const { words } = speech
  return (
    <section className={styles.panel} data-face-look={look.stage}>
      <h2 role="status" data-face-hint={look.hint ?? ''}>
        {sentence(look, speech)}
      </h2>
      <div className={styles.place}>
        <FaceCircle quality={look.quality} />
        {look.turn !== null && (
          <svg className={look.turn === 'left' ? styles.left : styles.right} viewBox="0 0 24 24" aria-hidden="true">
            <path d={look.turn === 'left' ? 'M21 12H3m7-7-7 7 7 7' : 'M3 12h18m-7-7 7 7-7 7'} />
          </svg>
        )}
      </div>
      <p className={styles.lead}>{lead(look, speech)}</p>
      <p>{words.facePrivacy}</p>
      <div className={styles.foot}>
        <p>
          <Icon name="card" size={26} />
          {words.faceOtherWays}
        </p>
        <Key onPress={endFaceLook} cap="Esc">
          {words.faceStop}
        </Key>
      </div>
    </section>
  )
}
