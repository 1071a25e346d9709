import type { CashierView, TerminalView } from '../../../shared/terminal-api.ts'
import { Brand } from '../../design/Brand.tsx'
import { Icon } from '../../design/Icon.tsx'
import { CardWay, CodeWay } from '../../design/WayDrawings.tsx'
import { clockText } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice, saySenior } from '../../i18n/words.ts'
import { dismiss, priceAsStranger, startGuest } from '../../state/cashier-actions.ts'
import { askProvince, openDesk } from '../../state/desk-actions.ts'
import { looksAgain, pressFaceKey } from '../../state/face-look.ts'
import { type Action, ActionKeys } from './ActionKeys.tsx'
import { DeviceTiles } from './DeviceTiles.tsx'
import column from './meal-column.module.css'
import styles from './problem-ticket.module.css'

export type ProblemView = Extract<CashierView, { state: 'problem' }>

/** How the card lies or the code is held, as on the public screen; for an unknown person, that the meal goes on. */
function Drawing({ problem }: { problem: ProblemView }) {
  const { words } = useSpeech()
  const { means, stranger } = problem
  if (stranger) {
    return (
      <div className={styles.drawing}>
        <Brand size={120} />
        <p>{words.eatsAsUsual}</p>
      </div>
    )
  }
  if (means !== 'card' && means !== 'code') return null
  return <div className={styles.drawing}>{means === 'card' ? <CardWay /> : <CodeWay />}</div>
}

/** What is so and what comes next, where no price could be shown. Calm: nothing went wrong with the person. */
export function ProblemTicket({ problem }: { problem: ProblemView }) {
  const { words, language, say } = useSpeech()
  const told = sayNotice(problem.notice, language)
  const { already } = problem
  return (
    <section className={styles.ticket} data-problem={problem.notice.code}>
      <div className={styles.what} role="status">
        <Icon name="info" size={42} />
        <h2>{told.what}</h2>
      </div>
      <div className={styles.next}>
        <p>{words.nextStep}</p>
        <strong>{told.next}</strong>
      </div>
      {!already && <Drawing problem={problem} />}
      {already && (
        <div className={styles.already}>
          <p>{words.already}</p>
          <div>
            <time>{clockText(already.at)}</time>
            <span>
              {already.name ?? words.guest}
              <small>{say(already.set)}</small>
            </span>
            <strong>{yuan(already.ownPayFen)}</strong>
          </div>
        </div>
      )}
      <div className={styles.sees}>
        <p>{words.seniorSees}</p>
        <strong>{saySenior(problem.notice.code, language) ?? words.weHelp}</strong>
      </div>
    </section>
  )
}

/** What can be done about a problem, the likeliest first. */
export function ProblemColumn({ problem, terminal }: { problem: ProblemView; terminal: TerminalView }) {
  const { words } = useSpeech()
  const { stranger } = problem
  const guest: Action = {
    icon: 'person',
    name: words.guestInstead,
    note: words.guestInsteadNote,
    cap: 'F2',
    press: startGuest,
  }
  const find: Action =
    stranger && problem.means === 'card'
      ? { icon: 'card', name: words.bindToMember, note: words.bindToMemberNote, cap: '/', press: () => void openDesk() }
      : { icon: 'find', name: words.findByName, note: words.findByNameNote, cap: '/', press: () => void openDesk() }
  const ask: Action = {
    icon: 'cloud',
    name: words.askProvince,
    note: words.askProvinceNote,
    cap: 'A',
    press: askProvince,
  }
  const again: Action = {
    icon: 'face',
    name: words.faceLookAgain,
    note: words.faceLookAgainNote,
    cap: 'F1',
    primary: true,
    press: () => void pressFaceKey(),
  }
  const mayLookAgain = looksAgain.includes(problem.notice.code)
  const actions: Action[] = stranger
    ? [
        {
          icon: 'check',
          name: words.strangerAction,
          note: words.strangerNote,
          cap: words.enter,
          primary: true,
          press: () => priceAsStranger(stranger),
        },
        ...[find, ask, guest],
        { icon: 'cross', name: words.notToday, note: words.notTodayNote, cap: 'Esc', press: dismiss },
      ]
    : [
        ...(mayLookAgain ? [again] : []),
        {
          icon: 'bowl',
          name: words.backToReady,
          note: problem.already ? words.notDoubled : words.backNote,
          cap: words.enter,
          primary: !mayLookAgain,
          press: dismiss,
        },
        ...(problem.already ? [] : [find, guest]),
      ]
  return (
    <div className={column.column}>
      <ActionKeys
        title={words.whatToDo}
        note={problem.already ? words.notDoubled : words.nothingRecorded}
        actions={actions}
      />
      <h2 className={styles.ways}>{words.waysNow}</h2>
      <DeviceTiles devices={terminal.devices} />
    </div>
  )
}
