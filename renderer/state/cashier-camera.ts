import type { CameraChoice, CameraNote } from '../../shared/terminal-api.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { listCameras } from '../camera/camera-choice.ts'
import { type CameraCounts, type CameraState, type CodeCamera, startCodeCamera } from '../camera/capture.ts'
import { useCashier } from './cashier-store.ts'
import { isQuiet } from './entry.ts'

const CAMERA = 'camera'
const { getState: state, setState, subscribe } = useCashier

/** What the camera tells the core. */
interface CameraLine {
  told(input: { camera: string; state: CameraState; notes: CameraNote[] }): void
  seen(input: { camera: string; eventId: string; text: string }): void
  chosen(choice: CameraChoice): void
}

let line: CameraLine | null = null
let running: CodeCamera | null = null

export function connectCamera(to: CameraLine): void {
  line = to
}

/** Tells the core how the camera is, where there is a line to it. */
export function tellCamera(): void {
  const { camera, cameraNotes, connected } = state()
  if (camera !== 'off' && connected) line?.told({ camera: CAMERA, state: camera, notes: [...cameraNotes] })
}

export type { CameraCounts }

declare global {
  interface Window {
    /** What the camera did since the page opened; read by tests and by the rush. */
    aixinCounts?: () => CameraCounts
  }
}

const noCounts: CameraCounts = {
  ...{ framesDecoded: 0, codesRead: 0, decoder: null },
  ...{ wholeMilliseconds: [], middleMilliseconds: [], copyMilliseconds: [] },
}

/** Starts the code camera with the terminal's first view, which says which one, unless the address says `?camera=off`. */
export function startCamera(): void {
  window.aixinCounts = () => running?.counts() ?? noCounts
  if (new URLSearchParams(location.search).get('camera') === 'off') return
  const follow = (choice: CameraChoice | undefined) => {
    if (choice === undefined) return
    if (running === null) running = start(choice)
    else running.use(choice)
  }
  subscribe(({ terminal }, before) => {
    if (terminal !== before.terminal) follow(terminal?.camera)
  })
  follow(state().terminal?.camera)
  navigator.mediaDevices.addEventListener('devicechange', () => void listAgain())
}

function start(choice: CameraChoice): CodeCamera {
  return startCodeCamera({
    choice,
    onCode(text) {
      const eventId = uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
      line?.seen({ camera: CAMERA, eventId, text })
    },
    onState(next) {
      setState({ camera: next })
      tellCamera()
    },
    onNotes(notes) {
      setState({ cameraNotes: notes })
      tellCamera()
    },
    onOpen(open) {
      setState({ cameraInUse: open })
      void listAgain()
    },
  })
}

async function listAgain(): Promise<void> {
  setState({ cameras: await listCameras() })
}

/** The live picture of the camera that runs. */
export function cameraPicture(): HTMLVideoElement | null {
  return running?.video ?? null
}

export function openCamera(): void {
  if (running === null || !isQuiet(state().view)) return
  setState({ cameraOpen: true, syncOpen: false, facesOpen: false, drawerOpen: false })
}

export function closeCamera(): void {
  setState({ cameraOpen: false })
}

/** Changes what the terminal keeps about its camera; the camera follows when the terminal's view does. */
export function chooseCamera(change: Partial<CameraChoice>): void {
  const choice = state().terminal?.camera
  if (choice) line?.chosen({ ...choice, ...change })
}
