/** A grey picture: the brightness of each pixel as a byte, row by row. Codes have no colours. */
export interface Picture {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly width: number
  readonly height: number
}

export interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const MIDDLE_SIDE = 600

/** The square in the middle of a frame where people hold their codes; even edges, as a camera's colour planes are halved. */
export function middleOf(width: number, height: number): Region {
  const even = (length: number) => Math.floor(length / 2) * 2
  const side = even(Math.min(MIDDLE_SIDE, width, height))
  return { x: even((width - side) / 2), y: even((height - side) / 2), width: side, height: side }
}

/** The middle of a frame that a digital zoom leaves, on even pixels; `zoom` is 1 or more. */
export function zoomedPart(width: number, height: number, zoom: number): Region {
  const even = (length: number) => Math.max(2, Math.floor(length / 2) * 2)
  const [wide, high] = zoom === 1 ? [width, height] : [even(width / zoom), even(height / zoom)]
  const start = (length: number) => Math.floor(length / 4) * 2
  return { x: start(width - wide), y: start(height - high), width: wide, height: high }
}

/** Mean brightness from 0 to 255, of every 64th pixel. */
export function brightnessOf({ data }: Picture): number {
  let sum = 0
  let count = 0
  for (let at = 0; at < data.length; at += 64) {
    sum += data[at] ?? 0
    count++
  }
  return count === 0 ? 0 : sum / count
}

/** The brightness by ITU-R BT.601 of pixels of four bytes each: red, green, blue and one that means nothing. */
export function greyOf(colours: ArrayLike<number>, width: number, height: number): Picture {
  const data = new Uint8ClampedArray(width * height)
  for (let pixel = 0, at = 0; pixel < data.length; pixel++, at += 4)
    data[pixel] = (306 * (colours[at] ?? 0) + 601 * (colours[at + 1] ?? 0) + 117 * (colours[at + 2] ?? 0) + 512) >> 10
  return { data, width, height }
}

/** Each pixel the mean of its 3x3 neighbours: noise of a dark room sinks, modules of a code stay. The edge is kept as it is. */
export function blurred({ data, width, height }: Picture): Picture {
  const columns = new Uint16Array(width)
  const soft = data.slice()
  for (let y = 1; y < height - 1; y++) {
    const row = y * width
    for (let x = 0; x < width; x++) {
      const at = row + x
      columns[x] = (data[at - width] ?? 0) + (data[at] ?? 0) + (data[at + width] ?? 0)
    }
    for (let x = 1; x < width - 1; x++) {
      const sum = (columns[x - 1] ?? 0) + (columns[x] ?? 0) + (columns[x + 1] ?? 0)
      // Rounded division by nine without a float: exact for every sum of nine bytes.
      soft[row + x] = ((sum + 4) * 7282) >> 16
    }
  }
  return { data: soft, width, height }
}
