import type { PricedView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { partText } from '../parts-text.ts'
import styles from './ticket.module.css'

/** What the person pays, and by what where it is more than one tender. @param low beside a row of keys */
export function OwnPay({ priced, low }: { priced: PricedView; low: boolean }) {
  const { words } = useSpeech()
  const amount = yuan(priced.ownPayFen)
  const isSplit = priced.parts.length > 0
  return (
    <p
      className={classes(styles.own, amount.length > 5 && styles.long, (low || isSplit) && styles.low)}
      data-own-pay={amount}
    >
      <span className={classes(isSplit && styles.parted)}>
        {words.ownPay}
        {priced.parts.map(part => (
          <small key={part.kind} data-part={part.kind}>
            {partText(words)(part)}
          </small>
        ))}
      </span>
      <strong>
        <small>¥</small>
        {amount}
      </strong>
    </p>
  )
}
