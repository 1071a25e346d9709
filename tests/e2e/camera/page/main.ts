import { keepCameraOpen } from '../../../../renderer/camera/camera-stream.ts'
import {
  type CameraInUse,
  type CameraState,
  type CodeCamera,
  startCodeCamera,
} from '../../../../renderer/camera/capture.ts'
import type { CameraNote } from '../../../../shared/terminal-api.ts'

const codes: string[] = []
const states: CameraState[] = []
const opened: CameraInUse[] = []
const latest: { notes: readonly CameraNote[] } = { notes: [] }
const search = new URLSearchParams(location.search)
const label = search.get('camera')
const camera = search.has('floor')
  ? justPlay()
  : startCodeCamera({
      choice: {
        camera: label === null ? null : { id: 'an id of another address', label },
        mirrored: false,
        zoom: Number(search.get('zoom') ?? 1),
      },
      onCode: text => codes.push(text),
      onState: state => states.push(state),
      onNotes: notes => {
        latest.notes = notes
      },
      onOpen: open => opened.push(open),
    })

/** A camera that plays and reads nothing: what a benchmark measures the reader against. */
function justPlay(): CodeCamera {
  const video = document.createElement('video')
  video.muted = true
  const none = {
    framesDecoded: 0,
    codesRead: 0,
    decoder: null,
    wholeMilliseconds: [],
    middleMilliseconds: [],
    copyMilliseconds: [],
  }
  const onState = (state: CameraState) => states.push(state)
  const { stop } = keepCameraOpen({
    video,
    wanted: null,
    onState,
    onOpen: open => opened.push({ camera: open.camera, digitalZoom: 1 }),
    onFrame: at => at,
  })
  return { video, use: choice => choice, stop, counts: () => none }
}

/** What the test reads from the page, and how it chooses. */
const seen = { codes, states, opened, latest, camera }
declare global {
  interface Window {
    seen: typeof seen
  }
}
window.seen = seen
document.body.append(camera.video)
