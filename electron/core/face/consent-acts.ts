import Database from 'better-sqlite3'
import { toBase64Url } from '../../../shared/bytes.ts'
import {
  type ConsentGiver,
  type ConsentKind,
  consentEndsOn,
  type EnrolmentCheck,
  endsWith,
  erasureStatement,
} from '../../../shared/face/consent.ts'
import type { Embedding } from '../../../shared/face/embedding.ts'
import type { FaceEngineRef } from '../../../shared/face/site-face.ts'
import type { Erasure } from '../../../shared/face-api.ts'
import { type RecordId, recordId, type SeniorId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import { type AgentInputs, commitToAgent, type LedgerRecord } from '../../../shared/record.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { FaceConsent, Traces } from '../store/faces.ts'
import type { FaceDeskParts } from './face-parts.ts'

type ConsentPayload = Extract<LedgerRecord, { kind: 'consent' }>['payload']
type Refused = { result: 'refused'; notice: Notice }

/** Everything that a senior, or whoever acts for them, decides about their face, each with its record in one transaction. */
export interface ConsentActs {
  give(given: {
    senior: SeniorId
    checked: EnrolmentCheck
    notice: string
    by: ConsentGiver
    what: ConsentKind[]
    template: { engine: FaceEngineRef; numbers: Embedding } | null
    portrait: Uint8Array | null
  }): Promise<{ result: 'done'; record: RecordId } | Refused>
  withdraw(
    senior: SeniorId,
    what: readonly ConsentKind[],
    by: ConsentGiver,
  ): Promise<{ result: 'done'; record: RecordId; erasure: Erasure } | Refused>
  /** Ends what may not go on: of those who left the roster of members, and of those who used it for too long no more. */
  sweep(): Promise<void>
}

export function createConsentActs(parts: FaceDeskParts): ConsentActs {
  const { faces, ledger, sealed, suite, clock, roster } = parts
  const refuse = (code: ProblemCode): Refused => ({ result: 'refused', notice: { code, values: {} } })

  /** Appends the record of a consent with what it changes. Null where the disk is full. */
  async function record(
    senior: SeniorId,
    payload: Pick<ConsentPayload, 'event' | 'what' | 'notice' | 'checked' | 'reason'>,
    by: ConsentGiver | null,
    change: (id: RecordId) => Traces,
  ): Promise<{ id: RecordId; traces: Traces } | Refused> {
    const [site, ref, stopped] = [parts.site(), parts.refOf({ id: senior }), parts.stopped()]
    if (stopped) return { result: 'refused', notice: stopped }
    if (site === null || ref === null) return refuse('NOT_ENROLLED')
    const id = recordId.parse(clock.mint())
    const agent = by?.who === 'agent' ? by : null
    const inputs: AgentInputs | null = agent && { v: 1, senior, agent: agent.name }
    const salt = suite.randomBytes(32)
    let traces: Traces = []
    try {
      await ledger.inTurn(() =>
        ledger.append(
          {
            kind: 'consent',
            id,
            at: clock.now(),
            payload: {
              site: site.id,
              senior: ref,
              ...payload,
              by: by?.who ?? 'terminal',
              relation: agent?.relation ?? null,
              agentCommitment: inputs && commitToAgent(inputs, salt),
              operator: parts.operator(),
            },
          },
          {
            also() {
              if (inputs) sealed.write(id, ref, { salt: toBase64Url(salt), inputs })
              traces = change(id)
              return true
            },
          },
        ),
      )
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code === 'SQLITE_FULL') return refuse('DISK_FULL')
      throw error
    }
    if (traces.length > 0) faces.settle()
    parts.onRecorded()
    parts.onChange()
    return { id, traces }
  }

  async function end(held: FaceConsent, reason: 'left' | 'unused'): Promise<void> {
    const what = endsWith(held.what, held.what)
    const payload = { event: 'ended' as const, what, notice: null, checked: null, reason }
    await record(held.senior, payload, null, () => faces.drop(held.senior, what))
  }

  function reasonToEnd({ senior, usedOn }: FaceConsent): 'left' | 'unused' | null {
    if (!roster.isMember(senior)) return 'left'
    return parts.today() >= consentEndsOn(usedOn) ? 'unused' : null
  }

  return {
    async give({ senior, checked, notice, by, what, template, portrait }) {
      const today = parts.today()
      const payload = { event: 'given' as const, what, notice, checked, reason: null }
      const given = await record(senior, payload, by, id =>
        faces.keep(
          { senior, what, notice, record: id, givenOn: today, usedOn: today, deposited: false },
          { template, portrait },
        ),
      )
      return 'result' in given ? given : { result: 'done', record: given.id }
    },
    async withdraw(senior, asked, by) {
      const held = faces.consentOf(senior)
      const what = endsWith(asked, held?.what ?? [])
      if (held === null || what.length === 0) return refuse('CONSENT_NONE')
      const payload = { event: 'withdrawn' as const, what, notice: null, checked: null, reason: null }
      const ended = await record(senior, payload, by, () => faces.drop(senior, what))
      if ('result' in ended) return ended
      const search = await parts.folder.search(ended.traces)
      const statement = erasureStatement({
        ...{ siteName: parts.site()?.name ?? '', date: parts.today(), what, search },
      })
      return { result: 'done', record: ended.id, erasure: { what, ...search, statement } }
    },
    async sweep() {
      for (const held of faces.everybody()) {
        const reason = reasonToEnd(held)
        if (reason) await end(held, reason)
      }
    },
  }
}
