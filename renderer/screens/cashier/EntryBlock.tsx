import { useEffect, useRef, useState } from 'react'
import type { PricedView, TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Cap } from '../../design/Key.tsx'
import { yuan } from '../../i18n/money.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { confirmSale } from '../../state/cashier-actions.ts'
import { keyWaiting } from '../../state/cashier-keys.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { entrySeconds } from '../../state/entry.ts'
import { paymentsShown } from '../../state/payment-actions.ts'
import styles from './entry-block.module.css'
import { tenderIcons } from './TenderKeys.tsx'

type Mode = 'running' | 'held' | 'waiting' | 'saving'

const KEY_WAIT_MILLISECONDS = 40

/** Seconds left of the entry bar; records the sale when they are over. */
function useEntryBar(priced: PricedView, seconds: number | null): number {
  const [left, setLeft] = useState(seconds ?? 0)
  const latest = useRef(priced)
  latest.current = priced
  useEffect(() => {
    if (seconds === null) return
    const end = performance.now() + seconds * 1000
    let timer: ReturnType<typeof setTimeout>
    const look = () => {
      const rest = end - performance.now()
      setLeft(Math.max(0, rest / 1000))
      if (rest > 0) timer = setTimeout(look, Math.min(rest, 250))
      // A key that just came may yet stop the bar.
      else if (keyWaiting()) timer = setTimeout(look, KEY_WAIT_MILLISECONDS)
      else void confirmSale(latest.current)
    }
    look()
    return () => clearTimeout(timer)
  }, [seconds])
  return left
}

function Bar({ seconds }: { seconds: number }) {
  const bar = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (still) return
    const moving = bar.current?.animate([{ transform: 'scaleX(0)' }, { transform: 'scaleX(1)' }], {
      duration: seconds * 1000,
      fill: 'forwards',
    })
    return () => moving?.cancel()
  }, [seconds])
  return <span ref={bar} className={styles.bar} />
}

function Dots({ seconds, left }: { seconds: number; left: number }) {
  const burning = Math.ceil((left / Math.max(seconds, 0.1)) * 3)
  return <span className={styles.dots}>{'●'.repeat(burning) + '○'.repeat(3 - burning)}</span>
}

interface Shown {
  readonly icon: IconName
  readonly head: string
  readonly lines: readonly string[]
}

function shownIn(
  mode: Mode,
  priced: PricedView,
  tender: string,
  left: number,
  listing: boolean,
  { words }: Speech,
): Shown {
  const cash = paymentsShown(priced).find(({ kind }) => kind === 'cash')
  const icon = tenderIcons[cash ? 'cash' : priced.tender]
  if (listing && mode !== 'saving') return { icon: 'person', head: words.groupPut, lines: [words.groupPutNote] }
  switch (mode) {
    case 'running':
      return {
        icon,
        head: words.autoEntry(tender),
        lines: [words.secondsLeft(Math.max(1, Math.ceil(left))), words.anyKeyStops],
      }
    case 'saving':
      return { icon, head: words.saving, lines: [words.savingLine] }
    case 'held':
      return { icon: 'pause', head: words.heldEntry, lines: [] }
    case 'waiting':
      return {
        icon,
        head: cash ? words.collectCash(yuan(cash.fen)) : words.recordWith(tender),
        // Both parts stand above already.
        lines: cash && priced.parts.length === 0 ? [words.cashExact] : [],
      }
  }
}

/** What records the sale: the running bar, or Enter. One button in every mode, so that a touch on it counts. */
export function EntryBlock({ priced, terminal }: { priced: PricedView; terminal: TerminalView }) {
  const speech = useSpeech()
  const held = useCashier(state => state.heldCheckIn) === priced.checkIn
  const saving = useCashier(state => state.savingCheckIn) === priced.checkIn
  const connected = useCashier(state => state.connected)
  const own = entrySeconds(priced)
  const running = own !== null && !held && !saving && connected && terminal.stopped === null
  const seconds = running ? own : null
  const left = useEntryBar(priced, seconds)
  const stopped = (held || priced.entry.held) && priced.tender === 'account' && priced.parts.length === 0
  const mode: Mode = saving ? 'saving' : running ? 'running' : stopped ? 'held' : 'waiting'
  const tender = terminal.tenders.find(item => item.kind === priced.tender)
  const name = tender ? speech.say(tender.name) : speech.words[priced.tender]
  const shown = shownIn(mode, priced, name, left, terminal.group !== null, speech)
  return (
    <button
      type="button"
      className={classes(styles.entry, styles[mode])}
      onMouseDown={event => event.preventDefault()}
      onClick={() => void confirmSale(priced)}
      disabled={saving || terminal.stopped !== null}
      data-entry={mode}
    >
      <Icon name={shown.icon} size={34} />
      <span className={styles.head}>{shown.head}</span>
      <span className={styles.lines}>
        {shown.lines.map(line => (
          <span key={line}>{line}</span>
        ))}
      </span>
      {(mode === 'held' || mode === 'waiting') && <Cap>{speech.words.enter}</Cap>}
      {seconds !== null && <Dots seconds={seconds} left={left} />}
      {seconds !== null && <Bar seconds={seconds} />}
    </button>
  )
}
