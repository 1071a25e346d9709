import { endPanel, resetTurn, setLanguage } from './kiosk-actions.ts'
import { useKiosk } from './kiosk-store.ts'

/** So long (ms) everybody may read in peace; then the kiosk asks whether more time is needed. */
export const READING_MILLISECONDS = 10_000
/** For so long (ms) it counts down before it goes back to its start; any touch ends that. */
export const COUNTDOWN_MILLISECONDS = 30_000

const { getState: state, setState } = useKiosk

/** Whether there is anything to take away. A sale that is being recorded, and what staff do, wait for no clock. */
function isIdle(): boolean {
  const { view, panel, busy, connected, language } = state()
  if (view === null || !connected || busy || view.now.state === 'helping') return true
  return view.now.state === 'idle' && panel === null && language === 'zh'
}

function look(): void {
  const now = Date.now()
  const quiet = now - state().touchedAt - READING_MILLISECONDS
  const left = isIdle() || quiet < 0 ? null : Math.ceil((COUNTDOWN_MILLISECONDS - quiet) / 1000)
  setState({ now, secondsLeft: left === null ? null : Math.max(0, left) })
  if (left !== null && left <= 0) goBack()
}

function goBack(): void {
  setState({ touchedAt: Date.now(), secondsLeft: null })
  endPanel()
  setLanguage('zh')
  resetTurn()
}

/** Somebody is there. */
export function touched(): void {
  setState({ touchedAt: Date.now(), secondsLeft: null })
}

/** Watches whether anybody is still there. */
export function watchQuiet(): void {
  setInterval(look, 250)
  window.addEventListener('pointerdown', touched, true)
  window.addEventListener('keydown', touched, true)
  useKiosk.subscribe(({ view, connected }, before) => {
    if (
      view?.turn !== before.view?.turn ||
      view?.now.state !== before.view?.now.state ||
      connected !== before.connected
    )
      touched()
  })
}
