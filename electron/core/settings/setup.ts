import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { fromBase64Url } from '../../../shared/bytes.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import { type EnrolmentCode, enrolmentCode } from '../../../shared/province-api.ts'
import type { CodeRead } from '../../../shared/settings-api.ts'
import type { Done, Notice } from '../../../shared/terminal-api.ts'
import type { Documents } from '../store/documents.ts'
import type { Drive } from '../usb/drives.ts'
import { isSystemError } from '../usb/stick.ts'

/** The file on a stick that holds an enrolment code. */
export const codeFile = 'aixin-enrolment.json'
const mostBytes = 4096

type Step = 'code' | 'devices' | null
type Refused = { result: 'refused'; notice: Notice }

/** The first start of a terminal: from nothing to the first shift. */
export interface Setup {
  /** Where it stands; null: nothing is left to do. */
  step(): Step
  read(text: string): { result: 'read'; code: CodeRead } | Refused
  fromStick(): { result: 'read'; text: string } | Refused
  enrol(text: string): Promise<Done>
  finish(): Done
}

const refuse = (code: ProblemCode): Refused => ({ result: 'refused', notice: { code, values: {} } })

/**
 * What a person typed, scanned or brought on a stick: the JSON that the province printed, or its four parts as words: address, terminal,
 * secret, hash of the root key. Null where it is neither.
 */
export function parseEnrolmentCode(text: string): EnrolmentCode | null {
  const [address, terminal, secret, rootKeyHash, ...rest] = text.trim().split(/\s+/)
  const words = rest.length === 0 && rootKeyHash !== undefined ? { v: 1, address, terminal, secret, rootKeyHash } : null
  const code = enrolmentCode.safeParse(words ?? asJson(text)).data
  return code !== undefined && isSecret(code.secret) ? code : null
}

/** A letter that was copied wrongly may leave bits that no 16 bytes have. */
function isSecret(text: string): boolean {
  try {
    return fromBase64Url(text).length === 16
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Whatever is no JSON is no code.
    return null
  }
}

/** What stands in the way of a first start reads otherwise than in the midst of service. */
const asSaidHere: Partial<Record<ProblemCode, ProblemCode>> = {
  PROVINCE_UNREACHABLE: 'ENROLMENT_OFFLINE',
  PROVINCE_FALSE: 'ENROLMENT_ELSEWHERE',
}

export function createSetup(parts: {
  documents: Documents
  /** A site that keeps the code in its configuration sees none of this. */
  configured: boolean
  enrolled(): boolean
  enrol(code: EnrolmentCode): Promise<ProblemCode | null>
  sticks(): Drive[]
  onChange(): void
}): Setup {
  const { documents } = parts
  const begun = z.boolean()

  return {
    step() {
      if (parts.configured) return null
      if (!parts.enrolled()) return 'code'
      return documents.read('setup-open', begun) === true ? 'devices' : null
    },
    read(text) {
      const code = parseEnrolmentCode(text)
      if (code === null) return refuse('ENROLMENT_UNREADABLE')
      return { result: 'read', code: { address: code.address, terminal: code.terminal, site: code.site ?? null } }
    },
    fromStick() {
      for (const { path } of parts.sticks()) {
        try {
          const bytes = readFileSync(join(path, codeFile))
          if (bytes.length <= mostBytes) return { result: 'read', text: bytes.toString('utf8') }
        } catch (error) {
          // No such file on this stick, or it was pulled out.
          if (!isSystemError(error)) throw error
        }
      }
      return refuse('ENROLMENT_NO_FILE')
    },
    async enrol(text) {
      const code = parseEnrolmentCode(text)
      if (code === null) return refuse('ENROLMENT_UNREADABLE')
      if (parts.enrolled()) return refuse('ENROLMENT_DONE')
      documents.write('setup-open', true)
      const problem = await parts.enrol(code)
      parts.onChange()
      return problem === null ? { result: 'done' } : refuse(asSaidHere[problem] ?? problem)
    },
    finish() {
      documents.write('setup-open', false)
      parts.onChange()
      return { result: 'done' }
    },
  }
}
