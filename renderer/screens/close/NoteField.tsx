import { Cap } from '../../design/Key.tsx'
import { useClose } from '../../state/close-store.ts'
import styles from './close.module.css'

/** A few words about the money; Enter goes on, Escape leaves the field. */
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
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') event.currentTarget.blur()
          if (event.key !== 'Enter') return
          event.preventDefault()
          event.currentTarget.blur()
          onEnter()
        }}
        data-close-note
      />
      <Cap>/</Cap>
    </label>
  )
}
