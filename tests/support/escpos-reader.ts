import jsQR from 'jsqr'

/** What a printer makes of its bytes. */
export interface PaperRead {
  /** The lines that stand on the paper, double-sized ones marked. */
  readonly lines: readonly { readonly text: string; readonly large: boolean }[]
  /** What the QR codes say, read from their dots. */
  readonly codes: readonly (string | null)[]
  readonly cuts: number
  /** Every command by its name, in order. */
  readonly commands: readonly string[]
}

const decoder = new TextDecoder('gb18030', { fatal: true })

/** Reads ESC/POS as a printer does that knows no more than what a slip needs: any other byte below 0x20 throws. */
export function readEscpos(bytes: Uint8Array): PaperRead {
  const lines: { text: string; large: boolean }[] = []
  const codes: (string | null)[] = []
  const commands: string[] = []
  let cuts = 0
  let at = 0
  let line: number[] = []
  let large = false
  let lineIsLarge = false
  let bands: { width: number; rows: Uint8Array }[] = []
  const next = () => {
    const byte = bytes[at]
    if (byte === undefined) throw new Error('the bytes end within a command')
    at += 1
    return byte
  }
  const take = (count: number) => {
    if (at + count > bytes.length) throw new Error('the bytes end within a picture')
    at += count
    return bytes.subarray(at - count, at)
  }
  const flushCode = () => {
    if (bands.length > 0) codes.push(readDots(bands))
    bands = []
  }
  const command = (name: string, does: () => void = () => undefined) => {
    commands.push(name)
    does()
  }
  while (at < bytes.length) {
    const byte = next()
    if (byte === 0x0a) {
      if (bands.length > 0) flushCode()
      else lines.push({ text: decoder.decode(Uint8Array.from(line)), large: lineIsLarge })
      line = []
      lineIsLarge = false
    } else if (byte === 0x1b) {
      const what = next()
      if (what === 0x40) command('reset')
      else if (what === 0x52) command(`country ${next()}`)
      else if (what === 0x32) command('usual lines')
      else if (what === 0x64) command(`feed ${next()}`)
      else throw new Error(`ESC ${what.toString(16)} is no command of a slip`)
    } else if (byte === 0x1c) {
      const what = next()
      if (what === 0x26) command('chinese')
      else throw new Error(`FS ${what.toString(16)} is no command of a slip`)
    } else if (byte === 0x1d) {
      const what = next()
      if (what === 0x21) {
        const size = next()
        command(`size ${size.toString(16)}`, () => {
          large = size === 0x11
        })
      } else if (what === 0x56) {
        if (next() !== 0x42) throw new Error('another cut')
        command(`cut ${next()}`)
        cuts += 1
      } else if (what === 0x72) command(`report ${next()}`)
      else if (what === 0x76) {
        if (next() !== 0x30 || next() !== 0) throw new Error('another picture')
        const width = next() + next() * 256
        const height = next() + next() * 256
        bands.push({ width, rows: take(width * height) })
        commands.push('picture')
      } else throw new Error(`GS ${what.toString(16)} is no command of a slip`)
    } else if (byte < 0x20 || byte === 0x7f) throw new Error(`the byte ${byte.toString(16)} stands in the text`)
    else {
      line.push(byte)
      lineIsLarge ||= large
    }
  }
  if (line.length > 0) throw new Error('text after the last line')
  return { lines, codes, cuts, commands }
}

function readDots(bands: readonly { width: number; rows: Uint8Array }[]): string | null {
  const width = (bands[0]?.width ?? 0) * 8
  const rows = Buffer.concat(bands.map(band => band.rows))
  const height = (rows.length * 8) / width
  const pixels = new Uint8ClampedArray(width * height * 4)
  for (let dot = 0; dot < width * height; dot++) {
    const black = ((rows[dot >> 3] ?? 0) >> (7 - (dot & 7))) & 1
    pixels.set(black === 1 ? [0, 0, 0, 255] : [255, 255, 255, 255], dot * 4)
  }
  return jsQR(pixels, width, height)?.data ?? null
}
