import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import styles from './amount-pad.module.css'

const keys = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '0', '.']

/** Digits for an amount, by touch; the keyboard's own do the same. */
export function AmountPad({ onKey }: { onKey: (key: string) => void }) {
  const { words } = useSpeech()
  return (
    <div className={styles.pad} data-amount-pad data-keys>
      {keys.map(key => (
        <Key key={key} onPress={() => onKey(key)} className={styles.digit}>
          {key}
        </Key>
      ))}
      <Key onPress={() => onKey('back')} className={styles.back}>
        {words.padBack}
      </Key>
    </div>
  )
}
