import type { StationView } from '../../../shared/visit-api.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { chooseAnew, sendAnswer } from '../../state/station-actions.ts'
import { DigitField } from './ArrivingParts.tsx'
import arriving from './arriving.module.css'
import styles from './phones.module.css'
import { QrPicture } from './QrPicture.tsx'
import station from './station.module.css'

/** The code of the place for a carer's phone, and its answer as it is typed; a scanner or the camera needs no field for the first one. */
export function PhoneAnswer({ view }: { view: StationView }) {
  const { words } = useSpeech()
  if (view.station === null) return null
  const { text, qr } = view.station.code
  // Nobody takes another carer's place by holding up a phone.
  const isChange = view.desk.state !== 'arriving' || view.desk.carer !== null
  return (
    <div className={arriving.code} data-phone-answer>
      <div className={styles.read} data-station-code={text}>
        <QrPicture text={qr} label={`${words.stationCode} ${text}`} />
        <div>
          <h3>{words.visitPhoneTitle}</h3>
          <strong className={styles.digits}>{text.replace(/(\d{3})(?=\d)/, '$1 ')}</strong>
          <p className={station.soft}>{isChange ? words.visitPhoneChangeLead : words.visitPhoneLead}</p>
        </div>
      </div>
      <DigitField
        label={words.visitPhoneAnswer}
        onSend={() => void sendAnswer()}
        onLeave={() => chooseAnew('answer')}
        take={words.visitTakeCode}
      />
    </div>
  )
}
