import Database from 'better-sqlite3'
import { type RecordId, recordId } from '../../../shared/ids.ts'
import { dueFen } from '../../../shared/payments.ts'
import type { SalePayload } from '../../../shared/record.ts'
import type { Site } from '../../../shared/site.ts'
import type { GroupTender } from '../check-in-state.ts'
import type { Priced } from '../price-visit.ts'
import { type SaleParts, type SaleToRecord, saleDrafts } from '../record-sale.ts'

/** As often as others may move the ledger's head meanwhile; then the prices are looked at anew. */
const mostTries = 5

/**
 * Records the sales of a group and the record that names them, in one transaction, all or none: priced again in the ledger's turn, one after the other.
 * Safe to repeat. `changed`: a price is another one than shown, and nothing was recorded.
 */
export async function recordGroup(
  parts: SaleParts,
  group: {
    id: RecordId
    site: Site
    tender: GroupTender
    operator: SalePayload['operator']
    shift: RecordId | null
    sales: readonly SaleToRecord[]
    /** What each costs after those before it; null where one has no price now. */
    price(): readonly Priced[] | null
    /** The group is no longer open. */
    clear(): void
  },
): Promise<'recorded' | 'changed' | 'disk-full'> {
  const { ledger, clock } = parts
  // The check-in on the screen is another one's.
  const quiet = { ...parts, openCheckIns: { ...parts.openCheckIns, clear: () => undefined } }
  return await ledger.inTurn(async () => {
    for (let tries = 0; tries < mostTries; tries++) {
      if (ledger.byId(group.id)) return 'recorded'
      const prices = group.price()
      if (prices === null || group.sales.some(({ shown }, at) => prices[at]?.shown !== shown)) return 'changed'
      const sumFen = prices.reduce((sum, { quote }) => sum + dueFen(group.tender, quote.ownPayFen), 0)
      const { site, tender, operator, shift } = group
      const sales = group.sales.map(({ open }) => recordId.parse(open.id))
      try {
        const records = await ledger.appendAll([
          ...group.sales.flatMap((sale, at) => {
            const priced = prices[at]
            return priced === undefined ? [] : saleDrafts(quiet, sale, priced)
          }),
          {
            draft: {
              ...{ kind: 'group', id: group.id, at: clock.now() },
              payload: { site: site.id, sales, tender, sumFen, operator, shift },
            },
            also() {
              group.clear()
              return true
            },
          },
        ])
        if (records !== null) return 'recorded'
      } catch (error) {
        if (error instanceof Database.SqliteError && error.code === 'SQLITE_FULL') return 'disk-full'
        throw error
      }
    }
    return 'changed'
  })
}
