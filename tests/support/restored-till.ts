import { onTestFinished } from 'vitest'
import { createHistory, type History } from '../../electron/core/store/history.ts'
import type { StoredRecord } from '../../electron/core/store/ledger.ts'
import { toBase64Url } from '../../shared/bytes.ts'
import { recordId, terminalId } from '../../shared/ids.ts'
import type { HistoryItem } from '../../shared/province-api.ts'
import { openSaleHouse, type SaleHouse } from './sale-house.ts'

const itemOf = ({ generation, seq, text, signature }: StoredRecord): HistoryItem => ({
  ...{ generation, seq, record: text, signature: toBase64Url(signature), counted: true },
})

/** A till that lost what came after its backup, one meal of each senior and a void of the second, and what the province holds of that. */
export async function restoredTill(): Promise<{ till: SaleHouse; history: History; lost: HistoryItem[] }> {
  const first = await openSaleHouse()
  onTestFinished(() => first.close())
  await first.eat(0, 0)
  const backup = first.db.serialize()
  const at = { generation: 1, seq: first.ledger.head()?.seq ?? 0 }
  await first.eat(0, 1)
  await first.takeBack((await first.eat(1, 1)).id)
  return { ...(await restoredFrom(backup, '2026-11-27T20:00:00+08:00')), lost: itemsOf(first, at) }
}

/** A till that goes on from a backup, in the next generation. */
export async function restoredFrom(backup: Buffer, at: string): Promise<{ till: SaleHouse; history: History }> {
  const till = await openSaleHouse(backup)
  onTestFinished(() => till.close())
  const head = till.ledger.head()
  if (!head) throw new Error('an empty backup')
  const lastHead = { generation: head.generation, seq: head.seq, hash: head.hash }
  const payload = { reason: 'restored' as const, ledgerKey: toBase64Url(till.signing.publicKey), lastHead }
  const common = { id: recordId.parse(till.parts.clock.mint()), at: Date.parse(at) }
  await till.ledger.append({ kind: 'key-change', ...common, payload }, { begin: lastHead })
  const parts = { db: till.db, documents: till.documents, ledger: till.ledger, usage: till.usage }
  return { till, history: createHistory({ ...parts, terminal: terminalId.parse('till-1') }) }
}

/** What the province holds of this till's chain behind a place, all of it counted. */
export const itemsOf = (till: SaleHouse, after: { generation: number; seq: number }) =>
  till.ledger.after(after, 50).map(itemOf)

/** An answer of the province to a question about what was lost. */
export const pageOf = (items: HistoryItem[], more = false) => ({ items, more, heads: [] })
