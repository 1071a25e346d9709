import { meanPoint } from '../../shared/face/mean-face.ts'

/** A head as 68 points in space: the average face, its jaw around it, the nose in front and the jaw behind. */
export const head = Array.from({ length: 68 }, (_, index) => {
  if (index < 17) {
    const angle = Math.PI * (1 - index / 16)
    return { x: 0.49 + 0.6 * Math.cos(angle), y: 0.3 + 0.8 * Math.sin(angle), z: -0.35 }
  }
  const { x, y } = meanPoint(index, 1.5)
  return { x: x - 0.25, y: y - 0.25, z: index >= 27 && index <= 35 ? 0.25 : 0 }
})

export interface HeadLook {
  readonly turn?: number
  readonly flat?: boolean
  readonly roll?: number
  readonly scale?: number
  readonly bend?: number
}

/** The head as a camera far away sees it, turned by degrees to the picture's right; `flat` is a photo of it, turned instead. */
export function seen({ turn = 0, flat = false, roll = 0, scale = 100, bend = 0 }: HeadLook) {
  const [sin, cos] = [Math.sin((turn * Math.PI) / 180), Math.cos((turn * Math.PI) / 180)]
  const [rollSin, rollCos] = [Math.sin((roll * Math.PI) / 180), Math.cos((roll * Math.PI) / 180)]
  return head.map(({ x, y, z }) => {
    const depth = flat ? -bend * (x - 0.49) ** 2 : z
    const [across, down] = [(x - 0.49) * cos + depth * sin, y - 0.4]
    return {
      x: 300 + scale * (across * rollCos - down * rollSin),
      y: 200 + scale * (across * rollSin + down * rollCos),
    }
  })
}
