import type { CustomerView } from '../../../shared/terminal-api.ts'
import { Brand } from '../../design/Brand.tsx'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { addressed } from '../../i18n/addressed.ts'
import { clockText, dateText, shortDate, weekdayText } from '../../i18n/dates.ts'
import { speechIn } from '../../i18n/use-words.ts'
import { saySenior } from '../../i18n/words.ts'
import { CONFIRMED_MILLISECONDS, FOOTER_MILLISECONDS } from '../../state/customer-actions.ts'
import { useCustomer } from '../../state/customer-store.ts'
import styles from './customer.module.css'
import { Idle } from './Idle.tsx'
import { Message } from './Message.tsx'
import { Sale } from './Sale.tsx'

type Now = CustomerView['now']

/** What stands on the screen: a confirmed sale gives way to the greeting after its time, whatever the core says. */
function shownNow(view: CustomerView, sinceConfirmed: number): Now {
  return view.now.state === 'confirmed' && sinceConfirmed >= CONFIRMED_MILLISECONDS ? { state: 'idle' } : view.now
}

function Content({ view, shown }: { view: CustomerView; shown: Now }) {
  const language = useCustomer(state => state.language)
  const { words } = speechIn(language)
  if (view.flashing) return <Message icon="check" head={words.screenFlash} note={words.screenFlashNote} />
  if (view.atCamera !== null)
    return (
      <Message
        icon="face"
        head={view.atCamera === 'ahead' ? words.lookIntoCamera : words.turnYourHead}
        note={words.lookIntoCameraNote}
      />
    )
  switch (shown.state) {
    case 'idle':
      return <Idle view={view} />
    case 'reading':
      return <Message icon="card" head={words.readingSenior} note={words.staffHere} />
    case 'helping':
      return <Message icon="person" head={words.weHelp} note={words.staffHere} />
    case 'asking':
      return (
        <Message
          icon="face"
          head={words.askingSenior(addressed(words, view.nameForm, shown.title, shown.surname))}
          note={words.askingSeniorNote}
        />
      )
    case 'priced':
    case 'confirmed':
      return <Sale sale={shown} />
    case 'problem':
      return (
        <Message
          icon="info"
          head={saySenior(shown.code, language, shown.values) ?? words.weHelp}
          note={words.staffHere}
        />
      )
  }
}

function Foot({ shown, previousDone }: { shown: Now; previousDone: boolean }) {
  const { words } = speechIn(useCustomer(state => state.language))
  const [icon, text]: [IconName, string] = previousDone
    ? ['check', words.previousDone]
    : shown.state === 'priced'
      ? ['info', words.changeNow]
      : shown.state === 'idle'
        ? ['bell', words.helpLine]
        : ['bell', words.callUs]
  return (
    <footer className={styles.foot}>
      <Icon name={icon} size={34} />
      {text}
    </footer>
  )
}

/** The public screen. With its digits, the surname and the set masked it is the same for everybody. */
export function Customer() {
  const { view, connected, language, now, confirmedAt } = useCustomer()
  const { words } = speechIn(language)
  if (!view) return <Waiting />
  const sinceConfirmed = confirmedAt === null ? Number.POSITIVE_INFINITY : now - confirmedAt
  const shown = connected ? shownNow(view, sinceConfirmed) : null
  const previousDone =
    shown !== null && shown.state !== 'confirmed' && shown.state !== 'idle' && sinceConfirmed < FOOTER_MILLISECONDS
  const idle = shown?.state === 'idle'
  return (
    <div className={styles.page} data-state={shown?.state ?? 'waiting'} data-at-camera={view.atCamera}>
      <header className={styles.top}>
        <Brand size={52} />
        <strong>{view.siteName}</strong>
        {view.fictional && <span className={styles.demo}>{words.fictional}</span>}
        <time>
          {idle && (
            <>
              <span>{shortDate(dateText(now), language)}</span>
              <span>{weekdayText(dateText(now), language)}</span>
            </>
          )}
          <span>{clockText(now)}</span>
        </time>
      </header>
      {shown ? (
        <Content view={view} shown={shown} />
      ) : (
        <Message icon="sync" head={words.weHelp} note={words.staffHere} />
      )}
      <Foot shown={shown ?? { state: 'reading' }} previousDone={previousDone} />
    </div>
  )
}

function Waiting() {
  const language = useCustomer(state => state.language)
  return (
    <main className={styles.waiting}>
      <Brand size={160} />
      <p>{saySenior('CORE_LOST', language)}</p>
    </main>
  )
}
