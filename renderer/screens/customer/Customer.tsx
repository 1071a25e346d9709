import type { CustomerView } from '../../../shared/terminal-api.ts'
import { Brand } from '../../design/Brand.tsx'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { addressed } from '../../i18n/addressed.ts'
import { clockText, dateText, weekdayDate } from '../../i18n/dates.ts'
import { type Speech, speechIn } from '../../i18n/use-words.ts'
import { saySenior } from '../../i18n/words.ts'
import { CONFIRMED_MILLISECONDS, FOOTER_MILLISECONDS } from '../../state/customer-actions.ts'
import { useCustomer } from '../../state/customer-store.ts'
import styles from './customer.module.css'
import { Idle } from './Idle.tsx'
import { Message } from './Message.tsx'
import { Sale, saleInWords } from './Sale.tsx'

type Now = CustomerView['now']

/** What stands on the screen: a confirmed sale gives way to the greeting after its time, whatever the core says. */
function shownNow(view: CustomerView, sinceConfirmed: number): Now {
  return view.now.state === 'confirmed' && sinceConfirmed >= CONFIRMED_MILLISECONDS ? { state: 'idle' } : view.now
}

interface Calm {
  icon: IconName
  head: string
  note: string
}

/** The one calm sentence of a state that has neither greeting nor price. */
function messageOf(view: CustomerView, shown: Now, { words, language }: Speech): Calm | null {
  if (view.flashing) return { icon: 'check', head: words.screenFlash, note: words.screenFlashNote }
  if (view.atCamera !== null)
    return {
      icon: 'face',
      head: view.atCamera === 'ahead' ? words.lookIntoCamera : words.turnYourHead,
      note: words.lookIntoCameraNote,
    }
  switch (shown.state) {
    case 'idle':
    case 'priced':
    case 'confirmed':
      return null
    case 'reading':
      return { icon: 'card', head: words.readingSenior, note: words.staffHere }
    case 'helping':
      return { icon: 'person', head: words.weHelp, note: words.staffHere }
    case 'asking': {
      const person = addressed(words, view.nameForm, shown.title, shown.surname)
      return { icon: 'face', head: words.askingSenior(person), note: words.askingSeniorNote }
    }
    case 'problem':
      return {
        icon: 'info',
        head: saySenior(shown.code, language, shown.values) ?? words.weHelp,
        note: words.staffHere,
      }
  }
}

function Content({ view, shown }: { view: CustomerView; shown: Now }) {
  const message = messageOf(view, shown, speechIn(useCustomer(state => state.language)))
  if (message !== null) return <Message {...message} />
  return shown.state === 'priced' || shown.state === 'confirmed' ? <Sale sale={shown} /> : <Idle view={view} />
}

/** What a screen reader says of a sale, once. It stands there from the start, since readers miss what comes together with its text. */
function SaleAnnounced({ view, shown }: { view: CustomerView; shown: Now }) {
  const speaksAloud = useCustomer(state => state.speaksAloud)
  const speech = speechIn(useCustomer(state => state.language))
  const isSale = view.atCamera === null && (shown.state === 'priced' || shown.state === 'confirmed')
  return (
    <p className={styles.spoken} aria-live={speaksAloud ? 'off' : 'polite'} data-spoken>
      {isSale && saleInWords(shown, view.nameForm, speech)}
    </p>
  )
}

function Foot({ shown, previousDone }: { shown: Now; previousDone: boolean }) {
  const { words } = speechIn(useCustomer(state => state.language))
  const another = shown.state === 'priced' && shown.another !== undefined
  const [icon, text]: [IconName, string] = previousDone
    ? ['check', words.previousDone]
    : shown.state === 'priced'
      ? ['info', shown.visit === undefined ? words.changeNow : words.visitChangeNow]
      : shown.state === 'idle'
        ? ['bell', words.helpLine]
        : ['bell', words.callUs]
  return (
    <footer className={classes(styles.foot, another && styles.another)}>
      <Icon name={another ? 'info' : icon} size={34} />
      <span role="status">{another ? words.anotherCame : text}</span>
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
          {idle && <span>{weekdayDate(dateText(now), language)}</span>}
          <span>{clockText(now)}</span>
        </time>
      </header>
      {shown ? (
        <Content view={view} shown={shown} />
      ) : (
        <Message icon="sync" head={words.weHelp} note={words.staffHere} />
      )}
      {shown && <SaleAnnounced view={view} shown={shown} />}
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
