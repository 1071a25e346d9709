import { Icon } from '../../design/Icon.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { dismiss, startGuest } from '../../state/cashier-actions.ts'
import { askProvince, openDesk } from '../../state/desk-actions.ts'
import { leaveProblem } from '../../state/neighbour-keys.ts'
import { type Action, ActionKeys } from '../cashier/ActionKeys.tsx'
import type { ProblemView } from '../cashier/ProblemTicket.tsx'
import styles from './problem-panel.module.css'

/** What is so, what comes next, and the keys for it. */
export function ProblemPanel({ problem }: { problem: ProblemView }) {
  const { words, language } = useSpeech()
  const told = sayNotice(problem.notice, language)
  const { stranger } = problem
  const find: Action = {
    ...{ icon: 'find', name: words.findByName, note: words.findByNameNote, cap: '/' },
    press: () => void openDesk(),
  }
  const guest: Action = {
    ...{ icon: 'person', name: words.guestInstead, note: words.guestInsteadNote, cap: 'F2', press: startGuest },
  }
  const ask: Action = {
    ...{ icon: 'cloud', name: words.askProvince, note: words.askProvinceNote, cap: 'A', press: askProvince },
  }
  const first: Action = {
    ...(stranger
      ? { icon: 'check', name: words.strangerAction, note: words.strangerNote }
      : { icon: 'bowl', name: words.backToReady, note: words.backNote }),
    ...{ cap: words.enter, primary: true, press: () => leaveProblem(problem) },
  }
  const away: Action = {
    ...{ icon: 'cross', name: words.notToday, note: words.notTodayNote, cap: 'Esc', press: dismiss },
  }
  const actions = stranger ? [first, ask, guest, away] : problem.already ? [first] : [first, find, guest]
  return (
    <section className={styles.panel} data-panel="problem" data-problem={problem.notice.code}>
      <div className={styles.what} role="status">
        <Icon name="info" size={42} />
        <h2>{told.what}</h2>
      </div>
      <p className={styles.next}>{told.next}</p>
      <ActionKeys
        title={words.whatToDo}
        note={problem.already ? words.notDoubled : words.nothingRecorded}
        actions={actions}
      />
    </section>
  )
}
