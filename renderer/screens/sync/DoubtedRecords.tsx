import type { TerminalView } from '../../../shared/terminal-api.ts'
import { doubtWords } from '../../i18n/doubt-words.ts'
import { momentText } from '../../i18n/spans.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { useCashier } from '../../state/cashier-store.ts'
import styles from './look-card.module.css'

/** Each record that the province wants looked at: which one, why, and who does what. */
export function DoubtedRecords({ records, count }: { records: TerminalView['recordsDoubted']; count: number }) {
  const { words, language } = useSpeech()
  const now = useCashier(state => state.now)
  return (
    <ul className={styles.records}>
      {records.map(({ generation, seq, at, name, code }) => {
        const { why, who } = doubtWords(code, language)
        const place = words.recordNumber(generation, seq)
        const facts = [at === null ? null : momentText(at, now, language), place, name]
        return (
          <li key={`${generation}/${seq}`} data-doubted={code ?? ''} data-things={1}>
            <p className={styles.when}>{facts.filter(fact => fact !== null).join(' · ')}</p>
            <p>
              <strong>{why}</strong>
              <span>{who}</span>
            </p>
          </li>
        )
      })}
      {count > records.length && (
        <li className={styles.when} data-things={count - records.length}>
          {words.recordsMore(count - records.length)}
        </li>
      )}
    </ul>
  )
}
