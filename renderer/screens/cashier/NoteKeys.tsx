import { classes } from '../../design/classes.ts'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { otherCap, sumsFor } from '../../state/cash-notes.ts'
import styles from './note-keys.module.css'

/** What people pay with: one touch records and says what goes back; the last key asks for any other sum. */
export function NoteKeys(props: {
  dueFen: number
  saving: boolean
  onNote: (givenFen: number) => void
  onOther: () => void
}) {
  const { words } = useSpeech()
  const { dueFen, saving, onNote, onOther } = props
  return (
    <fieldset className={styles.notes} aria-label={words.notesTaken}>
      {sumsFor(dueFen).map(({ fen, cap }) => (
        <Key key={cap} onPress={() => onNote(fen)} cap={cap} disabled={saving || fen < dueFen} className={styles.note}>
          {fen / 100}
        </Key>
      ))}
      <Key onPress={onOther} cap={otherCap} disabled={saving} className={classes(styles.note, styles.other)}>
        {words.givenOther}
      </Key>
    </fieldset>
  )
}
