import { encode as encodeQr } from 'uqr'
import type { Picture } from '../../shared/code-reading/picture.ts'
import { type Random, randomFrom } from '../support/random.ts'

/** What is done to a frame; everything not named stays as in a well-lit frame held straight. Lengths are pixels. */
export interface Effect {
  /** Width of the code with its quiet zone. */
  readonly width?: number
  /** The code leans back by this angle, as seen from a distance of three times its width. */
  readonly tiltDegrees?: number
  /** Gaussian blur of the lens, as a standard deviation. */
  readonly blur?: number
  /** Straight smear of a moving hand. */
  readonly motion?: number
  /** Share of full light that reaches the sensor. */
  readonly light?: number
  /** Standard deviation of the sensor's noise, of 255. */
  readonly noise?: number
  /** What is left of the distance between paper and ink. */
  readonly contrast?: number
  /** Radius of a blown-out reflection, as a share of the code's width. */
  readonly glare?: number
  /** Strength of the bands that the pixels of a phone's screen make in a camera. */
  readonly moire?: number
  /** Light modules on a dark ground, as phones in dark mode show. */
  readonly inverted?: boolean
  readonly turnDegrees?: number
}

const side = 480
const usualWidth = 240
const paper = 225
const ink = 30

/** A drawn frame of 480x480 with the code `text` in it, QR at level M with a quiet zone of four modules, and the effect laid on. */
export function renderFrame(text: string, effect: Effect, seed: number): Picture {
  const random = randomFrom(seed)
  const light = drawScene(text, effect, random)
  const seen = addMotion(blur(light, effect.blur ?? 0.5), effect.motion ?? 1, random)
  return expose(addMoire(addGlare(seen, effect, random), effect.moire ?? 0, random), effect, random)
}

const unit = (random: Random) => random.below(1_000_000) / 1_000_000
const between = (random: Random, low: number, high: number) => low + unit(random) * (high - low)

/** Two numbers with a mean of 0 and a standard deviation of 1 (Box and Muller). */
function gaussianPair(random: Random): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - unit(random)))
  const angle = 2 * Math.PI * unit(random)
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
}

/** Looks back from each pixel through the lens onto the plane of the code, four times a pixel. */
function drawScene(text: string, effect: Effect, random: Random): Float32Array {
  const { data, size } = encodeQr(text, { ecc: 'M', border: 4 })
  const width = (effect.width ?? usualWidth) * between(random, 0.99, 1.01)
  const turn = ((effect.turnDegrees ?? 0) + between(random, -8, 8)) * (Math.PI / 180)
  const tilt = (effect.tiltDegrees ?? 0) * (Math.PI / 180)
  const lean = between(random, 0, 2 * Math.PI)
  const [centreX, centreY] = [side / 2 + between(random, -20, 20), side / 2 + between(random, -20, 20)]
  const shade = between(random, 90, 150)
  const [slopeX, slopeY] = [between(random, -0.05, 0.05), between(random, -0.05, 0.05)]
  const distance = 3 * width
  const [cosTilt, sinTilt, cosTurn, sinTurn] = [Math.cos(tilt), Math.sin(tilt), Math.cos(turn), Math.sin(turn)]
  const [cosLean, sinLean] = [Math.cos(lean), Math.sin(lean)]
  const frame = new Float32Array(side * side)
  const modules = Float32Array.from(data.flat(), dark => (dark !== (effect.inverted ?? false) ? ink : paper))

  function brightness(x: number, y: number): number {
    // The axis of the lean is turned onto the x axis; the plane is rotated about it; then the axis is turned back.
    const acrossX = (x - centreX) * cosLean + (y - centreY) * sinLean
    const acrossY = (y - centreY) * cosLean - (x - centreX) * sinLean
    const depth = distance / (distance * cosTilt - acrossY * sinTilt)
    if (depth <= 0) return shade
    const planeX = acrossX * depth * cosTilt
    const planeY = acrossY * depth
    const backX = planeX * cosLean - planeY * sinLean
    const backY = planeX * sinLean + planeY * cosLean
    const column = Math.floor(((backX * cosTurn + backY * sinTurn) / width + 0.5) * size)
    const row = Math.floor(((backY * cosTurn - backX * sinTurn) / width + 0.5) * size)
    if (column < 0 || column >= size || row < 0 || row >= size) return shade
    return modules[row * size + column] ?? shade
  }

  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = y * side + x
      const far = Math.max(Math.abs(x - centreX), Math.abs(y - centreY)) > 0.9 * width
      frame[at] = (far ? shade : meanOf(x, y)) * (1 + slopeX * (x / side - 0.5) + slopeY * (y / side - 0.5))
    }
  }
  return frame

  function meanOf(x: number, y: number): number {
    const [left, right, top, bottom] = [x + 0.25, x + 0.75, y + 0.25, y + 0.75]
    const upper = brightness(left, top) + brightness(right, top)
    return (upper + brightness(left, bottom) + brightness(right, bottom)) / 4
  }
}

