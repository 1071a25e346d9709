import type { SeniorId } from '../../../shared/ids.ts'
import type { RosterEntry } from '../../../shared/senior.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Roster } from '../store/roster.ts'
import { ifItOpens, type SealedInputsStore } from '../store/sealed-inputs.ts'
import { withProxyChange } from './proxy-acts.ts'

/**
 * What this till changed of people and the province does not have yet stands above what it tells of them: that was written before. Belongs into
 * the transaction that stores the entries.
 */
export function keepOwnChanges(
  parts: {
    readonly ledger: Pick<Ledger, 'changesOfPeople'>
    readonly sealed: SealedInputsStore
    readonly roster: Roster
    acknowledged(): { readonly generation: number; readonly seq: number }
  },
  told: readonly RosterEntry[],
): void {
  const { roster, sealed } = parts
  const isTold = new Set<SeniorId>(told.map(({ id }) => id))
  if (isTold.size === 0) return
  for (const { record } of parts.ledger.changesOfPeople(parts.acknowledged())) {
    if (record.kind === 'means-change') {
      const card = ifItOpens(() => sealed.readCard(record.id))?.inputs
      if (!card || !isTold.has(card.senior)) continue
      if (record.payload.change === 'card-bound') roster.bind(card.senior, card.card)
      if (record.payload.change === 'card-unbound') roster.unbind(card.senior, card.card)
    }
    if (record.kind === 'proxy-change') {
      const inputs = ifItOpens(() => sealed.readProxy(record.id))?.inputs
      const senior = inputs && isTold.has(inputs.senior) ? roster.bySenior(inputs.senior) : null
      if (!inputs || senior?.kind !== 'full') continue
      const { payload, businessDate } = record
      roster.setProxies(senior.id, withProxyChange(senior.proxies ?? [], inputs, payload, businessDate))
    }
  }
}
