import { sayProblem } from '../../shared/problems.ts'
import type { Notice } from '../../shared/terminal-api.ts'

/** A notice in plain words for a terminal window: Chinese, English, and what to do next in both. */
export function noticeLines({ code, values }: Notice): string[] {
  return [
    `${sayProblem(code, values, 'zh')}。${sayProblem(code, values, 'zh', 'next')}。`,
    `${sayProblem(code, values, 'en')}. ${sayProblem(code, values, 'en', 'next')}. [${code}]`,
  ]
}
