import type { DecoderName } from '../../shared/code-reading/code-decoder.ts'
import type { CameraChoice, CameraNote } from '../../shared/terminal-api.ts'
import { type NamedCamera, zoomTrack } from './camera-choice.ts'
import { type CameraState, keepCameraOpen, type OpenCamera } from './camera-stream.ts'
import { startCodeReader } from './code-reader.ts'
import { frameOf } from './frame-of.ts'
import { createLightWatch } from './light.ts'
import { createRepeatFilter } from './repeats.ts'
import type { Looked } from './worker-messages.ts'

export type { CameraState } from './camera-stream.ts'

const LOOK_MILLISECONDS = 100
/** Between customers the processor belongs to the till: without a code for `IDLE_AFTER` ms, looks come half as often and search less. */
const IDLE_LOOK_MILLISECONDS = 200
const IDLE_AFTER_MILLISECONDS = 10_000
/** Every so many looks the whole frame is searched, else its middle only. */
const WHOLE_EVERY = 5

export interface CameraCounts {
  readonly framesDecoded: number
  readonly codesRead: number
  /** Null until one is loaded. */
  readonly decoder: DecoderName | null
  /** Milliseconds that the last looks cost the worker, newest last, whole frames apart from middles. */
  readonly wholeMilliseconds: readonly number[]
  readonly middleMilliseconds: readonly number[]
  /** Of the whole frames: how long it took until their pixels were in the worker. */
  readonly copyMilliseconds: readonly number[]
}

/** Which camera gives frames now, and how much of its zoom is cut out of them instead of made by its lens. */
export interface CameraInUse {
  readonly camera: NamedCamera
  readonly digitalZoom: number
}

export interface CodeCamera {
  /** The live picture; muted, and playing whether or not the page shows it. */
  readonly video: HTMLVideoElement
  use(choice: CameraChoice): void
  stop(): void
  /** Since the start. */
  counts(): CameraCounts
}

const KEPT_TIMES = 500

/**
 * Opens a camera and reads the QR codes that people hold before it. `onCode` gets each text once as it is shown, whoever's code it is;
 * a code held still is not repeated. Frames never leave the page and its worker.
 */
export function startCodeCamera(options: {
  choice: CameraChoice
  onCode(text: string): void
  onState(state: CameraState): void
  onNotes(notes: readonly CameraNote[]): void
  onOpen?(open: CameraInUse): void
}): CodeCamera {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  const newTexts = createRepeatFilter()
  const isDark = createLightWatch()
  const counted = { framesDecoded: 0, codesRead: 0 }
  const times: Record<'whole' | 'middle' | 'copy', number[]> = { whole: [], middle: [], copy: [] }
  const notes = new Set<CameraNote>()
  let { choice } = options
  let opened: OpenCamera | null = null
  let digitalZoom = choice.zoom
  let lastLookAt = Number.NEGATIVE_INFINITY
  let lastCodeAt = performance.now()
  let looks = 0

  function note(name: CameraNote, holds: boolean): void {
    if (notes.has(name) === holds) return
    if (holds) notes.add(name)
    else notes.delete(name)
    options.onNotes([...notes])
  }

  function keep(kept: number[], milliseconds: number): void {
    kept.push(milliseconds)
    if (kept.length > KEPT_TIMES) kept.shift()
  }

  function onLooked(looked: Looked): void {
    const { searched, texts, whole, brightness } = looked
    const at = performance.now()
    note('dark', isDark(brightness, at))
    if (!searched) return
    counted.framesDecoded++
    keep(whole ? times.whole : times.middle, looked.milliseconds)
    if (whole) keep(times.copy, looked.copyMilliseconds)
    if (texts.length > 0) lastCodeAt = at
    for (const text of newTexts({ texts, at, whole })) {
      counted.codesRead++
      options.onCode(text)
    }
  }

  const reader = startCodeReader({
    ready: decoder => note('slow-reader', decoder === 'zxing-library'),
    looked: onLooked,
  })

  function onFrame(at: number): void {
    const idle = at - lastCodeAt > IDLE_AFTER_MILLISECONDS
    if (at - lastLookAt < (idle ? IDLE_LOOK_MILLISECONDS : LOOK_MILLISECONDS) || !reader.isFree(at)) return
    const frame = frameOf(video)
    if (frame === null) return
    lastLookAt = at
    looks++
    reader.look(frame, { whole: looks % WHOLE_EVERY === 0, zoom: digitalZoom, idle }, at)
  }

  async function zoom(): Promise<void> {
    const open = opened
    if (open === null) return
    const left = await zoomTrack(open.track, choice.zoom)
    if (open !== opened) return
    digitalZoom = left
    options.onOpen?.({ camera: open.camera, digitalZoom })
  }

  const stream = keepCameraOpen({
    video,
    wanted: choice.camera,
    onState: options.onState,
    onOpen(open) {
      opened = open
      note('other-camera', open.substitute)
      void zoom()
    },
    onFrame,
  })

  return {
    video,
    use(next) {
      const before = choice
      choice = next
      if (before.camera?.id !== next.camera?.id || before.camera?.label !== next.camera?.label) stream.want(next.camera)
      else if (before.zoom !== next.zoom) void zoom()
    },
    stop() {
      stream.stop()
      reader.stop()
    },
    counts: () => ({
      ...counted,
      decoder: reader.decoder(),
      wholeMilliseconds: [...times.whole],
      middleMilliseconds: [...times.middle],
      copyMilliseconds: [...times.copy],
    }),
  }
}
