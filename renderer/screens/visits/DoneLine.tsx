import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { takeBack } from '../../state/station-actions.ts'
import { useStation } from '../../state/station-store.ts'
import styles from './follow-ups.module.css'
import { ServiceTag } from './parts.tsx'
import station from './station.module.css'

/** A visit that is done or was entered late today, and the way to take it back while that can be done. */
export function DoneLine() {
  const { words, say } = useSpeech()
  const { line, busy } = useStation()
  if (line === null) return null
  return (
    <section className={station.card} data-done-line={line.state}>
      <h2 className={styles.title}>
        {line.at} · {line.name || words.visitNoName}
      </h2>
      <p>
        <ServiceTag kind={line.kind}>{say(line.service)}</ServiceTag>
      </p>
      <div className={station.body}>
        <p className={station.soft}>
          {words.visitStates[line.state]}
          {line.minutes !== null && ` · ${words.visitMinutes(line.minutes)}`}
        </p>
        {line.takesBack && <p className={station.soft}>{words.visitTakeBackLead}</p>}
      </div>
      {line.takesBack && (
        <div className={station.keys}>
          <Key onPress={() => takeBack(line)} cap={words.enter} disabled={busy}>
            <Icon name="undo" size={30} />
            {words.visitTakeBack}
          </Key>
        </div>
      )}
    </section>
  )
}
