import { useAfterwards } from './afterwards-store.ts'
import { useCashier } from './cashier-store.ts'
import { isQuiet } from './entry.ts'
import { askForStaff } from './late-actions.ts'
import { askForPhonePayments } from './phone-payment-actions.ts'

const { setState } = useAfterwards
const nothing = { refund: null, late: null, phone: null, pinDone: false } as const
const closed = { screen: null, ...nothing } as const

/** Opens what is not about the meal of this moment; not while a check-in goes on, whose bar nobody could see then. */
export function openAfterwards(): void {
  const { view, terminal } = useCashier.getState()
  if (!isQuiet(view) || !terminal?.shift) return
  useCashier.setState({ syncOpen: false, cameraOpen: false, facesOpen: false, drawerOpen: false, answer: null })
  setState({ screen: 'menu', ...nothing })
  void askForStaff()
  void askForPhonePayments()
}

export function closeAfterwards(): void {
  useCashier.setState({ answer: null })
  setState(closed)
}

/** Back to what can be chosen here. */
export function backToMenu(): void {
  useCashier.setState({ answer: null })
  setState({ screen: 'menu', ...nothing })
}

/** A check-in that begins has the screen to itself. */
export function watchAfterwards(): void {
  useCashier.subscribe(({ view }) => {
    if (useAfterwards.getState().screen !== null && !isQuiet(view)) setState(closed)
  })
}
