import { useEffect, useRef } from 'react'
import { classes } from '../../design/classes.ts'
import type { Speech } from '../../i18n/use-words.ts'
import { saySenior } from '../../i18n/words.ts'
import { openPanel } from '../../state/kiosk-actions.ts'
import { lookPicture } from '../../state/kiosk-look.ts'
import type { KioskLook } from '../../state/kiosk-store.ts'
import circle from '../face/face-circle.module.css'
import { KioskKey } from './KioskKey.tsx'
import styles from './look-panel.module.css'
import { useKioskSpeech } from './use-kiosk-speech.ts'

const withoutPicture: readonly KioskLook['stage'][] = ['starting', 'no-camera', 'unclear']
const around = 2 * Math.PI * 47

/** One sentence at a time. */
function sentence({ stage, turn, hint, quality }: KioskLook, { words, hints, language }: Speech): string {
  if (stage === 'no-camera') return words.kioskNoCamera
  if (stage === 'unclear') return saySenior('FACE_NO_MATCH', language) ?? words.kioskOtherWays
  if (stage === 'starting') return words.faceStarting
  if (stage === 'comparing') return words.faceComparing
  if (stage === 'turning') return turn === 'left' ? words.faceTurnLeft : words.faceTurnRight
  if (hint !== null) return hints[hint]
  return quality > 0.5 ? words.faceGood : words.faceLook
}

/** The live picture, mirrored: the ring is how good it is, the dotted oval where the face goes. */
function Circle({ quality, hasPicture }: { quality: number; hasPicture: boolean }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const video = hasPicture ? lookPicture() : null
    if (video === null) return
    video.style.transform = 'scale(-1, 1)'
    place.current?.append(video)
    void video.play()
  }, [hasPicture])
  return (
    <div className={classes(circle.circle, styles.circle)}>
      <div ref={place} className={circle.picture} />
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className={circle.track} cx="50" cy="50" r="47" />
        <circle
          className={circle.ring}
          cx="50"
          cy="50"
          r="47"
          style={{ strokeDasharray: around, strokeDashoffset: around * (1 - quality) }}
        />
        <ellipse className={circle.oval} cx="50" cy="50" rx="23" ry="30" />
      </svg>
    </div>
  )
}

/** While a face is looked at. A card and a code work all the while. */
export function LookPanel({ look }: { look: KioskLook }) {
  const speech = useKioskSpeech()
  const { words } = speech
  return (
    <main className={styles.look} data-look={look.stage}>
      <Circle quality={look.quality} hasPicture={!withoutPicture.includes(look.stage)} />
      <div className={styles.words}>
        <h1 role="status">{sentence(look, speech)}</h1>
        <p>
          {look.stage === 'no-camera' || look.stage === 'unclear' ? words.kioskOtherWays : words.faceLead}
          <br />
          {words.facePrivacy}
        </p>
        <div className={styles.keys}>
          <KioskKey
            name="other-card"
            icon="card"
            word={words.kioskOtherCard}
            onPress={() => openPanel({ shows: 'way', way: 'card' })}
          />
          <KioskKey
            name="other-code"
            icon="code"
            word={words.kioskOtherCode}
            onPress={() => openPanel({ shows: 'way', way: 'code' })}
          />
        </div>
      </div>
    </main>
  )
}
