import type { BusinessDate } from '../../../shared/business-day.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { letterChoices } from '../../../shared/name-readings.ts'
import { fitsSearch } from '../../../shared/name-search.ts'
import type { Revocation } from '../../../shared/province-api.ts'
import type { RosterProxy } from '../../../shared/proxy.ts'
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
  /** Those held in full whom the typed text fits (see `fitsSearch`), by name. */
  find(text: string, limit: number): FullSenior[]
  /** All who are held in full. */
  inFull(): FullSenior[]
  /** The first members of this site, by name. */
  firstMembers(limit: number): FullSenior[]
  /** Takes a page of the roster feed; the caller runs it inside a transaction with its cursor. */
  apply(entries: readonly RosterEntry[]): void
  revoke(items: readonly Revocation[]): void
  /** Adds a card to a senior who is held in full, until the feed says the same. Inside the caller's transaction. */
  bind(id: SeniorId, card: string): void
  /** Takes a card that staff bound off a senior who is held in full, until the feed says the same. Inside the caller's transaction. */
  unbind(id: SeniorId, card: string): void
  /** Who may collect meals for a senior who is held in full, until the feed says the same. Inside the caller's transaction. */
  setProxies(id: SeniorId, proxies: readonly RosterProxy[]): void
  /** Keeps of visitors whose time is over no more than their ids. */
  forgetVisitors(today: BusinessDate): void
  members(): number
  /** What a page may call a card by, instead of its key. */
  handleOf(card: string): string
  /** True where this site is the senior's home. */
  isMember(id: SeniorId): boolean
}

interface Row {
  readonly senior: Buffer
  readonly body: Buffer
}

export function createRoster(db: Db, vault: Vault): Roster {
  const seniorIndex = (id: SeniorId) => vault.index('senior', id)
  const cardIndex = (card: string) => vault.index('card', card)
  const place = (index: Buffer) => `roster|body|${index.toString('hex')}`

  const select = db.prepare<[Buffer], Row>('SELECT senior, body FROM roster WHERE senior = ?')
  const selectByCard = db.prepare<[Buffer], Row>(
    'SELECT r.senior, r.body FROM roster_card c JOIN roster r ON r.senior = c.senior WHERE c.card = ?',
  )
  const selectFull = db.prepare<[], Row>(
    'SELECT senior, body FROM roster WHERE home = 1 UNION ALL SELECT senior, body FROM roster WHERE home = 0 AND visitor_until IS NOT NULL',
  )
  const selectPast = db.prepare<[string], Row>('SELECT senior, body FROM roster WHERE home = 0 AND visitor_until < ?')
  const upsert = db.prepare(
    `INSERT INTO roster (senior, home, body, visitor_until) VALUES (?, ?, ?, ?)
      ON CONFLICT (senior) DO UPDATE SET home = excluded.home, body = excluded.body, visitor_until = excluded.visitor_until`,
  )
  const remove = db.prepare('DELETE FROM roster WHERE senior = ?')
  const removeCards = db.prepare('DELETE FROM roster_card WHERE senior = ?')
  const removePin = db.prepare('DELETE FROM pin WHERE senior = ?')
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
  const selectHome = db.prepare<[Buffer], { home: number }>('SELECT home FROM roster WHERE senior = ?')

  /** Opened once for many searches: names lie encrypted, and cannot be looked for as they lie. */
  let findable: { senior: FullSenior; readings: string[] }[] | null = null

  function open(row: Row | undefined): FullSenior | ThinSenior | null {
    if (!row) return null
    const entry = rosterEntry.parse(JSON.parse(vault.decrypt(place(row.senior), row.body).toString('utf8')))
    return entry.kind === 'gone' ? null : entry
  }

  function write(entry: FullSenior | ThinSenior): void {
    const index = seniorIndex(entry.id)
    const home = entry.kind === 'full' && entry.home ? 1 : 0
    const until = (entry.kind === 'full' && entry.visitorUntil) || null
    removeCards.run(index)
    upsert.run(index, home, vault.encrypt(place(index), Buffer.from(JSON.stringify(entry))), until)
    for (const card of entry.cards) addCard.run(cardIndex(card), index)
    findable = null
  }

  function everybodyInFull(): NonNullable<typeof findable> {
    findable ??= selectFull
      .all()
      .flatMap(row => open(row) ?? [])
      .flatMap(senior => (senior.kind === 'full' ? [{ senior, readings: letterChoices(senior.name) }] : []))
      .sort((one, other) => one.senior.name.localeCompare(other.senior.name, 'zh-u-co-pinyin'))
    return findable
  }

  return {
    bySenior: id => open(select.get(seniorIndex(id))),
    byCard: card => open(selectByCard.get(cardIndex(card))),
    cardIsLost: card => (isBlocked.get(cardIndex(card))?.n ?? 0) > 0,
    codesRevokedBefore: id => codesBefore.get(seniorIndex(id))?.before ?? 0,
    paperIsRevoked: serial => (isRevoked.get(serial)?.n ?? 0) > 0,
    find(text, limit) {
      const found = everybodyInFull().filter(({ senior, readings }) => fitsSearch(text, senior, readings))
      return found.slice(0, limit).map(({ senior }) => senior)
    },
    inFull: () => everybodyInFull().map(({ senior }) => senior),
    firstMembers(limit) {
      const members = everybodyInFull().filter(({ senior }) => senior.home)
      return members.slice(0, limit).map(({ senior }) => senior)
    },
    apply(entries) {
      for (const entry of entries) {
        const index = seniorIndex(entry.id)
        if (entry.kind !== 'gone') {
          write(entry)
          continue
        }
        removeCards.run(index)
        remove.run(index)
        removePin.run(index)
        findable = null
      }
    },
    revoke(items) {
      for (const item of items) {
        if (item.kind === 'codes') blockCodes.run(seniorIndex(item.senior), item.before)
        else if (item.kind === 'paper') revokePaper.run(item.serial)
        else if (item.kind === 'card') (item.lost ? block : unblock).run(cardIndex(item.card))
      }
    },
    bind(id, card) {
      const senior = open(select.get(seniorIndex(id)))
      if (senior?.kind !== 'full') return
      // A page may have made it somebody else's meanwhile.
      if (senior.cards.includes(card)) addCard.run(cardIndex(card), seniorIndex(id))
      else write({ ...senior, cards: [...senior.cards, card], boundCards: [...(senior.boundCards ?? []), card] })
    },
    unbind(id, card) {
      const senior = open(select.get(seniorIndex(id)))
      if (senior?.kind !== 'full' || !senior.boundCards?.includes(card)) return
      const without = (cards: readonly string[]) => cards.filter(each => each !== card)
      write({ ...senior, cards: without(senior.cards), boundCards: without(senior.boundCards) })
    },
    setProxies(id, proxies) {
      const senior = open(select.get(seniorIndex(id)))
      if (senior?.kind === 'full') write({ ...senior, proxies: [...proxies] })
    },
    forgetVisitors(today) {
      for (const row of selectPast.all(today)) {
        const senior = open(row)
        if (senior) write({ kind: 'thin', id: senior.id, cards: senior.cards, codesSince: senior.codesSince })
      }
    },
    members: () => count.get()?.n ?? 0,
    handleOf: card => vault.index('card-handle', card).toString('base64url').slice(0, 16),
    isMember: id => selectHome.get(seniorIndex(id))?.home === 1,
  }
}
