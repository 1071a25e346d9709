import type { ReactNode } from 'react'
import type { StationView } from '../../../shared/visit-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { chooseAnew, leave, pauseOrGoOn, type Running } from '../../state/station-actions.ts'
import { useStation } from '../../state/station-store.ts'
import { CarerChoice } from './ArrivingParts.tsx'
import { EarlyReasons } from './EarlyReasons.tsx'
import { PhoneAnswer } from './PhoneAnswer.tsx'
import { ProxyChoice, ProxyKey } from './ProxyChoice.tsx'
import { Chip, Head, ServiceTag, useMeansText } from './parts.tsx'
import station from './station.module.css'
import styles from './visit-desk.module.css'

type Visit = Running['visit']

/** Minutes run, large, with the bar to what was planned and the mark of the least. */
function Clock({ visit }: { visit: Visit }) {
  const { words } = useSpeech()
  const { minutes } = visit
  const { leastMinutes: least, usualMinutes: usual } = visit.service
  const whole = Math.max(usual, minutes, 1)
  const percent = (count: number) => `${Math.min(100, (count / whole) * 100)}%`
  const enough = minutes >= least
  const told =
    least === 0 ? words.visitNoLeast : enough ? words.visitMayEnd(least) : words.visitStillNeeds(least - minutes)
  return (
    <div>
      <p className={styles.label}>{words.visitServed}</p>
      <div className={styles.clock}>
        <p className={styles.minutes} data-minutes={minutes}>
          <strong>{minutes}</strong> {words.visitMinute}
        </p>
        <div className={styles.beside}>
          {visit.pausedAt !== null ? (
            <Chip tone="slate" icon="pause">
              {words.visitPausedSince(clockText(visit.pausedAt))}
            </Chip>
          ) : (
            <Chip tone={enough ? 'green' : 'slate'} icon={enough ? 'tick' : 'clock'}>
              {told}
            </Chip>
          )}
          {usual > 0 && <p>{words.visitUsual(usual)}</p>}
        </div>
      </div>
      <div className={styles.bar} role="img" aria-label={words.visitBar(minutes, least, usual)}>
        <span className={styles.run} style={{ width: percent(minutes) }} />
        {least > 0 && least < whole && (
          <span className={classes(styles.mark, enough && styles.passed)} style={{ left: percent(least) }} />
        )}
      </div>
    </div>
  )
}

function Evidence({ chip, children }: { chip: ReactNode; children: ReactNode }) {
  return (
    <li>
      {chip} <span>{children}</span>
    </li>
  )
}

/** What shows that the visit is one: the place, the carer, no overlap; missing evidence is said, never hidden. */
function Proofs({ visit, isMissing }: { visit: Visit; isMissing: boolean }) {
  const { words } = useSpeech()
  const { place, carer, service, gapMinutes } = visit
  const isHere = place.evidence !== 'unproven'
  const placeName = service.where === 'home' ? words.visitPlaceHome : words.visitPlace
  const changes = carer.changes > 0 ? ` · ${words.visitChanges(carer.changes)}` : ''
  return (
    <ul className={styles.proofs}>
      <Evidence
        chip={
          <Chip tone={isHere ? 'green' : isMissing ? 'ochre' : 'slate'} icon={isHere ? 'tick' : 'pin'}>
            {isMissing ? words.visitPlaceMissing : placeName}
          </Chip>
        }
      >
        {isHere || isMissing ? words.visitPlaces[place.evidence](clockText(visit.startedAt)) : words.visitWhereNone}
      </Evidence>
      <Evidence
        chip={
          <Chip tone="green" icon="tick">
            {words.carerRoles[carer.role]}
          </Chip>
        }
      >
        {words.visitOfToday(carer.name, carer.ofToday)}
        {changes}
      </Evidence>
      <Evidence
        chip={
          <Chip tone="green" icon="tick">
            {words.visitNoOverlap}
          </Chip>
        }
      >
        {gapMinutes === null ? words.visitFirst : words.visitGap(gapMinutes)}
      </Evidence>
      <Evidence
        chip={
          <Chip tone="slate" icon="clock">
            {words.visitToDo}
          </Chip>
        }
      >
        {words.visitToDoText}
      </Evidence>
    </ul>
  )
}

/** What it would cost if it ended now. */
export function PriceStrip({ price }: { price: Visit['price'] }) {
  const { words, say } = useSpeech()
  if (price === null) return <p className={styles.price}>{words.visitNoMoney}</p>
  const off = price.discountFen + price.subsidyFen
  return (
    <p className={styles.price} data-list={yuan(price.listFen)}>
      <span>
        <strong>{yuan(price.listFen)}</strong> {words.yuan}
      </span>
      <span aria-hidden="true">−</span>
      <span>
        {price.scheme === null ? words.visitSubsidy : say(price.scheme)} <strong>{yuan(off)}</strong>
      </span>
      <span aria-hidden="true">=</span>
      <span>
        {words.visitOwnPay} <strong>{yuan(price.ownPayFen)}</strong> {words.yuan}
      </span>
      <small>{price.pendingFen > 0 ? words.visitPendingShort(yuan(price.pendingFen)) : words.visitPayAtEnd}</small>
    </p>
  )
}

function Keys({ desk }: { desk: Running }) {
  const { words } = useSpeech()
  const { pausedAt } = desk.visit
  return (
    <div className={station.keys}>
      <Key onPress={() => leave(desk)} cap={words.enter} tone="primary">
        <Icon name="check" size={30} />
        <span className={station.words}>
          <strong>{words.visitSignOut}</strong>
          <small>{words.visitSignOutNote}</small>
        </span>
      </Key>
      <ProxyKey desk={desk} />
      <Key onPress={() => chooseAnew('early')} cap="E" className={station.side}>
        {words.visitEarly}
      </Key>
      <Key onPress={() => chooseAnew('carer')} cap="C" className={station.side}>
        {words.visitChangeCarer}
      </Key>
      <Key onPress={() => pauseOrGoOn(desk)} cap="P" className={station.side}>
        {pausedAt === null ? words.visitPause : words.visitGoOn}
      </Key>
    </div>
  )
}

/** A visit that goes on: minutes, evidence, what it costs by now, and what can be done. */
export function VisitDesk({ desk, view }: { desk: Running; view: StationView }) {
  const { words, say } = useSpeech()
  const choosing = useStation(state => state.choosing)
  const { visit } = desk
  const isMissing = desk.attention.some(({ code }) => code === 'VISIT_UNPROVEN')
  const means = useMeansText()(visit)
  return (
    <section className={station.card} data-visit={visit.visit}>
      <Head person={visit.person} note={`${means} · ${words.visitCheckedIn(clockText(visit.startedAt))}`}>
        <ServiceTag kind={visit.service.kind}>{say(visit.service.name)}</ServiceTag>
      </Head>
      <div className={station.body}>
        <Clock visit={visit} />
        {choosing === 'carer' && <CarerChoice view={view} chosen={null} />}
        {choosing === 'answer' && <PhoneAnswer view={view} />}
        {choosing === 'proxy' && <ProxyChoice proxies={desk.proxies} />}
        {choosing === null && <Proofs visit={visit} isMissing={isMissing} />}
      </div>
      {choosing !== 'carer' && choosing !== 'answer' && choosing !== 'proxy' && <PriceStrip price={visit.price} />}
      {choosing === 'early' && <EarlyReasons visit={visit.visit} onKeep={() => chooseAnew('early')} />}
      {choosing === null && <Keys desk={desk} />}
    </section>
  )
}
