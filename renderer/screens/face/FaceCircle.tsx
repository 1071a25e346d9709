import { useCashier } from '../../state/cashier-store.ts'
import { useLivePicture } from '../camera/live-picture.ts'
import styles from './face-circle.module.css'

const length = 2 * Math.PI * 47

/** The live picture in a circle: the ring is the picture's quality (0 to 1), the dotted oval where the face goes. */
export function FaceCircle({ quality }: { quality: number }) {
  const mirrored = useCashier(state => state.terminal?.camera.mirrored ?? true)
  const place = useLivePicture(`scale(${mirrored ? -1 : 1}, 1)`)
  return (
    <div className={styles.circle} data-face-circle>
      <div ref={place} className={styles.picture} />
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className={styles.track} cx="50" cy="50" r="47" />
        <circle
          className={styles.ring}
          cx="50"
          cy="50"
          r="47"
          style={{ strokeDasharray: length, strokeDashoffset: length * (1 - quality) }}
        />
        <ellipse className={styles.oval} cx="50" cy="50" rx="23" ry="30" />
      </svg>
    </div>
  )
}
