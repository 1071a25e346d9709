import type { CameraChoice } from '../../shared/terminal-api.ts'

/** A camera of this machine as the browser names it. The id is the browser's own and may change with the page's address; the label stays. */
export type NamedCamera = NonNullable<CameraChoice['camera']>

export async function listCameras(): Promise<NamedCamera[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.flatMap(({ kind, deviceId, label }) =>
    kind === 'videoinput' && deviceId !== '' ? [{ id: deviceId, label }] : [],
  )
}

/** The wanted camera among those that are there: by its id, else by its label, which a moved page still knows. */
export function findCamera(cameras: readonly NamedCamera[], wanted: NamedCamera): NamedCamera | null {
  const byLabel = wanted.label === '' ? undefined : cameras.find(({ label }) => label === wanted.label)
  return cameras.find(({ id }) => id === wanted.id) ?? byLabel ?? null
}

/** True where the browser lets this page move the camera's own zoom without asking anybody. */
export async function mayMoveZoom(): Promise<boolean> {
  const question: PermissionDescriptor & { panTiltZoom: boolean } = { name: 'camera', panTiltZoom: true }
  return (await navigator.permissions.query(question)).state === 'granted'
}

type Zoomable = Pick<MediaStreamTrack, 'getCapabilities' | 'applyConstraints'>

interface ZoomRange {
  readonly min: number
  readonly max: number
}

/** The zoom of a camera with a lens or a sensor for it (W3C Image Capture, section 5); null where it has none. */
function zoomRangeOf(track: Zoomable): ZoomRange | null {
  const capabilities: object = track.getCapabilities()
  const zoom: unknown = 'zoom' in capabilities ? capabilities.zoom : null
  if (typeof zoom !== 'object' || zoom === null || !('min' in zoom) || !('max' in zoom)) return null
  const { min, max } = zoom
  return typeof min === 'number' && typeof max === 'number' && min > 0 && max > min ? { min, max } : null
}

/** Zooms the camera itself as far as it can; gives back what is left to be cut out of its frames, 1 where nothing is. */
export async function zoomTrack(track: Zoomable, zoom: number): Promise<number> {
  const range = zoomRangeOf(track)
  if (range === null) return zoom
  const value = Math.min(range.max, range.min * zoom)
  try {
    const constraint: MediaTrackConstraintSet & { zoom: number } = { zoom: value }
    await track.applyConstraints({ advanced: [constraint] })
  } catch (error) {
    console.info('the camera does not zoom:', error instanceof Error ? error.message : String(error))
    return zoom
  }
  return Math.max(1, (zoom * range.min) / value)
}
