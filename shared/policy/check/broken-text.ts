import { error, type Finding, type Path } from './finding.ts'

/** Text with half a character in it (a lone surrogate): no record can hold it, so that a quote which shows it would fail. */
export function brokenText(value: unknown, path: Path = []): Finding[] {
  if (typeof value === 'string')
    return value.isWellFormed()
      ? []
      : [
          error(
            'broken-text',
            path,
            '文字里有半个字符（编码损坏），请重新输入这段文字',
            'the text holds half a character (damaged encoding); type it again',
          ),
        ]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    brokenText(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}
