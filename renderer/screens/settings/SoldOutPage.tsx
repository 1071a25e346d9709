import type { SettingsView } from '../../../shared/settings-api.ts'
import { classes } from '../../design/classes.ts'
import { Key } from '../../design/Key.tsx'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sellOut } from '../../state/settings-actions.ts'
import { Frame } from './Frame.tsx'
import styles from './settings.module.css'

/** What is gone for today, by one press. */
export function SoldOutPage({ view }: { view: SettingsView }) {
  const { words, say } = useSpeech()
  return (
    <Frame name="sold-out" title={words.soldOutTitle} lead={words.soldOutLead}>
      <div className={styles.sets}>
        {view.sets.map(
          ({ set, line, soldOut }) =>
            line && (
              <Key
                key={set}
                cap={String(line.key)}
                pressed={soldOut}
                onPress={() => void sellOut(set, !soldOut)}
                className={classes(styles.set, soldOut && styles.out)}
              >
                <span className={styles.stacked}>
                  <strong>{say(line.name)}</strong>
                  <small>{say(line.dish)}</small>
                  <b>{soldOut ? words.soldOutNow : yuan(line.priceFen)}</b>
                </span>
              </Key>
            ),
        )}
      </div>
    </Frame>
  )
}
