import type { TenderKind } from '../../../shared/site.ts'
import type { PricedView, TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Cap, Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { chooseTenderAt } from '../../state/cashier-actions.ts'
import { canSplit, isOffered, openPaymentPad } from '../../state/payment-actions.ts'
import styles from './tender-keys.module.css'

export const tenderCaps = ['Q', 'W', 'E']

export const tenderIcons: Record<TenderKind, IconName> = {
  account: 'card',
  cash: 'cash',
  outside: 'phone',
  agreement: 'paper',
}

/** The ways to pay, on Q, W and E; once there is a price, by two of them on F. */
export function TenderKeys({
  terminal,
  chosen,
  hint,
  priced,
  isGuest,
}: {
  terminal: TerminalView
  chosen: TenderKind
  hint: string
  priced: PricedView | null
  isGuest: boolean
}) {
  const { words, say } = useSpeech()
  return (
    <>
      <h2 className={styles.title}>
        {words.howToPay} <small>{isGuest ? words.guestTenders : hint}</small>
      </h2>
      <div className={classes(styles.tenders, priced !== null && styles.four)}>
        {terminal.tenders.slice(0, tenderCaps.length).map((tender, place) => (
          <Key
            key={tender.kind}
            onPress={() => chooseTenderAt(place)}
            tone={tender.kind === chosen ? 'primary' : 'plain'}
            pressed={tender.kind === chosen}
            disabled={!isOffered(tender.kind, isGuest)}
            className={styles.tender}
          >
            <Icon name={tenderIcons[tender.kind]} size={28} />
            <span className={styles.name}>{say(tender.name)}</span>
            <span className={styles.cap}>
              <Cap>{tenderCaps[place]}</Cap>
            </span>
          </Key>
        ))}
        {priced && (
          <Key
            onPress={() => openPaymentPad(priced, 'part')}
            tone={priced.parts.length > 0 ? 'primary' : 'plain'}
            pressed={priced.parts.length > 0}
            disabled={!canSplit(priced)}
            className={styles.tender}
          >
            <Icon name="split" size={28} />
            <span className={styles.name}>{words.split}</span>
            <span className={styles.cap}>
              <Cap>F</Cap>
            </span>
          </Key>
        )}
      </div>
    </>
  )
}
