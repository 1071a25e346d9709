import type { ReactNode } from 'react'
import type { Notice, PricedView, TerminalView } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import type { Words } from '../../i18n/catalogue.ts'
import type { Language } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { cashDueFen, openGivenPad, takeNote, takesNotes } from '../../state/cash-notes.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { needsAttention } from '../../state/entry.ts'
import { hasPayRow, outsidePayment } from '../../state/payment-actions.ts'
import { BesideList } from './BesideList.tsx'
import { ChannelTag } from './ChannelTag.tsx'
import { EntryBlock } from './EntryBlock.tsx'
import { Ladder } from './Ladder.tsx'
import { NoteKeys } from './NoteKeys.tsx'
import { OwnPay } from './OwnPay.tsx'
import { ReferenceKey } from './ReferenceKey.tsx'
import { SeniorSees } from './SeniorSees.tsx'
import styles from './ticket.module.css'

/** A second meal is priced here, so the words for a mere repeat ("not doubled, next person") do not fit. */
function sayForPrice(notice: Notice, language: Language, words: Words): { what: string; next: string } {
  const told = sayNotice(notice, language)
  if (notice.code !== 'DUPLICATE_TAP') return told
  return { what: words.ateAlready(String(notice.values.time ?? '')), next: words.secondMeal }
}

/** A calm band: what is so in one line, then what can be done. */
export function Band({ notices, children }: { notices: readonly Notice[]; children?: ReactNode }) {
  const { language, words } = useSpeech()
  const [first, ...rest] = notices.map(notice => sayForPrice(notice, language, words))
  if (!first) return null
  const [head = '', ...tail] = first.what.split(/[，,;；]\s?/)
  const stop = language === 'zh' ? '。' : '.'
  const told = tail.join(language === 'zh' ? '，' : ', ')
  const detail = tail.length > 0 ? `${told.charAt(0).toUpperCase()}${told.slice(1)}${stop}` : null
  return (
    <div className={styles.band} role="status">
      <Icon name="info" size={42} />
      <div>
        <h2>{head}</h2>
        {detail !== null && <p>{detail}</p>}
        <p>
          {first.next}
          {stop}
        </p>
        {rest.map(other => (
          <p key={other.what}>
            {other.what}
            {stop}
          </p>
        ))}
        {children}
      </div>
    </div>
  )
}

/** The meal ticket: what the meal costs this person and why, and how it is recorded. */
export function Ticket({ priced, terminal }: { priced: PricedView; terminal: TerminalView }) {
  const { say, words } = useSpeech()
  const choosing = useCashier(state => state.choosingSet)
  // While something else is chosen the ticket is the usual one, with its keys.
  const attention = needsAttention(priced) && !choosing
  const saving = useCashier(state => state.savingCheckIn) === priced.checkIn
  return (
    <section className={styles.ticket}>
      {attention ? (
        <Band notices={priced.attention} />
      ) : (
        <div className={styles.head}>
          <h2 className={styles.set}>
            {say(priced.set.name)} <small>{say(priced.set.dish)}</small>
          </h2>
          <ChannelTag channel={priced.channel} />
        </div>
      )}
      <BesideList priced={priced} />
      <Ladder priced={priced} setNote={attention} />
      {priced.pendingFen > 0 && (
        <p className={styles.pending}>
          {words.pendingRow} <strong>{yuan(priced.pendingFen)}</strong>
        </p>
      )}
      <div className={styles.perforation} />
      <OwnPay priced={priced} low={hasPayRow(priced)} />
      {takesNotes(priced) && (
        <div className={styles.notes}>
          <NoteKeys
            dueFen={cashDueFen(priced)}
            saving={saving}
            onNote={fen => takeNote(priced, fen)}
            onOther={() => openGivenPad(priced)}
          />
        </div>
      )}
      {outsidePayment(priced) && <ReferenceKey priced={priced} low={takesNotes(priced)} />}
      {priced.needs || priced.proxy.leads ? null : attention ? (
        <SeniorSees priced={priced} />
      ) : (
        <EntryBlock priced={priced} terminal={terminal} />
      )}
    </section>
  )
}
