import type { CloseView, TakenBack } from '../../../shared/close-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText, shortDate } from '../../i18n/dates.ts'
import { reportYuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { closeShift, countAgain, differs, leaveClose } from '../../state/close-actions.ts'
import { useClose } from '../../state/close-store.ts'
import styles from './close.module.css'
import { Blocked, Frame } from './Frame.tsx'
import { MoneyTile } from './MoneyTile.tsx'
import { NoteField } from './NoteField.tsx'
import { ReasonKeys } from './ReasonKeys.tsx'

type Checking = Extract<CloseView, { step: 'check' }>

function Sums({ shift }: Checking) {
  const { words } = useSpeech()
  const { sums } = shift
  const lines: [string, number, '+' | '−'][] = [
    [words.checkFloat, sums.floatFen ?? 0, '+'],
    [words.checkTaken, sums.takenFen, '+'],
    [words.checkVoided, sums.voidedFen, '−'],
    [words.checkRefunded, sums.refundedFen, '−'],
    [words.checkMadeGood, sums.madeGoodFen, '−'],
  ]
  return (
    <dl className={styles.sums}>
      {lines
        .filter(([, amount], place) => place < 2 || amount !== 0)
        .map(([name, amount, sign]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{sign === '−' ? reportYuan(-amount) : reportYuan(amount)}</dd>
          </div>
        ))}
      <div className={styles.total}>
        <dt>{words.checkExpected}</dt>
        <dd data-expected={sums.expectedFen}>{reportYuan(sums.expectedFen)}</dd>
      </div>
      <div className={styles.total}>
        <dt>{words.checkCounted}</dt>
        <dd>{reportYuan(shift.count?.cashFen ?? 0)}</dd>
      </div>
    </dl>
  )
}

function Backs({ backs, title }: { backs: readonly TakenBack[]; title: string }) {
  const { words, say } = useSpeech()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div className={styles.backs} tabIndex={0}>
      <h2>{title}</h2>
      {backs.length === 0 && <p className={styles.soft}>{words.checkNoVoids}</p>}
      <ul>
        {backs.map(back => (
          <li key={back.record}>
            <span>{clockText(back.at)}</span>
            <span>{say(back.set)}</span>
            <span>{back.operatorName ?? words.dayTerminalItself}</span>
            <strong>{reportYuan(back.ownPayFen)}</strong>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What of the phone payments is still to be confirmed, and what never came; nothing where neither is so. */
function PhoneNote({ phone: { waiting, notPaid } }: Pick<Checking, 'phone'>) {
  const { words } = useSpeech()
  const notes = [
    ...(waiting.count === 0 ? [] : [words.checkPhoneWaiting(waiting.count, reportYuan(waiting.fen))]),
    ...(notPaid.count === 0 ? [] : [words.checkPhoneNotPaid(notPaid.count, reportYuan(notPaid.fen))]),
  ]
  if (notes.length === 0) return null
  return (
    <p className={styles.soft} data-phone-note>
      {notes.join(' · ')}
    </p>
  )
}

/** What was counted beside what there should be; a difference is given a reason, and no money moves. */
export function CheckStep({ checking }: { checking: Checking }) {
  const { words, language } = useSpeech()
  const { reason, busy } = useClose()
  const { shift, voids, refunds, phone, throughFirst, blocked } = checking
  const asks = differs(checking)
  const lead = [
    shortDate(checking.date, language),
    words.shiftNumber(shift.number),
    shift.operatorName,
    words.moneyLead,
  ].join(' · ')
  return (
    <Frame
      step="check"
      title={words.moneyTitle}
      lead={lead}
      keys={
        <>
          <Key onPress={leaveClose} cap="Esc">
            {words.back}
          </Key>
          <Key onPress={countAgain} cap="A">
            <Icon name="undo" />
            {words.checkAgain}
          </Key>
          <Key
            onPress={closeShift}
            tone="primary"
            cap="F12"
            disabled={busy || blocked !== null || (asks && reason === null)}
          >
            <Icon name="check" size={28} />
            {words.checkClose}
          </Key>
        </>
      }
    >
      <div className={styles.checked}>
        <div className={styles.tiles}>
          <MoneyTile kind="account" expectedFen={shift.sums.accountFen} countedFen={null} differenceFen={null} />
          <MoneyTile
            kind="outside"
            expectedFen={shift.sums.outsideFen}
            countedFen={shift.count?.outsideFen ?? null}
            differenceFen={shift.outsideDifferenceFen}
          />
          <MoneyTile
            kind="cash"
            expectedFen={shift.sums.expectedFen}
            countedFen={shift.count?.cashFen ?? null}
            differenceFen={shift.differenceFen}
          />
        </div>
        <div className={styles.below}>
          <section className={classes(styles.card, styles.list)}>
            <Sums {...checking} />
            {shift.count && shift.count.times > 1 && (
              <p className={styles.soft}>{words.checkTimes(shift.count.times)}</p>
            )}
            {throughFirst > 0 && <p className={styles.soft}>{words.checkThroughFirst(throughFirst)}</p>}
            <Backs backs={[...voids, ...refunds]} title={words.checkVoids} />
          </section>
          <div className={styles.right}>
            <Blocked notice={blocked} />
            <PhoneNote phone={phone} />
            {asks && (
              <section className={classes(styles.card, styles.ochre)} data-asks-reason>
                <h2>{words.checkWhy}</h2>
                <p className={styles.soft}>{words.checkWhyNote}</p>
                <ReasonKeys className={styles.reasons} />
                <NoteField label={words.checkNote} onEnter={closeShift} />
              </section>
            )}
            {!asks && (
              <section className={classes(styles.card, styles.fits)}>
                <Icon name="check" size={72} />
                <h2>{words.checkAllFits}</h2>
                <p>{words.checkAllFitsNote}</p>
                <Key onPress={closeShift} tone="primary" cap={words.enter} disabled={busy || blocked !== null}>
                  {words.checkClose}
                </Key>
              </section>
            )}
          </div>
        </div>
      </div>
    </Frame>
  )
}
