import { Cap } from '../../design/Key.tsx'
import { endNote, pressNote } from '../../state/close-note.ts'
import { useClose } from '../../state/close-store.ts'
import { typedCharacter } from '../../state/typed-characters.ts'
import styles from './close.module.css'

/** A few words about the money; Enter goes on unless a scanner typed, Escape leaves the field. */
export function NoteField({ label, onEnter }: { label: string; onEnter: () => void }) {
  const note = useClose(state => state.note)
  return (
    <label className={styles.note}>
      <input
        value={note}
        maxLength={80}
        placeholder={label}
        aria-label={label}
        onChange={event => useClose.setState({ note: event.target.value })}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing || event.repeat) return
          if (event.key === 'Escape') event.currentTarget.blur()
          else if (typedCharacter(event.code, event.shiftKey) !== null) pressNote(event.timeStamp)
          if (event.key !== 'Enter') return
          event.preventDefault()
          if (!endNote(event.timeStamp)) return
          event.currentTarget.blur()
          onEnter()
        }}
        data-close-note
      />
      <Cap>/</Cap>
    </label>
  )
}
