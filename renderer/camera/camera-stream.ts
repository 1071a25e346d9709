import { findCamera, listCameras, mayMoveZoom, type NamedCamera } from './camera-choice.ts'

/** `lost` is a camera that was there and went, stopped giving frames, or is in another program's hands. */
export type CameraState = 'starting' | 'running' | 'no-camera' | 'refused' | 'lost'

const RETRY_MILLISECONDS = 3000
/** A camera that gives no frame for this long while the page is visible has hung. */
const STALL_MILLISECONDS = 5000

/** Which state a refusal of getUserMedia means (W3C Media Capture and Streams, section 10.2). */
export function stateOfFailure(errorName: string): CameraState {
  if (errorName === 'NotAllowedError' || errorName === 'SecurityError') return 'refused'
  if (errorName === 'NotFoundError' || errorName === 'OverconstrainedError') return 'no-camera'
  return 'lost'
}

const failureOf = (error: unknown) => stateOfFailure(error instanceof DOMException ? error.name : '')

/** A camera that gives frames; `substitute` where another one was wanted and is not there. */
export interface OpenCamera {
  readonly track: MediaStreamTrack
  readonly camera: NamedCamera
  readonly substitute: boolean
}

export interface CameraStream {
  /** Opens another camera, or whichever the browser takes with null. */
  want(camera: NamedCamera | null): void
  stop(): void
}

/**
 * Plays a camera in `video` and keeps it playing: opens it again when it comes back, when permission is given, or when it hangs. Where the
 * wanted one is not there it takes another, until the wanted one comes back. `onFrame` is called for each new frame, with a steady clock
 * in ms.
 */
export function keepCameraOpen(options: {
  video: HTMLVideoElement
  wanted: NamedCamera | null
  onState(state: CameraState): void
  onOpen(open: OpenCamera): void
  onFrame(at: number): void
}): CameraStream {
  const { video, onState, onOpen, onFrame } = options
  const listeners = new AbortController()
  let wanted = options.wanted
  let state: CameraState = 'starting'
  let substitute = false
  let attempt = 0
  let stream: MediaStream | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let lastFrameAt = 0
  let frameRequest = 0

  function enter(next: CameraState): void {
    if (next === state || listeners.signal.aborted) return
    state = next
    onState(next)
  }

  function release(): void {
    for (const track of stream?.getTracks() ?? []) track.stop()
    stream = null
    video.srcObject = null
  }

  function giveUp(next: CameraState): void {
    attempt++
    release()
    enter(next)
    clearTimeout(retry)
    // A refusal stays until the permission changes: asking again would put the question to the operator for ever.
    if (next !== 'refused' && !listeners.signal.aborted) retry = setTimeout(open, RETRY_MILLISECONDS)
  }

  async function open(): Promise<void> {
    clearTimeout(retry)
    const mine = ++attempt
    release()
    try {
      const opened = await openWanted(wanted)
      if (mine !== attempt) {
        opened.track.stop()
        return
      }
      const { track } = opened
      stream = new MediaStream([track])
      substitute = opened.substitute
      track.addEventListener('ended', () => mine === attempt && giveUp('lost'), { signal: listeners.signal })
      video.srcObject = stream
      await video.play()
      if (mine !== attempt) return
      lastFrameAt = performance.now()
      onOpen(opened)
      enter('running')
    } catch (error) {
      if (mine === attempt) giveUp(failureOf(error))
    }
  }

  async function onDevices(): Promise<void> {
    if (state !== 'running') return void open()
    if (substitute && wanted !== null && findCamera(await listCameras(), wanted) !== null) void open()
  }

  function nextFrame(at: number): void {
    frameRequest = video.requestVideoFrameCallback(nextFrame)
    lastFrameAt = at
    onFrame(at)
  }

  async function followPermission(): Promise<void> {
    const permission = await navigator.permissions.query({ name: 'camera' })
    permission.addEventListener('change', () => void onDevices(), { signal: listeners.signal })
  }

  const watch = setInterval(() => {
    const stalled = state === 'running' && performance.now() - lastFrameAt > STALL_MILLISECONDS
    if (document.visibilityState === 'visible' && stalled) giveUp('lost')
  }, 1000)
  document.addEventListener('visibilitychange', () => (lastFrameAt = performance.now()), { signal: listeners.signal })
  navigator.mediaDevices.addEventListener('devicechange', () => void onDevices(), { signal: listeners.signal })
  frameRequest = video.requestVideoFrameCallback(nextFrame)
  onState(state)
  void followPermission()
  void open()

  return {
    want(camera) {
      wanted = camera
      void open()
    },
    stop() {
      listeners.abort()
      clearInterval(watch)
      clearTimeout(retry)
      video.cancelVideoFrameCallback(frameRequest)
      attempt++
      release()
    },
  }
}

async function openWanted(wanted: NamedCamera | null): Promise<OpenCamera> {
  if (wanted === null) return { ...(await openCamera(null)), substitute: false }
  const known = findCamera(await listCameras(), wanted)
  if (known !== null) {
    try {
      return { ...(await openCamera(known.id)), substitute: false }
    } catch (error) {
      // It may have gone since the list was made.
      if (failureOf(error) !== 'no-camera') throw error
    }
  }
  const other = await openCamera(null)
  if (findCamera([other.camera], wanted) !== null) return { ...other, substitute: false }
  // Before the page may use cameras their ids and names are hidden; now the wanted one may show.
  const shown = known === null ? findCamera(await listCameras(), wanted) : null
  if (shown === null) return { ...other, substitute: true }
  other.track.stop()
  return { ...(await openCamera(shown.id)), substitute: false }
}

async function openCamera(id: string | null): Promise<Omit<OpenCamera, 'substitute'>> {
  // Zoom must be asked for with the camera; where it is not granted already, that would put a second question to the operator.
  const zoom = (await mayMoveZoom()) ? { zoom: true } : {}
  const picture = { width: { ideal: 1280 }, height: { ideal: 720 }, ...zoom }
  const video = id === null ? picture : { ...picture, deviceId: { exact: id } }
  const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video })
  const [track] = stream.getVideoTracks()
  if (track === undefined) throw new DOMException('a stream without a picture', 'NotFoundError')
  return { track, camera: { id: track.getSettings().deviceId ?? '', label: track.label } }
}
