import { Icon, type IconName } from '../../design/Icon.tsx'
import { useCustomer } from '../../state/customer-store.ts'
import styles from './message.module.css'

/** One calm sentence over the whole screen; a screen reader says it where the till does not. */
export function Message({ icon, head, note }: { icon: IconName; head: string; note: string }) {
  const speaksAloud = useCustomer(state => state.speaksAloud)
  return (
    <main className={styles.message} {...(speaksAloud ? {} : { role: 'status' })}>
      <Icon name={icon} size={150} />
      <h1>{head}</h1>
      <p>{note}</p>
    </main>
  )
}
