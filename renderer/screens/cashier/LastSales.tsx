import type { ReceiptView } from '../../../shared/printer-api.ts'
import type { SaleView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { clockText } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { printReceipt } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { isOffered, restoreUndone, undoSale } from '../../state/undo-actions.ts'
import styles from './last-sales.module.css'

/** Prints the receipt of a sale, or prints it again; while it waits there is nothing to press. */
function PrintKey({ sale, receipt }: { sale: SaleView; receipt: ReceiptView['state'] }) {
  const { words } = useSpeech()
  return (
    <button
      type="button"
      className={classes(styles.print, receipt === 'unsure' && styles.unsure)}
      disabled={receipt === 'waiting'}
      onMouseDown={event => event.preventDefault()}
      onClick={() => printReceipt(sale.record)}
      aria-label={words.printReceiptOf(words.printKeys[receipt], clockText(sale.at))}
      data-receipt={receipt}
    >
      <Icon name="printer" size={22} />
      {words.printKeys[receipt]}
    </button>
  )
}

function SaleRow({ sale, receipt }: { sale: SaleView; receipt: ReceiptView['state'] | null }) {
  const { words, say } = useSpeech()
  const back = useCashier(state => isOffered(sale.record, state)) && sale.voided
  // Beside two keys there is room for one of them.
  const how = receipt === null ? [say(sale.set), sale.means ? words[sale.means] : words.guest] : [say(sale.set)]
  const noted = [sale.claimPending ? words.pending : '', sale.phone ? words.phoneStates[sale.phone] : '']
    .filter(text => text !== '')
    .join(' · ')
  return (
    <li className={classes(styles.row, receipt !== null && styles.printing)} data-sale={sale.record}>
      <time>{clockText(sale.at)}</time>
      <div className={styles.who}>
        <span>{sale.name ?? words.guest}</span>
        <small>{how.join(' · ')}</small>
      </div>
      <div className={styles.sum}>
        <span className={classes(styles.amount, sale.voided && styles.gone)}>{yuan(sale.ownPayFen)}</span>
        {!sale.voided && noted !== '' && <small>{noted}</small>}
      </div>
      {receipt !== null && <PrintKey sale={sale} receipt={receipt} />}
      {back || (sale.voidable && !sale.voided) ? (
        <button
          type="button"
          className={styles.undo}
          onMouseDown={event => event.preventDefault()}
          onClick={() => (back ? restoreUndone() : undoSale(sale.record))}
        >
          {back ? words.restore : words.undo}
        </button>
      ) : (
        <span className={styles.undone}>
          {sale.refunded ? words.refundStanding.refunded : sale.voided ? words.undone : ''}
        </span>
      )}
    </li>
  )
}

/** The last sales, newest first, each with its undo and, where there is a printer, its receipt. */
export function LastSales({ most = 5 }: { most?: number }) {
  const { words } = useSpeech()
  const sales = useCashier(state => state.terminal?.lastSales) ?? []
  const printer = useCashier(state => state.terminal?.printer) ?? null
  // The strip of a kiosk stands below them and takes the room of two.
  const isKiosk = useCashier(state => state.terminal?.kiosk != null)
  const receiptOf = (record: string) =>
    printer && (printer.receipts.find(receipt => receipt.record === record)?.state ?? 'none')
  return (
    <section className={styles.card}>
      <h2 className={styles.title}>
        {words.lastSales} <small>{printer ? words.printHint : words.lastSalesHint}</small>
      </h2>
      {sales.length === 0 && <p className={styles.empty}>{words.noSalesYet}</p>}
      <ol className={styles.list}>
        {sales.slice(0, isKiosk ? most - 2 : most).map(sale => (
          <SaleRow key={sale.record} sale={sale} receipt={receiptOf(sale.record)} />
        ))}
      </ol>
    </section>
  )
}
