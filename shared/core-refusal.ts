import { problemCode } from './problems.ts'
import type { Notice } from './terminal-api.ts'

/** The WebSocket close code under which a host tells a page why the core does not start again. */
export const refusalClose = 4000

/** What the host says to a page in the core's place: as the reason of a close, at most 123 bytes, or over a port. */
export function refusalText(refused: Notice): string {
  return JSON.stringify({ refused: { code: refused.code, values: {} } })
}

/** Reads `refusalText`; null for anything else. Without an object schema: those try to make functions of text, which the page's policy forbids. */
export function readRefusal(text: unknown): Notice | null {
  if (typeof text !== 'string' || !text.startsWith('{"refused"')) return null
  try {
    const { refused }: { refused?: { code?: unknown } } = JSON.parse(text)
    const code = problemCode.safeParse(refused?.code)
    return code.success ? { code: code.data, values: {} } : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
