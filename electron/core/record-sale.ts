import Database from 'better-sqlite3'
import type { BusinessDate, Meal } from '../../shared/business-day.ts'
import { type ProxyId, type RecordId, recordId } from '../../shared/ids.ts'
import { counterOf } from '../../shared/leases/holder.ts'
import type { ProxyRef } from '../../shared/proxy.ts'
import type { LedgerRecord, SalePayload, SeniorRef } from '../../shared/record.ts'
import type { Site } from '../../shared/site.ts'
import type { Suite } from '../../shared/suite.ts'
import type { OpenCheckIn } from './check-in-state.ts'
import type { Clock } from './clock.ts'
import { itemsOf } from './items.ts'
import type { LeaseDesk } from './lease-desk.ts'
import { paymentsOfOpen } from './payment-desk.ts'
import type { Priced } from './price-visit.ts'
import { type OutcomeParts, outcomeOf } from './priced-outcome.ts'
import type { Ledger } from './store/ledger.ts'
import type { OpenCheckIns } from './store/open-check-ins.ts'
import type { SealedInputsStore } from './store/sealed-inputs.ts'
import type { Usage } from './store/usage.ts'
import type { TenderDesk } from './tenders.ts'

export interface SaleParts {
  readonly openCheckIns: OpenCheckIns
  readonly ledger: Ledger
  readonly usage: Usage
  readonly leases: LeaseDesk
  readonly sealed: SealedInputsStore
  readonly suite: Suite
  readonly clock: Clock
  readonly desk: TenderDesk
  /** What this site's records call a proxy; null before the terminal is enrolled. */
  proxyRefOf(id: ProxyId): ProxyRef | null
}

export type SaleOutcome =
  | { readonly result: 'recorded'; readonly record: LedgerRecord; readonly repeated: boolean }
  | { readonly result: 'price-changed'; readonly priced: Priced }
  | { readonly result: 'disk-full' }

/** A sale as it was shown, and what it costs now. */
export interface SaleToRecord {
  readonly open: OpenCheckIn
  readonly ref: SeniorRef | null
  readonly shown: string
  readonly site: Site
  readonly meal: Meal
  readonly businessDate: BusinessDate
  readonly operator: SalePayload['operator']
  readonly shift: RecordId | null
  readonly online: boolean
  price(): Priced
}

/**
 * Records the sale that was shown, exactly once: priced again in the ledger's turn (other than shown is `price-changed`), signed, then one
 * immediate transaction holds record, inputs, usage and what is made good with it, or none of them. A check-in that is already recorded gives its record again.
 */
export async function recordSale(parts: SaleParts, sale: SaleToRecord): Promise<SaleOutcome> {
  const { ledger } = parts
  return await ledger.inTurn(async () => {
    for (;;) {
      const known = ledger.byId(sale.open.id)
      if (known) return { result: 'recorded', record: known.record, repeated: true }
      const priced = sale.price()
      if (priced.shown !== sale.shown) return { result: 'price-changed', priced }
      try {
        const records = await ledger.appendAll(saleDrafts(parts, sale, priced))
        const record = records?.[0]
        if (record === undefined) continue
        return { result: 'recorded', record, repeated: false }
      } catch (error) {
        if (error instanceof Database.SqliteError && error.code === 'SQLITE_FULL') return { result: 'disk-full' }
        throw error
      }
    }
  })
}

/** The records of one sale, each with what it brings about: the sale itself, what is made good at it, and who collected it. */
export function saleDrafts(parts: SaleParts, sale: SaleToRecord, priced: Priced): Parameters<Ledger['appendAll']>[0] {
  const made = saleOutcome(parts, { ...sale, date: sale.businessDate }, priced)
  return [
    {
      draft: {
        ...{ kind: 'sale', id: recordId.parse(sale.open.id), at: parts.clock.now() },
        payload: made.payload,
      },
      also() {
        if (sale.price().shown !== sale.shown || !made.take()) return false
        parts.openCheckIns.clear()
        return true
      },
    },
    ...(sale.ref === null ? [] : madeGood(parts, { ...sale, ref: sale.ref }, priced)),
    ...(sale.ref === null ? [] : collected(parts, { ...sale, ref: sale.ref }, priced)),
  ]
}

/** Pays what was accepted of earlier claims, each once: a record of its own beside the sale or visit, and the right to it is spent with it. */
export function madeGood(
  { leases, clock }: Pick<SaleParts, 'leases' | 'clock'>,
  sale: {
    open: { readonly id: string }
    ref: SeniorRef
    site: Site
    businessDate: BusinessDate
    operator: SalePayload['operator']
  },
  { owed }: Pick<Priced, 'owed'>,
): Parameters<Ledger['appendAll']>[0] {
  const { ref: senior, operator, businessDate: date } = sale
  return owed.map(({ key, pack, of, subsidies }) => ({
    draft: {
      kind: 'made-good',
      id: recordId.parse(clock.mint()),
      at: clock.now(),
      payload: { site: sale.site.id, senior, of, subsidies, at: recordId.parse(sale.open.id), operator },
    },
    also: ({ id: record }) => leases.draw(senior, pack, { record, date, amounts: [{ ...counterOf(key), amount: 1 }] }),
  }))
}

/** Who carried the meal away for the senior: a record of its own beside the sale. */
function collected(
  { clock, proxyRefOf }: SaleParts,
  { open, ref, site, operator }: { open: OpenCheckIn; ref: SeniorRef; site: Site; operator: SalePayload['operator'] },
  { portion }: Priced,
): Parameters<Ledger['appendAll']>[0] {
  const proxy = open.proxy && proxyRefOf(open.proxy.id)
  if (open.proxy === null || proxy === null || portion === null) return []
  const { approver } = open.proxy
  const payload = { site: site.id, senior: ref, of: recordId.parse(open.id), proxy, portion, approver, operator }
  const draft = { kind: 'proxy-collection' as const, id: recordId.parse(clock.mint()), at: clock.now(), payload }
  return [{ draft, also: () => true }]
}

/** What a sale and a late entry say of the meal, of who ate it, and of what it cost whom, and what goes with it (see `outcomeOf`). */
export function saleOutcome(
  parts: OutcomeParts & { readonly desk: TenderDesk },
  sale: Pick<SaleToRecord, 'open' | 'ref' | 'site' | 'meal' | 'operator' | 'shift' | 'online'> & {
    readonly date: BusinessDate
  },
  priced: Priced,
): { readonly payload: SalePayload; take(): boolean } {
  const { open, site, ref } = sale
  const { quote } = priced
  const { means, credentialKey: key } = open
  const made = outcomeOf(parts, priced, {
    ...{ id: open.id, senior: open.senior, ref, date: sale.date, isGuest: open.who === 'guest' },
    credential: open.who === 'stranger' && means !== null && key !== null ? { means, key } : null,
    tenders: paymentsOfOpen(open, quote.ownPayFen).map(payment =>
      parts.desk.settle(payment, sale.online, payment.reference),
    ),
  })
  const payload = {
    site: site.id,
    senior: ref,
    means,
    assurance: open.assurance,
    device: open.device?.id ?? null,
    deviceEvent: open.device?.eventId ?? null,
    meal: sale.meal,
    channel: open.channel,
    items: itemsOf(open, site, quote.listFen),
    ...made.payload,
    operator: sale.operator,
    shift: sale.shift,
  }
  return { payload, take: made.take }
}
