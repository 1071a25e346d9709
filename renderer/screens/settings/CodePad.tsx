import { useState } from 'react'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { useSettings } from '../../state/settings-store.ts'
import { typeCode } from '../../state/setup-actions.ts'
import styles from './code-pad.module.css'

/** Every sign of an enrolment code's four words: its address, its terminal, its secret and its hash. */
const rows = ['1234567890-_', 'qwertyuiop.:', 'asdfghjkl/', 'zxcvbnm']

/** The enrolment code by touch, where no keyboard is plugged in. */
export function CodePad() {
  const { words } = useSpeech()
  const [capitals, setCapitals] = useState(false)
  const text = useSettings(state => state.setup.text)
  return (
    <div className={styles.pad} data-code-pad data-keys>
      {rows.map((row, place) => (
        <div key={row} className={styles.row}>
          {place === 3 && (
            <Key onPress={() => setCapitals(!capitals)} pressed={capitals} className={styles.wide}>
              {words.padCapitals}
            </Key>
          )}
          {[...(capitals ? row.toUpperCase() : row)].map(sign => (
            <Key key={sign} onPress={() => typeCode(text + sign)} className={styles.sign}>
              {sign}
            </Key>
          ))}
          {place === 2 && (
            <Key onPress={() => typeCode(text.slice(0, -1))} className={styles.wide}>
              {words.pinDelete}
            </Key>
          )}
          {place === 3 && (
            <Key onPress={() => typeCode(`${text} `)} className={styles.widest}>
              {words.padSpace}
            </Key>
          )}
        </div>
      ))}
    </div>
  )
}
