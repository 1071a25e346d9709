import type { Picture } from './picture.ts'

/** A picture with room for numbers in between and beyond: they are rounded and cut off only at the end. */
export interface GreyPicture {
  readonly values: Float32Array
  readonly width: number
  readonly height: number
}

export function greyPicture({ data, width, height }: Picture): GreyPicture {
  return { values: Float32Array.from(data), width, height }
}

export function pictureOf({ values, width, height }: GreyPicture): Picture {
  return { data: Uint8ClampedArray.from(values), width, height }
}

/** The picture with other edges: each new pixel is the mean of what it covers, or, enlarged, lies on the line between two old ones. */
export function resized(picture: GreyPicture, width: number, height: number): GreyPicture {
  const narrowed = lineByLine(picture, width)
  return turned(lineByLine(turned(narrowed), height))
}

/** Each row brought to `width` pixels, by way of the sums from its left edge: a pixel's part of the row is a difference of two. */
function lineByLine({ values, width: before, height }: GreyPicture, width: number): GreyPicture {
  const out = new Float32Array(width * height)
  const sums = new Float64Array(before + 1)
  const step = before / width
  // An enlarged pixel covers a whole old one's width too, so that it lies between its two neighbours.
  const half = Math.max(step, 1) / 2
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < before; x++) sums[x + 1] = (sums[x] ?? 0) + (values[y * before + x] ?? 0)
    for (let x = 0; x < width; x++) {
      const from = Math.max(0, (x + 0.5) * step - half)
      const to = Math.min(before, (x + 0.5) * step + half)
      out[y * width + x] = (sumTo(sums, to) - sumTo(sums, from)) / (to - from)
    }
  }
  return { values: out, width, height }
}

function sumTo(sums: Float64Array, place: number): number {
  const whole = Math.floor(place)
  const low = sums[whole] ?? 0
  return place === whole ? low : low + (place - whole) * ((sums[whole + 1] ?? low) - low)
}

function turned({ values, width, height }: GreyPicture): GreyPicture {
  const out = new Float32Array(values.length)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + y] = values[y * width + x] ?? 0
  return { values: out, width: height, height: width }
}

/** Each pixel the mean of the square that reaches `reach` pixels from it, as far as the picture goes. */
export function meanOver(picture: GreyPicture, reach: number): GreyPicture {
  return turned(meanAlong(turned(meanAlong(picture, reach)), reach))
}

function meanAlong({ values, width, height }: GreyPicture, reach: number): GreyPicture {
  const out = new Float32Array(values.length)
  for (let y = 0; y < height; y++) {
    const row = y * width
    let sum = 0
    let count = 0
    for (let x = -reach; x < width; x++) {
      if (x + reach < width) {
        sum += values[row + x + reach] ?? 0
        count++
      }
      if (x - reach > 0) {
        sum -= values[row + x - reach - 1] ?? 0
        count--
      }
      if (x >= 0) out[row + x] = sum / count
    }
  }
  return { values: out, width, height }
}

/** Edges made steeper: what sets a pixel off from its surroundings of `reach` counts `amount` times more. */
export function sharpened(picture: GreyPicture, reach: number, amount: number): GreyPicture {
  const soft = meanOver(meanOver(picture, reach), reach)
  return together(picture, soft, (value, mean) => value + amount * (value - mean))
}

/** Black where a pixel is darker than the mean of its square, else white: shadows and slopes of light go. */
export function flattened(picture: GreyPicture, reach: number): GreyPicture {
  return together(picture, meanOver(picture, reach), (value, mean) => (value < mean * 0.98 ? 0 : 255))
}

/** The picture turned about its middle, on a grey ground as wide as it then needs. */
export function rotated({ values, width, height }: GreyPicture, degrees: number): GreyPicture {
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const wide = Math.ceil(width * Math.abs(cos) + height * Math.abs(sin))
  const high = Math.ceil(width * Math.abs(sin) + height * Math.abs(cos))
  const out = new Float32Array(wide * high).fill(128)
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const fromX = (x - wide / 2) * cos + (y - high / 2) * sin + width / 2
      const fromY = (y - high / 2) * cos - (x - wide / 2) * sin + height / 2
      const left = Math.floor(fromX)
      const top = Math.floor(fromY)
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue
      const at = top * width + left
      const upper = mixed(values[at], values[at + 1], fromX - left)
      const lower = mixed(values[at + width], values[at + width + 1], fromX - left)
      out[y * wide + x] = mixed(upper, lower, fromY - top)
    }
  }
  return { values: out, width: wide, height: high }
}

const mixed = (one = 0, other = 0, share: number) => one + (other - one) * share

function together(one: GreyPicture, other: GreyPicture, join: (a: number, b: number) => number): GreyPicture {
  return { ...one, values: one.values.map((value, at) => join(value, other.values[at] ?? 0)) }
}
