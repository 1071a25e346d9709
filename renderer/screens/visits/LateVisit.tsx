import { useEffect } from 'react'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import type { LateVisitPriced, StationView } from '../../../shared/visit-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Cap, Key } from '../../design/Key.tsx'
import { shortDate } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { showNine } from '../../state/station-actions.ts'
import { nextNine, nineOf } from '../../state/station-choices.ts'
import {
  asClock,
  enterLateVisit,
  isWhole,
  lateApprover,
  lateCarer,
  lateDay,
  lateFrom,
  lateMinutes,
  lateReason,
  lateReasons,
  lateService,
  lateServices,
  lateTender,
  lateUntil,
  lateWho,
  nextLateVisit,
} from '../../state/station-late.ts'
import { useStation } from '../../state/station-store.ts'
import { Days, Option, Row } from '../afterwards/LateParts.tsx'
import rows from '../afterwards/late.module.css'
import { PersonSearch } from '../afterwards/PersonSearch.tsx'
import styles from './late-visit.module.css'
import station from './station.module.css'
import { TimeField } from './TimeField.tsx'

function Services({ view }: { view: StationView }) {
  const { words, say } = useSpeech()
  const { late, nine } = useStation()
  const services = lateServices(view)
  const { shown, more } = nineOf(services, nine)
  return (
    <fieldset className={styles.services} aria-label={words.visitService} data-services>
      {shown.map((service, place) => (
        <Option
          key={service.id}
          chosen={late?.service === service.id}
          onPress={() => lateService(service.id)}
          cap={String(place + 1)}
        >
          {say(service.name)}
        </Option>
      ))}
      {more && (
        <Option chosen={false} onPress={() => showNine(nextNine(services.length, nine))} cap="0">
          {words.visitNext}
        </Option>
      )}
    </fieldset>
  )
}

/** A visit that was given without the terminal: whom, when, what and by whom. */
export function LateVisit({ view, terminal }: { view: StationView; terminal: TerminalView }) {
  const { words, say } = useSpeech()
  const late = useStation(state => state.late)
  useEffect(() => {
    const next = requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-sale-search]')?.focus())
    return () => cancelAnimationFrame(next)
  }, [])
  if (late === null) return null
  return (
    <section className={styles.form}>
      <PersonSearch onChoose={lateWho} label={words.lateVisitWho} />
      <Row name={words.lateDay} cap="A D">
        <Days servedOn={late.servedOn} today={terminal.businessDate} onChoose={lateDay} />
      </Row>
      <Services view={view} />
      <div className={styles.times}>
        <TimeField name={words.lateVisitFrom} minutes={late.from} onMinutes={lateFrom} from />
        <TimeField name={words.lateVisitUntil} minutes={late.until} onMinutes={lateUntil} />
      </div>
      <div className={rows.pair}>
        <div className={rows.row}>
          <p className={rows.name}>
            {words.visitCarer} <Cap>C</Cap>
          </p>
          <div className={styles.carers}>
            {(view.station?.carers ?? []).map(({ carer, name }) => (
              <Option key={carer} chosen={late.carer === carer} onPress={() => lateCarer(carer)}>
                {name}
              </Option>
            ))}
          </div>
        </div>
        <Row name={words.visitTender}>
          {terminal.tenders.map(({ kind, name }, place) => (
            <Option
              key={kind}
              chosen={late.tender === kind}
              onPress={() => lateTender(kind)}
              cap={['Q', 'W', 'E'][place] ?? ''}
            >
              {say(name)}
            </Option>
          ))}
        </Row>
      </div>
    </section>
  )
}

/** Why it comes late. */
function Why() {
  const { words } = useSpeech()
  const late = useStation(state => state.late)
  return (
    <div>
      <p className={rows.name}>
        {words.lateWhy} <Cap>R</Cap>
      </p>
      <div className={styles.reasons}>
        {lateReasons.map(reason => (
          <Option key={reason} chosen={late?.reason === reason} onPress={() => lateReason(reason)}>
            {words.lateVisitReasons[reason]}
          </Option>
        ))}
      </div>
    </div>
  )
}

function Approver() {
  const { words } = useSpeech()
  const late = useStation(state => state.late)
  return (
    <Row name={words.lateApprover} cap="V">
      {(late?.staff?.others ?? []).map(({ operator, name, pin }) => (
        <Option
          key={operator}
          chosen={operator === late?.approver}
          onPress={() => lateApprover(operator)}
          disabled={pin !== 'set'}
        >
          <span className={rows.staff}>
            {name}
            {pin !== 'set' && <small>{words.lateNoPin}</small>}
          </span>
        </Option>
      ))}
      <Option chosen={late?.approver === null} onPress={() => lateApprover(null)}>
        {words.lateNobody}
      </Option>
    </Row>
  )
}

function Price({ priced }: { priced: LateVisitPriced | null }) {
  const { words, language } = useSpeech()
  if (priced === null) return <p className={station.soft}>{words.lateVisitMissing}</p>
  if (priced.result === 'refused') {
    const told = sayNotice(priced.notice, language)
    return (
      <p className={station.attention} data-notice={priced.notice.code}>
        <strong>{told.what}</strong> {told.next}
      </p>
    )
  }
  return (
    <p className={styles.what} data-late-pays={priced.price.dueFen}>
      {words.latePaid(yuan(priced.price.dueFen))}
    </p>
  )
}

/** What was entered so far, who approves it, and the key that records it. */
export function LateVisitSum({ view, terminal }: { view: StationView; terminal: TerminalView }) {
  const today = terminal.businessDate
  const { words, say, language } = useSpeech()
  const late = useStation(state => state.late)
  if (late === null) return null
  const service = view.station?.services.find(({ id }) => id === late.service)
  const carer = view.station?.carers.find(one => one.carer === late.carer)
  const day = late.servedOn === today ? words.today : shortDate(late.servedOn, language)
  const held = late.approver === null
  const minutes = lateMinutes(late)
  const chosen = [service && say(service.name), carer?.name].filter(Boolean).join(' · ')
  return (
    <section
      className={classes(station.card, late.recorded && styles.green)}
      data-late-visit={late.recorded ? 'recorded' : 'open'}
    >
      <div className={station.body}>
        <h2 className={styles.who}>{late.who?.name ?? words.lateVisitWhom}</h2>
        <p className={station.soft}>
          {day} · {asClock(late.from)} – {asClock(late.until)} ·{' '}
          {minutes === null ? words.lateVisitOrder : words.visitMinutes(minutes)}
        </p>
        <p className={styles.what}>{chosen || words.visitChosenNot}</p>
        {late.recorded ? (
          <div className={styles.done} role="status" data-held={late.recorded.held}>
            <strong>
              <Icon name="check" size={34} />
              {words.lateVisitRecorded}
            </strong>
            {late.recorded.held && <p className={station.soft}>{words.lateIsHeld}</p>}
          </div>
        ) : (
          <Price priced={late.priced} />
        )}
      </div>
      {!late.recorded && (
        <>
          <Why />
          <Approver />
        </>
      )}
      <div className={station.keys}>
        {late.recorded ? (
          <Key onPress={nextLateVisit} cap={words.enter} tone="primary">
            {words.lateVisitNext}
          </Key>
        ) : (
          <Key onPress={enterLateVisit} cap={words.enter} tone="primary" disabled={!isWhole(late) || late.busy}>
            <Icon name={held ? 'pause' : 'key'} size={30} />
            {held ? words.lateHold : words.lateApprove}
          </Key>
        )}
      </div>
    </section>
  )
}
