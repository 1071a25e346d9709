import type { ReactNode } from 'react'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import styles from './card.module.css'

export type Rim = 'none' | 'green' | 'slate' | 'ochre'

/** An enamel card with its name above; the rim goes to the one card to look at. */
export function Card(props: { name: string; icon: IconName; title: string; rim: Rim; children: ReactNode }) {
  return (
    <section className={classes(styles.card, styles[props.rim])} data-card={props.name} data-rim={props.rim}>
      <h2 className={styles.title}>
        <Icon name={props.icon} />
        {props.title}
      </h2>
      {props.children}
    </section>
  )
}
