import { photosForTemplate } from '../../../shared/face/embedding.ts'
import { surnameOf } from '../../../shared/person-names.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import type { Enrolment } from '../../state/cashier-store.ts'
import { takePhoto } from '../../state/face-enrolment.ts'
import { CaptureView } from './CaptureView.tsx'
import frame from './enrol.module.css'
import styles from './photos-step.module.css'

/** Three photos, each begun by a key; of each only the numbers stay. */
export function PhotosStep({ enrolment }: { enrolment: Enrolment }) {
  const { words } = useSpeech()
  const { person, taken } = enrolment
  const surname = surnameOf(person.name)
  const places = Array.from({ length: photosForTemplate }, (_, place) => place)
  return (
    <>
      <div className={frame.head}>
        <h1>{words.photosTitle(person.sex === 'female' ? words.madam(surname) : words.sir(surname))}</h1>
      </div>
      <CaptureView enrolment={enrolment}>
        <ul className={styles.photos} data-photos={taken}>
          {places.map(place => (
            <li key={place} className={classes(place < taken && styles.done, place === taken && styles.now)}>
              {place < taken ? <Icon name="check" size={30} /> : <span>{place + 1}</span>}
              {words.photoOf(place + 1, photosForTemplate)}
            </li>
          ))}
        </ul>
        <p>{words.faceLead}</p>
        <p>{words.photoVary}</p>
      </CaptureView>
      <div className={frame.foot}>
        <p>{words.takePhotoNote}</p>
        <Key
          onPress={() => void takePhoto()}
          cap={words.enter}
          tone="primary"
          disabled={enrolment.taking}
          className={frame.main}
        >
          <Icon name="camera" size={30} />
          {words.takePhoto(taken + 1)}
        </Key>
      </div>
    </>
  )
}
