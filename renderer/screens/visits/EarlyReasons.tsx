import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { earlyReasons, leaveEarly } from '../../state/station-actions.ts'
import styles from './visit-desk.module.css'

/** Why a visit ends before its least minutes. */
export function EarlyReasons({ visit, onKeep }: { visit: string; onKeep: () => void }) {
  const { words } = useSpeech()
  return (
    <>
      <h3>{words.visitEarlyWhy}</h3>
      <div className={styles.reasons} data-early>
        {earlyReasons.map((reason, place) => (
          <Key key={reason} onPress={() => leaveEarly(visit, reason)} cap={String(place + 1)}>
            {words.visitEarlyReasons[reason]}
          </Key>
        ))}
        <Key onPress={onKeep} cap="Esc">
          {words.visitKeepOn}
        </Key>
      </div>
    </>
  )
}
