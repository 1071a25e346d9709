import type { ReactNode } from 'react'
import { useSpeech } from '../../i18n/use-words.ts'
import type { Enrolment } from '../../state/cashier-store.ts'
import styles from './capture-view.module.css'
import { FaceCircle } from './FaceCircle.tsx'

/** The circle beside what is said to the person before it; the hint is the one thing that helps most now. */
export function CaptureView({ enrolment, children }: { enrolment: Enrolment; children: ReactNode }) {
  const { words, hints } = useSpeech()
  const { taking, hint, quality } = enrolment
  const told = !taking ? '' : hint !== null ? hints[hint] : quality > 0.5 ? words.faceGood : words.faceStarting
  return (
    <div className={styles.capture} data-taking={taking}>
      <div className={styles.place}>
        <FaceCircle quality={taking ? quality : 0} />
      </div>
      <div className={styles.words}>
        {children}
        <p className={styles.hint} role="status">
          {told}
        </p>
      </div>
    </div>
  )
}
