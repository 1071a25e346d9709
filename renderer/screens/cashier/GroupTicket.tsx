import type { GroupView } from '../../../shared/group-api.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Cap, Key } from '../../design/Key.tsx'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { useCashier } from '../../state/cashier-store.ts'
import {
  chooseGroupTender,
  openGroupGivenPad,
  payGroup,
  pressGroup,
  takeGroupNote,
  takeOffGroup,
  takesGroupNotes,
} from '../../state/group-actions.ts'
import { type Action, ActionKeys } from './ActionKeys.tsx'
import styles from './group-ticket.module.css'
import column from './meal-column.module.css'
import { NoteKeys } from './NoteKeys.tsx'
import { tenderIcons } from './TenderKeys.tsx'

/** A longer list stands in two columns, so that all of it is seen. */
const mostInOneColumn = 6

/** Whom one payer pays for, what each owes, and the sum. */
export function GroupTicket({ group }: { group: GroupView }) {
  const { words, say } = useSpeech()
  const isLong = group.members.length > mostInOneColumn
  return (
    <section className={styles.ticket} data-group={group.members.length}>
      <h2 className={styles.title}>
        {words.groupTitle} <small>{words.groupCount(group.members.length)}</small>
      </h2>
      {group.members.length === 0 && <p className={styles.lead}>{words.groupLead}</p>}
      <ul className={classes(styles.list, isLong && styles.dense)}>
        {group.members.map((one, place) => (
          <li
            key={one.checkIn}
            className={classes((one.changed || one.earlier) && styles.changed)}
            data-changed={one.changed}
            data-earlier={one.earlier}
          >
            <span className={styles.who}>
              {one.name ?? (one.guest ? words.guest : words.strangerTitle)}
              <small>{one.earlier ? words.groupEarlier : one.changed ? words.groupChanged : say(one.set)}</small>
            </span>
            <strong>{yuan(one.dueFen)}</strong>
            <Key
              onPress={() => takeOffGroup(place)}
              cap={String(place + 1)}
              className={styles.off}
              {...(isLong ? { label: `${words.groupTakeOff} ${place + 1}` } : {})}
            >
              {isLong ? <Icon name="cross" size={22} /> : words.groupTakeOff}
            </Key>
          </li>
        ))}
      </ul>
      <p className={styles.sum} data-group-sum={yuan(group.sumFen)}>
        <span>{words.groupSum}</span>
        <strong>
          <span className={styles.yuan}>¥</span>
          {yuan(group.sumFen)}
        </strong>
      </p>
    </section>
  )
}

/** How the payer pays, once for all. */
export function GroupColumn({ group, terminal }: { group: GroupView; terminal: TerminalView }) {
  const { words, say } = useSpeech()
  const paying = useCashier(state => state.groupPaying)
  const tenders = [
    { kind: 'cash', cap: 'W' },
    { kind: 'outside', cap: 'E' },
  ] as const
  const nameOf = (kind: 'cash' | 'outside') => {
    const tender = terminal.tenders.find(one => one.kind === kind)
    return tender ? say(tender.name) : words[kind]
  }
  const pay: Action = {
    ...{ icon: tenderIcons[group.tender], name: words.groupPay(nameOf(group.tender), yuan(group.sumFen)) },
    ...{
      note: paying ? words.saving : words.groupPayNote,
      cap: words.enter,
      primary: true,
      press: () => void payGroup(),
    },
  }
  const others = tenders
    .filter(({ kind }) => kind !== group.tender)
    .map(
      ({ kind, cap }): Action => ({
        ...{ icon: tenderIcons[kind], name: words.changeTender(nameOf(kind)), note: words.groupTenderNote, cap },
        press: () => chooseGroupTender(kind),
      }),
    )
  const end: Action = {
    ...{ icon: 'cross', name: words.groupEnd, note: words.groupEndNote, cap: 'F5', press: pressGroup },
  }
  const isEmpty = group.members.length === 0
  return (
    <div className={column.column}>
      <ActionKeys title={words.whatToDo} note={words.groupNext} actions={[...(isEmpty ? [] : [pay]), ...others, end]} />
      {takesGroupNotes(group) && (
        <>
          <h2 className={styles.given}>{words.notesTaken}</h2>
          <NoteKeys
            dueFen={group.sumFen}
            saving={paying}
            onNote={fen => takeGroupNote(group, fen)}
            onOther={() => openGroupGivenPad(group)}
          />
        </>
      )}
    </div>
  )
}

/** A group is open: what is confirmed goes on its list. */
export function GroupStrip({ group }: { group: GroupView }) {
  const { words } = useSpeech()
  return (
    <p className={styles.strip} data-group-strip>
      <Icon name="person" size={26} />
      <span>{words.groupOpen(group.members.length, yuan(group.sumFen))}</span>
      <Cap>{words.enter}</Cap>
    </p>
  )
}
