import iconv from 'iconv-lite'
import { encode as encodeQr } from 'uqr'
import type { Slip } from '../../../../shared/slip.ts'
import { layOutSlip, type PaperLine, type PaperWidth, papers, printable } from '../../../../shared/slip-layout.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

/** ESC @ resets, ESC R 0 keeps `$` a dollar, ESC 2 is the usual line, FS & the Chinese mode. */
const begin = bytes(0x1b, 0x40, 0x1b, 0x52, 0, 0x1b, 0x32, 0x1c, 0x26)
const lineFeed = bytes(0x0a)
/** GS ! of double width and height, and back. */
const large = bytes(0x1d, 0x21, 0x11)
const normal = bytes(0x1d, 0x21, 0)
/** GS V 66: feeds to the knife and cuts. */
const cut = bytes(0x1d, 0x56, 0x42, 0)
/** ESC d: feeds the last line past the tear bar. */
const feed = bytes(0x1b, 0x64, 5)
const end = bytes(0x1b, 0x40)

/** Rows of one raster command: printers with little memory take no more at once. */
const bandRows = 128

/** Text as GB18030. Every byte of it is 0x20 or more, whatever stood in the text, so that none can begin a command. */
function textBytes(text: string): Uint8Array {
  return iconv.encode(printable(text), 'gb18030')
}

/**
 * A QR code as raster (GS v 0), which more printers know than their own QR command. A module is at least two dots wide, so that the
 * picture never holds the byte 0x10, a single dot, with which real-time commands begin.
 */
function qrBytes(text: string, dots: number): Uint8Array[] {
  const { data, size } = encodeQr(text, { ecc: 'M', border: 4 })
  const scale = Math.max(2, Math.min(8, Math.floor(dots / size)))
  const left = Math.floor((dots - size * scale) / 2)
  const width = dots / 8
  const row = (modules: readonly boolean[]) => {
    const line = new Uint8Array(width)
    for (let dot = 0; dot < size * scale; dot++)
      if (modules[Math.floor(dot / scale)]) {
        const at = left + dot
        line[at >> 3] = (line[at >> 3] ?? 0) | (0x80 >> (at & 7))
      }
    return line
  }
  const rows = data.flatMap(modules => Array.from({ length: scale }, () => row(modules)))
  const bands: Uint8Array[] = []
  for (let at = 0; at < rows.length; at += bandRows) {
    const band = rows.slice(at, at + bandRows)
    bands.push(bytes(0x1d, 0x76, 0x30, 0, width & 0xff, width >> 8, band.length & 0xff, band.length >> 8), ...band)
  }
  return bands
}

function lineBytes(line: PaperLine, width: PaperWidth): Uint8Array[] {
  if (line.kind === 'qr') return [...qrBytes(line.text, papers[width].dots), lineFeed]
  return line.large ? [large, textBytes(line.text), normal, lineFeed] : [textBytes(line.text), lineFeed]
}

/** A slip as ESC/POS: begins and ends with a reset, so that it neither finds nor leaves a state. */
export function escposOf(slip: Slip, paper: { width: PaperWidth; cut: boolean }): Uint8Array {
  const lines = layOutSlip(slip, paper.width).flatMap(line => lineBytes(line, paper.width))
  return Buffer.concat([begin, ...lines, paper.cut ? cut : feed, end])
}
