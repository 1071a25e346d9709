import { type ConsentKind, everyConsent } from '../../shared/face/consent.ts'
import type { FaceToConfirmView } from '../../shared/face-api.ts'
import type { DeskView } from '../../shared/terminal-api.ts'
import { answerOf, ask, calls } from './cashier-actions.ts'
import { type PersonFace, useCashier } from './cashier-store.ts'
import { isQuiet } from './entry.ts'
import { giverOf, self, startEnrolment } from './face-enrolment.ts'
import { faceStatusOf, readFaceStatus } from './face-status.ts'

const { getState: state, setState } = useCashier

export function openFaces(): void {
  if (!isQuiet(state().view)) return
  setState({ facesOpen: true, faceReportOpen: false, cameraOpen: false, syncOpen: false, drawerOpen: false })
}

/** One step back: from the report to its screen, from that to the till. */
export function closeFaces(): void {
  if (state().faceReportOpen) setState({ faceReportOpen: false })
  else setState({ facesOpen: false })
}

export function openFaceReport(): void {
  if (state().terminal?.face?.on) setState({ faceReportOpen: true })
}

export function switchFaces(on: boolean): void {
  void ask(calls.face.switch({ on }))
}

/** It is the person who was found: staff asked them, or compared where the face alone is not enough. */
export function confirmFace({ look, confirmBy }: FaceToConfirmView): void {
  void ask(calls.face.confirm({ look, by: confirmBy === 'staff' ? 'compared' : 'staff' }))
}

/** It is somebody else. A question that is over already only leaves the screen. */
export async function notThisFace({ look }: FaceToConfirmView): Promise<void> {
  if (!(await ask(calls.face.notThem({ look })))) await ask(calls.dismiss())
}

/** The picture by which staff compare; null where there is none or it is not to be shown. */
export async function portraitFor(checkIn: string): Promise<string | null> {
  try {
    return (await calls.face.portrait({ checkIn })).jpeg
  } catch (error) {
    console.info('no portrait:', error instanceof Error ? error.message : String(error))
    return null
  }
}

/** The face of the person at the desk: what they agreed to here, how to end it here and everywhere, and how to enrol. */
export function openPersonFace({ person }: DeskView): void {
  if (person === null || faceStatusOf(person.senior) === undefined) return
  const { senior, name, sex } = person
  setState({ answer: null, personFace: blankFor({ senior, name, sex }) })
}

function blankFor(person: PersonFace['person']): PersonFace {
  return { person, giver: self, chosen: [], busy: false, erasure: null }
}

export function changePersonFace(change: Partial<PersonFace>): void {
  const { personFace } = state()
  if (personFace !== null) setState({ personFace: { ...personFace, ...change } })
}

export function closePersonFace(): void {
  setState({ personFace: null })
}

/** Marks a consent to be ended, or takes the mark back. */
export function chooseToEnd(kind: ConsentKind): void {
  const { personFace } = state()
  if (!personFace || personFace.erasure) return
  const { chosen } = personFace
  changePersonFace({ chosen: chosen.includes(kind) ? chosen.filter(one => one !== kind) : [...chosen, kind] })
}

/** Marks all there is, here and elsewhere. */
export function chooseToEndAll(): void {
  changePersonFace({ chosen: everyConsent })
}

/** Ends what is marked; nobody has to give a reason. */
export async function withdrawChosen(): Promise<void> {
  const { personFace } = state()
  const by = personFace && giverOf(personFace.giver)
  if (!personFace || by === null || personFace.busy || personFace.chosen.length === 0) return
  const { person, chosen } = personFace
  changePersonFace({ busy: true })
  const ended = await answerOf(calls.face.withdraw({ senior: person.senior, what: [...chosen], by }))
  if (state().personFace?.person !== person) return
  changePersonFace({ busy: false, ...(ended === null ? {} : { erasure: ended.erasure, chosen: [] }) })
  void readFaceStatus(person.senior)
}

/** The senior wants to be enrolled, or anew, for instance because the network is another one now. */
export function enrolNow(): void {
  const { personFace, terminal } = state()
  if (!personFace) return
  if (terminal?.face?.on) startEnrolment(personFace.person)
  else setState({ answer: { code: terminal?.face ? 'FACE_OFF' : 'FACE_NOT_ALLOWED', values: {} } })
}
