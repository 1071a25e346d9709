import type { ReactNode } from 'react'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Brand } from '../../design/Brand.tsx'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { clockText, minutesUntil, rosterAge } from '../../i18n/dates.ts'
import { waitText } from '../../i18n/spans.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { openSync } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { isQuiet } from '../../state/entry.ts'
import { isTurnedAway } from '../../state/turned-away.ts'
import styles from './status-bar.module.css'

function Pill(props: { icon: IconName; tone: string | undefined; children: ReactNode; name: string }) {
  return (
    <span className={classes(styles.pill, props.tone)} data-pill={props.name}>
      <Icon name={props.icon} size={20} />
      {props.children}
    </span>
  )
}

function mealText(terminal: TerminalView, now: number, { words }: Speech): string {
  if (terminal.meal) return words.minutesLeft(words[terminal.meal.name], minutesUntil(terminal.meal.endsAt, now))
  if (terminal.nextMeal) return words.mealFrom(words[terminal.nextMeal.name], clockText(terminal.nextMeal.startsAt))
  return words.betweenMeals
}

function Network({ terminal, connected }: { terminal: TerminalView; connected: boolean }) {
  const { words } = useSpeech()
  const shown: Record<
    'online' | 'offline' | 'notTaken' | 'connecting' | 'lost',
    [IconName, string | undefined, string]
  > = {
    online: ['cloud', styles.online, words.online],
    offline: ['cloudOff', styles.offline, words.offline],
    notTaken: ['triangle', styles.offline, words.notTaken],
    connecting: ['cloud', styles.quiet, words.connecting],
    lost: ['sync', styles.offline, words.coreLost],
  }
  const state = isTurnedAway(terminal) ? 'notTaken' : terminal.network.state
  const [icon, tone, text] = shown[connected ? state : 'lost']
  return (
    <Pill name="network" icon={icon} tone={tone}>
      {text}
    </Pill>
  )
}

/** A pill that opens what stands behind it; during a check-in it opens nothing. */
function OpensSync({ children }: { children: ReactNode }) {
  const { words } = useSpeech()
  const open = useCashier(state => state.syncOpen)
  const quiet = useCashier(state => isQuiet(state.view))
  return (
    <button
      type="button"
      className={styles.hit}
      onMouseDown={event => event.preventDefault()}
      onClick={openSync}
      title={words.syncTitle}
      aria-expanded={open}
      aria-disabled={!quiet}
    >
      {children}
    </button>
  )
}

/** Who, where, which meal, and what has not reached the province yet. */
export function StatusBar({ terminal }: { terminal: TerminalView }) {
  const speech = useSpeech()
  const { words, language } = speech
  const now = useCashier(state => state.now)
  const connected = useCashier(state => state.connected)
  const { unsent, roster } = terminal
  const waits = unsent.oldestAt === null ? null : waitText(unsent.oldestAt, now, language)
  const demo = terminal.fictional || terminal.simulator
  return (
    <header className={styles.bar}>
      <Brand size={42} />
      <strong className={styles.brand}>{words.brand}</strong>
      <span className={styles.site}>{terminal.siteName}</span>
      {demo && <span className={styles.demo}>{words.fictional}</span>}
      <Pill name="meal" icon="sun" tone={styles.meal}>
        {mealText(terminal, now, speech)}
      </Pill>
      <span className={styles.space} />
      <OpensSync>
        <Network terminal={terminal} connected={connected} />
      </OpensSync>
      <OpensSync>
        <Pill name="unsent" icon="up" tone={styles.quiet}>
          {unsent.count > 0 && waits !== null ? words.unsentAge(unsent.count, waits) : words.unsent(unsent.count)}
        </Pill>
      </OpensSync>
      <Pill name="roster" icon="list" tone={roster.stale ? styles.stale : styles.outlined}>
        {roster.syncedAt === null ? words.noRoster : words.roster(rosterAge(roster.syncedAt, now, language))}
      </Pill>
      <Pill name="operator" icon="person" tone={styles.outlined}>
        {terminal.operator?.name ?? words.nobody}
      </Pill>
      <time className={styles.clock}>{clockText(now)}</time>
    </header>
  )
}
