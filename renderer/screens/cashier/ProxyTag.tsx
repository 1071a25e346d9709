import type { PricedView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { pressProxy } from '../../state/proxy-actions.ts'
import styles from './proxy-tag.module.css'

/** Who collects the meal; the same key takes it back. */
export function ProxyTag({ priced: { proxy } }: { priced: PricedView }) {
  const { words } = useSpeech()
  const { chosen } = proxy
  return (
    <Key
      onPress={pressProxy}
      cap="F4"
      pressed={chosen !== null}
      className={classes(styles.tag, chosen && styles.chosen)}
    >
      <Icon name="person" size={26} />
      <span className={styles.words} data-proxy={chosen?.portion ?? 0}>
        {chosen ? words.proxyIs(chosen.name) : words.proxy}
        {chosen && <small>{words.proxyPortion(chosen.portion)}</small>}
      </span>
    </Key>
  )
}
