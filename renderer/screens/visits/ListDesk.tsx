import type { StationView } from '../../../shared/visit-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { switchLanguage } from '../../state/cashier-actions.ts'
import { choosePerson, showPanel } from '../../state/station-actions.ts'
import { openPhones } from '../../state/station-phones.ts'
import { PersonSearch } from '../afterwards/PersonSearch.tsx'
import { FaceKey } from './FaceAsked.tsx'
import styles from './list-desk.module.css'
import { QrPicture } from './QrPicture.tsx'
import station from './station.module.css'

/** What a carer's phone reads, or the carer types, to show that they are here. */
function StationCode({ digits, qr }: { digits: string; qr: string }) {
  const { words } = useSpeech()
  return (
    <div className={styles.code} data-station-code={digits}>
      <QrPicture text={qr} label={`${words.stationCode} ${digits}`} />
      <div>
        <h3>{words.stationCode}</h3>
        <strong className={styles.digits}>{digits.replace(/(\d{3})(?=\d)/, '$1 ')}</strong>
        <p className={station.soft}>{words.stationCodeLead}</p>
      </div>
    </div>
  )
}

/** Nobody stands here: how to begin, and the code of the place. */
export function ListDesk({ view }: { view: StationView }) {
  const { words } = useSpeech()
  return (
    <section className={station.card}>
      <div className={styles.calm}>
        <Icon name="card" size={64} />
        <Icon name="code" size={64} />
        <div>
          <h2>{words.stationCalm}</h2>
          <p className={station.soft}>{words.stationCalmLead}</p>
        </div>
        <FaceKey view={view} className={station.side} />
      </div>
      <div className={styles.find}>
        <PersonSearch onChoose={({ senior }) => choosePerson(senior)} label={words.stationFind} />
      </div>
      {view.station && <StationCode digits={view.station.code.text} qr={view.station.code.qr} />}
      <div className={styles.foot}>
        <Key onPress={() => showPanel('follow-ups')} cap="F">
          <Icon name="house" />
          {words.stationFollowUps(view.followUps.length)}
        </Key>
        {view.station?.phones && (
          <Key onPress={openPhones} cap="P">
            <Icon name="phone" />
            {words.stationPhones}
          </Key>
        )}
        <Key onPress={switchLanguage} cap="L">
          <Icon name="globe" />
          {words.otherLanguage}
        </Key>
      </div>
    </section>
  )
}
