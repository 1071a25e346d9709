import { useEffect } from 'react'
import type { LateView } from '../../../shared/afterwards-api.ts'
import { lateReasons } from '../../../shared/afterwards-reasons.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { shortDate } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { type LateDraft, useAfterwards } from '../../state/afterwards-store.ts'
import {
  chooseApprover,
  chooseDay,
  chooseLateReason,
  chooseMeal,
  chooseSet,
  chooseTender,
  chooseWho,
  enterLate,
  meals,
  nextPerson,
} from '../../state/late-actions.ts'
import { useNeighbour } from '../../state/neighbour-store.ts'
import { isOffered } from '../../state/payment-actions.ts'
import styles from './afterwards.module.css'
import { Days, Option, Row } from './LateParts.tsx'
import late from './late.module.css'
import { PersonSearch } from './PersonSearch.tsx'

function nameOf(who: LateDraft['who'], words: Speech['words']): string {
  return who === null ? words.lateWho : who === 'guest' ? words.lateGuest : who.name
}

function Line({ name, amount }: { name: string; amount: string }) {
  return (
    <p className={styles.line}>
      <span>{name}</span>
      <strong>{amount}</strong>
    </p>
  )
}

function Price({ priced }: { priced: LateView }) {
  const { words, language } = useSpeech()
  return (
    <>
      <div className={styles.parts}>
        <Line name={words.listPrice} amount={yuan(priced.listFen)} />
        <Line name={words.lateSubsidy} amount={yuan(-(priced.discountFen + priced.subsidyFen))} />
        {priced.pendingFen > 0 && <Line name={words.latePending} amount={yuan(priced.pendingFen)} />}
      </div>
      <p className={styles.way} data-late-pays={priced.paidFen}>
        {words.latePaid(yuan(priced.paidFen))}
      </p>
      {priced.attention.slice(0, 2).map(notice => (
        <p key={notice.code} className={late.attention} data-attention={notice.code}>
          {sayNotice(notice, language).what}
        </p>
      ))}
    </>
  )
}

function Approver({ approver }: { approver: string | null }) {
  const { words } = useSpeech()
  const others = useAfterwards(state => state.staff?.others) ?? []
  const household = useNeighbour(state => state.view !== null)
  if (household) return null
  return (
    <Row name={words.lateApprover} cap="V">
      {others.map(({ operator, name, pin }) => (
        <Option
          key={operator}
          chosen={operator === approver}
          onPress={() => chooseApprover(operator)}
          disabled={pin !== 'set'}
        >
          <span className={late.staff}>
            {name}
            {pin !== 'set' && <small>{words.lateNoPin}</small>}
          </span>
        </Option>
      ))}
      <Option chosen={approver === null} onPress={() => chooseApprover(null)}>
        {words.lateNobody}
      </Option>
    </Row>
  )
}

function PriceCard({ draft, today }: { draft: LateDraft; today: string }) {
  const { words, language } = useSpeech()
  const { priced, notice, recorded } = draft
  const told = notice && sayNotice(notice, language)
  const day = shortDate(draft.servedOn, language)
  return (
    <section className={classes(styles.card, recorded && styles.green)} data-late={recorded ? 'recorded' : 'open'}>
      <div className={styles.body}>
        <h2>{nameOf(draft.who, words)}</h2>
        <p className={styles.soft}>
          {draft.servedOn === today ? words.today : day} · {words[draft.meal]}
        </p>
        {told && (
          <div className={late.attention} data-notice={notice?.code}>
            <strong>{told.what}</strong>
            <p>{told.next}</p>
          </div>
        )}
        {priced && <Price priced={priced} />}
        {recorded && (
          <div className={styles.given} role="status" data-held={recorded.held}>
            <strong>
              <Icon name="check" size={34} />
              {words.lateRecorded}
            </strong>
            {recorded.held && <p className={styles.soft}>{words.lateIsHeld}</p>}
          </div>
        )}
      </div>
      {recorded ? (
        <Key onPress={nextPerson} cap={words.enter} tone="primary" className={styles.give}>
          {words.lateNext}
        </Key>
      ) : (
        <>
          <Approver approver={draft.approver} />
          <Key
            onPress={enterLate}
            cap={words.enter}
            tone="primary"
            disabled={priced === null || draft.busy}
            className={styles.give}
          >
            <Icon name={draft.approver === null ? 'pause' : 'key'} size={34} />
            {draft.approver === null ? words.lateHold : words.lateApprove}
          </Key>
        </>
      )}
    </section>
  )
}

/** Enters meals from a paper list, one person after the other. */
export function LateScreen({ late: draft, terminal }: { late: LateDraft; terminal: TerminalView }) {
  const { words, say } = useSpeech()
  const today = terminal.businessDate
  useEffect(() => {
    // After the frame took the focus to its title.
    const next = requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-sale-search]')?.focus())
    return () => cancelAnimationFrame(next)
  }, [])
  return (
    <div className={late.columns}>
      <div className={styles.finder}>
        <div className={late.who}>
          <PersonSearch onChoose={chooseWho} label={words.lateSearch} />
          <Option chosen={draft.who === 'guest'} onPress={() => chooseWho('guest')} cap="G">
            {words.lateGuest}
          </Option>
        </div>
        <Row name={words.lateDay} cap="A D">
          <Days servedOn={draft.servedOn} today={today} onChoose={chooseDay} />
        </Row>
        <div className={late.pair}>
          <Row name={words.lateMeal} cap="M">
            {meals.map(meal => (
              <Option key={meal} chosen={draft.meal === meal} onPress={() => chooseMeal(meal)}>
                {words[meal]}
              </Option>
            ))}
          </Row>
          <Row name={draft.who === 'guest' ? words.lateTenderGuest : words.lateTender}>
            {terminal.tenders.map(({ kind, name }, place) => (
              <Option
                key={kind}
                chosen={draft.tender === kind}
                onPress={() => chooseTender(kind)}
                disabled={!isOffered(kind, draft.who === 'guest')}
                cap={['Q', 'W', 'E'][place] ?? ''}
              >
                {say(name)}
              </Option>
            ))}
          </Row>
        </div>
        <Row name={words.lateSet} many>
          {terminal.menu.map(set => (
            <Option key={set.id} chosen={draft.set === set.id} onPress={() => chooseSet(set.id)} cap={String(set.key)}>
              {say(set.name)}
            </Option>
          ))}
        </Row>
        <Row name={words.lateWhy} cap="R">
          {lateReasons.map(reason => (
            <Option key={reason} chosen={draft.reason === reason} onPress={() => chooseLateReason(reason)}>
              {words.lateReasons[reason]}
            </Option>
          ))}
        </Row>
      </div>
      <PriceCard draft={draft} today={today} />
    </div>
  )
}
