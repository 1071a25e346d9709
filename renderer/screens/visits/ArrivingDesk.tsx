import type { ReactNode } from 'react'
import { answeredByPhone } from '../../../shared/visit/carer-answer.ts'
import type { ServiceView, StationView } from '../../../shared/visit-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import {
  type Arriving,
  allSeen,
  asksWhatWasSeen,
  begin,
  canBegin,
  chooseAnew,
  chooseSeen,
} from '../../state/station-actions.ts'
import { offersBegin, stepOf } from '../../state/station-choices.ts'
import { useStation } from '../../state/station-store.ts'
import { CarerChoice, CodeField, NoteField, ServiceChoice, usePriceText } from './ArrivingParts.tsx'
import styles from './arriving.module.css'
import { FaceKey } from './FaceAsked.tsx'
import { PhoneAnswer } from './PhoneAnswer.tsx'
import { ProxyChoice, ProxyKey } from './ProxyChoice.tsx'
import { Head, ServiceTag, useMeansText } from './parts.tsx'
import station from './station.module.css'

/** One thing that is chosen, with its key to choose it anew. */
function Chosen(props: {
  name: string
  cap: string
  open: boolean
  missing?: boolean
  onPress: () => void
  children: ReactNode
}) {
  return (
    <Key
      onPress={props.onPress}
      cap={props.cap}
      pressed={props.open}
      className={classes(styles.chosen, props.open && styles.open, props.missing && styles.missing)}
    >
      <span className={styles.two}>
        <small>{props.name}</small>
        <strong>{props.children}</strong>
      </span>
    </Key>
  )
}

function placeText({ place, service }: Arriving, isMissing: boolean, words: Speech['words']): string {
  if (isMissing) return words.visitPlaceMissing
  if (place.evidence === 'unproven') return service === null ? words.visitChosenNot : words.visitWhereNone
  if (place.evidence === 'reader') return words.visitWhereReader
  return place.reference?.endsWith(answeredByPhone) ? words.visitWherePhone : words.visitWhereCode
}

/** How the senior was, where somebody looks whether they are well. */
function WhatWasSeen() {
  const { words } = useSpeech()
  const seen = useStation(state => state.seen)
  return (
    <>
      <h3>{words.visitSeen}</h3>
      <div className={styles.seens} data-seen={seen}>
        {allSeen.map((one, place) => (
          <Key
            key={one}
            onPress={() => chooseSeen(one)}
            cap={String(place + 1)}
            pressed={seen === one}
            tone={seen === one ? 'primary' : 'plain'}
            className={styles.seen}
          >
            {words.visitSeens[one]}
          </Key>
        ))}
      </div>
      {seen !== null && words.visitSeenNext[seen] !== '' && <p className={station.soft}>{words.visitSeenNext[seen]}</p>}
      <NoteField />
    </>
  )
}

/** What begins: a visit, a stay without money, or a note. */
function useBeginWords(service: ServiceView | null): { name: string; note: string } {
  const { words } = useSpeech()
  if (service === null || service.fen !== null) return { name: words.visitBegin, note: words.visitBeginNote }
  return service.kind === 'day-care'
    ? { name: words.visitArrive, note: words.visitArriveNote }
    : { name: words.visitNote, note: words.visitNoteNote }
}

/** Somebody stands here: what is it to be, who gives it, and what shows that they are here? */
export function ArrivingDesk({ desk, view }: { desk: Arriving; view: StationView }) {
  const { words, say, language } = useSpeech()
  const { choosing, seen, busy } = useStation()
  const price = usePriceText()
  const { service, carer } = desk
  const means = useMeansText()
  const step = stepOf(desk, choosing)
  const begins = useBeginWords(service)
  const isMissing = desk.attention.some(({ code }) => code === 'VISIT_UNPROVEN')
  return (
    <section className={station.card} data-arriving={step}>
      <Head person={desk.person} note={means(desk)}>
        {service && <ServiceTag kind={service.kind}>{say(service.name)}</ServiceTag>}
      </Head>
      {desk.attention.map(notice => {
        const told = sayNotice(notice, language)
        return (
          <p key={notice.code} className={station.attention} role="status" data-attention={notice.code}>
            <strong>{told.what}</strong> {told.next}
          </p>
        )
      })}
      <div className={styles.chosens}>
        <Chosen name={words.visitService} cap="S" open={step === 'service'} onPress={() => chooseAnew('service')}>
          {service ? price(service) : words.visitChosenNot}
        </Chosen>
        <Chosen
          name={words.visitCarer}
          cap="C"
          open={step === 'carer' || step === 'answer'}
          onPress={() => chooseAnew('carer')}
        >
          {carer ? `${carer.name} · ${words.carerRoles[carer.role]}` : words.visitChosenNot}
        </Chosen>
        <Chosen
          name={words.visitWhere}
          cap="M"
          open={step === 'code'}
          missing={isMissing}
          onPress={() => chooseAnew('code')}
        >
          {placeText(desk, isMissing, words)}
        </Chosen>
        <div className={styles.others}>
          <FaceKey view={view} className={styles.other} />
          <ProxyKey desk={desk} wide />
        </div>
      </div>
      <div className={station.body}>
        {step === 'service' && <ServiceChoice desk={desk} view={view} />}
        {step === 'carer' && <CarerChoice view={view} chosen={carer?.carer ?? null} />}
        {step === 'answer' && <PhoneAnswer view={view} />}
        {step === 'code' && <CodeField />}
        {step === 'proxy' && <ProxyChoice proxies={desk.proxies ?? []} />}
        {step === 'ready' && service && asksWhatWasSeen(service) && <WhatWasSeen />}
      </div>
      {offersBegin(desk, step) && (
        <div className={station.keys}>
          <Key onPress={() => begin(desk)} cap={words.enter} tone="primary" disabled={busy || !canBegin(desk, seen)}>
            <Icon name="check" size={34} />
            <span className={station.words}>
              <strong>{begins.name}</strong>
              <small>{begins.note}</small>
            </span>
          </Key>
        </div>
      )}
    </section>
  )
}
