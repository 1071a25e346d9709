import type { PricedView, TerminalView } from '../../../shared/terminal-api.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { askForPin, comparePerson, takeListPrice } from '../../state/desk-actions.ts'
import { useNeighbour } from '../../state/neighbour-store.ts'
import { type Action, ActionKeys } from '../cashier/ActionKeys.tsx'
import { EntryBlock } from '../cashier/EntryBlock.tsx'
import { OwnPay } from '../cashier/OwnPay.tsx'
import { TenderKeys } from '../cashier/TenderKeys.tsx'
import styles from './price-panel.module.css'

/** What may stand beside a price for everybody in the room to read: money that is handed over, and that a meal is a second one. */
const forAll = new Set(['MADE_GOOD_NOW', 'DUPLICATE_TAP'])

/** List price, one figure for all that comes off, and what is paid: the same three lines for everybody. */
function Lines({ priced }: { priced: PricedView }) {
  const { words, language } = useSpeech()
  const told = priced.attention.filter(({ code }) => forAll.has(code))
  return (
    <>
      <dl className={styles.lines}>
        <Line title={words.listPrice} fen={priced.listFen} />
        <Line title={words.neighbourOff} fen={priced.ownPayFen - priced.listFen} />
      </dl>
      {told.map(notice => (
        <p key={notice.code} className={styles.told} role="status" data-told={notice.code}>
          {notice.code === 'DUPLICATE_TAP'
            ? words.ateAlready(String(notice.values.time ?? ''))
            : sayNotice(notice, language).what}
        </p>
      ))}
    </>
  )
}

function Line({ title, fen }: { title: string; fen: number }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{yuan(fen)}</dd>
    </div>
  )
}

/** On request: each step of the price, and what there is to say about it. */
function Reasons({ priced }: { priced: PricedView }) {
  const { words, language, say } = useSpeech()
  // What is missing has keys of its own below.
  const told = priced.attention.filter(({ code }) => code !== 'ASSURANCE_LOW')
  return (
    <div className={styles.why} data-why>
      <dl className={styles.lines}>
        <Line title={words.listPrice} fen={priced.listFen} />
        {priced.ladder.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place on the ladder
          <Line key={place} title={say(step.title)} fen={-step.fen} />
        ))}
      </dl>
      {told.map(notice => (
        <p key={notice.code} className={styles.told}>
          {sayNotice(notice, language).what}
        </p>
      ))}
    </div>
  )
}

/** Who it is must be surer for this much: the ways to it, as at any till. */
function Proofs({ priced, ways }: { priced: PricedView; ways: NonNullable<PricedView['needs']>['ways'] }) {
  const { words } = useSpeech()
  const compared: Action = {
    ...{ icon: 'check', name: words.compared, note: words.comparedNote, cap: 'V', primary: true },
    press: () => comparePerson(priced),
  }
  const pin: Action = {
    ...{ icon: 'key', name: words.byPin, note: words.byPinNote, cap: 'P', primary: !ways.includes('staff') },
    press: () => askForPin(priced),
  }
  const listPrice: Action = {
    ...{ icon: 'bowl', name: words.unsubsidised, note: words.unsubsidisedNote, cap: 'B' },
    press: () => takeListPrice(priced),
  }
  const actions = [...(ways.includes('staff') ? [compared] : []), ...(ways.includes('pin') ? [pin] : []), listPrice]
  return <ActionKeys title={words.whatToDo} note="" actions={actions} />
}

/** One person's price, and what records it. */
export function PricePanel({ priced, terminal }: { priced: PricedView; terminal: TerminalView }) {
  const { words, say } = useSpeech()
  const why = useNeighbour(state => state.why) === priced.checkIn
  const name = priced.person?.name ?? (priced.means === null ? words.guestTitle : words.strangerTitle)
  return (
    <section className={styles.panel} data-panel="price">
      <h2 className={styles.name}>{name}</h2>
      <p className={styles.set}>
        {say(priced.set.name)} <small>{say(priced.set.dish)}</small>
      </p>
      {why ? <Reasons priced={priced} /> : <Lines priced={priced} />}
      <div className={styles.perforation} />
      <OwnPay priced={priced} low={why} />
      {priced.needs ? (
        <Proofs priced={priced} ways={priced.needs.ways} />
      ) : (
        <>
          <div className={styles.tenders}>
            {!why && (
              <TenderKeys
                terminal={terminal}
                chosen={priced.tender}
                hint={words.oneKeyChanges}
                priced={null}
                isGuest={priced.means === null}
              />
            )}
          </div>
          <EntryBlock priced={priced} terminal={terminal} />
        </>
      )}
    </section>
  )
}
