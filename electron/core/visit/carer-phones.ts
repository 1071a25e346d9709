import { z } from 'zod'
import { fromBase64Url, toBase64Url } from '../../../shared/bytes.ts'
import { bytes32, type OperatorId, type RecordId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import { type AnswerVerdict, judgeCarerAnswer } from '../../../shared/visit/carer-answer.ts'
import { carerLink } from '../../../shared/visit/carer-link.ts'
import { type CarerId, carerId, type SiteCarer } from '../../../shared/visit/service.ts'
import { windowAt } from '../../../shared/visit/station-code.ts'
import { type Appended, appendOnce } from '../append-once.ts'
import { spendCode, usedWindows } from './station-codes.ts'
import type { VisitHouse } from './visit-house.ts'

const keysName = 'carer-phones'
const keys = z.array(z.strictObject({ carer: carerId, key: bytes32 }))
const wrongName = 'carer-answers-wrong'
const wrong = z.array(z.int())
/** Eight digits that somebody guesses are right once in millions of tries: after so many wrong ones answers rest for as many windows. */
const wrongTries = 10
const restWindows = 5

const problems: Record<Exclude<AnswerVerdict['verdict'], 'fresh'>, ProblemCode> = {
  used: 'CARER_ANSWER_USED',
  stale: 'CARER_ANSWER_STALE',
  none: 'CARER_ANSWER_NONE',
  unknown: 'CARER_ANSWER_UNKNOWN',
}

type Parts = Pick<VisitHouse, 'documents' | 'siteKey' | 'terminal' | 'clock' | 'carer'>

const keysOf = ({ documents }: Pick<Parts, 'documents'>) => documents.read(keysName, keys) ?? []

/** True where a phone of this carer holds a key of this terminal. */
export const hasPhone = (parts: Pick<Parts, 'documents'>, carer: CarerId): boolean =>
  keysOf(parts).some(one => one.carer === carer)

/**
 * Makes a key for a carer's phone, which takes the place of the one before, or withdraws it, with a record of which station lead let it be.
 * `link`: to be shown once, null where it was withdrawn.
 */
export async function recordCarerPhone(
  house: VisitHouse,
  id: RecordId,
  { carer, page }: { readonly carer: SiteCarer; readonly page: string | null },
  by: { readonly operator: OperatorId; readonly approver: OperatorId },
): Promise<{ recorded: Appended; link: string | null }> {
  const others = keysOf(house).filter(one => one.carer !== carer.id)
  const key = toBase64Url(house.suite.randomBytes(32))
  const payload = { of: null, what: page === null ? 'carer-phone-withdrawn' : 'carer-phone', reason: carer.id, ...by }
  const recorded = await appendOnce(house.ledger, id, () => [
    {
      draft: { kind: 'override', id, at: house.clock.now(), payload },
      also() {
        house.documents.write(keysName, page === null ? others : [...others, { carer: carer.id, key }])
        return true
      },
    },
  ])
  if (page === null) return { recorded, link: null }
  const names = { siteName: house.site()?.name ?? '', carerName: carer.name }
  return { recorded, link: carerLink(page, { terminal: house.terminal(), carer: carer.id, key, ...names }) }
}

/** Whose phone answered the code of which window. */
export interface Answered {
  readonly carer: CarerId
  readonly window: number
}

/**
 * Reads an answer, or says why it does not count. A good one is spent with it; a wrong one counts as a try.
 * @param held what was answered for the same person already, which a camera may see once more
 */
export function takeAnswer(parts: Parts, text: string, held: Answered | null): Answered | Notice {
  const siteKey = parts.siteKey()
  if (siteKey === null) return { code: 'NOT_ENROLLED', values: {} }
  const now = parts.clock.now()
  const tries = (parts.documents.read(wrongName, wrong) ?? []).filter(one => windowAt(now) - one < restWindows)
  if (tries.length >= wrongTries) return { code: 'CARER_ANSWER_REST', values: {} }
  const usedBy = (carer: CarerId) =>
    usedWindows(parts, carer).filter(window => held?.carer !== carer || held.window !== window)
  const phones = keysOf(parts).flatMap(({ carer, key }) =>
    parts.carer(carer) === null ? [] : [{ carer, key: fromBase64Url(key), used: usedBy(carer) }],
  )
  const judged = judgeCarerAnswer(text, { siteKey, terminal: parts.terminal(), now }, phones)
  if (judged.verdict === 'unknown') parts.documents.write(wrongName, [...tries, windowAt(now)])
  const carer = judged.verdict === 'fresh' ? parts.carer(judged.carer) : null
  if (judged.verdict !== 'fresh' || carer === null)
    return { code: problems[judged.verdict === 'fresh' ? 'none' : judged.verdict], values: {} }
  spendCode(parts, judged.window, carer.id)
  return { carer: carer.id, window: judged.window }
}
