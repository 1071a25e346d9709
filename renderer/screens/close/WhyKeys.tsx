import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { useClose } from '../../state/close-store.ts'
import { correctionWhys } from '../../state/correction-why.ts'
import styles from './close.module.css'

/** The usual reasons of a correction, which stand in the note as the key says them. */
export function WhyKeys() {
  const { words } = useSpeech()
  const note = useClose(state => state.note)
  return (
    <fieldset className={styles.whys} aria-label={words.correctWhy}>
      {correctionWhys.map(({ why, cap }) => {
        const text = words.correctWhys[why]
        return (
          <Key
            key={cap}
            onPress={() => useClose.setState({ note: text })}
            pressed={note === text}
            tone={note === text ? 'primary' : 'plain'}
            cap={cap}
          >
            {text}
          </Key>
        )
      })}
    </fieldset>
  )
}
