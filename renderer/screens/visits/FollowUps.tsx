import type { StationView } from '../../../shared/visit-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { shortDate } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { endFollowUp } from '../../state/station-actions.ts'
import { useStation } from '../../state/station-store.ts'
import { NoteField } from './ArrivingParts.tsx'
import arriving from './arriving.module.css'
import styles from './follow-ups.module.css'
import { kindIcons } from './parts.tsx'
import station from './station.module.css'

/** Whom nobody has seen yet, and how somebody says that they were. */
export function FollowUps({ view }: { view: StationView }) {
  const { words, say, language } = useSpeech()
  const { followUp, busy } = useStation()
  return (
    <section className={station.card} data-follow-ups={view.followUps.length}>
      <h2 className={styles.title}>{words.followUpTitle}</h2>
      <p className={station.soft}>{words.followUpLead}</p>
      <div className={station.body}>
        {view.followUps.length === 0 && <p className={styles.none}>{words.followUpNone}</p>}
        <ul className={styles.list}>
          {view.followUps.map((line, place) => (
            <li key={line.of}>
              <Key
                onPress={() => useStation.setState({ followUp: line })}
                pressed={followUp?.of === line.of}
                tone={followUp?.of === line.of ? 'primary' : 'plain'}
                className={styles.line}
                {...(place < 9 ? { cap: String(place + 1) } : {})}
              >
                <Icon name={kindIcons[line.kind]} size={32} />
                <span className={arriving.two}>
                  <strong>{line.name || words.visitNoName}</strong>
                  <small>
                    {say(line.service)} · {words.followUpSince(shortDate(line.date, language), line.at)}
                  </small>
                </span>
              </Key>
            </li>
          ))}
        </ul>
      </div>
      {followUp && (
        <>
          <NoteField />
          <h3>{words.followUpNow(followUp.name || words.visitNoName)}</h3>
          <div className={classes(station.keys, station.even)}>
            <Key onPress={() => void endFollowUp('well')} cap="1" disabled={busy}>
              <Icon name="check" />
              {words.followUpWell}
            </Key>
            <Key onPress={() => void endFollowUp('unwell')} cap="2" disabled={busy}>
              <Icon name="info" />
              {words.followUpUnwell}
            </Key>
          </div>
        </>
      )}
    </section>
  )
}
