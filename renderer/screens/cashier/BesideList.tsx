import type { PricedView } from '../../../shared/terminal-api.ts'
import { Cap } from '../../design/Key.tsx'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { removeItem } from '../../state/cashier-actions.ts'
import styles from './beside-list.module.css'

/** What stands on the ticket beside the set; a touch takes one of it off again. */
export function BesideList({ priced }: { priced: PricedView }) {
  const { words, say } = useSpeech()
  const last = priced.beside.length - 1
  if (last < 0) return null
  return (
    <ul className={styles.list} aria-label={words.besideTitle}>
      {priced.beside.map(({ name, quantity, fen }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
        <li key={place}>
          <button
            type="button"
            className={styles.item}
            onMouseDown={event => event.preventDefault()}
            onClick={() => removeItem(priced.checkIn, place)}
            data-beside={place}
          >
            <span>
              {say(name)}
              {quantity > 1 && ` ×${quantity}`} {yuan(fen)}
            </span>
            <Cap>{place === last ? '−' : '×'}</Cap>
          </button>
        </li>
      ))}
    </ul>
  )
}
