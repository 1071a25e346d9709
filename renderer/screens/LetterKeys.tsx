import { Icon } from '../design/Icon.tsx'
import { Key } from '../design/Key.tsx'
import { useSpeech } from '../i18n/use-words.ts'
import styles from './letter-keys.module.css'

/** The letters that a pinyin syllable begins with, and the digits of a number's end. */
const signs = [...'ABCDEFGHJKLMNOPQRSTWXYZ', ...'1234567890']

/** What a search takes by touch: initials and last digits. */
export function LetterKeys({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { words } = useSpeech()
  return (
    <fieldset className={styles.keys} aria-label={words.letterKeys} data-letter-keys>
      {signs.map(sign => (
        <Key key={sign} onPress={() => onText(text + sign)} className={styles.sign}>
          {sign}
        </Key>
      ))}
      <Key onPress={() => onText(text.slice(0, -1))} className={styles.sign} label={words.pinDelete}>
        ←
      </Key>
      <Key onPress={() => onText('')} className={styles.clear} label={words.clearText}>
        <Icon name="cross" />
      </Key>
    </fieldset>
  )
}
