import Database from 'better-sqlite3'
import { toBase64Url } from '../../../shared/bytes.ts'
import {
  type ConsentGiver,
  type ConsentKind,
  consentEndsOn,
  type EnrolmentCheck,
  endsWith,
  erasureStatement,
  everyConsent,
} from '../../../shared/face/consent.ts'
import type { Embedding } from '../../../shared/face/embedding.ts'
import type { FaceEngineRef } from '../../../shared/face/site-face.ts'
import type { Erasure } from '../../../shared/face-api.ts'
import { type RecordId, recordId, type SeniorId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { FaceWithdrawal } from '../../../shared/province-api.ts'
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
  /** Marks what was withdrawn elsewhere and is older here; the next sweep ends it. Inside the caller's transaction. */
  hear(withdrawals: readonly FaceWithdrawal[]): void
  /** How often this senior withdrew, here or as heard, since the program started: what they agreed to before counts no more. */
  withdrawals(senior: SeniorId): number
  /**
   * Ends what may not go on: what was withdrawn elsewhere, of those who left the roster of members, of those who used it for too long no
   * more, and what a restored backup speaks of and has not. False where something could not be ended yet.
   */
  sweep(): Promise<boolean>
}

export function createConsentActs(parts: FaceDeskParts): ConsentActs {
  const { faces, ledger, sealed, suite, clock, roster } = parts
  const refuse = (code: ProblemCode): Refused => ({ result: 'refused', notice: { code, values: {} } })

  /**
   * Appends the record of a consent with what it changes; `change` gives null where there is nothing to change any more, and nothing is
   * written then.
   */
  async function record(
    senior: SeniorId,
    payload: Pick<ConsentPayload, 'event' | 'what' | 'notice' | 'checked' | 'reason'>,
    by: ConsentGiver | null,
    change: (id: RecordId) => Traces | null,
  ): Promise<{ id: RecordId; traces: Traces } | null | Refused> {
    const [site, ref, stopped] = [parts.site(), parts.refOf({ id: senior }), parts.stopped()]
    if (stopped) return { result: 'refused', notice: stopped }
    if (site === null || ref === null) return refuse('NOT_ENROLLED')
    const id = recordId.parse(clock.mint())
    const agent = by?.who === 'agent' ? by : null
    const inputs: AgentInputs | null = agent && { v: 1, senior, agent: agent.name }
    const salt = suite.randomBytes(32)
    const changed: { traces: Traces | null } = { traces: null }
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
              changed.traces = change(id)
              if (changed.traces === null) return false
              if (inputs) sealed.write(id, ref, { salt: toBase64Url(salt), inputs })
              return true
            },
          },
        ),
      )
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code === 'SQLITE_FULL') return refuse('DISK_FULL')
      throw error
    }
    const { traces } = changed
    if (traces === null) return null
    if (traces.length > 0) faces.settle()
    parts.onRecorded()
    parts.onChange()
    return { id, traces }
  }

  /** When a consent was given here (ms). */
  const givenAt = ({ record }: FaceConsent) => ledger.byId(record)?.record.at ?? 0

  function reasonToEnd(held: FaceConsent): Pick<ConsentPayload, 'reason' | 'what'> | null {
    if (!roster.isMember(held.senior)) return { reason: 'left', what: held.what }
    if (parts.today() >= consentEndsOn(held.usedOn)) return { reason: 'unused', what: held.what }
    const over = endsWith(held.over ?? [], held.what)
    if (over.length > 0) return { reason: 'elsewhere', what: over }
    const lost = endsWith(faces.lost(held), held.what)
    return lost.length > 0 ? { reason: 'lost', what: lost } : null
  }

  /** Ends all that has a reason to end, then searches the data folder once for all of it. */
  async function sweepNow(): Promise<boolean> {
    const ended: { id: RecordId; what: ConsentKind[]; traces: Traces }[] = []
    let isClean = true
    for (const held of faces.everybody()) {
      const due = reasonToEnd(held)
      if (due === null) continue
      const payload = { event: 'ended' as const, ...due, notice: null, checked: null }
      const done = await record(held.senior, payload, null, () => {
        // Enrolled anew or withdrawn here meanwhile: it is another consent.
        return faces.consentOf(held.senior)?.record === held.record ? faces.drop(held.senior, due.what) : null
      })
      if (done !== null && 'result' in done) isClean = false
      else if (done !== null) ended.push({ ...done, what: due.what })
    }
    if (ended.length > 0) {
      const search = await parts.folder.search(ended.flatMap(({ traces }) => traces))
      const what = everyConsent.filter(kind => ended.some(one => one.what.includes(kind)))
      parts.erasures.note({ on: parts.today(), records: ended.map(({ id }) => id), what, ...search })
      parts.onChange()
    }
    return isClean
  }

  let turn: Promise<unknown> = Promise.resolve()

  const withdrawn = new Map<SeniorId, number>()
  const withdrawals = (senior: SeniorId) => withdrawn.get(senior) ?? 0

  return {
    withdrawals,
    async give({ senior, checked, notice, by, what, template, portrait }) {
      const today = parts.today()
      const payload = { event: 'given' as const, what, notice, checked, reason: null }
      const given = await record(senior, payload, by, id =>
        faces.keep(
          { senior, what, notice, record: id, givenOn: today, usedOn: today, deposited: false },
          { template, portrait },
        ),
      )
      if (given === null) throw new Error('a consent was given, and nothing was kept')
      return 'result' in given ? given : { result: 'done', record: given.id }
    },
    async withdraw(senior, asked, by) {
      const held = faces.consentOf(senior)
      if (held === null && roster.bySenior(senior) === null) return refuse('SENIOR_UNKNOWN')
      withdrawn.set(senior, withdrawals(senior) + 1)
      let here = endsWith(asked, held?.what ?? [])
      // What somebody agreed to elsewhere is not known here: it all ends.
      const what =
        held === null ? everyConsent : everyConsent.filter(kind => asked.includes(kind) || here.includes(kind))
      const payload = { event: 'withdrawn' as const, what: [...what], notice: null, checked: null, reason: null }
      const ended = await record(senior, payload, by, () => {
        // An enrolment may have ended between the question and the record.
        here = endsWith(what, faces.consentOf(senior)?.what ?? [])
        return here.length === 0 ? [] : faces.drop(senior, here)
      })
      if (ended === null) throw new Error('a consent was withdrawn, and nothing was written')
      if ('result' in ended) return ended
      const search = await parts.folder.search(ended.traces)
      const statement = erasureStatement({
        ...{ siteName: parts.site()?.name ?? '', date: parts.today(), what: here, search },
      })
      return { result: 'done', record: ended.id, erasure: { what: here, ...search, statement } }
    },
    hear(heard) {
      for (const { senior, what, at } of heard) {
        withdrawn.set(senior, withdrawals(senior) + 1)
        const held = faces.consentOf(senior)
        if (held === null || givenAt(held) > at) continue
        const over = new Set([...(held.over ?? []), ...endsWith(what, held.what)])
        if (over.size > 0) faces.note({ ...held, over: [...over] })
      }
    },
    sweep() {
      const mine = turn.then(sweepNow)
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}
