import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './key.module.css'

/** A staff key: works by touch, and shows the cap of the keyboard key that does the same. */
export function Key(props: {
  onPress: () => void
  children: ReactNode
  cap?: string
  tone?: 'plain' | 'primary'
  disabled?: boolean
  pressed?: boolean
  className?: string | undefined
  label?: string
}) {
  return (
    <button
      type="button"
      className={classes(styles.key, props.tone === 'primary' && styles.primary, props.className)}
      // Touch and mouse must not take the focus: a later Enter belongs to the sale, not to the key pressed before.
      onMouseDown={event => event.preventDefault()}
      onClick={props.onPress}
      disabled={props.disabled}
      aria-pressed={props.pressed}
      aria-label={props.label}
    >
      {props.children}
      {props.cap !== undefined && <Cap>{props.cap}</Cap>}
    </button>
  )
}

export function Cap({ children }: { children: ReactNode }) {
  return <kbd className={styles.cap}>{children}</kbd>
}
