import type { FaceToConfirmView } from '../../shared/face-api.ts'
import type { StationView } from '../../shared/visit-api.ts'
import { ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { endFaceLook, lookAtFace } from './face-look.ts'
import { useStation } from './station-store.ts'
import { topicOf } from './station-watch.ts'

/** F1 at the station: looks at the face of whom the screen is about, or on the list for one among all members; does nothing where none may be looked at. */
export function pressStationFace({ face: wanted }: StationView): void {
  const { terminal, faceLook } = useCashier.getState()
  const face = terminal?.face
  if (wanted === null || faceLook !== null || !face?.on) return
  if (wanted !== 'members') void lookAtFace({ with: 'senior', senior: wanted }, face)
  else if (face.oneToMany) void lookAtFace({ with: 'members' }, face)
  else {
    useCashier.setState({ answer: { code: 'FACE_ONLY_WITH_OTHER', values: {} } })
    document.querySelector<HTMLInputElement>('[data-sale-search]')?.focus()
  }
}

/** It is somebody else. A question that is over already only leaves the screen. */
export async function notThisFaceHere({ look }: FaceToConfirmView): Promise<void> {
  if (!(await ask(calls.face.notThem({ look })))) await ask(calls.visit.back())
}

/** A card, a code or a key that brings another person or another panel ends the look. */
export function watchStationFace(): void {
  useStation.subscribe(({ view, panel }, before) => {
    if (view === null || before.view === null || useCashier.getState().faceLook === null) return
    const isSame = view.open === before.view.open && topicOf(view.desk) === topicOf(before.view.desk)
    if (!isSame || panel !== before.panel) endFaceLook()
  })
}
