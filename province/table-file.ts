import { z } from 'zod'
import { csvRows } from '../shared/csv-rows.ts'

/** What is wrong with a line of a file, as spreadsheets number it; of a JSON list its place, from 1. */
export interface LineFault {
  readonly line: number
  readonly zh: string
  readonly en: string
}

/** One line of a table; a cell that is not there is empty. */
export interface TableLine<Column extends string> {
  readonly line: number
  cell(column: Column): string
}

const scalar = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform(value => (value === null ? '' : String(value).trim()))
const jsonList = z.array(z.record(z.string(), scalar))

/**
 * Reads comma-separated values with a heading, or a JSON list of objects whose members are named like one.
 * @param columns each column with all headings that it may have
 */
export function readTable<Column extends string>(
  text: string,
  columns: Readonly<Record<Column, readonly string[]>>,
  needed: readonly Column[],
):
  | { readonly ok: true; readonly lines: readonly TableLine<Column>[] }
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
  const lines = rows.map(({ line, cells }) => ({
    line,
    cell: (column: Column) => columns[column].flatMap(title => cells.get(title) ?? [])[0] ?? '',
  }))
  return { ok: true, lines }
}

interface Row {
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
}

function rowsOf(text: string): Row[] | null {
  try {
    if (/^\ufeff?\s*\[/.test(text)) {
      const list = jsonList.safeParse(JSON.parse(text.replace(/^\ufeff/, '')))
      return list.data?.map((one, at) => ({ line: at + 1, cells: new Map(Object.entries(one)) })) ?? null
    }
    const [head = [], ...lines] = csvRows(text)
    return lines.map((cells, at) => ({
      line: at + 2,
      cells: new Map(head.map((title, place) => [title, cells[place] ?? ''])),
    }))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
