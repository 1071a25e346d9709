import type { ReactNode } from 'react'
import type { KioskView } from '../../../shared/kiosk-api.ts'
import { Brand } from '../../design/Brand.tsx'
import { clockText } from '../../i18n/dates.ts'
import { saySenior } from '../../i18n/words.ts'
import { answerFace, leaveTurn } from '../../state/kiosk-actions.ts'
import { lookAtFace } from '../../state/kiosk-look.ts'
import { useKiosk } from '../../state/kiosk-store.ts'
import { Choose } from './Choose.tsx'
import { Foot } from './Foot.tsx'
import { HelpPanel } from './HelpPanel.tsx'
import { KioskKey } from './KioskKey.tsx'
import styles from './kiosk.module.css'
import { LookPanel } from './LookPanel.tsx'
import { Meal } from './Meal.tsx'
import { Plain } from './Plain.tsx'
import { SeniorPin } from './SeniorPin.tsx'
import { StaffDoor } from './StaffDoor.tsx'
import { addressOf, useKioskSpeech } from './use-kiosk-speech.ts'
import { WayHint } from './WayHint.tsx'
import { Welcome } from './Welcome.tsx'

/** What a person opened on the page; null where the core's view stands. */
function usePanel(view: KioskView): ReactNode {
  const panel = useKiosk(state => state.panel)
  switch (panel?.shows) {
    case 'way':
      return <WayHint way={panel.way} view={view} />
    case 'look':
      return <LookPanel look={panel.look} />
    case 'pin':
      return <SeniorPin checkIn={panel.checkIn} />
    case 'help':
      return <HelpPanel />
    case 'staff':
      return <StaffDoor staff={view.staff} who={panel.who} />
    case undefined:
      return null
  }
}

function Now({ view }: { view: KioskView }) {
  const speech = useKioskSpeech()
  const { words, language } = speech
  const { now, closed } = view
  switch (now.state) {
    case 'idle':
      return closed ? (
        <Plain
          icon="clock"
          head={
            (closed.code === 'NOT_MEAL_TIME' && saySenior(closed.code, language, closed.values)) || words.kioskClosed
          }
          note={words.kioskClosedNote}
        />
      ) : (
        <Welcome view={view} />
      )
    case 'reading':
      return <Plain icon="card" head={words.readingSenior} note={words.kioskOtherWays} />
    case 'helping':
      return <Plain icon="person" head={words.weHelp} note={words.staffHere} />
    case 'asking': {
      const person = addressOf(now, speech)
      return (
        <Plain icon="face" head={words.askingSenior(person ?? words.you)} note={words.kioskOtherWays}>
          <KioskKey
            name="me"
            tone="primary"
            icon="check"
            word={words.kioskIsMe}
            onPress={() => answerFace(now.look, true)}
          />
          <KioskKey name="not-me" word={words.kioskIsNotMe} onPress={() => answerFace(now.look, false)} />
        </Plain>
      )
    }
    case 'choosing':
      return <Choose choosing={now} />
    case 'priced':
    case 'confirmed':
      return <Meal meal={now} />
    case 'problem':
      return (
        <Plain
          icon="info"
          head={saySenior(now.code, language, now.values) ?? words.kioskWeCome}
          note={words.kioskOtherWays}
        >
          {now.looksAgain && view.face && (
            <KioskKey
              name="look"
              tone="primary"
              icon="face"
              word={words.kioskLookAgain}
              onPress={() => void lookAtFace()}
            />
          )}
          <KioskKey name="back" word={words.kioskFine} onPress={leaveTurn} />
        </Plain>
      )
  }
}

/** A kiosk without staff. With its digits, the surname and the set masked it is the same for everybody. */
export function Kiosk() {
  const { view, connected, now } = useKiosk()
  const { words } = useKioskSpeech()
  return (
    <div className={styles.page} data-state={connected ? (view?.now.state ?? 'waiting') : 'waiting'}>
      <header className={styles.top}>
        <Brand size={52} />
        <strong>{view?.siteName ?? words.brand}</strong>
        {view?.fictional && <span className={styles.demo}>{words.fictional}</span>}
        <span className={styles.title}>{words.kioskTitle}</span>
        <time>{clockText(now)}</time>
      </header>
      {view && connected ? (
        <Standing view={view} />
      ) : (
        <Plain icon="sync" head={words.kioskLost} note={words.kioskLostNote} />
      )}
      {view && <Foot view={view} />}
    </div>
  )
}

function Standing({ view }: { view: KioskView }) {
  return usePanel(view) ?? <Now view={view} />
}
