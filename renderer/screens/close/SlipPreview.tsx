import type { Slip, SlipPart } from '../../../shared/slip.ts'
import { classes } from '../../design/classes.ts'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { printSlip, toggleSlip } from '../../state/close-actions.ts'
import styles from './slip.module.css'

/** The slip as it is printed, line by line. */
export function SlipPreview({ slip }: { slip: Slip }) {
  const { words } = useSpeech()
  const hasPrinter = useCashier(({ terminal }) => terminal?.printer != null)
  return (
    <aside className={styles.over} data-slip>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div className={styles.paper} tabIndex={0}>
        {slip.map((part, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a slip's parts have no names and never move
          <Part key={place} part={part} />
        ))}
        <p className={styles.note}>{words.slipNote}</p>
      </div>
      <div className={styles.keys}>
        {hasPrinter && (
          <Key onPress={printSlip} cap="T">
            {words.printSlip}
          </Key>
        )}
        <Key onPress={() => void toggleSlip()} tone="primary" cap="Esc">
          {words.back}
        </Key>
      </div>
    </aside>
  )
}

function Part({ part }: { part: SlipPart }) {
  if (part.kind === 'rule') return <hr />
  if (part.kind === 'qr')
    return (
      <p className={styles.code} data-slip-code>
        {part.text}
      </p>
    )
  return (
    <p className={classes(styles.line, styles[part.size])} data-slip-line>
      <span>{part.left}</span>
      <span>{part.right}</span>
    </p>
  )
}
