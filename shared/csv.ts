import { fen, formatYuan } from './money.ts'

/** A cell: text, a whole number, or an amount. */
export type CsvCell = string | number | { readonly fen: number }

/** Comma-separated values for spreadsheets: UTF-8 with its mark, lines ended as RFC 4180 says, amounts in yuan with two decimals. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return `\ufeff${rows.map(row => `${row.map(cellText).join(',')}\r\n`).join('')}`
}

function cellText(cell: CsvCell): string {
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'object') return formatYuan(fen(cell.fen)).replace('\u2212', '-')
  // A spreadsheet would take such a text for a formula and run it.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
