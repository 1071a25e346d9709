import type { CameraChoice } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { chooseCamera, closeCamera } from '../../state/cashier-camera.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { useFocusHere } from '../../state/use-focus-here.ts'
import { Choices } from './Choices.tsx'
import styles from './camera.module.css'
import { useLivePicture } from './live-picture.ts'

const zooms = [1, 1.5, 2, 3]

function Live({ mirrored }: { mirrored: boolean }) {
  const { words } = useSpeech()
  const digitalZoom = useCashier(state => state.cameraInUse?.digitalZoom ?? 1)
  const place = useLivePicture(`scale(${mirrored ? -digitalZoom : digitalZoom}, ${digitalZoom})`)
  return (
    <section className={styles.live} aria-label={words.cameraView}>
      <div ref={place} className={styles.picture} />
      <div className={styles.guide} aria-hidden="true" />
      <p className={styles.here}>{words.cameraHere}</p>
    </section>
  )
}

function Health() {
  const { words } = useSpeech()
  const camera = useCashier(state => state.camera)
  const notes = useCashier(state => state.cameraNotes)
  const lines = {
    dark: words.cameraDarkNote,
    'other-camera': words.cameraOtherNote,
    'slow-reader': words.cameraSlowNote,
  }
  if (camera !== 'running') {
    return (
      <p className={styles.fault} role="status">
        <Icon name="info" />
        {words.cameraNotRunning}
      </p>
    )
  }
  if (notes.length === 0) {
    return (
      <p className={styles.fine} role="status">
        <Icon name="check" />
        {words.cameraFine}
      </p>
    )
  }
  return (
    <div className={styles.notes} role="status">
      {notes.map(note => (
        <p key={note} className={styles.attention} data-note={note}>
          <Icon name="info" />
          {lines[note]}
        </p>
      ))}
    </div>
  )
}

/** Which camera reads codes, with its live picture: staff see what it sees, and choose. Frames stay in the page. */
export function CameraScreen({ choice }: { choice: CameraChoice }) {
  const { words } = useSpeech()
  const title = useFocusHere()
  const cameras = useCashier(state => state.cameras)
  const inUse = useCashier(state => state.cameraInUse)
  const named = cameras.map((camera, place) => ({
    value: camera,
    text: camera.label === '' ? words.cameraNameless(place + 1) : camera.label,
    note: camera.id === inUse?.camera.id ? words.cameraInUse : null,
    chosen: camera.id === choice.camera?.id || (choice.camera !== null && camera.label === choice.camera.label),
  }))
  const any = { value: null, text: words.cameraAny, note: null, chosen: choice.camera === null }
  return (
    <main className={styles.screen} data-screen="camera">
      <div className={styles.top}>
        <h1 ref={title} tabIndex={-1}>
          {words.cameraTitle}
        </h1>
        <p>{words.cameraLead}</p>
        <Key onPress={closeCamera} cap="Esc">
          {words.back}
        </Key>
      </div>
      <Live mirrored={choice.mirrored} />
      <section className={styles.settings}>
        <Health />
        <Choices title={words.cameraWhich} choices={[any, ...named]} onChoose={camera => chooseCamera({ camera })} />
        <Choices
          title={words.cameraZoom}
          note={inUse !== null && inUse.digitalZoom > 1 ? words.cameraZoomDigital : null}
          inARow
          choices={zooms.map(zoom => ({ value: zoom, text: `${zoom}×`, note: null, chosen: choice.zoom === zoom }))}
          onChoose={zoom => chooseCamera({ zoom })}
        />
        <Key
          onPress={() => chooseCamera({ mirrored: !choice.mirrored })}
          pressed={choice.mirrored}
          className={choice.mirrored ? styles.on : undefined}
        >
          <span className={styles.mirror}>
            {words.cameraMirror}
            <small>{words.cameraMirrorNote}</small>
          </span>
          {choice.mirrored && <Icon name="check" />}
        </Key>
      </section>
    </main>
  )
}
