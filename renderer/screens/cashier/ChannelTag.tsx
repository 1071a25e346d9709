import type { Channel } from '../../../shared/policy/facts.ts'
import { classes } from '../../design/classes.ts'
import { Cap } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { nextChannel } from '../../state/cashier-actions.ts'
import styles from './channel-tag.module.css'

/** Where the meal is eaten; each touch goes on to the next. */
export function ChannelTag({ channel }: { channel: Channel }) {
  const { words } = useSpeech()
  return (
    <button
      type="button"
      className={classes(styles.tag, channel !== 'dine-in' && styles.away)}
      onMouseDown={event => event.preventDefault()}
      onClick={() => nextChannel(channel)}
      data-channel={channel}
    >
      {words.channels[channel]}
      <Cap>G</Cap>
    </button>
  )
}
