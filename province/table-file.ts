import { z } from 'zod'
import { csvLines } from '../shared/csv-rows.ts'

/** What is wrong with a line of a file, as spreadsheets number it; of a JSON list its place, from 1. */
export interface LineFault {
  readonly line: number
  readonly zh: string
  readonly en: string
}

/** One line of a table; a cell that is not there is empty. */
export interface TableLine<Column extends string> {
  readonly line: number
  /** It holds more than there are headings: a comma within a cell that is not quoted. */
  readonly isTooLong: boolean
  cell(column: Column): string
  /** The file has this column. */
  has(column: Column): boolean
}

const scalar = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform(value => (value === null ? '' : String(value).trim()))
const jsonList = z.array(z.record(z.string(), scalar))

/**
 * Reads comma-separated values with a heading, or a JSON list of objects whose members are named like one.
 * @param columns each column with all headings that it may have; `strangers` are headings of none
 */
export function readTable<Column extends string>(
  text: string,
  columns: Readonly<Record<Column, readonly string[]>>,
  needed: readonly Column[],
):
  | { readonly ok: true; readonly lines: readonly TableLine<Column>[]; readonly strangers: readonly string[] }
  | { readonly ok: false; readonly fault: LineFault } {
  const rows = rowsOf(text)
  if (rows === null)
    return {
      ok: false,
      fault: { line: 1, zh: '文件读不懂，要 CSV 或 JSON 列表', en: 'this is no CSV and no JSON list' },
    }
  const headings = new Set(rows.flatMap(({ cells }) => [...cells.keys()]))
  const lacking = needed.filter(column => !columns[column].some(title => headings.has(title)))
  if (rows.length === 0) return { ok: false, fault: { line: 1, zh: '名单是空的', en: 'the list is empty' } }
  if (lacking.length > 0) {
    const [zh, en] = [0, 1].map(at => lacking.map(column => columns[column][at] ?? column).join('、'))
    return { ok: false, fault: { line: 1, zh: `缺这些列：${zh}`, en: `these columns are needed: ${en}` } }
  }
  const lines = rows.map(({ line, cells, isTooLong }) => ({
    line,
    isTooLong,
    cell: (column: Column) => columns[column].flatMap(title => cells.get(title) ?? [])[0] ?? '',
    has: (column: Column) => columns[column].some(title => cells.has(title)),
  }))
  const known = new Set(Object.values<readonly string[]>(columns).flat())
  return { ok: true, lines, strangers: [...headings].filter(heading => heading !== '' && !known.has(heading)) }
}

interface Row {
  readonly line: number
  readonly isTooLong: boolean
  readonly cells: ReadonlyMap<string, string>
}

function rowsOf(text: string): Row[] | null {
  try {
    if (/^\ufeff?\s*\[/.test(text)) {
      const list = jsonList.safeParse(JSON.parse(text.replace(/^\ufeff/, '')))
      return (
        list.data?.map((one, at) => ({ line: at + 1, isTooLong: false, cells: new Map(Object.entries(one)) })) ?? null
      )
    }
    const [head, ...lines] = csvLines(text)
    const titles = head?.cells ?? []
    return lines.map(({ line, cells }) => ({
      line,
      isTooLong: cells.slice(titles.length).some(cell => cell !== ''),
      cells: new Map(titles.map((title, place) => [title, cells[place] ?? ''])),
    }))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
