import type { PricedView } from '../../../shared/terminal-api.ts'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { sumsFor, takeNote } from '../../state/cash-notes.ts'
import { useCashier } from '../../state/cashier-store.ts'
import styles from './note-keys.module.css'

/** The notes that people pay with: one touch records the sale and says what goes back. */
export function NoteKeys({ priced }: { priced: PricedView }) {
  const { words } = useSpeech()
  const saving = useCashier(state => state.savingCheckIn) === priced.checkIn
  return (
    <fieldset className={styles.notes} aria-label={words.notesTaken}>
      {sumsFor(priced.dueFen).map(({ fen, cap }) => (
        <Key
          key={cap}
          onPress={() => takeNote(priced, fen)}
          cap={cap}
          disabled={saving || fen < priced.dueFen}
          className={styles.note}
        >
          {fen / 100}
        </Key>
      ))}
    </fieldset>
  )
}
