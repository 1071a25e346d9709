import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import styles from './action-keys.module.css'

export interface Action {
  readonly icon: IconName
  readonly name: string
  readonly note: string
  readonly cap: string
  readonly primary?: boolean
  press(): void
}

/** What can be done now, the likeliest first. */
export function ActionKeys({ title, note, actions }: { title: string; note: string; actions: readonly Action[] }) {
  return (
    <>
      <h2 className={styles.title}>
        {title} <small>{note}</small>
      </h2>
      <div className={styles.actions}>
        {actions.map(action => (
          <Key
            key={action.cap}
            onPress={action.press}
            cap={action.cap}
            tone={action.primary ? 'primary' : 'plain'}
            className={styles.action}
          >
            <Icon name={action.icon} size={34} />
            <span className={styles.words}>
              <strong>{action.name}</strong>
              <small>{action.note}</small>
            </span>
          </Key>
        ))}
      </div>
    </>
  )
}
