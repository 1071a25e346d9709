import type { TenderKind } from '../../../shared/site.ts'
import { Icon } from '../../design/Icon.tsx'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { type TakenBack, useCashier } from '../../state/cashier-store.ts'
import styles from './cashier.module.css'

/** A sale was undone: how its money goes back, by each tender what it took. */
export function TakenBackWord({ sale, givenFen }: TakenBack) {
  const { words } = useSpeech()
  const backOf = (kind: TenderKind) =>
    kind === 'outside' && sale.phone === 'waiting' ? words.takenBackWaiting : words.refundBack[kind]
  const back = sale.paid?.map(({ kind, fen }) => backOf(kind)(yuan(fen))) ?? []
  const change = givenFen === null ? [] : [words.takenBackChange(yuan(givenFen))]
  const lines = sale.paid?.length === 0 ? [words.takenBackNothing] : [...back, ...change]
  return (
    <button
      type="button"
      className={styles.answer}
      onMouseDown={event => event.preventDefault()}
      onClick={() => useCashier.setState({ takenBack: null })}
      data-taken-back={sale.record}
    >
      <Icon name="undo" size={28} />
      <span role="status">
        <strong>{words.takenBack(sale.name ?? words.guest, yuan(sale.ownPayFen))}</strong>
        {lines.map(line => (
          <small key={line}>{line}</small>
        ))}
      </span>
    </button>
  )
}
