import { type Assurance, type Credential, cardKey, cardTail } from '../../../shared/credential.ts'
import { type ElderCodeKind, parseElderCode } from '../../../shared/elder-code.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { FullSenior, ThinSenior } from '../../../shared/senior.ts'
import type { Site } from '../../../shared/site.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { CodeKeys } from '../store/code-keys.ts'
import type { UsedCodes } from '../store/codes.ts'
import type { Roster } from '../store/roster.ts'
import { type CodeProblem, judgeCode, REPLAY_MEMORY_SECONDS, verifyEd25519 } from './judge-code.ts'

/** Who a credential stands for, as far as this terminal can tell. */
export type Identified = {
  readonly ok: true
  /** A `full` senior can be priced; a `thin` one and null (nobody here knows them) eat at the list price with a pending claim. */
  readonly senior: FullSenior | ThinSenior | null
  readonly means: Credential['means']
  readonly assurance: Assurance
  readonly codeKind: ElderCodeKind | null
  /** What a stranger showed, for the province to tell who it was. */
  readonly credentialKey: string
  readonly tail: string | null
  /** Call once, when the check-in is opened: a dynamic code counts as used from then on. */
  spend(): void
}

export type Identification =
  | Identified
  | {
      readonly ok: false
      readonly problem: ProblemCode
      readonly means: Credential['means']
      readonly values?: Notice['values']
    }

const codeProblems: Record<CodeProblem, ProblemCode> = {
  CODE_KEY_UNKNOWN: 'CODE_KEY_UNKNOWN',
  CODE_KEY_EXPIRED: 'CODE_KEY_UNKNOWN',
  CODE_KEY_REVOKED: 'CODE_REVOKED',
  CODE_NOT_FOR_HERE: 'CODE_NOT_FOR_HERE',
  CODE_FORGED: 'CODE_FORGED',
  CODE_LIVES_TOO_LONG: 'CODE_FORGED',
  CODE_FROM_FUTURE: 'CODE_FROM_FUTURE',
  CODE_EXPIRED: 'CODE_EXPIRED',
  CODE_REVOKED: 'CODE_REVOKED',
  CODE_REPLACED: 'CODE_REVOKED',
  CODE_REPLAYED: 'CODE_REPLAYED',
}

export interface IdentifyParts {
  readonly roster: Roster
  readonly codes: UsedCodes
  readonly codeKeys: Pick<CodeKeys, 'current'>
  site(): Site | null
  now(): number
  clockIsTrusted(): boolean
}

/** Resolves a credential on the local roster, or says what to do next. Reads only; nothing is spent until `spend`. */
export function identify(credential: Credential, parts: IdentifyParts): Identification {
  return credential.means === 'card' ? byCard(credential, parts) : byCode(credential.code.text, parts)
}

function byCard(credential: Extract<Credential, { means: 'card' }>, { roster }: IdentifyParts): Identification {
  const key = cardKey(credential.card)
  if (roster.cardIsLost(key)) return { ok: false, problem: 'CARD_LOST', means: 'card' }
  return {
    ok: true,
    senior: roster.byCard(key),
    means: 'card',
    assurance: 'presented',
    codeKind: null,
    credentialKey: key,
    tail: cardTail(credential.card),
    spend: () => undefined,
  }
}

function byCode(text: string, parts: IdentifyParts): Identification {
  const { roster, codes } = parts
  const parsed = parseElderCode(text)
  if (!parsed.ok) return { ok: false, problem: parsed.problem, means: 'code' }
  const site = parts.site()
  if (site === null) return { ok: false, problem: 'NOT_ENROLLED', means: 'code' }
  const nowSeconds = Math.floor(parts.now() / 1000)
  const judged = judgeCode(parsed.token, {
    keys: parts.codeKeys.current(),
    site,
    nowSeconds,
    clockTrusted: parts.clockIsTrusted(),
    deviceKeys: (id: SeniorId) => roster.bySenior(id)?.deviceKeys ?? [],
    seen: codes.seen,
    lastCounter: codes.lastCounter,
    cardVersion: (id: SeniorId) => roster.bySenior(id)?.codesSince ?? null,
    revokedBefore: roster.codesRevokedBefore,
    serialRevoked: roster.paperIsRevoked,
    verify: verifyEd25519,
  })
  if (!judged.ok) return { ok: false, problem: codeProblems[judged.problem], means: 'code' }
  return {
    ok: true,
    senior: roster.bySenior(judged.seniorId),
    means: 'code',
    assurance: judged.assurance,
    codeKind: judged.kind,
    credentialKey: judged.seniorId,
    tail: null,
    spend() {
      if (judged.kind === 'dynamic')
        codes.spend({ ...judged, forgetAt: judged.expiresAt + REPLAY_MEMORY_SECONDS }, nowSeconds)
    },
  }
}
