import { z } from 'zod'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { CarerId, SiteService } from '../../../shared/visit/service.ts'
import {
  codeWindow,
  judgeStationCode,
  stationCode,
  stationCodeText,
  windowAt,
} from '../../../shared/visit/station-code.ts'
import type { VisitParts } from './visit-house.ts'

const documentName = 'station-codes-used'
const used = z.array(z.strictObject({ carer: z.string(), window: z.int() }))
/** So many used codes are remembered, and not for so long: a clock that was ahead and is put right again must not make one count twice. */
const kept = 500

const problems: Record<'used' | 'stale' | 'unknown' | 'elsewhere', ProblemCode> = {
  used: 'STATION_CODE_USED',
  stale: 'STATION_CODE_STALE',
  unknown: 'STATION_CODE_UNKNOWN',
  elsewhere: 'STATION_CODE_UNKNOWN',
}

type Parts = Pick<VisitParts, 'documents' | 'siteKey' | 'terminal' | 'clock'>

/** The code that the station's screen shows now; null before the terminal is enrolled. */
export function codeNow({ siteKey, terminal: name, clock }: Parts): { text: string; qr: string; until: number } | null {
  const key = siteKey()
  if (key === null) return null
  const terminal = name()
  const window = windowAt(clock.now())
  const text = stationCode(key, terminal, window)
  return { text, qr: stationCodeText(terminal, text), until: (window + 1) * codeWindow }
}

/** What a carer typed of the station's screen: the window in which it was shown, or why it does not count. */
export function readCode(
  parts: Parts,
  text: string,
  service: SiteService | null,
  carer: CarerId | null,
): number | Notice {
  const siteKey = parts.siteKey()
  if (siteKey === null) return { code: 'NOT_ENROLLED', values: {} }
  if (service?.where === 'home') return { code: 'STATION_CODE_HOME', values: {} }
  const at = { siteKey, terminal: parts.terminal(), now: parts.clock.now() }
  const judged = judgeStationCode(text, at, usedWindows(parts, carer))
  return judged.verdict === 'fresh' ? judged.window : { code: problems[judged.verdict], values: {} }
}

const usedCodes = ({ documents }: Pick<Parts, 'documents'>) => documents.read(documentName, used) ?? []

/** The windows whose code this carer has shown already; null: nobody in particular. */
export function usedWindows(parts: Pick<Parts, 'documents'>, carer: CarerId | null): readonly number[] {
  return usedCodes(parts).flatMap(one => (one.carer === (carer ?? '') ? [one.window] : []))
}

/** Inside the transaction of the visit that it was shown for, or at once where a carer's phone answered it. */
export function spendCode(parts: Pick<Parts, 'documents'>, window: number, carer: CarerId | null): void {
  const others = usedCodes(parts).filter(one => one.carer !== (carer ?? '') || one.window !== window)
  parts.documents.write(documentName, [...others, { carer: carer ?? '', window }].slice(-kept))
}
