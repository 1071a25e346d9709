import type { StationView } from '../../shared/visit-api.ts'
import { type Watch, watching } from '../connect.ts'
import { useCashier } from './cashier-store.ts'
import { freshDesk, useStation } from './station-store.ts'

/** One desk from the next: who stands there, or which visit is on the screen. */
export function topicOf(desk: StationView['desk']): string {
  if (desk.state === 'list') return 'list'
  return desk.state === 'arriving' ? desk.person.senior : `${desk.state} ${desk.visit.visit}`
}

function show(view: StationView): void {
  const before = useStation.getState().view
  const sameTopic = before?.open === true && view.open && topicOf(before.desk) === topicOf(view.desk)
  // A person who comes has the screen to themselves; a list leaves what is being entered beside it alone.
  const keepsPanel = sameTopic || (view.open && view.desk.state === 'list')
  // With the station closed before and after, the key that has the focus is the till's.
  const changed = !sameTopic && (before?.open || view.open)
  if (changed && document.activeElement instanceof HTMLButtonElement) document.activeElement.blur()
  const { panel, late, line, followUp } = useStation.getState()
  useStation.setState({
    view,
    ...(sameTopic ? {} : { ...freshDesk, ...(keepsPanel ? { panel, late, line, followUp } : {}) }),
  })
  // The core tells of the station also while the till is on the screen, whose words are its own.
  if (changed) useCashier.setState({ answer: null })
}

/** What the core says of the station, for the cashier's page. */
export const watchStation: Watch = watching((client, signal) => client.visit.watch(undefined, { signal }), show)
