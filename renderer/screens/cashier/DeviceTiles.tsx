import type { PrinterState } from '../../../shared/printer-api.ts'
import type { CameraNote, DeviceView } from '../../../shared/terminal-api.ts'
import type { CameraState } from '../../camera/capture.ts'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import type { Words } from '../../i18n/catalogue.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { openCamera } from '../../state/cashier-camera.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { openFaces } from '../../state/face-actions.ts'
import styles from './device-tiles.module.css'
import { deviceWord, type Health } from './device-word.ts'

const icons: Record<DeviceView['kind'], IconName> = { 'card-reader': 'card', 'code-scanner': 'code', camera: 'camera' }

function deviceName(kind: DeviceView['kind'], words: Words): string {
  return { 'card-reader': words.card, 'code-scanner': words.codeScanner, camera: words.code }[kind]
}

/** A camera that runs has one word: what hinders it most. */
function cameraState(
  camera: CameraState | 'off',
  notes: readonly CameraNote[],
  words: Words,
): { text: string; health: Health } {
  if (camera === 'running') {
    if (notes.includes('dark')) return { text: words.cameraDark, health: 'attention' }
    if (notes.includes('other-camera')) return { text: words.cameraOther, health: 'attention' }
    if (notes.includes('slow-reader')) return { text: words.cameraSlow, health: 'attention' }
  }
  const states: Record<CameraState | 'off', { text: string; health: Health }> = {
    running: { text: words.ready, health: 'good' },
    starting: { text: words.cameraStarting, health: 'quiet' },
    'no-camera': { text: words.noDevice, health: 'fault' },
    refused: { text: words.cameraRefused, health: 'fault' },
    lost: { text: words.cameraLost, health: 'fault' },
    off: { text: words.cameraOff, health: 'quiet' },
  }
  return states[camera]
}

const printerHealth: Record<PrinterState, Health> = {
  starting: 'quiet',
  ready: 'good',
  'paper-low': 'attention',
  'paper-out': 'attention',
  'cover-open': 'attention',
  fault: 'fault',
  gone: 'fault',
}

function Tile(props: {
  icon: IconName
  name: string
  text: string
  health: Health
  simulated: boolean
  id: string
  onPress?: () => void
}) {
  const { words } = useSpeech()
  const look = classes(styles.tile, styles[props.health], props.simulated && styles.simulated)
  const content = (
    <>
      <Icon name={props.icon} size={26} />
      <span>
        <strong>{props.name}</strong>
        <small>
          {/* A tile is narrow: that a healthy device is simulated says more than that it is ready. */}
          {props.simulated && props.text === words.ready ? words.simulatedReady : props.text}
        </small>
      </span>
    </>
  )
  return (
    <li data-device={props.id}>
      {props.onPress === undefined ? (
        <div className={look}>{content}</div>
      ) : (
        <button type="button" className={look} onMouseDown={event => event.preventDefault()} onClick={props.onPress}>
          {content}
        </button>
      )}
    </li>
  )
}

/** One device stands for each kind: a real one that works, else a simulated one, else whatever is there. */
function oneOfEachKind(devices: readonly DeviceView[]): DeviceView[] {
  const works = (device: DeviceView) => device.state === 'idle' || device.state === 'busy'
  const rank = (device: DeviceView) => (works(device) ? (device.simulated ? 1 : 0) : 2)
  const byKind = new Map<DeviceView['kind'], DeviceView>()
  for (const device of devices) {
    const other = byKind.get(device.kind)
    if (other === undefined || rank(device) < rank(other)) byKind.set(device.kind, device)
  }
  return [...byKind.values()]
}

/** The ways in that work now, each with its state in words, simulated ones marked as such; `faces` among them where they are allowed. */
export function DeviceTiles({ devices, faces = false }: { devices: readonly DeviceView[]; faces?: boolean }) {
  const { words } = useSpeech()
  const camera = useCashier(state => state.camera)
  const notes = useCashier(state => state.cameraNotes)
  const face = useCashier(state => state.terminal?.face)
  const printer = useCashier(state => state.terminal?.printer)
  const others = oneOfEachKind(devices.filter(device => device.kind !== 'camera' || device.simulated))
  return (
    <ul className={styles.tiles}>
      {others.map(device => (
        <Tile
          key={device.id}
          id={device.id}
          icon={icons[device.kind]}
          name={deviceName(device.kind, words)}
          simulated={device.simulated}
          {...deviceWord(device, words)}
        />
      ))}
      <Tile
        id="camera"
        icon="code"
        name={words.code}
        simulated={false}
        {...cameraState(camera, notes, words)}
        {...(camera === 'off' ? {} : { onPress: openCamera })}
      />
      {printer && (
        <Tile
          id="printer"
          icon="printer"
          name={words.printer}
          simulated={printer.simulated}
          text={words.printerStates[printer.state]}
          health={printerHealth[printer.state]}
        />
      )}
      {faces && face && (
        <Tile
          id="face"
          icon="face"
          name={words.faceTile}
          simulated={false}
          text={face.on ? words.faceTileOn : words.faceTileOff}
          health={face.on ? 'good' : 'quiet'}
          onPress={openFaces}
        />
      )}
    </ul>
  )
}
