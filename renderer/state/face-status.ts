import { calls } from './cashier-actions.ts'
import { type FaceStatus, useCashier } from './cashier-store.ts'

const { getState: state, setState, subscribe } = useCashier

/** What the person at the desk agreed to about their face; null where nothing, undefined where it is not known yet. */
export function faceStatusOf(senior: string): FaceStatus | null | undefined {
  const { faceStatus } = state()
  return faceStatus?.senior === senior ? faceStatus.status : undefined
}

/** Asks the core again. */
export async function readFaceStatus(senior: string): Promise<void> {
  try {
    const status = await calls.face.status({ senior })
    setState({ faceStatus: { senior, status } })
  } catch (error) {
    console.info('no word of consents:', error instanceof Error ? error.message : String(error))
  }
}

function atDesk(): string | null {
  const { view } = state()
  return view.state === 'desk' ? (view.person?.senior ?? null) : null
}

/** Keeps what is known of the person at the desk, and of nobody else. */
export function watchFaceStatus(): void {
  subscribe(({ view }, before) => {
    if (view === before.view) return
    const senior = atDesk()
    if (senior === null) {
      if (state().faceStatus !== null && !state().personFace && !state().enrolment) setState({ faceStatus: null })
    } else if (state().faceStatus?.senior !== senior) {
      setState({ faceStatus: null })
      void readFaceStatus(senior)
    }
  })
}
