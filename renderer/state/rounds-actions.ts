import type { EnteredResult, RoundsView } from '../../shared/round-api.ts'
import { backToMenu } from './afterwards-actions.ts'
import { useAfterwards } from './afterwards-store.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { isQuiet } from './entry.ts'
import { useRounds } from './rounds-store.ts'

const { getState: state, setState } = useRounds

/** The round that is looked at; null where there is none. */
export function chosenRound({ view, place }: { view: RoundsView | null; place: number }) {
  const rounds = view?.rounds ?? []
  return rounds[place % Math.max(1, rounds.length)] ?? null
}

/** True for a round of a day to come, of which nothing can be entered yet. */
export const isAhead = ({ view, place }: { view: RoundsView | null; place: number }) => {
  const round = chosenRound({ view, place })
  return view !== null && round !== null && round.date > view.today
}

export function openRounds(): void {
  const { view, terminal } = useCashier.getState()
  if (!isQuiet(view) || !terminal?.shift) return
  useCashier.setState({ syncOpen: false, cameraOpen: false, facesOpen: false, drawerOpen: false, answer: null })
  setState({ stop: null })
  useAfterwards.setState({ screen: 'rounds', refund: null, late: null, pinDone: false })
}

/** Codes of a phone that are held to the camera open the screen on which they are counted. */
export function watchScans(): void {
  useRounds.subscribe(({ view }, before) => {
    const scanned = view?.scan
    if (!scanned || before.view === null || JSON.stringify(scanned) === JSON.stringify(before.view.scan)) return
    const place = view?.rounds.findIndex(({ round }) => round === scanned.round) ?? -1
    setState({ place: Math.max(0, place), stop: null })
    openRounds()
  })
}

export function nextRound(): void {
  setState({ place: state().place + 1, stop: null })
}

export function chooseStop(stop: number | null): void {
  setState({ stop, collected: true })
}

export function setCollected(collected: boolean): void {
  setState({ collected })
}

export function printRound(): void {
  const round = chosenRound(state())
  if (round && useCashier.getState().terminal?.printer) void ask(calls.round.print({ round: round.round }))
}

async function once(request: () => Promise<boolean>): Promise<void> {
  if (state().busy) return
  setState({ busy: true })
  const isDone = await request()
  setState({ busy: false, ...(isDone ? { stop: null } : {}) })
}

/** Enters what the paper says of the chosen stop. */
export function enterStop(said: 'well' | 'unwell' | 'not-seen' | 'nobody'): void {
  const { stop, collected } = state()
  const round = chosenRound(state())
  if (round === null || stop === null || isAhead(state())) return
  const result: EnteredResult = said === 'nobody' ? { outcome: 'nobody' } : { outcome: 'handed', seen: said, collected }
  void once(() => ask(calls.round.enter({ round: round.round, stop, result })))
}

export function seenAgain(of: string, seen: 'well' | 'unwell'): void {
  void once(() => ask(calls.round.followUp({ of, seen })))
}

const paper = ['well', 'unwell', 'not-seen', 'nobody'] as const

/** Keys of this screen: arrows go through the stops that are not back, digits say what the paper says. */
export function actOnRounds(code: string, digit: number | null): void {
  const { stop, view } = state()
  const round = chosenRound(state())
  const open = round?.stops.filter(one => one.state === 'open').map(one => one.stop) ?? []
  if (code === 'Escape') stop === null ? backToMenu() : chooseStop(null)
  else if (code === 'KeyN') nextRound()
  else if (code === 'KeyT') printRound()
  else if (code === 'ArrowDown') chooseStop(open.find(one => one > (stop ?? 0)) ?? open[0] ?? null)
  else if (code === 'ArrowUp') chooseStop(open.findLast(one => one < (stop ?? Number.POSITIVE_INFINITY)) ?? null)
  else if (stop !== null) {
    const said = digit === null ? undefined : paper[digit - 1]
    if (said) enterStop(said)
    else if (code === 'KeyC') setCollected(!state().collected)
  } else {
    const first = view?.followUps[0]
    if (first && code === 'KeyV') seenAgain(first.of, 'well')
    else if (first && code === 'KeyU') seenAgain(first.of, 'unwell')
  }
}
