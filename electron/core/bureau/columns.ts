/** A cell of a table: text stands left, an amount or a count right. */
export type Column = 'left' | 'right'

/** How many places of a terminal a text takes: Chinese letters and full-width signs take two each. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + (isWide(letter.codePointAt(0) ?? 0) ? 2 : 1), 0)
}

/** The blocks of East Asian wide and full-width characters that words of this program and of packs are made of. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x20000 && code <= 0x3fffd)
  )
}

/** Rows as lines of a terminal, each column as wide as its widest cell, two places apart. */
export function alignColumns(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((_, at) => Math.max(0, ...rows.map(row => textWidth(row[at] ?? ''))))
  return rows.map(row =>
    columns
      .map((side, at) => {
        const cell = row[at] ?? ''
        const space = ' '.repeat((widths[at] ?? 0) - textWidth(cell))
        return side === 'left' ? cell + space : space + cell
      })
      .join('  ')
      .trimEnd(),
  )
}
