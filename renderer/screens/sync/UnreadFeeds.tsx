import type { TerminalView } from '../../../shared/terminal-api.ts'
import { unreadWords } from '../../i18n/feed-words.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import styles from './look-card.module.css'

/** What came from the province and could not be read, feed by feed, so that the bureau can be told which. */
export function UnreadFeeds({ feeds }: { feeds: TerminalView['feedsUnread'] }) {
  const { language } = useSpeech()
  return (
    <ul className={styles.records}>
      {feeds.map(unread => {
        const { what, ids, why } = unreadWords(unread, language)
        return (
          <li key={unread.feed} data-unread={unread.feed} data-things={1}>
            <p>
              <strong>{what}</strong>
              {ids !== null && <span>{ids}</span>}
              <span>{why}</span>
            </p>
          </li>
        )
      })}
    </ul>
  )
}
