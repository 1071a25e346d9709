import type { OperatorId, RecordId } from '../../../shared/ids.ts'
import type { CarerId } from '../../../shared/visit/service.ts'
import { type Appended, appendOnce } from '../append-once.ts'
import type { VisitHouse } from './visit-house.ts'

/** Gives a carer a PIN, with a record of which station lead let it be. */
export async function recordCarerPin(
  house: VisitHouse,
  id: RecordId,
  { carer, pin }: { readonly carer: CarerId; readonly pin: string },
  by: { readonly operator: OperatorId; readonly approver: OperatorId },
): Promise<Appended> {
  const payload = { of: null, what: 'carer-pin', reason: carer, ...by }
  return await appendOnce(house.ledger, id, () => [
    {
      draft: { kind: 'override', id, at: house.clock.now(), payload },
      also() {
        house.carerPins.set(carer, pin)
        return true
      },
    },
  ])
}
