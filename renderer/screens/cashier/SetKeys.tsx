import type { SetMeal } from '../../../shared/site.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Cap, Key } from '../../design/Key.tsx'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { pressSet } from '../../state/cashier-actions.ts'
import styles from './set-keys.module.css'

function SetKey({ set, chosen, priced }: { set: SetMeal; chosen: boolean; priced: boolean }) {
  const { words, say } = useSpeech()
  return (
    <Key
      onPress={() => pressSet(set)}
      tone={chosen ? 'primary' : 'plain'}
      pressed={chosen}
      disabled={set.soldOut || (set.open !== undefined && !priced)}
      className={classes(styles.set, set.soldOut && styles.soldOut)}
    >
      <span className={styles.name}>{say(set.name)}</span>
      <span className={styles.dish}>{say(set.dish)}</span>
      <span className={styles.price}>
        {set.soldOut ? words.soldOut : set.open ? words.typeAmount : yuan(set.priceFen)}
      </span>
      <span className={styles.cap}>
        <Cap>{set.key}</Cap>
      </span>
    </Key>
  )
}

/** The menu as keys, in the order of their digits. */
export function SetKeys({
  terminal,
  chosen,
  title,
  priced,
}: {
  terminal: TerminalView
  /** Null: none, the next key adds one. */
  chosen: string | null
  title: string
  priced: boolean
}) {
  const { words } = useSpeech()
  const sets = [...terminal.menu].sort((left, right) => left.key - right.key)
  return (
    <>
      <h2 className={styles.title}>
        {title} <small>{words.digitKeys}</small>
      </h2>
      <div className={styles.sets}>
        {sets.map(set => (
          <SetKey key={set.id} set={set} chosen={set.id === chosen} priced={priced} />
        ))}
      </div>
    </>
  )
}
