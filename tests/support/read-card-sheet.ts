import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const wasmFile = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasmFile)).buffer } })

/**
 * Reads the codes off a PDF of paper cards: takes the filled rectangles of each page's own drawing commands, fills them on a bitmap of
 * `dotsPerInch`, and hands it to the decoder. It knows no more of PDF than what these sheets draw.
 */
export async function codesOnSheets(pdf: Uint8Array, dotsPerInch = 200): Promise<string[][]> {
  const pages: string[][] = []
  for (const drawing of drawingsOf(pdf)) {
    const scale = dotsPerInch / 72
    const width = Math.round(595.28 * scale)
    const height = Math.round(841.89 * scale)
    const data = new Uint8ClampedArray(width * height * 4).fill(255)
    for (const [, x, y, w, h] of drawing.matchAll(/(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re\b/g)) {
      const [left, top, right, bottom] = [Number(x), Number(y), Number(x) + Number(w), Number(y) + Number(h)].map(at =>
        Math.round(at * scale),
      )
      for (let row = top ?? 0; row < (bottom ?? 0); row += 1)
        for (let column = left ?? 0; column < (right ?? 0); column += 1)
          data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3)
    }
    const found = await readBarcodes(
      { data, width, height, colorSpace: 'srgb' },
      { formats: ['QRCode'], maxNumberOfSymbols: 20 },
    )
    pages.push(found.map(({ text }) => text))
  }
  return pages
}

/** The drawing commands of each page: the streams that begin with the turn of the page to y downwards. */
function drawingsOf(pdf: Uint8Array): string[] {
  const text = Buffer.from(pdf).toString('latin1')
  return [...text.matchAll(/stream\r?\n/g)].flatMap(({ index, 0: mark }) => {
    const from = index + mark.length
    const to = text.indexOf('endstream', from)
    try {
      const commands = inflateSync(pdf.subarray(from, to)).toString('latin1')
      return commands.startsWith('1 0 0 -1 0') ? [commands] : []
    } catch {
      // A stream of another kind, such as a font.
      return []
    }
  })
}
