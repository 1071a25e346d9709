import { useEffect, useRef } from 'react'
import type { ServiceView, StationView } from '../../../shared/visit-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import {
  type Arriving,
  backToKinds,
  chooseAnew,
  chooseKind,
  chooseOrder,
  chooseService,
  pressCarer,
  sendCode,
  showNine,
  typeCode,
  writeNote,
} from '../../state/station-actions.ts'
import { isAnsweredByPhone, kindKeys, kindsOf, nextNine, nineOf } from '../../state/station-choices.ts'
import { useStation } from '../../state/station-store.ts'
import { LetterKeys } from '../LetterKeys.tsx'
import styles from './arriving.module.css'
import { kindIcons } from './parts.tsx'

const digits = [...'1234567890']

function NextNine({ count }: { count: number }) {
  const { words } = useSpeech()
  const nine = useStation(state => state.nine)
  return (
    <Key onPress={() => showNine(nextNine(count, nine))} cap="0" className={styles.option}>
      {words.visitNext}
    </Key>
  )
}

/** What a service costs. */
export function usePriceText(): (service: ServiceView) => string {
  const { words, say } = useSpeech()
  return ({ fen, unit }) => (fen === null ? words.visitFree : words.visitPrice(yuan(fen), say(unit)))
}

function Services({ services }: { services: readonly ServiceView[] }) {
  const { words, say } = useSpeech()
  const price = usePriceText()
  const nine = useStation(state => state.nine)
  const { shown, more } = nineOf(services, nine)
  return (
    <div className={styles.options} data-services>
      {shown.map((service, place) => (
        <Key
          key={service.id}
          onPress={() => chooseService(service)}
          cap={String(place + 1)}
          className={classes(styles.option, styles.wide)}
        >
          <span className={styles.two}>
            <strong>{say(service.name)}</strong>
            <small>
              {service.where === 'home' ? words.visitAtHome : words.visitAtStation} · {price(service)}
            </small>
          </span>
        </Key>
      ))}
      {more && <NextNine count={services.length} />}
      <Key onPress={backToKinds} cap="Esc" className={styles.option}>
        {words.visitKindsBack}
      </Key>
    </div>
  )
}

/** What the person comes for: their orders of today first, then the six helps and the rest. */
export function ServiceChoice({ desk, view }: { desk: Arriving; view: StationView }) {
  const { words, say } = useSpeech()
  const kind = useStation(state => state.kind)
  const nameOf = (id: string) => {
    const service = view.station?.services.find(one => one.id === id)
    return service ? say(service.name) : id
  }
  const kinds = kindsOf(view.station?.services ?? [])
  const open = kinds.find(choice => choice.kind === kind)
  if (open) return <Services services={open.services} />
  return (
    <>
      {desk.orders.length > 0 && (
        <>
          <h3>{words.visitOrders}</h3>
          <div className={styles.orders} data-orders>
            {desk.orders.slice(0, 9).map((order, place) => (
              <Key
                key={order.order}
                onPress={() => chooseOrder(order.order)}
                cap={String(place + 1)}
                tone={place === 0 ? 'primary' : 'plain'}
                className={styles.order}
              >
                <strong>{order.at}</strong> {nameOf(order.service)}
              </Key>
            ))}
          </div>
        </>
      )}
      <h3>{desk.orders.length > 0 ? words.visitKindsLead : words.visitWhich}</h3>
      <div className={styles.kinds} data-kinds>
        {kinds.map((choice, place) => (
          <Key
            key={choice.kind}
            onPress={() => chooseKind(choice.kind, choice.services)}
            cap={kindKeys[place] ?? ''}
            className={styles.kind}
          >
            <Icon name={kindIcons[choice.kind]} size={32} />
            <span>{words.visitKinds[choice.kind]}</span>
          </Key>
        ))}
      </div>
    </>
  )
}

/** Who gives it; each says by their PIN that it is they. */
export function CarerChoice({ view, chosen }: { view: StationView; chosen: string | null }) {
  const { words } = useSpeech()
  const nine = useStation(state => state.nine)
  const carers = view.station?.carers ?? []
  const { shown, more } = nineOf(carers, nine)
  return (
    <>
      <h3>
        {words.visitCarerWho} <small>{words.visitCarerLead}</small>
      </h3>
      <div className={styles.options} data-carers>
        {shown.map((carer, place) => (
          <Key
            key={carer.carer}
            onPress={() => pressCarer(carer)}
            cap={String(place + 1)}
            pressed={carer.carer === chosen}
            tone={carer.carer === chosen ? 'primary' : 'plain'}
            className={styles.option}
          >
            <span className={styles.two}>
              <strong>{carer.name}</strong>
              <small>{words.visitCarerPins[carer.pin] || words.carerRoles[carer.role]}</small>
            </span>
          </Key>
        ))}
        {more && <NextNine count={carers.length} />}
      </div>
      {isAnsweredByPhone(view) && (
        <Key onPress={() => chooseAnew('answer')} cap="A" className={styles.option}>
          <Icon name="phone" size={32} />
          <span className={styles.two}>
            <strong>{words.visitByPhone}</strong>
            <small>{words.visitByPhoneLead}</small>
          </span>
        </Key>
      )}
    </>
  )
}

/** The code of the place, typed as the carer reads it from the station's screen. */
export function CodeField() {
  const { words } = useSpeech()
  return (
    <div className={styles.code} data-code-field>
      <h3>
        {words.visitTypeCode} <small>{words.visitTypeCodeLead}</small>
      </h3>
      <DigitField
        label={words.stationCode}
        onSend={() => void sendCode()}
        onLeave={() => chooseAnew('code')}
        take={words.visitTakeCode}
      />
    </div>
  )
}

interface DigitFieldProps {
  readonly label: string
  /** What the key says that hands them over. */
  readonly take: string
  readonly onSend: () => void
  readonly onLeave: () => void
}

/** Digits by the keys or by touch. */
export function DigitField({ label, take, onSend, onLeave }: DigitFieldProps) {
  const { words } = useSpeech()
  const code = useStation(state => state.code)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  return (
    <>
      <div className={styles.codeRow}>
        <input
          ref={input}
          inputMode="numeric"
          autoComplete="off"
          value={code}
          maxLength={64}
          onChange={event => typeCode(event.target.value.trim())}
          onKeyDown={event => {
            if (event.key === 'Enter') onSend()
            else if (event.key === 'Escape') onLeave()
            else return
            event.preventDefault()
          }}
          aria-label={label}
          data-code-input
        />
        <Key onPress={onSend} cap={words.enter} tone="primary" disabled={code === ''}>
          {take}
        </Key>
      </div>
      <LetterKeys text={code} onText={typeCode} only={digits} short />
    </>
  )
}

/** A few words that staff may add; Enter goes on to what records them. */
export function NoteField() {
  const { words } = useSpeech()
  const note = useStation(state => state.note)
  return (
    <input
      className={styles.note}
      value={note}
      maxLength={200}
      placeholder={words.visitWords}
      aria-label={words.visitWords}
      onChange={event => writeNote(event.target.value)}
      onKeyDown={event => {
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
        event.currentTarget.blur()
        event.preventDefault()
      }}
      data-visit-note
    />
  )
}
