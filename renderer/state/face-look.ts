import { mostTries, searchFrames } from '../../shared/face/decide.ts'
import type { Point } from '../../shared/face/frame.ts'
import type { FaceView, LookStage } from '../../shared/face-api.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { CashierView, Notice } from '../../shared/terminal-api.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { ask, calls } from './cashier-actions.ts'
import { cameraPicture } from './cashier-camera.ts'
import { type FaceLook, type FaceTarget, useCashier } from './cashier-store.ts'
import { openDesk } from './desk-actions.ts'
import { dropFaceEngine, faceEngine, keepFaceEngine } from './face-engine-keeper.ts'
import { findingsIn, type Gathered, gatherFaces } from './face-frames.ts'
import { faceStatusOf } from './face-status.ts'
import { anySide, watchTurn } from './face-turn.ts'
import { useStation } from './station-store.ts'

const { getState: state, setState, subscribe } = useCashier

/** A try lasts at most so long; after half of it a face that is a little turned or soft will do. */
export const TRY_MILLISECONDS = 8000
const CONTENT_AFTER_MILLISECONDS = TRY_MILLISECONDS / 3

let running: AbortController | null = null
let lastTarget: FaceTarget | null = null

function tell(code: ProblemCode, values: Notice['values'] = {}): void {
  setState({ answer: { code, values } })
}

/** After these F1 looks once more, with the same person. */
export const looksAgain: readonly ProblemCode[] = ['FACE_TRY_AGAIN', 'FACE_NO_TURN']

/** With whom F1 compares now; a word where it cannot, null where it means nothing. */
export function faceTarget(view: CashierView, face: FaceView | null | undefined): FaceTarget | ProblemCode | null {
  if (!face?.on) return 'FACE_OFF'
  switch (view.state) {
    case 'priced':
      return view.person === null || view.means === 'face' ? null : { with: 'checkIn', checkIn: view.checkIn }
    case 'desk':
      return view.person === null ? 'FACE_ONLY_WITH_OTHER' : { with: 'senior', senior: view.person.senior }
    case 'problem':
      if (looksAgain.includes(view.notice.code) && lastTarget?.with === 'senior') return lastTarget
      return face.oneToMany ? { with: 'members' } : 'FACE_ONLY_WITH_OTHER'
    case 'ready':
    case 'confirmed':
      return face.oneToMany ? { with: 'members' } : 'FACE_ONLY_WITH_OTHER'
    case 'reading':
    case 'face-to-confirm':
      return null
  }
}

/** F1: looks at the face before the camera, or says what has to come first. */
export async function pressFaceKey(): Promise<void> {
  const { view, terminal, faceLook } = state()
  if (faceLook !== null || !terminal?.shift) return
  const target = faceTarget(view, terminal.face)
  if (target === null) return
  if (target === 'FACE_ONLY_WITH_OTHER' && view.state !== 'desk') await openDesk()
  if (typeof target === 'string') return tell(target)
  if (target.with === 'senior' && faceStatusOf(target.senior) === null) return tell('FACE_NOT_ENROLLED')
  if (terminal.face) await lookAtFace(target, terminal.face)
}

/** Why there is no picture; null where the camera runs. */
export function cameraProblem(): Notice | null {
  const { camera, language } = state()
  if (camera === 'running' && cameraPicture() !== null) return null
  if (camera === 'refused') return { code: 'CAMERA_REFUSED', values: {} }
  if (camera === 'lost')
    return { code: 'DEVICE_FAULT', values: { device: language === 'zh' ? '摄像头' : 'The camera' } }
  return { code: 'NO_CAMERA', values: {} }
}

/** What looks at whom, until when. */
type Eye = Pick<Parameters<typeof gatherFaces>[0], 'engine' | 'video' | 'signal' | 'milliseconds'>

/** Looks for as long as a try lasts, and hands over what was seen; what came of it stands in the core's view. */
export async function lookAtFace(target: FaceTarget, face: FaceView): Promise<void> {
  const video = cameraPicture()
  const fault = cameraProblem()
  if (fault !== null || video === null) return setState({ answer: fault })
  const mine = new AbortController()
  running = mine
  lastTarget = target
  setState({ answer: null, faceLook: { target, stage: 'starting', turn: null, quality: 0, hint: null } })
  const told = await lookWith(target, face, video, mine.signal)
  if (running !== mine) return
  running = null
  setState({ faceLook: null, ...(told === null ? {} : { answer: told }) })
}

