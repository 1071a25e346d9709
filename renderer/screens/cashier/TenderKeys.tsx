import type { TenderKind } from '../../../shared/site.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Cap, Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { chooseTenderAt } from '../../state/cashier-actions.ts'
import styles from './tender-keys.module.css'

export const tenderCaps = ['Q', 'W', 'E']

export const tenderIcons: Record<TenderKind, IconName> = {
  account: 'card',
  cash: 'cash',
  outside: 'phone',
  agreement: 'paper',
}

/** The ways to pay, on Q, W and E. */
export function TenderKeys({ terminal, chosen, hint }: { terminal: TerminalView; chosen: TenderKind; hint: string }) {
  const { words, say } = useSpeech()
  return (
    <>
      <h2 className={styles.title}>
        {words.howToPay} <small>{hint}</small>
      </h2>
      <div className={styles.tenders}>
        {terminal.tenders.slice(0, tenderCaps.length).map((tender, place) => (
          <Key
            key={tender.kind}
            onPress={() => chooseTenderAt(place)}
            tone={tender.kind === chosen ? 'primary' : 'plain'}
            pressed={tender.kind === chosen}
            className={styles.tender}
          >
            <Icon name={tenderIcons[tender.kind]} size={28} />
            <span className={styles.name}>{say(tender.name)}</span>
            <span className={styles.cap}>
              <Cap>{tenderCaps[place]}</Cap>
            </span>
          </Key>
        ))}
      </div>
    </>
  )
}
