import type { z } from 'zod'
import { error, type Finding, type Path, valueAt } from './finding.ts'
import { advice, nearest } from './nearest.ts'
import { allKeys, keysAt } from './schema-keys.ts'

type Issue = z.core.$ZodIssue
type Words = { readonly zh: string; readonly en: string }

/** What keeps JSON from having the form of a pack, by the issues of the schema: unknown, missing and misspelt keys and words, wrong kinds of values. */
export function schemaFaults(json: unknown, found: readonly Issue[]): Finding[] {
  const issues = found.flatMap(issue => flatten(issue, []))
  const misspelt = new Set<string>()
  for (const { issue, path } of issues)
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) misspelt.add(JSON.stringify([...path, nearest(key, keysAt(json, path))]))
  return issues.flatMap(({ issue, path }) =>
    // A key that is missing because it stands there misspelt is told once.
    isMissing(json, path) && misspelt.has(JSON.stringify(path)) ? [] : findingsOf(issue, path, json),
  )
}

type Placed = { readonly issue: Issue; readonly path: Path }

/** Of a value that may be written in several ways, tells what is wrong with the way that was tried. */
function flatten(issue: Issue, before: Path): Placed[] {
  const path = [...before, ...issue.path.map(part => (typeof part === 'symbol' ? String(part) : part))]
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ issue, path }]
  const tried = issue.errors.filter(list => !list.some(item => item.path.length === 0 && isOtherKind(item)))
  const [closest] = tried.toSorted((left, right) => left.length - right.length)
  return closest === undefined ? [{ issue, path }] : closest.flatMap(item => flatten(item, path))
}

function isOtherKind({ code }: Issue): boolean {
  return code === 'invalid_type' || code === 'invalid_value'
}

function isMissing(json: unknown, path: Path): boolean {
  return path.length > 0 && valueAt(json, path) === undefined
}

function findingsOf(issue: Issue, path: Path, json: unknown): Finding[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownKey(key, path, json))
  if (isMissing(json, path)) {
    const key = String(path.at(-1))
    const kinds =
      issue.code === 'invalid_union' && 'options' in issue
        ? advice('', (issue.options ?? []).map(String))
        : { zh: '请补上', en: 'add it' }
    return [error('missing-key', path, `缺少 “${key}”，${kinds.zh}`, `"${key}" is missing; ${kinds.en}`)]
  }
  const [code, { zh, en }] = wordsOf(issue, path, valueAt(json, path))
  return [error(code, path, zh, en)]
}

function unknownKey(key: string, path: Path, json: unknown): Finding {
  const known = keysAt(json, path)
  const near = nearest(key, known)
  if (near === undefined && allKeys().has(key))
    return error(
      'unknown-key',
      [...path, key],
      `“${key}” 不能写在这里；这里可以写：${known.join('、')}`,
      `"${key}" has no place here; here may stand: ${known.join(', ')}`,
    )
  const { zh, en } = advice(key, known)
  return error('unknown-key', [...path, key], `政策语言里没有 “${key}”：${zh}`, `the language has no "${key}": ${en}`)
}

function wordsOf(issue: Issue, path: Path, value: unknown): readonly [string, Words] {
  switch (issue.code) {
    case 'invalid_type':
      return ['wrong-kind', wrongKind([issue.expected], value)]
    case 'invalid_value':
      return ['unknown-word', unknownWord(value, issue.values.map(String))]
    case 'invalid_union':
      return 'options' in issue && issue.options !== undefined
        ? ['unknown-word', unknownWord(value, issue.options.map(String))]
        : [
            'wrong-kind',
            wrongKind(
              issue.errors.flatMap(list => list.flatMap(item => ('expected' in item ? [item.expected] : []))),
              value,
            ),
          ]
    case 'too_small':
      return ['out-of-range', bound(issue.origin, value, '至少', 'at least', Number(issue.minimum))]
    case 'too_big':
      return ['out-of-range', bound(issue.origin, value, '最多', 'at most', Number(issue.maximum))]
    case 'invalid_format':
      return ['wrong-form', wrongForm(issue.format, path, value)]
    default:
      return [
        'wrong-form',
        {
          zh: `${show(value)} 不合要求（${issue.message}），请改正`,
          en: `${show(value)} does not fit (${issue.message}); correct it`,
        },
      ]
  }
}

function unknownWord(value: unknown, known: readonly string[]): Words {
  const { zh, en } = advice(String(value), known)
  return { zh: `没有 ${show(value)} 这种写法：${zh}`, en: `${show(value)} is not known here: ${en}` }
}

const kinds: Readonly<Record<string, Words>> = {
  string: { zh: '文字（加双引号）', en: 'text in double quotes' },
  number: { zh: '数字（不加引号）', en: 'a number without quotes' },
  int: { zh: '整数（金额以分为单位，3 元写 300）', en: 'a whole number (money in fen: 3 yuan is 300)' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表 [ … ]', en: 'a list [ … ]' },
  object: { zh: '一组键值 { … }', en: 'a group { … }' },
  record: { zh: '一组键值 { … }', en: 'a group { … }' },
}

function wrongKind(expected: readonly string[], value: unknown): Words {
  const names = [...new Set(expected)].map(name => kinds[name] ?? { zh: name, en: name })
  return {
    zh: `${show(value)} 不对，这里应写${names.map(({ zh }) => zh).join('，或')}`,
    en: `${show(value)} is wrong; write ${names.map(({ en }) => en).join(', or ')}`,
  }
}

function bound(origin: string, value: unknown, zh: string, en: string, limit: number): Words {
  const [unitZh, unitEn] =
    origin === 'array' ? [' 项', ' items'] : origin === 'string' ? [' 个字', ' letters'] : ['', '']
  return {
    zh: `${show(value)} 不在范围内：${zh} ${limit}${unitZh}，请改正`,
    en: `${show(value)} is out of range: ${en} ${limit}${unitEn}; correct it`,
  }
}

function wrongForm(format: string, path: Path, value: unknown): Words {
  if (format === 'date')
    return {
      zh: `${show(value)} 不是日期：请写成 2026-01-31 这样，并且确有这一天`,
      en: `${show(value)} is no date: write it as 2026-01-31, and a day that exists`,
    }
  if (path.at(-2) === 'time' || path.at(-1) === 'time')
    return {
      zh: `${show(value)} 不是时刻：请写成 09:30 这样，00:00 至 23:59`,
      en: `${show(value)} is no clock time: write it as 09:30, from 00:00 to 23:59`,
    }
  return {
    zh: `${show(value)} 不能作编号：只用英文字母、数字和 . _ + -，以字母或数字开头，最多 64 个`,
    en: `${show(value)} cannot be an id: use letters, digits and . _ + -, beginning with a letter or digit, at most 64`,
  }
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? '-'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
