import type { PoolClient } from 'pg'
import { z } from 'zod'
import { fromBase64Url } from '../shared/bytes.ts'
import { seniorId } from '../shared/ids.ts'
import type { Revocation } from '../shared/province-api.ts'
import { commitToCard, type LedgerRecord, type OpenedCard } from '../shared/record.ts'
import { seniorRefOf } from '../shared/senior-ref.ts'
import { nextChange, select } from './database.ts'
import type { VerdictCode } from './examine.ts'
import { cardsOf, holdsCard, seniorColumns, seniorRow } from './seniors.ts'

type MeansChange = Extract<LedgerRecord, { kind: 'means-change' }>['payload']

/** Why a change of means is not what it says: it comes from another site, or the card is not the one that was committed to. */
export function doubtAboutMeans(
  change: MeansChange,
  opened: OpenedCard | null,
  place: { readonly site: string; readonly siteKey: Uint8Array },
): VerdictCode | null {
  const aboutCard = change.change.startsWith('card-')
  if (aboutCard !== (change.cardCommitment !== null) || change.site !== place.site) return 'IDENTITY_DOUBTFUL'
  if (!aboutCard) return null
  if (opened === null) return 'INPUTS_MISSING'
  const committed = commitToCard(opened.inputs, fromBase64Url(opened.salt)) === change.cardCommitment
  return committed && seniorRefOf(place.siteKey, opened.inputs.senior) === change.senior ? null : 'INPUTS_DIFFER'
}

/**
 * Does what a terminal's staff changed: a bound card becomes the senior's at every site and an unbound one nobody's, a lost one is blocked at every site, a found one
 * is let through again. Returns why not, where it cannot be done: the record stands, and somebody looks.
 */
export async function applyMeansChange(
  client: PoolClient,
  { change, site }: MeansChange,
  { inputs: { senior, card } }: OpenedCard,
): Promise<VerdictCode | null> {
  // Before any row is locked, as everywhere, so that two changes never wait for each other.
  const [next] = await nextChange(client)
  const [known] = await select(
    client,
    seniorRow,
    `select ${seniorColumns} from senior where senior_id = $1 and not gone for update`,
    [senior],
  )
  if (known === undefined) return 'IDENTITY_DOUBTFUL'
  if (change === 'card-bound') {
    if (known.home_site !== site) return 'IDENTITY_DOUBTFUL'
    const holders = await select(
      client,
      z.object({ senior_id: seniorId }),
      `select senior_id from senior where ${holdsCard} and not gone`,
      [[card]],
    )
    if (holders.some(holder => holder.senior_id !== senior)) return 'CARD_TAKEN'
    if (holders.length === 0)
      await client.query(
        'update senior set bound_cards = array_append(bound_cards, $2), change = $3 where senior_id = $1',
        [senior, card, next],
      )
    return null
  }
  if (change === 'card-unbound') {
    // What the roster itself brings is not a site's to take away.
    if (known.home_site !== site || known.cards.includes(card)) return 'IDENTITY_DOUBTFUL'
    await client.query(
      'update senior set bound_cards = array_remove(bound_cards, $2), change = $3 where senior_id = $1 and $2 = any(bound_cards)',
      [senior, card, next],
    )
    return null
  }
  if (!cardsOf(known).includes(card)) return 'IDENTITY_DOUBTFUL'
  const revocation: Revocation = { kind: 'card', card, lost: change === 'card-lost' }
  await client.query('insert into revocation (change, body) values ($1, $2)', [next, JSON.stringify(revocation)])
  return null
}
