import { Icon } from '../design/Icon.tsx'
import { Key } from '../design/Key.tsx'
import { useSpeech } from '../i18n/use-words.ts'
import styles from './letter-keys.module.css'

/** The letters that a pinyin syllable begins with, and the digits of a number's end. */
const signs = [...'ABCDEFGHJKLMNOPQRSTWXYZ', ...'1234567890']

interface LetterKeysProps {
  readonly text: string
  readonly onText: (text: string) => void
  /** Other signs than a search takes. */
  readonly only?: readonly string[]
  /** Of a text so short that it needs no key to clear it. */
  readonly short?: boolean
}

/** Signs by touch: the initials and last digits of a search, or those of another field. */
export function LetterKeys({ text, onText, only, short = false }: LetterKeysProps) {
  const { words } = useSpeech()
  return (
    <fieldset className={styles.keys} aria-label={words.letterKeys} data-letter-keys data-keys>
      {(only ?? signs).map(sign => (
        <Key key={sign} onPress={() => onText(text + sign)} className={styles.sign}>
          {sign}
        </Key>
      ))}
      <Key onPress={() => onText(text.slice(0, -1))} className={styles.sign} label={words.pinDelete}>
        ←
      </Key>
      {!short && (
        <Key onPress={() => onText('')} className={only ? styles.sign : styles.clear} label={words.clearText}>
          <Icon name="cross" />
        </Key>
      )}
    </fieldset>
  )
}
