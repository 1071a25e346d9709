import type { Approval, Approvers } from '../../shared/afterwards-api.ts'
import type { OperatorId } from '../../shared/ids.ts'
import { recordId } from '../../shared/ids.ts'
import { pinIsTooEasy } from '../../shared/pin.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { Site } from '../../shared/site.ts'
import type { Done } from '../../shared/terminal-api.ts'
import type { Clock } from './clock.ts'
import type { Ledger } from './store/ledger.ts'
import type { Pins } from './store/pins.ts'

/** PINs of the staff, by which a second person approves what the first entered. Kept at this terminal alone. */
export interface OperatorPins {
  /** Who is on shift, and who else could approve here. */
  approvers(): Approvers
  /** Why this person's PIN does not approve what `first` entered; null where it does. Each wrong try counts. */
  check(approval: Approval, first: OperatorId): ProblemCode | null
  /** Why this is not the PIN of this member of staff; null where it is. Each wrong try counts. */
  recognise(shown: Approval): ProblemCode | null
  /**
   * Sets the PIN of whoever is on shift, the first or a new one after five wrong tries: an `override` record of its own, so that a PIN
   * which somebody set in another's name is seen beside that shift.
   */
  set(pin: string): Promise<Done>
}

export function createOperatorPins(parts: {
  readonly pins: Pins<OperatorId>
  readonly ledger: Ledger
  readonly clock: Clock
  site(): Site | null
  operator(): OperatorId | null
  onRecorded(): void
}): OperatorPins {
  const { pins } = parts
  const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })
  const staff = () => parts.site()?.operators ?? []

  function recognise({ operator, pin }: Approval): ProblemCode | null {
    if (!staff().some(({ id }) => id === operator)) return 'OPERATOR_UNKNOWN'
    const said = pins.try(operator, pin)
    return said === 'right' ? null : pinCodes[said]
  }

  return {
    approvers() {
      const own = parts.operator()
      const all = staff().map(({ id, name }) => ({ operator: id, name, pin: pins.stateOf(id) }))
      return {
        own: all.find(({ operator }) => operator === own) ?? null,
        others: all.filter(({ operator }) => operator !== own),
      }
    },
    recognise,
    check: (approval, first) => (approval.operator === first ? 'APPROVER_SAME' : recognise(approval)),
    async set(pin) {
      const operator = parts.operator()
      if (operator === null) return refuse('NO_SHIFT')
      if (pinIsTooEasy(pin)) return refuse('PIN_EASY')
      await parts.ledger.inTurn(async () => {
        const id = recordId.parse(parts.clock.mint())
        const payload = { of: null, what: 'operator-pin', reason: 'own shift', operator, approver: null }
        const also = () => {
          pins.set(operator, pin)
          return true
        }
        for (;;) {
          const stored = await parts.ledger.append({ kind: 'override', id, at: parts.clock.now(), payload }, { also })
          if (stored) return
        }
      })
      parts.onRecorded()
      return { result: 'done' }
    },
  }
}

const pinCodes = { wrong: 'STAFF_PIN_WRONG', locked: 'STAFF_PIN_LOCKED', none: 'STAFF_PIN_NONE' } as const
