import type { KioskView } from '../../../shared/kiosk-api.ts'
import { classes } from '../../design/classes.ts'
import { callHelp, leaveTurn, openPanel, setLanguage } from '../../state/kiosk-actions.ts'
import { touched } from '../../state/kiosk-quiet.ts'
import { useKiosk } from '../../state/kiosk-store.ts'
import styles from './foot.module.css'
import { KioskKey } from './KioskKey.tsx'
import { useKioskSpeech } from './use-kiosk-speech.ts'

/** Help, the other language, and the way out stand on every screen; in between, the time that is left. */
export function Foot({ view }: { view: KioskView }) {
  const { words, language } = useKioskSpeech()
  const panel = useKiosk(state => state.panel)
  const secondsLeft = useKiosk(state => state.secondsLeft)
  const another = 'another' in view.now && view.now.another !== undefined
  const isStart = view.now.state === 'idle' && panel === null
  return (
    <footer className={styles.foot}>
      <KioskKey name="help" tone="help" icon="bell" word={words.kioskHelp} onPress={callHelp} />
      <KioskKey
        name="language"
        tone="quiet"
        word={language === 'zh' ? 'English' : '中文'}
        onPress={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
      />
      {secondsLeft === null ? (
        <p className={classes(styles.word, another && styles.another)} role="status">
          {another ? words.anotherCame : view.helpSince === null ? '' : words.kioskHelpCalledFoot}
        </p>
      ) : (
        <button type="button" className={styles.time} onClick={touched} data-key="more-time">
          <span className={styles.seconds} aria-hidden="true">
            {secondsLeft}
          </span>
          <span>
            <strong>{words.kioskMoreTime}</strong>
            <small>{words.kioskMoreTimeNote}</small>
          </span>
        </button>
      )}
      {isStart ? (
        <KioskKey
          name="staff"
          tone="quiet"
          icon="lock"
          word={words.kioskStaff}
          className={styles.staff}
          onPress={() => openPanel({ shows: 'staff', who: null })}
        />
      ) : (
        <KioskKey
          name="leave"
          tone="quiet"
          icon="cross"
          word={view.now.state === 'confirmed' ? words.kioskBack : words.kioskLeave}
          onPress={leaveTurn}
        />
      )}
    </footer>
  )
}
