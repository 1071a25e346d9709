import type { Bilingual } from '../../../shared/site.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import styles from './slip-lines.module.css'

/** The lines of a slip, as paper: the first one is its head. */
export function SlipLines({ lines }: { lines: readonly Bilingual[] }) {
  const { say } = useSpeech()
  return (
    <ol className={styles.slip} data-slip>
      {lines.map(line => (
        <li key={line.zh}>{say(line)}</li>
      ))}
    </ol>
  )
}
