import type { PoolClient } from 'pg'
import { counterOf, left } from '../../shared/leases/holder.ts'
import { debitsByScope } from '../../shared/leases/pots.ts'
import { settledOf, settleUnleased, unsettlePending } from '../../shared/leases/rights.ts'
import { withoutOwed, withRecalls } from '../../shared/leases/senior-lease.ts'
import { owedKey } from '../../shared/leases/word.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import { holdTakenBack } from './payouts.ts'
import { claimsOf } from './sold.ts'
import { knownPots, lockLeases, potSubject } from './states.ts'

/**
 * After somebody decided about a payout that was doubted: paid, its claim is owed no more, and whoever may pay it is asked for that right;
 * refused, it can be paid as before. Nothing is left to do where the claim was paid meanwhile, or fell away. Call it when the lines are decided.
 */
export async function decidePayout(
  client: PoolClient,
  record: Extract<LedgerRecord, { kind: 'made-good' }>,
  decision: 'pay' | 'refuse',
): Promise<void> {
  const { of } = record.payload
  const claim = (await claimsOf(client, [of])).get(of)
  if (claim === undefined) return
  const pots = await knownPots(client)
  const book = await lockLeases(client, [claim, ...pots.map(potSubject)])
  const lease = book.of(claim)
  const key = owedKey(of)
  const right = { ...counterOf(key), amount: 1 }
  const withdrawn = lease.withdrawn[key]
  if (lease.owed[key] === undefined && withdrawn === undefined) return
  const isSpent = settledOf(lease.rights, { key }) > 0
  if (decision === 'refuse') {
    if (!isSpent) return
    book.put(claim, { ...lease, rights: unsettlePending(lease.rights, [right]) })
    if (lease.home !== null) book.tell(claim, [lease.home])
    await book.store()
    return
  }
  const paid = isSpent ? lease : { ...lease, rights: settleUnleased(lease.rights, [right]) }
  const payers = Object.entries(lease.rights.holders).filter(([, held]) => left(held, right) > 0)
  const told = withRecalls(withoutOwed(paid, key), new Map(payers.map(([holder]) => [holder, [right]])))
  book.put(claim, told.lease)
  book.tell(claim, told.tell)
  for (const [fund, amounts] of debitsByScope(withdrawn?.gaveBack ?? []).pots) {
    const pot = book.of(potSubject(fund))
    book.put(potSubject(fund), { ...pot, rights: settleUnleased(pot.rights, amounts) })
  }
  await client.query(
    "update claim set state = 'made-good', made_good_at = now(), made_good_site = $2 where record_id = $1",
    [of, record.payload.site],
  )
  if (withdrawn !== undefined) await holdTakenBack(client, of, { ...claim, gaveBack: withdrawn.gaveBack }, [])
  await book.store()
}
