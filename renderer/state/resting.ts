import { useCashier } from './cashier-store.ts'
import { useClose } from './close-store.ts'
import { isQuiet } from './entry.ts'

/** What comes under a slow finger by itself rests so long (ms). */
const REST_MILLISECONDS = 400

let standing = ''
let since = Number.NEGATIVE_INFINITY

/** Whom the keys are about that pay a group, report a card lost and close the day. */
function whatStands(): string {
  const { view, terminal } = useCashier.getState()
  const close = useClose.getState()
  const group = isQuiet(view) ? terminal?.group?.members.map(({ checkIn }) => checkIn).join(' ') : undefined
  const person = view.state === 'desk' ? view.person?.senior : undefined
  return JSON.stringify([group, person, close.open && close.view?.step])
}

function look(): void {
  const now = whatStands()
  if (now === standing) return
  standing = now
  since = performance.now()
}

/** Follows what comes and goes on the screen. */
export function watchResting(): void {
  useCashier.subscribe(look)
  useClose.subscribe(look)
}

/** The action came a moment ago: a press now was meant for what stood there before. */
export const isResting = () => performance.now() - since < REST_MILLISECONDS
