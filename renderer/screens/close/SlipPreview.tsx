import type { CloseSlipLine } from '../../../shared/close-api.ts'
import { classes } from '../../design/classes.ts'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { toggleSlip } from '../../state/close-actions.ts'
import styles from './slip.module.css'

/** The slip as it is printed, line by line. */
export function SlipPreview({ lines }: { lines: readonly CloseSlipLine[] }) {
  const { words } = useSpeech()
  return (
    <aside className={styles.over} data-slip>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div className={styles.paper} tabIndex={0}>
        {lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a slip's lines have no names and never move
          <div key={place}>
            {line.rule ? (
              <hr />
            ) : (
              <p className={classes(styles.line, styles[line.size])} data-slip-line>
                <span>{line.left}</span>
                <span>{line.right}</span>
              </p>
            )}
            {line.qr !== null && (
              <p className={styles.code} data-slip-code>
                {line.qr}
              </p>
            )}
          </div>
        ))}
        <p className={styles.note}>{words.slipNote}</p>
      </div>
      <Key onPress={() => void toggleSlip()} tone="primary" cap="Esc">
        {words.back}
      </Key>
    </aside>
  )
}
