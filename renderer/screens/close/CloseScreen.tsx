import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { leaveClose } from '../../state/close-actions.ts'
import { isShort, useClose } from '../../state/close-store.ts'
import { CheckStep } from './CheckStep.tsx'
import { CorrectStep } from './CorrectStep.tsx'
import { CountStep } from './CountStep.tsx'
import styles from './close.module.css'
import { DayStep } from './DayStep.tsx'
import { Frame } from './Frame.tsx'
import { ShortClose } from './ShortClose.tsx'

/** Shift and day close: count, look, close. */
export function CloseScreen({ terminal }: { terminal: TerminalView }) {
  const { words } = useSpeech()
  const view = useClose(state => state.view)
  const recounting = useClose(state => state.recounting)
  const correction = useClose(state => state.correction)
  const short = useClose(isShort)
  if (view === null) return <main className={styles.screen} data-screen="close" data-step="waiting" />
  if (view.step === 'nothing')
    return (
      <Frame step="nothing" title={words.closeTitle} lead="">
        <section className={styles.nothing}>
          <Icon name="cash" size={54} />
          <h2>{words.nothingTitle}</h2>
          <p>{words.nothingLead}</p>
          <Key onPress={leaveClose} tone="primary" cap="Esc">
            {words.back}
          </Key>
        </section>
      </Frame>
    )
  if (short && (view.step === 'check' || view.step === 'day')) return <ShortClose closing={view} terminal={terminal} />
  if (view.step === 'count') return <CountStep counting={view} terminal={terminal} />
  if (view.step === 'check')
    return recounting ? <CountStep counting={view} terminal={terminal} /> : <CheckStep checking={view} />
  return correction ? <CorrectStep day={view.day} correction={correction} /> : <DayStep closing={view} />
}