function blur(frame: Float32Array, sigma: number): Float32Array {
  const reach = Math.ceil(sigma * 3)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)))
  return along(along(frame, weights, 1, 0), weights, 0, 1)
}

/** `length` is odd. */
function addMotion(frame: Float32Array, length: number, random: Random): Float32Array {
  const sideways = random.chance(0.5)
  return along(frame, Array<number>(length).fill(1), sideways ? 1 : 0, sideways ? 0 : 1)
}

/** The frame smoothed along one axis. The outermost pixels, where the code never is, stay as they are. */
function along(frame: Float32Array, weights: readonly number[], stepX: number, stepY: number): Float32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = Float64Array.from(weights, weight => weight / total)
  const reach = (weights.length - 1) >> 1
  const step = stepY * side + stepX
  const out = frame.slice()
  for (let y = reach * stepY; y < side - reach * stepY; y++) {
    for (let x = reach * stepX; x < side - reach * stepX; x++) {
      let from = y * side + x - reach * step
      let sum = 0
      for (const share of shares) {
        sum += share * (frame[from] ?? 0)
        from += step
      }
      out[y * side + x] = sum
    }
  }
  return out
}

function addGlare(frame: Float32Array, effect: Effect, random: Random): Float32Array {
  if (effect.glare === undefined) return frame
  const width = effect.width ?? usualWidth
  const radius = effect.glare * width
  const [x0, y0] = [0, 0].map(() => side / 2 + between(random, -0.25, 0.25) * width) as [number, number]
  return frame.map((value, at) => {
    const away = Math.hypot((at % side) - x0, Math.floor(at / side) - y0)
    // Blown out inside of the radius, fading over as much again.
    return value + 400 * Math.min(1, Math.max(0, 2 - away / radius))
  })
}

function addMoire(frame: Float32Array, strength: number, random: Random): Float32Array {
  if (strength === 0) return frame
  const angle = between(random, 0, Math.PI)
  const period = between(random, 5, 9)
  const phase = between(random, 0, 2 * Math.PI)
  const [alongX, alongY] = [(Math.cos(angle) * 2 * Math.PI) / period, (Math.sin(angle) * 2 * Math.PI) / period]
  return frame.map((value, at) => {
    const wave = Math.sin((at % side) * alongX + Math.floor(at / side) * alongY + phase)
    return value * (1 - (strength * (1 + wave)) / 2)
  })
}

/** What the sensor makes of it: contrast, light, noise, and eight bits. */
function expose(frame: Float32Array, effect: Effect, random: Random): Picture {
  const { light = 1, contrast = 1, noise = 2 } = effect
  const data = new Uint8ClampedArray(frame.length)
  for (let at = 0; at < frame.length; at += 2) {
    const grains = gaussianPair(random)
    for (const [next, grain] of grains.entries()) {
      const seen = Math.min(255, frame[at + next] ?? 0)
      data[at + next] = (128 + (seen - 128) * contrast) * light + grain * noise
    }
  }
  return { data, width: side, height: side }
}
