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

/**
 * Plays a camera in `video` and keeps it playing: opens it again when it comes back, when permission is given, or when it hangs.
 * `onFrame` is called for each new frame, with a steady clock in ms. Gives back a function that lets the camera go.
 */
export function keepCameraOpen(options: {
  video: HTMLVideoElement
  deviceId?: string
  onState(state: CameraState): void
  onFrame(at: number): void
}): () => void {
  const { video, deviceId, onState, onFrame } = options
  const listeners = new AbortController()
  let state: CameraState = 'starting'
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
      const picture = { width: { ideal: 1280 }, height: { ideal: 720 } }
      const opened = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: deviceId === undefined ? picture : { ...picture, deviceId: { exact: deviceId } },
      })
      if (mine !== attempt) {
        for (const track of opened.getTracks()) track.stop()
        return
      }
      stream = opened
      for (const track of opened.getVideoTracks()) {
        track.addEventListener('ended', () => mine === attempt && giveUp('lost'), { signal: listeners.signal })
      }
      video.srcObject = opened
      await video.play()
      if (mine !== attempt) return
      lastFrameAt = performance.now()
      enter('running')
    } catch (error) {
      if (mine === attempt) giveUp(stateOfFailure(error instanceof DOMException ? error.name : ''))
    }
  }

  function openUnlessRunning(): void {
    if (state !== 'running') void open()
  }

  function nextFrame(at: number): void {
    frameRequest = video.requestVideoFrameCallback(nextFrame)
    lastFrameAt = at
    onFrame(at)
  }

  async function followPermission(): Promise<void> {
    const permission = await navigator.permissions.query({ name: 'camera' })
    permission.addEventListener('change', openUnlessRunning, { signal: listeners.signal })
  }

  const watch = setInterval(() => {
    const stalled = state === 'running' && performance.now() - lastFrameAt > STALL_MILLISECONDS
    if (document.visibilityState === 'visible' && stalled) giveUp('lost')
  }, 1000)
  document.addEventListener('visibilitychange', () => (lastFrameAt = performance.now()), { signal: listeners.signal })
  navigator.mediaDevices.addEventListener('devicechange', openUnlessRunning, { signal: listeners.signal })
  frameRequest = video.requestVideoFrameCallback(nextFrame)
  onState(state)
  void followPermission()
  void open()

  return () => {
    listeners.abort()
    clearInterval(watch)
    clearTimeout(retry)
    video.cancelVideoFrameCallback(frameRequest)
    attempt++
    release()
  }
}
