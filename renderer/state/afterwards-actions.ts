import { useAfterwards } from './afterwards-store.ts'
import { useCashier } from './cashier-store.ts'
import { isQuiet } from './entry.ts'
import { askForStaff } from './late-actions.ts'

const { setState } = useAfterwards
const closed = { screen: null, refund: null, late: null, pinDone: false } as const

/** Opens what is not about the meal of this moment; not while a check-in goes on, whose bar nobody could see then. */
export function openAfterwards(): void {
  const { view, terminal } = useCashier.getState()
  if (!isQuiet(view) || !terminal?.shift) return
  useCashier.setState({ syncOpen: false, cameraOpen: false, facesOpen: false, drawerOpen: false, answer: null })
  setState({ screen: 'menu', refund: null, late: null, pinDone: false })
  void askForStaff()
}

export function closeAfterwards(): void {
  useCashier.setState({ answer: null })
  setState(closed)
}

/** Back to what can be chosen here. */
export function backToMenu(): void {
  useCashier.setState({ answer: null })
  setState({ screen: 'menu', refund: null, late: null, pinDone: false })
}

/** A check-in that begins has the screen to itself. */
export function watchAfterwards(): void {
  useCashier.subscribe(({ view }) => {
    if (useAfterwards.getState().screen !== null && !isQuiet(view)) setState(closed)
  })
}
