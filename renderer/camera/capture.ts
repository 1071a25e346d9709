import { type CameraState, keepCameraOpen } from './camera-stream.ts'
import type { DecoderName } from './code-decoder.ts'
import { startCodeReader } from './code-reader.ts'
import { createRepeatFilter } from './repeats.ts'

export type { CameraState } from './camera-stream.ts'

const LOOK_MILLISECONDS = 100
/** Between customers the processor belongs to the till: without a code for `IDLE_AFTER` ms, looks come half as often. */
const IDLE_LOOK_MILLISECONDS = 200
const IDLE_AFTER_MILLISECONDS = 10_000
/** Every so many looks the whole frame is searched, else its middle only. */
const WHOLE_EVERY = 5

export interface CodeCamera {
  /** The live picture; muted, and playing whether or not the page shows it. */
  readonly video: HTMLVideoElement
  stop(): void
  /** Since the start. `decoder` is null until one is loaded. */
  counts(): { framesDecoded: number; codesRead: number; decoder: DecoderName | null }
}

/**
 * Opens a camera and reads the QR codes that people hold before it. `onCode` gets each text once as it is shown, whoever's code it is;
 * a code held still is not repeated. Frames never leave the page and its worker.
 */
export function startCodeCamera(options: {
  deviceId?: string
  onCode(text: string): void
  onState(state: CameraState): void
}): CodeCamera {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  const newTexts = createRepeatFilter()
  const counted = { framesDecoded: 0, codesRead: 0 }
  let lastLookAt = Number.NEGATIVE_INFINITY
  let lastCodeAt = performance.now()

  const reader = startCodeReader((texts, whole) => {
    const at = performance.now()
    counted.framesDecoded++
    if (texts.length > 0) lastCodeAt = at
    for (const text of newTexts({ texts, at, whole })) {
      counted.codesRead++
      options.onCode(text)
    }
  })

  let looks = 0
  function onFrame(at: number): void {
    const pause = at - lastCodeAt > IDLE_AFTER_MILLISECONDS ? IDLE_LOOK_MILLISECONDS : LOOK_MILLISECONDS
    if (at - lastLookAt < pause || !reader.isFree(at)) return
    lastLookAt = at
    looks++
    reader.look(new VideoFrame(video), looks % WHOLE_EVERY === 0, at)
  }

  const closeCamera = keepCameraOpen({
    video,
    ...(options.deviceId === undefined ? {} : { deviceId: options.deviceId }),
    onState: options.onState,
    onFrame,
  })

  return {
    video,
    stop() {
      closeCamera()
      reader.stop()
    },
    counts: () => ({ ...counted, decoder: reader.decoder() }),
  }
}
