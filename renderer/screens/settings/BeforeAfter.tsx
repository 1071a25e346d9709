import type { ReactNode } from 'react'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import styles from './before-after.module.css'

/** A small picture of what a screen shows now and what it shows then. */
export function BeforeAfter({ before, after }: { before: ReactNode; after: ReactNode }) {
  const { words } = useSpeech()
  return (
    <div className={styles.pair} data-before-after>
      <figure>
        {before}
        <figcaption>{words.before}</figcaption>
      </figure>
      <span className={styles.arrow}>→</span>
      <figure className={styles.then}>
        {after}
        <figcaption>{words.after}</figcaption>
      </figure>
    </div>
  )
}

/** A line of the menu as seniors see it; null: it is not there. */
export function MiniMenu({ line }: { line: { name: string; dish: string; price: string } | null }) {
  const { words } = useSpeech()
  return (
    <div className={classes(styles.mini, styles.ticket)}>
      {line === null ? (
        <p className={styles.nothing}>—</p>
      ) : (
        <>
          <strong>{line.name}</strong>
          <small>{line.dish === '' || line.dish === line.name ? '\u00a0' : line.dish}</small>
          <p className={styles.price}>
            {line.price}
            <small>{words.yuan}</small>
          </p>
        </>
      )}
    </div>
  )
}

/** The plate of the cashier's screen. */
export function MiniPlate({ name, price }: { name: string; price: string }) {
  return (
    <div className={classes(styles.mini, styles.round)}>
      <small>{name}</small>
      <strong>{price}</strong>
    </div>
  )
}

/** The bar under a price: how long it runs before the sale records itself. */
export function MiniBar({ seconds, text }: { seconds: number | null; text: string }) {
  return (
    <div className={classes(styles.mini, styles.bar)}>
      <span>
        <Icon name={seconds === null ? 'pause' : 'card'} size={26} />
        {text}
      </span>
      <i style={{ width: `${((seconds ?? 0) / 5) * 100}%` }} />
    </div>
  )
}

/** What the customer screen greets with. */
export function MiniCustomer({
  head,
  note,
  dark,
  size = 100,
}: {
  head: string
  note: string
  dark?: boolean
  size?: number
}) {
  return (
    <div
      className={classes(styles.mini, styles.customer, dark === true && styles.dark)}
      style={{ fontSize: `${size}%` }}
    >
      <strong>{head}</strong>
      <small>{note}</small>
    </div>
  )
}
