import type { PrinterView } from '../../../shared/printer-api.ts'
import type { SaleView, TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { printReceipt } from '../../state/cashier-actions.ts'
import styles from './middle-cards.module.css'

export function ReadingCard({ means }: { means: 'card' | 'code' | 'face' | 'manual' }) {
  const { words } = useSpeech()
  return (
    <section className={styles.card} data-middle="reading">
      <span className={styles.blue}>
        <Icon name={means === 'card' ? 'card' : 'code'} size={84} />
      </span>
      <h1>{means === 'card' ? words.readingCard : words.readingCode}</h1>
      <p>{words.readingHint}</p>
    </section>
  )
}

/** What becomes of the receipt: a key where nobody asked for it yet. */
function ReceiptKey({ sale, printer }: { sale: SaleView; printer: PrinterView }) {
  const { words } = useSpeech()
  const state = printer.receipts.find(({ record }) => record === sale.record)?.state ?? 'none'
  if (state === 'waiting') return <p className={styles.receipt}>{words.receiptWaits}</p>
  if (state === 'printed') return <p className={styles.receipt}>{words.receiptPrinted}</p>
  return (
    <Key onPress={() => printReceipt(sale.record)} cap="T">
      <Icon name="printer" />
      {words.printReceipt}
    </Key>
  )
}

/** The sale is in the ledger. The same card for everybody. */
export function RecordedCard({ sale, terminal }: { sale: SaleView; terminal: TerminalView }) {
  const { words, say } = useSpeech()
  return (
    <section className={classes(styles.card, styles.recorded)} data-middle="confirmed" role="status">
      <span className={styles.green}>
        <Icon name="check" size={84} />
      </span>
      <h1 className={styles.green}>{words.recorded}</h1>
      <p className={styles.amount}>
        <small>¥</small>
        {yuan(sale.ownPayFen)}
      </p>
      <p>
        {sale.name ?? words.guest} · {say(sale.set)}
      </p>
      {terminal.printer && <ReceiptKey sale={sale} printer={terminal.printer} />}
      {terminal.meal && (
        <p className={styles.count}>
          {words.mealServed(words[terminal.meal.name])} {terminal.served.inMeal} {words.portions}
        </p>
      )}
    </section>
  )
}

/** The sale is in the ledger, and this much goes back to the person. */
export function ChangeCard({ givenFen, dueFen }: { givenFen: number; dueFen: number }) {
  const { words } = useSpeech()
  return (
    <section className={classes(styles.card, styles.recorded)} data-middle="change" role="status">
      <span className={styles.green}>
        <Icon name="cash" size={84} />
      </span>
      <h1 className={styles.green}>{words.changeBack}</h1>
      <p className={styles.amount} data-change={yuan(givenFen - dueFen)}>
        <small>¥</small>
        {yuan(givenFen - dueFen)}
      </p>
      <p>{words.changeOf(yuan(givenFen), yuan(dueFen))}</p>
      <p className={styles.count}>{words.changeStays}</p>
    </section>
  )
}

/** What the machine needs: a fault in brick, what still works beside it. Never about a person. */
export function FaultStrip({ terminal }: { terminal: TerminalView }) {
  const { words, language } = useSpeech()
  const all = [...(terminal.stopped ? [terminal.stopped] : []), ...terminal.notices]
  const notices = [...new Map(all.map(notice => [notice.code, notice])).values()].slice(0, 2)
  return notices.map(notice => {
    // Why a pack was refused fills lines that only the sync screen has room for.
    const told =
      notice.code === 'POLICY_BAD'
        ? { what: terminal.policy ? words.packRefused : words.packRefusedOnly, next: words.packWhy }
        : sayNotice(notice, language)
    return (
      <p key={notice.code} className={styles.strip} role="status" data-notice={notice.code}>
        <Icon name="triangle" size={28} />
        <span>
          <strong>{told.what}</strong>
          <small>{told.next}</small>
        </span>
      </p>
    )
  })
}
