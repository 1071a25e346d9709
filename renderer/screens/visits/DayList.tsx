import { useEffect, useRef } from 'react'
import type { DayLine, StationView } from '../../../shared/visit-api.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Cap } from '../../design/Key.tsx'
import { shortDate } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { pressLine } from '../../state/station-actions.ts'
import { goingOn } from '../../state/station-choices.ts'
import { useStation } from '../../state/station-store.ts'
import styles from './day-list.module.css'
import { Chip, kindIcons, type Tone } from './parts.tsx'

const looks: Readonly<Record<DayLine['state'], readonly [Tone, IconName]>> = {
  due: ['slate', 'clock'],
  running: ['blue', 'clock'],
  paused: ['slate', 'pause'],
  present: ['green', 'tick'],
  done: ['green', 'tick'],
  unproven: ['ochre', 'pin'],
  cancelled: ['slate', 'cross'],
  late: ['ochre', 'list'],
  void: ['slate', 'undo'],
}

function Line({ line, cap }: { line: DayLine; cap: string | null }) {
  const { words, say, language } = useSpeech()
  const [tone, icon] = looks[line.state]
  const long =
    line.minutes !== null ? words.visitMinutes(line.minutes) : line.state === 'due' ? words.visitOrdered : null
  const day = line.date === undefined ? null : shortDate(line.date, language)
  const parts = [day, say(line.service), line.where === 'home' ? words.visitAtHome : null, long]
    .filter(Boolean)
    .join('\u00a0· ')
  const content = (
    <>
      <span className={styles.at}>
        {line.at}
        {cap !== null && <Cap>{cap}</Cap>}
      </span>
      <Icon name={kindIcons[line.kind]} size={32} />
      <span className={styles.who}>
        <strong>{line.name || words.visitNoName}</strong>
        <small>{parts}</small>
      </span>
      <Chip tone={tone} icon={icon}>
        {words.visitStates[line.state]}
      </Chip>
    </>
  )
  return (
    <li data-line={line.state}>
      {line.visit === null ? (
        <div className={styles.line}>{content}</div>
      ) : (
        <button
          type="button"
          className={styles.line}
          onMouseDown={event => event.preventDefault()}
          onClick={() => pressLine(line)}
        >
          {content}
        </button>
      )}
    </li>
  )
}

/** Everything of the day in its order: what waits, what goes on, what is done. */
export function DayList({ view }: { view: StationView }) {
  const { words } = useSpeech()
  const panel = useStation(state => state.panel)
  const { present, done, due } = view.counts
  const open = goingOn(view.day)
  const list = useRef<HTMLOListElement>(null)
  const next = view.day.findIndex(({ state }) => ['running', 'paused', 'due'].includes(state))
  useEffect(() => {
    // What goes on stands in sight, however long the morning was.
    if (list.current && next > 0) list.current.children[next]?.scrollIntoView({ block: 'nearest' })
  }, [next])
  const byDigit = panel === 'desk' && (view.desk.state === 'list' || view.desk.state === 'visit')
  return (
    <section className={styles.list} data-day={view.day.length}>
      <h2>
        {words.visitDay} <small>{words.visitCounts(present, done, due)}</small>
      </h2>
      {view.day.length === 0 && <p className={styles.none}>{words.visitNone}</p>}
      <ol ref={list}>
        {view.day.map(line => {
          const place = open.indexOf(line) + 1
          return <Line key={line.key} line={line} cap={byDigit && place > 0 && place < 10 ? String(place) : null} />
        })}
      </ol>
    </section>
  )
}
