import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { PageRole } from './core/host.ts'

/**
 * Who may use the browser host: whoever opens it with a single-use launch token gets a cookie for the page that the token was made for, and
 * only that cookie opens the rest. The two are different secrets, since a token in a command line can be seen by other programs.
 */
export interface LaunchGate {
  /** A new single-use token of 32 bytes as base64url, for one role. */
  newToken(role: PageRole): string
  /** The role and the `Set-Cookie` value of the right token, which is spent by this; null for any other. */
  spend(token: string): { role: PageRole; cookie: string } | null
  /** The role that the request's cookies open, staff before a kiosk before customer; null for none. */
  roleOf(request: IncomingMessage): PageRole | null
}

/** A gate of one browser host. Cookies do not tell ports apart, so a cookie's name carries the port. `firstToken` is for `firstRole`. */
export function launchGate(port: number, firstToken?: string, firstRole: PageRole = 'staff'): LaunchGate {
  const secret = () => randomBytes(32).toString('base64url')
  const sessions: Record<PageRole, string> = { staff: secret(), kiosk: secret(), customer: secret() }
  const cookieName = (role: PageRole) => `aixin-${port}-${role}`
  const tokens = new Map<string, PageRole>(firstToken === undefined ? [] : [[firstToken, firstRole]])

  return {
    newToken: role => {
      const token = secret()
      tokens.set(token, role)
      return token
    },
    spend: token => {
      for (const [known, role] of tokens)
        if (sameSecret(known, token)) {
          tokens.delete(known)
          return { role, cookie: `${cookieName(role)}=${sessions[role]}; HttpOnly; SameSite=Strict; Path=/` }
        }
      return null
    },
    roleOf: request => {
      const opens = (role: PageRole) =>
        cookies(request, cookieName(role)).some(value => sameSecret(sessions[role], value))
      return (['staff', 'kiosk', 'customer'] as const).find(opens) ?? null
    },
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
