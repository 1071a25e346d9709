import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import type { Enrolment } from '../../state/cashier-store.ts'
import { giveConsent, tryOut } from '../../state/face-enrolment.ts'
import { jpegAddress } from '../../state/face-portrait.ts'
import { CaptureView } from './CaptureView.tsx'
import frame from './enrol.module.css'
import styles from './photos-step.module.css'

/** One more look must know the person again; only then is anything stored. */
export function TrialStep({ enrolment }: { enrolment: Enrolment }) {
  const { words } = useSpeech()
  const { taking, portraitJpeg } = enrolment
  return (
    <>
      <div className={frame.head}>
        <h1>{words.trialTitle}</h1>
      </div>
      <CaptureView enrolment={enrolment}>
        <p>{words.trialLead}</p>
        {portraitJpeg !== null && (
          <p className={styles.portrait}>
            <img src={jpegAddress(portraitJpeg)} alt={words.portraitTaken} />
            {words.portraitTaken}
          </p>
        )}
      </CaptureView>
      <div className={frame.foot}>
        <p>{words.takePhotoNote}</p>
        <Key onPress={() => void giveConsent()} cap="R" disabled={taking} className={frame.main}>
          <Icon name="undo" size={30} />
          {words.trialAgain}
        </Key>
        <Key onPress={() => void tryOut()} cap={words.enter} tone="primary" disabled={taking} className={frame.main}>
          <Icon name="face" size={30} />
          {words.trialKey}
        </Key>
      </div>
    </>
  )
}
