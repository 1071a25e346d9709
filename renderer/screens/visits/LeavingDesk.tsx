import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { useCashier } from '../../state/cashier-store.ts'
import {
  asksToCompare,
  backToList,
  chooseVisitTender,
  compare,
  finish,
  type Leaving,
  takeVisitListPrice,
} from '../../state/station-actions.ts'
import { useStation } from '../../state/station-store.ts'
import { tenderIcons } from '../cashier/TenderKeys.tsx'
import { EarlyReasons } from './EarlyReasons.tsx'
import styles from './leaving.module.css'
import { ProxyChoice, ProxyKey } from './ProxyChoice.tsx'
import { Chip, Head, ServiceTag, useMeansText } from './parts.tsx'
import station from './station.module.css'

function Line({ name, amount }: { name: string; amount: number }) {
  return (
    <p className={styles.line}>
      <span>{name}</span>
      <strong>{yuan(amount)}</strong>
    </p>
  )
}

function Bill({ price, isChosen }: { price: NonNullable<Leaving['visit']['price']>; isChosen: boolean }) {
  const { words, say } = useSpeech()
  const pending = isChosen ? words.visitMadeGoodLater : words.visitPendingShort
  return (
    <div className={styles.bill}>
      <Line name={words.visitListPrice} amount={price.listFen} />
      <Line
        name={price.scheme ? say(price.scheme) : words.visitOff}
        amount={price.discountFen + price.subsidyFen === 0 ? 0 : -(price.discountFen + price.subsidyFen)}
      />
      {price.pendingFen > 0 && <p className={styles.pending}>{pending(yuan(price.pendingFen))}</p>}
      <p className={styles.pay} data-own-pay={yuan(price.ownPayFen)}>
        <span>{words.visitOwnPay}</span>
        <strong>
          <small>¥</small>
          {yuan(price.ownPayFen)}
        </strong>
      </p>
    </div>
  )
}

function Tenders({ desk }: { desk: Leaving }) {
  const { words, say } = useSpeech()
  const tenders = useCashier(state => state.terminal?.tenders ?? [])
  const { price } = desk.visit
  if (price === null || price.ownPayFen === 0) return null
  return (
    <fieldset className={styles.tenders} aria-label={words.visitTender}>
      {tenders.slice(0, 3).map(({ kind, name }, place) => (
        <Key
          key={kind}
          onPress={() => chooseVisitTender(desk, place)}
          cap={['Q', 'W', 'E'][place] ?? ''}
          pressed={price.tender === kind}
          tone={price.tender === kind ? 'primary' : 'plain'}
        >
          <Icon name={tenderIcons[kind]} size={28} />
          {say(name)}
        </Key>
      ))}
    </fieldset>
  )
}

/** What comes first: that staff compare the senior where the subsidy asks for it, then the record. */
function FirstKey({ desk }: { desk: Leaving }) {
  const { words } = useSpeech()
  const busy = useStation(state => state.busy)
  const { price } = desk.visit
  const due = price && price.dueFen > 0 ? `${words.visitPays} ${yuan(price.dueFen)}` : null
  if (asksToCompare(desk))
    return (
      <Key onPress={() => compare(desk)} cap="V" tone="primary" disabled={busy}>
        <Icon name="person" size={34} />
        <span className={station.words}>
          <strong>{words.compared}</strong>
          <small>{words.comparedNote}</small>
        </span>
      </Key>
    )
  return (
    <Key onPress={() => finish(desk)} cap={words.enter} tone="primary" disabled={busy}>
      <Icon name="check" size={34} />
      <span className={station.words}>
        <strong>
          {desk.proof === 'list-price' || due === null ? words.visitRecord : `${words.visitRecord} · ${due}`}
        </strong>
        <small>{desk.proof === 'list-price' && due !== null ? due : words.visitRecordNote}</small>
      </span>
    </Key>
  )
}

/** The other way where the subsidy asks who the senior is: without it for now, or with it after all. */
function OtherWay({ desk }: { desk: Leaving }) {
  const { words } = useSpeech()
  if (desk.proof === 'enough') return null
  const isNeeded = asksToCompare(desk)
  return (
    <Key onPress={() => (isNeeded ? takeVisitListPrice : compare)(desk)} cap={isNeeded ? 'B' : 'V'}>
      <span className={station.words}>
        <strong>{isNeeded ? words.visitListNow : words.visitCameAfterAll}</strong>
        <small>{isNeeded ? words.visitListNowNote : words.visitCameAfterAllNote}</small>
      </span>
    </Key>
  )
}

function Keys({ desk }: { desk: Leaving }) {
  const { words } = useSpeech()
  return (
    <div className={station.keys}>
      <FirstKey desk={desk} />
      <OtherWay desk={desk} />
      <ProxyKey desk={desk} />
      <Key onPress={backToList} cap="Esc">
        {words.visitNotYet}
      </Key>
    </div>
  )
}

/** The senior leaves: how long it was, what is paid, and one key that records it. */
export function LeavingDesk({ desk }: { desk: Leaving }) {
  const { words, say, language } = useSpeech()
  const { visit } = desk
  const { price } = visit
  const means = useMeansText()
  const choosing = useStation(state => state.choosing)
  const isListed = choosing === 'proxy' && desk.proxies !== null
  const isUnproven = desk.attention.some(({ code }) => code === 'VISIT_UNPROVEN')
  const from = `${clockText(visit.startedAt)} – ${clockText(visit.asOf)}`
  return (
    <section className={station.card} data-leaving={visit.visit}>
      <Head
        person={visit.person}
        note={`${means(visit)} · ${from} · ${words.visitLeavingLead(visit.minutes)} · ${visit.carer.name}`}
      >
        <div className={styles.chips}>
          <ServiceTag kind={visit.service.kind}>{say(visit.service.name)}</ServiceTag>
          {isUnproven && (
            <Chip tone="ochre" icon="pin">
              {words.visitPlaceMissing}
            </Chip>
          )}
          {desk.early && (
            <Chip tone="ochre" icon="info">
              {words.visitEarly}
            </Chip>
          )}
        </div>
      </Head>
      {desk.attention
        .filter(({ code }) => code !== 'VISIT_UNPROVEN')
        .map(notice => {
          const told = sayNotice(notice, language)
          return (
            <p key={notice.code} className={station.attention} role="status" data-attention={notice.code}>
              <strong>{told.what}</strong> {told.next}
            </p>
          )
        })}
      <div className={classes(station.body, styles.middle)}>
        {isListed && <ProxyChoice proxies={desk.proxies ?? []} />}
        {!isListed && price && desk.early !== 'needed' && <Bill price={price} isChosen={desk.proof === 'list-price'} />}
        {!isListed && !price && <p className={styles.free}>{words.visitNoMoney}</p>}
        {!isListed && desk.early !== 'needed' && !asksToCompare(desk) && <Tenders desk={desk} />}
      </div>
      {desk.early === 'needed' ? <EarlyReasons visit={visit.visit} onKeep={backToList} /> : <Keys desk={desk} />}
    </section>
  )
}
