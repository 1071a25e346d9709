import type { SaleView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { clockText } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { undoSale } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import styles from './last-sales.module.css'

function SaleRow({ sale }: { sale: SaleView }) {
  const { words, say } = useSpeech()
  const how = [say(sale.set), sale.means ? words[sale.means] : words.guest]
  return (
    <li className={styles.row} data-sale={sale.record}>
      <time>{clockText(sale.at)}</time>
      <div className={styles.who}>
        <span>{sale.name ?? words.guest}</span>
        <small>{how.join(' · ')}</small>
      </div>
      <div className={styles.sum}>
        <span className={classes(styles.amount, sale.voided && styles.gone)}>{yuan(sale.ownPayFen)}</span>
        {sale.claimPending && !sale.voided && <small>{words.pending}</small>}
      </div>
      {sale.voidable && !sale.voided ? (
        <button
          type="button"
          className={styles.undo}
          onMouseDown={event => event.preventDefault()}
          onClick={() => undoSale(sale.record)}
        >
          {words.undo}
        </button>
      ) : (
        <span className={styles.undone}>{sale.voided ? words.undone : ''}</span>
      )}
    </li>
  )
}

/** The last sales, newest first, each with its undo. */
export function LastSales({ most = 5 }: { most?: number }) {
  const { words } = useSpeech()
  const sales = useCashier(state => state.terminal?.lastSales) ?? []
  return (
    <section className={styles.card}>
      <h2 className={styles.title}>
        {words.lastSales} <small>{words.lastSalesHint}</small>
      </h2>
      {sales.length === 0 && <p className={styles.empty}>{words.noSalesYet}</p>}
      <ol className={styles.list}>
        {sales.slice(0, most).map(sale => (
          <SaleRow key={sale.record} sale={sale} />
        ))}
      </ol>
    </section>
  )
}
