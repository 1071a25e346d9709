import type { RecordId } from '../../../shared/ids.ts'
import { isPhoneSettled } from '../../../shared/payment-outcome.ts'
import { surnameOf } from '../../../shared/person-names.ts'
import type { ReceiptFacts } from '../../../shared/receipt.ts'
import type { Site } from '../../../shared/site.ts'
import { piecesOf, withMore } from '../items.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Roster } from '../store/roster.ts'
import type { SealedInputsStore } from '../store/sealed-inputs.ts'

/** More claims than this are never made good at one visit. */
const mostMadeGood = 64

export interface ReceiptParts {
  readonly ledger: Pick<Ledger, 'byId' | 'after' | 'reversalOf'>
  readonly sealed: Pick<SealedInputsStore, 'read'>
  readonly roster: Pick<Roster, 'bySenior'>
  site(): Site | null
}

/** What the receipt of a sale in this terminal's ledger says; null where there is no such sale. */
export function receiptFactsOf(parts: ReceiptParts, id: RecordId): ReceiptFacts | null {
  const { ledger } = parts
  const stored = ledger.byId(id)
  if (stored?.record.kind !== 'sale') return null
  const { record, generation, seq } = stored
  const { payload } = record
  const senior = parts.sealed.read(record.id)?.inputs.senior ?? null
  const person = senior === null ? null : parts.roster.bySenior(senior)
  const known = person?.kind === 'full' ? person : null
  const item = parts.site()?.menu.find(one => one.id === payload.items[0]?.set)
  const reversal = ledger.reversalOf(record.id)
  return {
    at: record.at,
    number: `${generation}-${seq}`,
    terminal: record.terminal,
    surname: known && surnameOf(known.name),
    title: known?.sex ?? null,
    set: withMore(item?.name ?? { zh: '套餐', en: 'Set' }, piecesOf(payload.items) - 1),
    meal: payload.meal,
    listFen: payload.listFen,
    offFen: payload.listFen - payload.ownPayFen,
    ownPayFen: payload.ownPayFen,
    tender: payload.tenders.at(-1)?.kind ?? null,
    ...(payload.tenders.length > 1 ? { parts: payload.tenders.map(({ kind, fen }) => ({ kind, fen })) } : {}),
    phoneSettled: isPhoneSettled(record, of => ledger.byId(of)?.record ?? null),
    cashRoundingFen: payload.cashRoundingFen,
    pending: payload.claimPending,
    madeGoodFen: madeGoodAt(ledger, { generation, seq, id: record.id }),
    standing: reversal === null ? 'open' : ledger.byId(reversal)?.record.kind === 'refund' ? 'refunded' : 'void',
  }
}

/** What earlier claims brought back at a sale: its records stand right behind it. */
function madeGoodAt(ledger: ReceiptParts['ledger'], sale: { generation: number; seq: number; id: RecordId }): number {
  let sum = 0
  for (const { record } of ledger.after(sale, mostMadeGood)) {
    if (record.kind !== 'made-good' || record.payload.at !== sale.id) break
    for (const { fen } of record.payload.subsidies) sum += fen
  }
  return sum
}
