import PDFDocument from 'pdfkit'
import { encode } from 'uqr'
import { fontFileFor } from './card-fonts.ts'

/** What stands on one paper card: name and code, never a category. `validUntil` is a date, `serial` 16 hex digits. */
export interface PaperCard {
  readonly name: string
  readonly text: string
  readonly serial: string
  readonly validUntil: string
}

/** Everything in millimetres. The card is as large as a bank card (ISO/IEC 7810 ID-1). */
const sheet = { width: 210, height: 297, columns: 2, rows: 5 }
const card = { width: 85.6, height: 54 }
const margin = {
  left: (sheet.width - sheet.columns * card.width) / 2,
  top: (sheet.height - sheet.rows * card.height) / 2,
}
/** 0.8 mm a module: 57 modules of version 10 are 45.6 mm, 52 mm with the quiet zone of four modules that ISO/IEC 18004 asks for. */
const moduleSize = 0.8
const quietModules = 4
const code = { left: 1, top: 1 }
const words = { left: 54, width: 30 }

const millimetre = 72 / 25.4

/**
 * A4 sheets of paper cards with cut marks, ten cards a sheet. `unwritten` names the cards whose name has a character that the
 * typeface lacks: these have a line for the pen.
 */
export async function paperCardSheets(
  cards: readonly PaperCard[],
): Promise<{ pdf: Uint8Array; unwritten: PaperCard[] }> {
  const perSheet = sheet.columns * sheet.rows
  const document = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false, info: { Title: '长者码 纸卡' } })
  const chunks: Buffer[] = []
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  document.on('data', chunk => chunks.push(chunk))
  const unwritten: PaperCard[] = []
  for (const [index, one] of cards.entries()) {
    const place = index % perSheet
    if (place === 0) {
      document.addPage()
      drawCutMarks(document)
    }
    const left = margin.left + (place % sheet.columns) * card.width
    const top = margin.top + Math.floor(place / sheet.columns) * card.height
    if (!drawCard(document, one, left, top)) unwritten.push(one)
  }
  document.end()
  await ended
  return { pdf: new Uint8Array(Buffer.concat(chunks)), unwritten }
}

/** False where the name could not be written. */
function drawCard(document: PDFKit.PDFDocument, one: PaperCard, left: number, top: number): boolean {
  drawCode(document, one.text, left + code.left, top + code.top)
  const at = left + words.left
  writeLine(document, '长者码', at, top + 6, 10)
  const written = writeName(document, one.name, at, top + 15)
  if (!written) document.rect(at * millimetre, (top + 24) * millimetre, 28 * millimetre, 0.4).fill('#000')
  const serial = one.serial.toUpperCase().replace(/(.{4})(?=.)/g, '$1 ')
  writeLine(document, `有效至 ${one.validUntil}`, at, top + 38, 7)
  writeLine(document, '编号', at, top + 43, 7)
  writeLine(document, serial, at, top + 47, 7)
  return written
}

/** One filled path a code, so that no viewer shows seams between modules. Level Q: paper gets dirty. */
function drawCode(document: PDFKit.PDFDocument, text: string, left: number, top: number): void {
  const { data } = encode(text, { ecc: 'Q', boostEcc: false, border: quietModules })
  for (const [row, modules] of data.entries()) {
    for (let from = 0; from < modules.length; from += 1) {
      if (modules[from] !== true) continue
      let to = from
      while (modules[to] === true) to += 1
      document.rect(
        (left + from * moduleSize) * millimetre,
        (top + row * moduleSize) * millimetre,
        (to - from) * moduleSize * millimetre,
        moduleSize * millimetre,
      )
      from = to
    }
  }
  document.fill('#000')
}

/** The name as large as its column allows, on as many lines as it needs; false where the typeface lacks a character. */
function writeName(document: PDFKit.PDFDocument, name: string, left: number, top: number): boolean {
  const letters = [...name]
  if (letters.some(letter => fontFileFor(letter) === null)) return false
  const room = words.width * millimetre
  const size = Math.max(10, Math.min(20, room / letters.length))
  const perLine = Math.floor(room / size)
  for (let from = 0; from < letters.length; from += perLine) {
    const line = letters.slice(from, from + perLine).join('')
    writeLine(document, line, left, top + ((from / perLine) * size * 1.2) / millimetre, size)
  }
  return true
}

/** Each character by the font file that has it. */
function writeLine(document: PDFKit.PDFDocument, text: string, left: number, top: number, size: number): void {
  let at = left * millimetre
  for (const letter of text) {
    const file = fontFileFor(letter)
    if (file === null) continue
    document.font(file).fontSize(size).fillColor('#000')
    document.text(letter, at, top * millimetre, { lineBreak: false })
    at += document.widthOfString(letter)
  }
}

/** Short lines in the margin at every edge of a card: nothing of them stays on a card. */
function drawCutMarks(document: PDFKit.PDFDocument): void {
  const length = 5
  const gap = 2
  const right = margin.left + sheet.columns * card.width
  const bottom = margin.top + sheet.rows * card.height
  const line = (fromX: number, fromY: number, toX: number, toY: number) =>
    document.moveTo(fromX * millimetre, fromY * millimetre).lineTo(toX * millimetre, toY * millimetre)
  for (let column = 0; column <= sheet.columns; column += 1) {
    const x = margin.left + column * card.width
    line(x, margin.top - gap - length, x, margin.top - gap)
    line(x, bottom + gap, x, bottom + gap + length)
  }
  for (let row = 0; row <= sheet.rows; row += 1) {
    const y = margin.top + row * card.height
    line(margin.left - gap - length, y, margin.left - gap, y)
    line(right + gap, y, right + gap + length, y)
  }
  document.lineWidth(0.25).stroke('#000')
}
