import { faceCountIsHigh, faceCountLimit } from '../../../shared/face/face-count.ts'
import type { FaceView } from '../../../shared/face-api.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import type { Words } from '../../i18n/catalogue.ts'
import { dateSeenFrom } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { closeFaces, openFaceReport, switchFaces } from '../../state/face-actions.ts'
import { useFocusHere } from '../../state/use-focus-here.ts'
import { Card } from '../sync/Card.tsx'
import { CalibrationReport } from './CalibrationReport.tsx'
import styles from './faces.module.css'

/** Why one face is looked for among all members, or why it is not. */
function amongAll(face: FaceView, words: Words): string {
  if (!face.on) return words.facesAmongAllOff
  if (face.oneToMany) return words.facesAmongAllYes(face.mostMembers)
  if (face.calibration === null) return words.facesAmongAllNoCalibration
  if (face.mostMembers < Math.max(face.enrolled, 1)) return words.facesAmongAllTooMany(face.enrolled, face.mostMembers)
  return words.facesAmongAllNotAllowed
}

/** A small share as people read it: 0.0003 is "0.03 %". */
const share = (part: number) => `${Number((100 * part).toPrecision(2))} %`
const counted = (count: number) => count.toLocaleString('en-US')

function Switch({ face }: { face: FaceView }) {
  const { words } = useSpeech()
  return (
    <Card name="switch" icon="face" title={words.facesTitle} rim={face.on ? 'green' : 'slate'}>
      <p className={styles.large}>{face.on ? words.facesOn : words.facesOff}</p>
      <p>{face.on ? words.facesOnNote : words.facesOffNote}</p>
      <div className={styles.foot}>
        <Key onPress={() => switchFaces(!face.on)} tone={face.on ? 'plain' : 'primary'} cap="1" pressed={face.on}>
          {face.on ? words.facesSwitchOff : words.facesSwitchOn}
        </Key>
      </div>
    </Card>
  )
}

function Count({ face, today }: { face: FaceView; today: string }) {
  const { words, language } = useSpeech()
  const high = faceCountIsHigh(face.enrolled)
  const limit = counted(faceCountLimit)
  return (
    <Card name="count" icon="people" title={words.facesEnrolled} rim={high ? 'ochre' : 'none'}>
      <p className={styles.large}>{words.facesPeople(face.enrolled)}</p>
      <p>{words.facesPortraits(face.portraits)}</p>
      <p className={styles.note}>{high ? words.facesHigh(limit) : words.facesFarFromLimit(limit)}</p>
      {face.erased && (
        <p className={styles.note} data-erased={face.erased.found}>
          {words.facesErased(dateSeenFrom(face.erased.on, today, language), face.erased.people)}
          {face.erased.found === 0
            ? words.facesErasedClean(face.erased.files)
            : words.facesErasedLeft(face.erased.found)}
        </p>
      )}
    </Card>
  )
}

function Calibration({ face, today }: { face: FaceView; today: string }) {
  const { words, language } = useSpeech()
  const { calibration } = face
  return (
    <Card name="calibration" icon="tools" title={words.facesCalibration} rim="none">
      <p className={styles.head}>
        {calibration ? words.facesCalibrated(dateSeenFrom(calibration.on, today, language)) : words.facesNotCalibrated}
      </p>
      <p>
        {calibration
          ? words.facesCalibratedBy(counted(calibration.pairs), share(calibration.far))
          : words.facesNotCalibratedNote}
      </p>
      <h3>{words.facesAmongAll}</h3>
      <p data-among-all={face.oneToMany}>{amongAll(face, words)}</p>
      {face.on && (
        <div className={styles.foot}>
          <Key onPress={openFaceReport} cap="2">
            {words.facesReport}
          </Key>
        </div>
      )}
    </Card>
  )
}

/** Faces at this terminal: whether they are in use, of how many, and by which measures. */
export function FacesScreen({ terminal, face }: { terminal: TerminalView; face: FaceView }) {
  const { words } = useSpeech()
  const title = useFocusHere()
  const reportOpen = useCashier(state => state.faceReportOpen) && face.on
  return (
    <main className={classes(styles.screen, reportOpen && styles.withReport)} data-screen="faces">
      <div className={styles.top}>
        <h1 ref={title} tabIndex={-1}>
          {words.facesTitle}
        </h1>
        <p>{words.facesLead}</p>
        <Key onPress={closeFaces} cap="Esc">
          {words.back}
        </Key>
      </div>
      {reportOpen ? (
        <CalibrationReport />
      ) : (
        <div className={styles.cards}>
          <Switch face={face} />
          <Count face={face} today={terminal.businessDate} />
          <Calibration face={face} today={terminal.businessDate} />
        </div>
      )}
      <p className={styles.network}>
        <Icon name="info" />
        {words.facesNetwork(face.engine)}
      </p>
    </main>
  )
}
