import { sayProblem } from '../shared/problems.ts'
import type { Notice } from '../shared/terminal-api.ts'

/** Why a host or a command cannot go on: thrown to whoever started it, who puts it into words and an exit code. */
export class HostProblem extends Error {
  readonly notice: Notice

  constructor(notice: Notice) {
    super(`${notice.code}: ${sayProblem(notice.code, notice.values, 'en')}`)
    this.notice = notice
  }
}
