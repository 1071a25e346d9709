import { z } from 'zod'
import type { BusinessDate } from '../../shared/business-day.ts'
import type { SeniorId } from '../../shared/ids.ts'
import { capsOn, type LimitsOn } from '../../shared/leases/cap-day.ts'
import { type HolderId, holderOf } from '../../shared/leases/rights.ts'
import { leasedThrough } from '../../shared/leases/rules.ts'
import { movedHome, refilled, withOwed } from '../../shared/leases/senior-lease.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { versionInForce } from '../../shared/policy/quote.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'
import { packsOf, type Site } from '../../shared/site.ts'
import { insertRows, type Queryable, select } from '../database.ts'
import { limitsAt, peopleOf } from './caps.ts'
import { bringOwed, owedElsewhere } from './owed-elsewhere.ts'
import { heardThrough, lockLeases, partsOf, type SeniorSubject, terminalsOf } from './states.ts'

/** Who holds what is leased ahead at a site, on a day. */
export interface Home {
  readonly holder: HolderId
  readonly site: Site
  readonly pack: PolicyPack
  readonly today: BusinessDate
}

/**
 * Gives members their lease as it should stand today, and has the terminal hear of what changed. Whose home is another till of the site, or
 * whom the roster has brought here, has this one for a home from now on: the old one is asked for all that it has.
 */
export async function refill(client: Queryable, home: Home, subjects: readonly SeniorSubject[]): Promise<void> {
  const people = await peopleOf(
    client,
    subjects.map(({ senior }) => senior),
  )
  await nameMembers(client, home.site, subjects)
  const isAsked = (date: BusinessDate) => versionInForce(home.pack, date)?.offline?.mode === 'online'
  const leasesAhead = !isAsked(home.today)
  /** Of a version to come under which every visit asks nothing is leased. */
  const aheadOn = (limitsOn: LimitsOn): LimitsOn => {
    return date => (date > home.today && isAsked(date) ? [] : limitsOn(date))
  }
  const houses = await terminalsOf(client, home.site.id)
  const book = await lockLeases(client, subjects)
  const heard = await heardThrough(
    client,
    subjects.flatMap(subject => Object.keys(book.of(subject).rights.holders)),
  )
  for (const subject of subjects) {
    const before = book.of(subject)
    const known = people.get(subject.senior)
    if (known === undefined) continue
    const isMember = known.home === home.site.id
    const isOfSite = before.home !== null && houses.has(partsOf(before.home).terminal)
    // Two visits in a row elsewhere moved the home: it stays there until the roster says another site than it did.
    if (before.home !== null && !isOfSite && !(isMember && before.rosterSite !== home.site.id)) continue
    const limitsOn = limitsAt(home.pack, known.person, home.site)
    // Of a service's pack that gives this person nothing, now or at the end of the lease, there is nothing to lease, nor to tell.
    const ends = [home.today, leasedThrough(home.site.leaseClass, home.today)]
    const isForThem = home.pack.id === home.site.policy || ends.some(date => limitsOn(date).some(({ cap }) => cap > 0))
    if (!isForThem && before.home === null) continue
    const moved = before.home === null ? { lease: before, tell: [] } : movedHome(before, home.holder)
    const lease = { ...moved.lease, rosterSite: isMember ? home.site.id : before.rosterSite }
    book.tell(subject, moved.tell)
    const holders = Object.keys(lease.rights.holders)
    const since = holders.reduce<BusinessDate>((least, id) => {
      const one = heard(id)
      return one < least ? one : least
    }, home.today)
    const capOf = capsOn(limitsOn, home.today)
    const at = { leaseClass: home.site.leaseClass, date: home.today, limitsOn: aheadOn(limitsOn), since, capOf }
    // Where a till has to ask for everything, it is the home all the same: it pays what claims brought.
    const next = leasesAhead
      ? refilled(lease, home.holder, at)
      : withOwed({ ...lease, home: home.holder }, home.holder, capOf)
    book.put(subject, next)
    const changed =
      JSON.stringify(holderOf(next.rights, home.holder)) !== JSON.stringify(holderOf(lease.rights, home.holder))
    if (changed || before.home === null) book.tell(subject, [home.holder])
  }
  await book.store()
}

/** Gives a home what its members are owed under other packs than its own. */
export async function bringHome(
  client: Queryable,
  { holder, site }: Pick<Home, 'holder' | 'site'>,
  members: readonly SeniorId[],
): Promise<void> {
  const subjects = await owedElsewhere(client, members, packsOf(site))
  if (subjects.length === 0) return
  await nameMembers(client, site, subjects)
  const book = await lockLeases(client, subjects)
  bringOwed(book, subjects, holder)
  await book.store()
}

/** Remembers whom a site means by its references. */
export async function nameMembers(
  client: Queryable,
  site: Pick<Site, 'id'>,
  subjects: readonly SeniorSubject[],
): Promise<void> {
  const [row] = await select(
    client,
    z.object({ site_key: z.instanceof(Buffer) }),
    'select site_key from site where site_id = $1',
    [site.id],
  )
  if (row === undefined) return
  const key = new Uint8Array(row.site_key)
  await insertRows(
    client,
    'senior_ref',
    ['site_id', 'ref', 'senior_id'],
    subjects.map(({ senior }) => [site.id, seniorRefOf(key, senior), senior]),
    'on conflict (site_id, ref) do nothing',
  )
}
