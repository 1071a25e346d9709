import { type CameraState, startCodeCamera } from '../../../../renderer/camera/capture.ts'

const codes: string[] = []
const states: CameraState[] = []
const camera = startCodeCamera({
  onCode: text => codes.push(text),
  onState: state => states.push(state),
})

/** What the test reads from the page. */
const seen = { codes, states, counts: () => camera.counts(), stop: () => camera.stop(), video: camera.video }
declare global {
  interface Window {
    seen: typeof seen
  }
}
window.seen = seen
document.body.append(camera.video)
