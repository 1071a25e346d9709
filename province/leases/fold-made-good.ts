import type { SeniorId } from '../../shared/ids.ts'
import { counterOf } from '../../shared/leases/holder.ts'
import { debitsByScope } from '../../shared/leases/pots.ts'
import { settleDrawn, settleUnleased } from '../../shared/leases/rights.ts'
import { withoutOwed } from '../../shared/leases/senior-lease.ts'
import { owedKey } from '../../shared/leases/word.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import type { Arrival } from '../bookings.ts'
import { changePot, type Folding, type Settled } from './folding.ts'

/** A difference that a till paid out. What was not owed, or with no right behind it, gets RIGHT_NOT_HELD and is held. */
export function foldMadeGood(
  folding: Folding,
  arrival: Arrival,
  record: Extract<LedgerRecord, { kind: 'made-good' }>,
): Settled {
  const { book, id, goods, named, lines, paidAfter } = folding
  const { site } = folding.from
  const { code } = arrival
  const same: Settled = { ...arrival, leaseEpoch: null, drewPots: [] }
  const claim = goods.get(record.payload.of)
  const senior = named.get(record.payload.senior) ?? null
  const note = (whose: SeniorId, held: boolean) => {
    for (const { fund, fen } of record.payload.subsidies) lines.push({ senior: whose, record, site, held, fund, fen })
  }
  if (claim === undefined || (senior !== null && claim.senior !== senior)) {
    // The sale may be heard later: a province that went back to an older copy is given all again in any order.
    if (claim === undefined && senior !== null) note(senior, true)
    return { ...same, senior, code: code ?? 'RIGHT_NOT_HELD' }
  }
  const key = owedKey(record.payload.of)
  const lease = book.of(claim)
  const right = { ...counterOf(key), amount: 1 }
  const { rights, beyond } = settleDrawn(lease.rights, id, [right])
  const withdrawn = lease.withdrawn[key]
  const owed = lease.owed[key] ?? withdrawn
  const isHeld = beyond.length === 0
  const fits = isHeld && JSON.stringify(owed?.subsidies) === JSON.stringify(record.payload.subsidies)
  const found = code ?? (fits ? null : 'RIGHT_NOT_HELD')
  // What is doubted takes nothing off what is owed (`decidePayout`), and nobody else pays it until then: also where its till had no right, for the
  // province may have lost that with an older copy. Of a claim that is not accepted yet `decideClaims` sees to it.
  if (found === null) book.put(claim, withoutOwed({ ...lease, rights }, key))
  else if (isHeld || owed !== undefined) book.put(claim, { ...lease, rights })
  if (withdrawn !== undefined && found === null) {
    for (const [fund, amounts] of debitsByScope(withdrawn.gaveBack).pots)
      changePot(folding, fund, kept => settleUnleased(kept, amounts))
    paidAfter.set(record.payload.of, { ...claim, gaveBack: withdrawn.gaveBack })
  }
  note(claim.senior, found !== null)
  return { ...same, senior: claim.senior, code: found }
}
