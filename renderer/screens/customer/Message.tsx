import { Icon, type IconName } from '../../design/Icon.tsx'
import styles from './message.module.css'

/** One calm sentence over the whole screen. */
export function Message({ icon, head, note }: { icon: IconName; head: string; note: string }) {
  return (
    <main className={styles.message}>
      <Icon name={icon} size={150} />
      <h1>{head}</h1>
      <p>{note}</p>
    </main>
  )
}
