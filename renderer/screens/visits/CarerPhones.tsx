import type { CarerView, StationView } from '../../../shared/visit-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { showNine } from '../../state/station-actions.ts'
import { nextNine, nineOf } from '../../state/station-choices.ts'
import { closePhones, phonesOf, setUpPhone } from '../../state/station-phones.ts'
import { useStation } from '../../state/station-store.ts'
import arriving from './arriving.module.css'
import followUps from './follow-ups.module.css'
import styles from './phones.module.css'
import { QrPicture } from './QrPicture.tsx'
import station from './station.module.css'

/** Which carers' phones may answer the code of this till; a lead lets one answer, or no more. */
export function CarerPhones({ view }: { view: StationView }) {
  const { words } = useSpeech()
  const { phoneOf, phoneLink, nine } = useStation()
  const carers = phonesOf(view)
  const chosen = carers.find(({ carer }) => carer === phoneOf)
  const { shown, more } = nineOf(carers, nine)
  if (phoneLink !== null) return <Once link={phoneLink} name={chosen?.name ?? ''} />
  return (
    <section className={station.card} data-phones>
      <h2 className={followUps.title}>{words.stationPhones}</h2>
      <p className={station.soft}>{words.phonesLead}</p>
      <div className={station.body}>
        <div className={arriving.options}>
          {shown.map((one, place) => (
            <Carer key={one.carer} carer={one} cap={String(place + 1)} isChosen={one.carer === phoneOf} />
          ))}
          {more && (
            <Key onPress={() => showNine(nextNine(carers.length, nine))} cap="0" className={arriving.option}>
              {words.visitNext}
            </Key>
          )}
        </div>
      </div>
      {chosen && (
        <div className={station.keys}>
          <Key onPress={() => void setUpPhone(chosen.carer, true)} cap={words.enter} tone="primary">
            <Icon name="phone" size={34} />
            <span className={station.words}>
              <strong>
                {chosen.name} · {chosen.phone ? words.phoneGiveAgain : words.phoneGive}
              </strong>
              <small>{words.phoneGiveNote}</small>
            </span>
          </Key>
          {chosen.phone && (
            <Key onPress={() => void setUpPhone(chosen.carer, false)} cap="X" className={station.side}>
              {words.phoneWithdraw}
            </Key>
          )}
        </div>
      )}
    </section>
  )
}

function Carer({ carer, cap, isChosen }: { carer: CarerView; cap: string; isChosen: boolean }) {
  const { words } = useSpeech()
  return (
    <Key
      onPress={() => useStation.setState({ phoneOf: carer.carer })}
      cap={cap}
      pressed={isChosen}
      className={classes(arriving.option, isChosen && arriving.open)}
    >
      <span className={arriving.two}>
        <strong>{carer.name}</strong>
        <small className={classes(carer.phone && styles.has)}>{carer.phone ? words.phoneHas : words.phoneHasNot}</small>
      </span>
    </Key>
  )
}

/** The key on its way to the phone: shown this once. */
function Once({ link, name }: { link: string; name: string }) {
  const { words } = useSpeech()
  return (
    <section className={station.card} data-phone-link={link}>
      <h2 className={followUps.title}>{words.phoneShowTitle(name)}</h2>
      <p className={station.soft}>{words.phoneShowLead}</p>
      <div className={styles.once}>
        <QrPicture text={link} label={words.phoneShowTitle(name)} />
      </div>
      <div className={station.keys}>
        <Key onPress={closePhones} cap={words.enter} tone="primary">
          <Icon name="check" size={34} />
          {words.phoneShowDone}
        </Key>
      </div>
    </section>
  )
}
