import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Who may use the browser host: whoever opens it with a single-use launch token gets a cookie, and only that cookie opens the rest.
 * The two are different secrets, since a token in a command line can be seen by other programs of the machine.
 */
export interface LaunchGate {
  /** A new single-use token of 32 bytes as base64url. */
  newToken(): string
  /** The `Set-Cookie` value for the right token, which is spent by this; null for any other. */
  spend(token: string): string | null
  /** True where the request carries the session's cookie. */
  admits(request: IncomingMessage): boolean
}

/** A gate of one browser host. Cookies do not tell ports apart, so the cookie's name carries the port. */
export function launchGate(port: number, firstToken?: string): LaunchGate {
  const cookieName = `aixin-${port}`
  const session = randomBytes(32).toString('base64url')
  const tokens = new Set<string>(firstToken === undefined ? [] : [firstToken])

  return {
    newToken: () => {
      const token = randomBytes(32).toString('base64url')
      tokens.add(token)
      return token
    },
    spend: token => {
      for (const known of tokens)
        if (sameSecret(known, token)) {
          tokens.delete(known)
          return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`
        }
      return null
    },
    admits: request => cookies(request, cookieName).some(value => sameSecret(session, value)),
  }
}

/** Compares in constant time; hashed first, so that the lengths are equal. */
function sameSecret(known: string, given: string): boolean {
  return timingSafeEqual(createHash('sha256').update(known).digest(), createHash('sha256').update(given).digest())
}

function cookies(request: IncomingMessage, name: string): string[] {
  return (request.headers.cookie ?? '')
    .split(';')
    .map(pair => pair.trim())
    .filter(pair => pair.startsWith(`${name}=`))
    .map(pair => pair.slice(name.length + 1))
}
