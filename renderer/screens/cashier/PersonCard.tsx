import type { PricedView, TerminalView } from '../../../shared/terminal-api.ts'
import { Bowl } from '../../design/Bowl.tsx'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { StaffPortrait } from '../face/StaffPortrait.tsx'
import { ProxyTag } from './ProxyTag.tsx'
import styles from './person-card.module.css'

const icons: Record<NonNullable<PricedView['means']>, IconName> = {
  card: 'card',
  code: 'code',
  face: 'face',
  manual: 'person',
}

function meansText(priced: PricedView, { words }: Speech): string {
  if (!priced.means) return words.guestLine
  const kind = priced.codeKind === null ? null : words[priced.codeKind]
  const tail = priced.credentialTail === null ? null : words.tail(priced.credentialTail)
  return [words[priced.means], kind ?? tail].filter(part => part !== null).join(' · ')
}

function Entitlement({ until, today }: { until: string; today: string }) {
  const { words } = useSpeech()
  const [year = '', month = ''] = until.split('-')
  const date = `${year}.${month}`
  const ended = until < today
  return (
    <p className={classes(styles.line, ended ? styles.ended : styles.entitled)}>
      <Icon name={ended ? 'info' : 'check'} size={20} />
      {ended ? words.entitlementEnded(date) : words.entitledUntil(date)}
    </p>
  )
}

function Week({ week, counts }: { week: NonNullable<PricedView['week']>; counts: boolean }) {
  const { words } = useSpeech()
  const bowls = Array.from({ length: Math.min(week.cap, 7) }, (_, index) =>
    index < week.used ? 'used' : index === week.used && counts ? 'now' : 'left',
  )
  return (
    <div className={styles.week} data-week>
      <p>
        <strong>{counts ? words.weekMeal(week.used + 1) : words.weekUsed(week.used)}</strong>
        <small>{words.weekCap(week.cap)}</small>
      </p>
      <span className={styles.bowls}>
        {bowls.map((kind, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bowls are places in a week, not things of their own
          <Bowl key={index} kind={kind} />
        ))}
      </span>
    </div>
  )
}

/** What a look at the face said of the person of the card or code. */
function FaceBeside({ face }: { face: NonNullable<PricedView['face']> }) {
  const { words } = useSpeech()
  const fits = face.result === 'match'
  const told = {
    match: words.faceMatches,
    'staff-compares': words.faceStaffCompares,
    differs: words.faceDiffers,
    'no-turn': words.faceNoTurn,
  }[face.result]
  return (
    <p className={classes(styles.line, fits ? styles.entitled : styles.ended)} data-face-beside={face.result}>
      <Icon name="face" size={20} />
      {told}
    </p>
  )
}

/** Who stands at the counter, for staff's eyes: a drawing, never a category. */
export function PersonCard({ priced, terminal }: { priced: PricedView; terminal: TerminalView }) {
  const speech = useSpeech()
  const { words } = speech
  const { person } = priced
  // Staff look at a picture only where there is something to compare.
  const compares =
    person !== null && (priced.needs !== null || (priced.face !== null && priced.face.result !== 'match'))
  const title = person?.name ?? (priced.means ? words.strangerTitle : words.guestTitle)
  return (
    <section className={styles.card}>
      <div className={styles.top}>
        <div className={styles.portrait}>
          <StaffPortrait checkIn={priced.checkIn} wanted={compares} sex={person?.sex ?? null} />
        </div>
        <div className={styles.words}>
          <h2 className={styles.name}>
            {title} {person && <small>{words.age(person.age)}</small>}
          </h2>
          <p className={styles.line}>
            <Icon name={priced.means ? icons[priced.means] : 'person'} size={20} />
            {meansText(priced, speech)}
          </p>
          {person?.entitledUntil && <Entitlement until={person.entitledUntil} today={terminal.businessDate} />}
          {priced.face && <FaceBeside face={priced.face} />}
          {person && !person.entitledUntil && !person.home && <p className={styles.line}>{words.otherHome}</p>}
          {!person && priced.means && <p className={styles.line}>{words.strangerLine}</p>}
        </div>
      </div>
      {person && <ProxyTag priced={priced} />}
      {priced.week && <Week week={priced.week} counts={priced.subsidyFen > 0} />}
    </section>
  )
}
