/** Colours of one block of 8x8 pixels: one value a component, 0 to 255. */
type Block = readonly number[]

/**
 * A baseline JPEG (ITU-T T.81) whose blocks of 8x8 pixels have one colour each, in as many components as a block has values: 1 grey,
 * 3 YCbCr, 4 CMYK as Adobe's programs store it, upside down (0 is full ink). The libraries at hand write three components only.
 */
export function flatJpeg(blocks: readonly (readonly Block[])[], options: { exif?: Buffer } = {}): Buffer {
  const components = blocks[0]?.[0]?.length ?? 0
  const numbers = Array.from({ length: components }, (_, at) => at + 1)
  const [width, height] = [(blocks[0]?.length ?? 0) * 8, blocks.length * 8]
  const frame = Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, components])
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    ...(options.exif ? [segment(0xe1, options.exif)] : []),
    ...(components === 4 ? [segment(0xee, Buffer.from('41646f626500640000000000', 'hex'))] : []),
    segment(0xdb, Buffer.from([0, ...Array<number>(64).fill(1)])),
    segment(0xc0, Buffer.concat([frame, Buffer.from(numbers.flatMap(id => [id, 0x11, 0]))])),
    // Twelve lengths of a difference, four bits each; after it each block ends, one bit.
    segment(0xc4, Buffer.from([0x00, 0, 0, 0, 12, ...Array<number>(12).fill(0), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])),
    segment(0xc4, Buffer.from([0x10, 1, ...Array<number>(15).fill(0), 0])),
    segment(0xda, Buffer.from([components, ...numbers.flatMap(id => [id, 0]), 0, 63, 0])),
    scan(blocks, components),
    Buffer.from('ffd9', 'hex'),
  ])
}

/** An EXIF block that says nothing but how the camera was held. */
export function exifOf(orientation: number): Buffer {
  const directory = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  return Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\b'), Buffer.from(directory)])
}

function segment(marker: number, body: Buffer): Buffer {
  const length = body.length + 2
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 255]), body])
}

function scan(blocks: readonly (readonly Block[])[], components: number): Buffer {
  const before = Array<number>(components).fill(0)
  let bits = ''
  for (const block of blocks.flat()) {
    for (const [component, value] of block.entries()) {
      const level = (value - 128) * 8
      const step = level - (before[component] ?? 0)
      before[component] = level
      const size = step === 0 ? 0 : Math.abs(step).toString(2).length
      const coded = step < 0 ? step + 2 ** size - 1 : step
      bits += `${size.toString(2).padStart(4, '0')}${size === 0 ? '' : coded.toString(2).padStart(size, '0')}0`
    }
  }
  const bytes = (bits.match(/.{1,8}/g) ?? []).map(byte => Number.parseInt(byte.padEnd(8, '1'), 2))
  // A byte of ones is followed by a zero, so that it is no marker.
  return Buffer.from(bytes.flatMap(byte => (byte === 0xff ? [0xff, 0] : [byte])))
}