/** Gives what staff have to be told; null where the core shows what came of it. */
async function lookWith(
  target: FaceTarget,
  face: FaceView,
  video: HTMLVideoElement,
  signal: AbortSignal,
): Promise<Notice | null> {
  const started = await faceEngine(face, calls.face)
  if (signal.aborted) return null
  if (!started.ok) return { code: started.problem, values: started.values }
  const eye: Eye = { engine: started.engine, video, signal, milliseconds: TRY_MILLISECONDS }
  const wanted = target.with === 'members' ? searchFrames : 1
  const frames: number[][] = []
  let before: readonly Point[] = []
  for (let tries = 1; frames.length < wanted; tries += 1) {
    if (tries > mostTries) return { code: 'FACE_NO_MATCH', values: {} }
    show({ stage: tries === 1 ? 'looking' : 'again', quality: 0, hint: null })
    const gathered = await gatherFaces({
      ...eye,
      contentAfter: CONTENT_AFTER_MILLISECONDS,
      onSeen: show,
      take({ embedding, landmarks, hints }) {
        // A turn is measured from a face that looks at the camera.
        if (embedding === null || (face.headTurn && hints.includes('turned-away'))) return 'more'
        frames.push(Array.from(embedding))
        before = landmarks
        return frames.length < wanted ? 'more' : 'enough'
      },
    })
    const ended = endOf(gathered)
    if (ended !== null) return ended.told
  }
  const turned = face.headTurn ? await askForTurn(eye, before) : null
  const ended = turned && endOf(turned.gathered)
  if (ended) return ended.told
  show({ stage: 'comparing', turn: null, quality: 1, hint: null })
  const { engine, modelHash } = face
  await ask(
    calls.face.look({
      ...{ engine, modelHash, frames, turn: turned?.turn ?? null, camera: 'camera', eventId: mintEventId() },
      checkIn: target.with === 'checkIn' ? target.checkIn : null,
      senior: target.with === 'senior' ? target.senior : null,
    }),
  )
  // What the core counts as a try without a turn stands in its view.
  if (state().answer?.code === 'FACE_NO_TURN') setState({ answer: null })
  return state().answer
}

/** Asks for a turn of the head to any side, for as long as a try lasts. `before`: the landmarks of the frame that is compared. */
async function askForTurn(eye: Eye, before: readonly Point[]): ReturnType<typeof watchTurn> {
  const side = anySide()
  show({ stage: 'turning', turn: side, quality: 1, hint: null })
  return await watchTurn<VideoFrame>({
    ...{ before, side },
    gather: take =>
      gatherFaces({ ...eye, contentAfter: -1, question: 'turn', onSeen: ({ quality }) => show({ quality }), take }),
    async describe(picture) {
      const findings = await findingsIn(eye.engine, picture.clone(), eye.signal)
      return findings?.found ? findings.embedding : null
    },
  })
}

/** Where frames have come to an end for good, what staff have to be told of it, if anything. */
function endOf(gathered: Gathered): { readonly told: Notice | null } | null {
  keepFaceEngine()
  if (gathered === 'stopped') return { told: null }
  if (gathered === 'lost') dropFaceEngine()
  if (gathered === 'lost') return { told: { code: 'FACE_ENGINE_LOST', values: {} } }
  return gathered === 'no-picture' ? { told: cameraProblem() ?? { code: 'NO_CAMERA', values: {} } } : null
}

export function mintEventId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}

function show(change: Partial<FaceLook>): void {
  const { faceLook } = state()
  if (faceLook !== null) setState({ faceLook: { ...faceLook, ...change } })
}

/** Ends the look at once; its frames are forgotten. */
export function endFaceLook(): void {
  running?.abort()
  running = null
  setState({ faceLook: null })
}

/** Whether what stands on the screen is still what the look was begun for. */
function stillFits(view: CashierView, target: FaceTarget): boolean {
  // There the station's own screen says whether it still fits.
  if (useStation.getState().view?.open) return true
  if (target.with === 'checkIn') return view.state === 'priced' && view.checkIn === target.checkIn
  if (target.with === 'senior' && view.state === 'desk') return view.person?.senior === target.senior
  const fromProblem = view.state === 'problem' && view.means === 'face'
  return fromProblem || (target.with === 'members' && (view.state === 'ready' || view.state === 'confirmed'))
}

/** What the person before the camera is asked to do at a stage of a look. */
function askedOfThem(stage: FaceLook['stage'] | undefined): LookStage | null {
  if (stage === 'looking' || stage === 'again') return 'ahead'
  return stage === 'turning' ? 'turning' : null
}

/** A public screen that says nothing hinders no look, so staff need not hear of it. */
function tellPublicScreen(stage: LookStage | null): void {
  calls.face.atCamera({ stage }).catch(error => {
    console.info('not done:', error instanceof Error ? error.message : String(error))
  })
}

/** A card, a code or a key that changes the screen ends the look: they work all the while. */
export function watchFaceLook(): void {
  subscribe(({ view, faceLook, connected }, before) => {
    const stage = askedOfThem(faceLook?.stage)
    if (connected && stage !== askedOfThem(before.faceLook?.stage)) tellPublicScreen(stage)
    if (faceLook === null || (view === before.view && connected)) return
    if (!connected || !stillFits(view, faceLook.target)) endFaceLook()
  })
}
