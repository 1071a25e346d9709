import Database from 'better-sqlite3'
import { toBase64Url } from '../../../shared/bytes.ts'
import { type CheckInId, type OperatorId, recordId } from '../../../shared/ids.ts'
import { type CardInputs, commitToCard, type LedgerRecord, type SeniorRef } from '../../../shared/record.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import type { Site } from '../../../shared/site.ts'
import type { Suite } from '../../../shared/suite.ts'
import type { Done } from '../../../shared/terminal-api.ts'
import type { OpenCheckIn } from '../check-in-state.ts'
import type { Clock } from '../clock.ts'
import type { Ledger } from '../store/ledger.ts'
import type { SealedInputsStore } from '../store/sealed-inputs.ts'

type MeansChange = Extract<LedgerRecord, { kind: 'means-change' }>['payload']

export interface ActParts {
  readonly ledger: Ledger
  readonly sealed: SealedInputsStore
  readonly suite: Suite
  readonly clock: Clock
}

/** What staff change for a senior, and how the senior was identified for it. */
export interface SeniorAct {
  readonly site: Site
  readonly senior: FullSenior
  readonly ref: SeniorRef
  readonly operator: OperatorId
  readonly change: MeansChange['change']
  /** Null where the change is about no card. */
  readonly card: string | null
  readonly means: NonNullable<OpenCheckIn['means']>
  readonly assurance: NonNullable<OpenCheckIn['assurance']>
  readonly device: OpenCheckIn['device']
}

/**
 * Records what staff changed about a senior's means, and does it, in one transaction. Which card it was lies sealed beside the record
 * and goes to the province with it.
 */
export async function recordMeansChange(parts: ActParts, act: SeniorAct, doIt: () => void): Promise<Done> {
  const { ledger, sealed, suite, clock } = parts
  const salt = suite.randomBytes(32)
  const inputs: CardInputs | null = act.card === null ? null : { v: 1, senior: act.senior.id, card: act.card }
  return await unlessFull(() =>
    ledger.inTurn(async () => {
      await ledger.append(
        {
          kind: 'means-change',
          id: recordId.parse(clock.mint()),
          at: clock.now(),
          payload: {
            site: act.site.id,
            senior: act.ref,
            means: act.means,
            assurance: act.assurance,
            device: act.device?.id ?? null,
            deviceEvent: act.device?.eventId ?? null,
            change: act.change,
            cardCommitment: inputs && commitToCard(inputs, salt),
            operator: act.operator,
          },
        },
        {
          also(record) {
            if (inputs) sealed.write(record.id, act.ref, { salt: toBase64Url(salt), inputs })
            doIt()
            return true
          },
        },
      )
    }),
  )
}

/** Records that staff compared the person who stands there with the member of this check-in. */
export async function recordComparison(parts: ActParts, checkIn: CheckInId, operator: OperatorId): Promise<Done> {
  const { ledger, clock } = parts
  const payload = { of: recordId.parse(checkIn), what: 'assurance', reason: 'compared', operator, approver: null }
  return await unlessFull(() =>
    ledger.inTurn(async () => {
      await ledger.append({ kind: 'override', id: recordId.parse(clock.mint()), at: clock.now(), payload })
    }),
  )
}

/** Does work that writes a record; where the disk has no room for it, says so. */
export async function unlessFull(work: () => Promise<void>): Promise<Done> {
  try {
    await work()
    return { result: 'done' }
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_FULL')
      return { result: 'refused', notice: { code: 'DISK_FULL', values: {} } }
    throw error
  }
}
