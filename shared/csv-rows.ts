/** A row of a file: `line` is where it begins, from 1. */
export interface CsvLine {
  readonly line: number
  readonly cells: readonly string[]
}

/** Rows of comma-separated values as spreadsheets write them (RFC 4180, with or without a mark); empty lines are left out. Throws a SyntaxError on a quote that does not end. */
export function csvLines(text: string): CsvLine[] {
  const rows: CsvLine[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let begins = 1
  const letters = text.replace(/^\ufeff/, '')
  const endRow = () => {
    cells.push(cell.trim())
    if (cells.some(one => one !== '')) rows.push({ line: begins, cells })
    cells = []
    cell = ''
    begins = line
  }
  for (let at = 0; at < letters.length; at++) {
    const letter = letters.charAt(at)
    if (letter === '\n') line += 1
    if (quoted && letter === '"' && letters.charAt(at + 1) === '"') {
      cell += '"'
      at++
    } else if (letter === '"' && (quoted || cell.trim() === '')) quoted = !quoted
    else if (quoted || !/[,\n]/.test(letter)) cell += letter
    else if (letter === ',') {
      cells.push(cell.trim())
      cell = ''
    } else endRow()
  }
  if (quoted) throw new SyntaxError('a quote does not end')
  endRow()
  return rows
}
