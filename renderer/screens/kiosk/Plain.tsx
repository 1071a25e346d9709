import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../design/Icon.tsx'
import styles from './plain.module.css'

/** One calm sentence, and the keys that go on from it. */
export function Plain(props: { icon: IconName; head: string; note: string; children?: ReactNode }) {
  return (
    <main className={styles.plain}>
      <section className={styles.card}>
        <Icon name={props.icon} size={110} />
        <div role="status">
          <h1>{props.head}</h1>
          <p>{props.note}</p>
        </div>
        {props.children && <div className={styles.keys}>{props.children}</div>}
      </section>
    </main>
  )
}
