import { type Path, pathText } from './finding.ts'

/** Where the text of a file stops being JSON, and what is wrong there. Line and column count from 1. */
export type TextFault = { readonly line: number; readonly column: number; readonly zh: string; readonly en: string }

/** The lines on which the parts of a JSON text begin, by path; and keys that stand twice in one object, of which only the last would count. */
export type TextMap = {
  readonly lines: ReadonlyMap<string, number>
  readonly repeatedKeys: readonly { readonly path: Path; readonly line: number; readonly column: number }[]
}

export type ScannedText =
  | { readonly ok: true; readonly map: TextMap }
  | { readonly ok: false; readonly fault: TextFault }

const deepest = 500

class Halt extends Error {
  readonly at: number
  readonly zh: string
  readonly en: string
  constructor(at: number, zh: string, en: string) {
    super(en)
    this.at = at
    this.zh = zh
    this.en = en
  }
}

/** Reads a JSON text for places only. Never throws; nesting beyond 500 levels is a fault. */
export function scanJson(text: string): ScannedText {
  const starts = lineStarts(text)
  const lines = new Map<string, number>()
  const repeatedKeys: { path: Path; line: number; column: number }[] = []
  let at = 0

  const place = (offset: number) => {
    const line = lineOf(starts, offset)
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 }
  }
  const halt = (zh: string, en: string, offset = at): never => {
    throw new Halt(offset, zh, en)
  }
  const skip = () => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at += 1
  }

  function value(path: Path): void {
    skip()
    lines.set(pathText(path), place(at).line)
    if (path.length > deepest) halt(`嵌套超过 ${deepest} 层`, `nested more than ${deepest} levels deep`)
    const letter = text[at]
    if (letter === '{') members(path)
    else if (letter === '[') items(path)
    else if (letter === '"') string()
    else word()
  }

  function members(path: Path): void {
    const seen = new Set<string>()
    at += 1
    skip()
    if (text[at] === '}') {
      at += 1
      return
    }
    for (;;) {
      const start = at
      if (text[at] !== '"') unexpected('这里应是加双引号的名称', 'a name in double quotes belongs here')
      const key = string()
      if (seen.has(key)) repeatedKeys.push({ path: [...path, key], ...place(start) })
      seen.add(key)
      skip()
      if (text[at] !== ':') unexpected('名称后面缺冒号 :', 'a colon : is missing after the name')
      at += 1
      value([...path, key])
      if (ends('}')) return
    }
  }

  function items(path: Path): void {
    at += 1
    skip()
    if (text[at] === ']') {
      at += 1
      return
    }
    for (let index = 0; ; index += 1) {
      value([...path, index])
      if (ends(']')) return
    }
  }

  function ends(bracket: '}' | ']'): boolean {
    skip()
    if (text[at] === bracket) {
      at += 1
      return true
    }
    if (text[at] !== ',') unexpected(`这里缺逗号 , 或 ${bracket}`, `a comma , or ${bracket} is missing here`)
    const comma = at
    at += 1
    skip()
    if (text[at] === bracket) halt(`${bracket} 前面多了一个逗号，请删去`, `remove the comma before ${bracket}`, comma)
    return false
  }

  function string(): string {
    const start = at
    at += 1
    for (;;) {
      const letter = text[at]
      if (letter === undefined || letter === '\n')
        halt('这段文字没有收尾的双引号', 'this text has no closing double quote', start)
      else if (letter < ' ')
        halt('文字里有看不见的控制字符，请删去', 'the text holds an invisible control character; remove it')
      else if (letter === '"') break
      else if (letter !== '\\') at += 1
      else if (/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at, at + 6))) at += text[at + 1] === 'u' ? 6 : 2
      else
        halt(
          '反斜杠 \\ 后面的写法不对；要写反斜杠本身，请写两个',
          'wrong after a backslash; write two for the backslash itself',
        )
    }
    at += 1
    return String(JSON.parse(text.slice(start, at)))
  }

  function word(): void {
    const found = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/.exec(
      text.slice(at, at + 400),
    )
    if (found === null) unexpected('这里应是一个值（文字要加双引号）', 'a value belongs here (text in double quotes)')
    else at += found[0].length
  }

  function unexpected(zh: string, en: string): never {
    const letter = text[at]
    if (letter === undefined) return halt('文件到这里就断了，后面缺内容', 'the file breaks off here')
    if (/[“”‘’「」：，、｛｝【】［］；]/.test(letter))
      return halt(
        `这里是中文标点 ${letter}，请换成英文半角标点`,
        `${letter} is full-width punctuation; use the plain ASCII sign`,
      )
    if (letter === "'") return halt('请用双引号，不用单引号', 'use double quotes, not single ones')
    if (letter === '/' || letter === '#') return halt('JSON 里不能写注释，请删去', 'JSON holds no comments; remove it')
    return halt(zh, en)
  }

  try {
    if (text.startsWith('\u{FEFF}'))
      halt(
        '文件以 BOM 开头，请另存为不带 BOM 的 UTF-8',
        'the file begins with a byte-order mark; save it as UTF-8 without BOM',
      )
    value([])
    skip()
    if (at < text.length)
      unexpected('文件在这里本该结束，后面多了内容', 'the file should end here; remove what follows')
    return { ok: true, map: { lines, repeatedKeys } }
  } catch (thrown) {
    if (!(thrown instanceof Halt)) throw thrown
    return { ok: false, fault: { ...place(thrown.at), zh: thrown.zh, en: thrown.en } }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** Line of an offset, by halving. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low + 1
}

/** Line of a place, or of the nearest part around it that the text holds. */
export function lineAt({ lines }: TextMap, path: string): number | undefined {
  for (let place = path; ; place = place.slice(0, Math.max(place.lastIndexOf('.'), place.lastIndexOf('['), 0))) {
    const line = lines.get(place)
    if (line !== undefined || place === '') return line
  }
}
