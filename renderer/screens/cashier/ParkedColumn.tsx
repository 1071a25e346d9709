import type { ParkedView } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { pressPark, settleParked } from '../../state/park-actions.ts'
import { ActionKeys } from './ActionKeys.tsx'
import styles from './meal-column.module.css'

/** Who waits to be settled, the longest first; each is one key away. */
export function ParkedColumn({ parked }: { parked: readonly ParkedView[] }) {
  const { words, say } = useSpeech()
  const actions = parked.map((one, place) => ({
    icon: one.earlier ? ('cross' as const) : ('pause' as const),
    name: `${one.name ?? (one.means ? words.strangerTitle : words.guest)} · ${say(one.set)}`,
    note: one.earlier ? words.parkedEarlier : words.parkedSince(clockText(one.at)),
    cap: String(place + 1),
    press: () => void settleParked(one),
  }))
  return (
    <div className={styles.column} data-parked={parked.length}>
      <ActionKeys title={words.parkedTitle} note={words.parkedNote} actions={actions} />
      <div className={styles.foot}>
        <Key onPress={pressPark} cap="Esc" className={styles.leave}>
          <Icon name="cross" />
          {words.parkedClose}
        </Key>
      </div>
    </div>
  )
}
