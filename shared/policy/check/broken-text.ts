import { brokenTexts } from '../parse-pack.ts'
import { error, type Finding } from './finding.ts'

/** Text with half a character in it, which no record can hold. */
export function brokenText(json: unknown): Finding[] {
  return brokenTexts(json).map(path =>
    error(
      'broken-text',
      path,
      '文字里有半个字符（编码损坏），请重新输入这段文字',
      'the text holds half a character (damaged encoding); type it again',
    ),
  )
}
