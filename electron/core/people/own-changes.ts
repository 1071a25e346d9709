import type { SeniorId } from '../../../shared/ids.ts'
import type { Revocation } from '../../../shared/province-api.ts'
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
  const changes = parts.ledger.changesOfPeople(parts.acknowledged()).map(({ record }) => ({
    record,
    card: record.kind === 'means-change' ? (ifItOpens(() => sealed.readCard(record.id))?.inputs ?? null) : null,
  }))
  // What a page gives to somebody, or is given back here, may be somebody else's by now whom it does not tell of.
  const cards = new Set([
    ...told.flatMap(entry => (entry.kind === 'gone' ? [] : entry.cards)),
    ...changes.flatMap(({ card }) => (card && isTold.has(card.senior) ? [card.card] : [])),
  ])
  for (const { record, card } of changes) {
    if (record.kind === 'means-change' && card && (isTold.has(card.senior) || cards.has(card.card))) {
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

/** The same of cards that were reported lost or found here, for a page of revocations. */
export function keepOwnRevocations(parts: Parameters<typeof keepOwnChanges>[0], told: readonly Revocation[]): void {
  const cards = new Set(told.flatMap(item => (item.kind === 'card' ? [item.card] : [])))
  if (cards.size === 0) return
  for (const { record } of parts.ledger.changesOfPeople(parts.acknowledged())) {
    if (record.kind !== 'means-change') continue
    const { change } = record.payload
    if (change !== 'card-lost' && change !== 'card-found') continue
    const card = ifItOpens(() => parts.sealed.readCard(record.id))?.inputs.card
    if (card !== undefined && cards.has(card))
      parts.roster.revoke([{ kind: 'card', card, lost: change === 'card-lost' }])
  }
}
