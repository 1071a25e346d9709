import type { PricedView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { openPaymentPad } from '../../state/payment-actions.ts'
import styles from './reference-key.module.css'

/** Whether the payment on the outside device is confirmed, and the key to say so. @param low beneath the row of notes */
export function ReferenceKey({ priced, low }: { priced: PricedView; low: boolean }) {
  const { words } = useSpeech()
  const { reference } = priced
  return (
    <Key onPress={() => openPaymentPad(priced, 'reference')} cap="R" className={classes(styles.key, low && styles.low)}>
      <Icon name={reference === null ? 'phone' : 'check'} size={28} />
      <span className={styles.words} data-reference={reference ?? ''}>
        <strong>{words.reference}</strong>
        <small>{reference === null ? words.referenceNone : words.referenceIs(reference.slice(-4))}</small>
      </span>
    </Key>
  )
}
