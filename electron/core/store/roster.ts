import type { SeniorId } from '../../../shared/ids.ts'
import type { Revocation } from '../../../shared/province-api.ts'
import { type FullSenior, type RosterEntry, rosterEntry, type ThinSenior } from '../../../shared/senior.ts'
import type { Db } from './open-database.ts'
import type { Vault } from './vault.ts'

/** Who is known here, encrypted, found by blind indexes. */
export interface Roster {
  bySenior(id: SeniorId): FullSenior | ThinSenior | null
  byCard(card: string): FullSenior | ThinSenior | null
  cardIsLost(card: string): boolean
  /** Codes of this senior issued before this time (s) no longer count; 0 where none was revoked. */
  codesRevokedBefore(id: SeniorId): number
  /** True where the paper card of this serial was reported lost. */
  paperIsRevoked(serial: string): boolean
  /** Takes a page of the roster feed; the caller runs it inside a transaction with its cursor. */
  apply(entries: readonly RosterEntry[]): void
  revoke(items: readonly Revocation[]): void
  members(): number
}

export function createRoster(db: Db, vault: Vault): Roster {
  const seniorIndex = (id: SeniorId) => vault.index('senior', id)
  const cardIndex = (card: string) => vault.index('card', card)
  const place = (index: Buffer) => `roster|body|${index.toString('hex')}`

  const select = db.prepare<[Buffer], { senior: Buffer; body: Buffer }>(
    'SELECT senior, body FROM roster WHERE senior = ?',
  )
  const selectByCard = db.prepare<[Buffer], { senior: Buffer; body: Buffer }>(
    'SELECT r.senior, r.body FROM roster_card c JOIN roster r ON r.senior = c.senior WHERE c.card = ?',
  )
  const upsert = db.prepare(
    'INSERT INTO roster (senior, home, body) VALUES (?, ?, ?) ON CONFLICT (senior) DO UPDATE SET home = excluded.home, body = excluded.body',
  )
  const remove = db.prepare('DELETE FROM roster WHERE senior = ?')
  const removeCards = db.prepare('DELETE FROM roster_card WHERE senior = ?')
  const addCard = db.prepare(
    'INSERT INTO roster_card (card, senior) VALUES (?, ?) ON CONFLICT (card) DO UPDATE SET senior = excluded.senior',
  )
  const isBlocked = db.prepare<[Buffer], { n: number }>('SELECT count(*) AS n FROM blocked_card WHERE card = ?')
  const block = db.prepare('INSERT INTO blocked_card (card) VALUES (?) ON CONFLICT (card) DO NOTHING')
  const unblock = db.prepare('DELETE FROM blocked_card WHERE card = ?')
  const codesBefore = db.prepare<[Buffer], { before: number }>('SELECT before FROM blocked_codes WHERE senior = ?')
  const blockCodes = db.prepare(
    'INSERT INTO blocked_codes (senior, before) VALUES (?, ?) ON CONFLICT (senior) DO UPDATE SET before = max(before, excluded.before)',
  )
  const isRevoked = db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM revoked_paper WHERE serial = ?')
  const revokePaper = db.prepare('INSERT INTO revoked_paper (serial) VALUES (?) ON CONFLICT (serial) DO NOTHING')
  const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM roster WHERE home = 1')

  function open(row: { senior: Buffer; body: Buffer } | undefined): FullSenior | ThinSenior | null {
    if (!row) return null
    const entry = rosterEntry.parse(JSON.parse(vault.decrypt(place(row.senior), row.body).toString('utf8')))
    return entry.kind === 'gone' ? null : entry
  }

  return {
    bySenior: id => open(select.get(seniorIndex(id))),
    byCard: card => open(selectByCard.get(cardIndex(card))),
    cardIsLost: card => (isBlocked.get(cardIndex(card))?.n ?? 0) > 0,
    codesRevokedBefore: id => codesBefore.get(seniorIndex(id))?.before ?? 0,
    paperIsRevoked: serial => (isRevoked.get(serial)?.n ?? 0) > 0,
    apply(entries) {
      for (const entry of entries) {
        const index = seniorIndex(entry.id)
        removeCards.run(index)
        if (entry.kind === 'gone') {
          remove.run(index)
          continue
        }
        const home = entry.kind === 'full' && entry.home ? 1 : 0
        upsert.run(index, home, vault.encrypt(place(index), Buffer.from(JSON.stringify(entry))))
        for (const card of entry.cards) addCard.run(cardIndex(card), index)
      }
    },
    revoke(items) {
      for (const item of items) {
        if (item.kind === 'codes') blockCodes.run(seniorIndex(item.senior), item.before)
        else if (item.kind === 'paper') revokePaper.run(item.serial)
        else if (item.lost) block.run(cardIndex(item.card))
        else unblock.run(cardIndex(item.card))
      }
    },
    members: () => count.get()?.n ?? 0,
  }
}
