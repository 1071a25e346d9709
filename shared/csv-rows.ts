/** Rows of comma-separated values as spreadsheets write them (RFC 4180, with or without a mark); empty lines are left out. Throws a SyntaxError on a quote that does not end. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const letters = text.replace(/^\ufeff/, '')
  const endRow = () => {
    row.push(cell.trim())
    if (row.some(one => one !== '')) rows.push(row)
    row = []
    cell = ''
  }
  for (let at = 0; at < letters.length; at++) {
    const letter = letters.charAt(at)
    if (quoted && letter === '"' && letters.charAt(at + 1) === '"') {
      cell += '"'
      at++
    } else if (letter === '"' && (quoted || cell.trim() === '')) quoted = !quoted
    else if (quoted || !/[,\n]/.test(letter)) cell += letter
    else if (letter === ',') {
      row.push(cell.trim())
      cell = ''
    } else endRow()
  }
  if (quoted) throw new SyntaxError('a quote does not end')
  endRow()
  return rows
}
