import type { PricedView } from '../../../shared/terminal-api.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import styles from './ticket.module.css'

/** Shows staff what stands on the public screen: amounts, and nothing of the reason. */
export function SeniorSees({ priced }: { priced: PricedView }) {
  const { words } = useSpeech()
  return (
    <div className={styles.sees}>
      <p className={styles.mini}>
        <span>{words.ownPay}</span>
        <strong>
          {yuan(priced.ownPayFen)} {words.yuan}
        </strong>
        <span>{words.lookAtPrice}</span>
      </p>
      <p className={styles.seesWords}>
        <strong>{words.seniorSees}</strong>
        <span>{words.seniorSeesName}</span>
        <span>{words.seniorSeesNot}</span>
      </p>
    </div>
  )
}
