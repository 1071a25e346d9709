import { z } from 'zod'
import { en, zhCN } from 'zod/locales'
import { canonicalJson, type Json } from '../shared/canonical-json.ts'
import { siteId } from '../shared/ids.ts'
import { packsOf, type Site, site } from '../shared/site.ts'
import { type Database, type Queryable, select, transaction } from './database.ts'
import { type Change, countsOf, type Load, type LoadedFile, noteLoad, textOf, unusable } from './loads.ts'
import { currentPacks } from './policies.ts'
import { putSite } from './sites.ts'
import type { LineFault } from './table-file.ts'

/** A site's document as a bureau writes it: what tills changed is none of it, and no key is one that nobody reads. */
const siteDocument = z.strictObject(site.omit({ changes: true }).shape)
const chinese = zhCN().localeError
const english = en().localeError

/** Writes the sites of a file, all or none; with `dryRun` only says what it would do. A site that is not in the file stays. */
export async function loadSites(database: Database, file: LoadedFile, dryRun: boolean): Promise<Load> {
  const read = readSites(file.bytes)
  if (read.faults.length > 0) return unusable(read.faults)
  return await transaction(database, async client => {
    // Of two loads at a time the second one sees what the first one did.
    await client.query('select pg_advisory_xact_lock(7203)')
    const faults = await faultsOfPacks(database.pool, read.sites)
    if (faults.length > 0) return unusable(faults)
    const before = await storedSites(client)
    const changes = read.sites.flatMap((one): Change[] => {
      const old = before.get(one.id)
      const columns = old === undefined ? [] : differences(old, one)
      if (old !== undefined && columns.length === 0) return []
      return [{ kind: old === undefined ? 'fresh' : 'changed', id: one.id, name: one.name, columns }]
    })
    const load = { changes, unchanged: read.sites.length - changes.length, faults: [], remarks: [] }
    if (dryRun) return load
    const changed = new Set(changes.map(({ id }) => id))
    for (const one of read.sites) if (changed.has(one.id)) await putSite(client, one)
    await noteLoad(client, file, countsOf(load))
    return load
  })
}

function readSites(bytes: Uint8Array): { sites: readonly Site[]; faults: readonly LineFault[] } {
  const list = listOf(bytes)
  if (list === null)
    return {
      sites: [],
      faults: [{ line: 1, zh: '文件读不懂，要 JSON 列表 [{…}]', en: 'this is no JSON list [{…}] of sites' }],
    }
  const sites: Site[] = []
  const faults: LineFault[] = []
  for (const [at, item] of list.entries()) {
    const read = siteDocument.safeParse(item, { error: english })
    if (read.success) {
      faults.push(...slips(read.data, item, sites).map(([zh, en]) => ({ line: at + 1, zh, en })))
      sites.push(read.data)
      continue
    }
    const translated = siteDocument.safeParse(item, { error: chinese }).error?.issues ?? []
    for (const [place, { path, message }] of read.error.issues.entries())
      faults.push({
        line: at + 1,
        zh: `${path.join('.')}：${translated[place]?.message ?? message}`,
        en: `${path.join('.')}: ${message}`,
      })
  }
  return { sites, faults }
}

function listOf(bytes: Uint8Array): unknown[] | null {
  try {
    return (
      z
        .array(z.unknown())
        .min(1)
        .safeParse(JSON.parse(textOf(bytes)?.replace(/^\ufeff/, '') ?? '')).data ?? null
    )
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** What a sound form does not show. */
function slips(one: Site, given: unknown, before: readonly Site[]): (readonly [zh: string, en: string])[] {
  const repeated = (what: string, ids: readonly unknown[]) =>
    ids.length === new Set(ids).size ? [] : [[`${what} 里有重复`, `something stands twice in ${what}`] as const]
  return [
    ...unread(given, one, '').map(path => [`${path}：没有这一项`, `${path}: nothing has this name`] as const),
    ...(before.some(({ id }) => id === one.id)
      ? [[`站点 ${one.id} 已在前面`, `the site ${one.id} stands above already`] as const]
      : []),
    ...(one.menu.some(({ id }) => id === one.defaultSet)
      ? []
      : [[`defaultSet：菜单上没有 ${one.defaultSet}`, `defaultSet: ${one.defaultSet} is not on the menu`] as const]),
    ...repeated(
      'menu.id',
      one.menu.map(({ id }) => id),
    ),
    ...repeated(
      'menu.key',
      one.menu.map(({ key }) => key),
    ),
    ...repeated(
      'operators.id',
      one.operators.map(({ id }) => id),
    ),
    ...repeated(
      'station.services.id',
      (one.station?.services ?? []).map(({ id }) => id),
    ),
    ...repeated(
      'station.carers.id',
      (one.station?.carers ?? []).map(({ id }) => id),
    ),
  ]
}

const members = z.union([
  z.record(z.string(), z.unknown()),
  z.array(z.unknown()).transform((list): Record<string, unknown> => ({ ...list })),
])

/** Paths of what was written and nobody reads: a slip of the pen in a key's name. */
function unread(given: unknown, read: unknown, path: string): string[] {
  const [written, known] = [members.safeParse(given).data, members.safeParse(read).data]
  if (written === undefined || known === undefined) return []
  return Object.entries(written).flatMap(([key, value]) =>
    key in known ? unread(value, known[key], `${path}${key}.`) : [`${path}${key}`],
  )
}

/** A site that prices by a pack which nobody published would sell at the list price. */
async function faultsOfPacks(client: Queryable, sites: readonly Site[]): Promise<LineFault[]> {
  const needed = [...new Set(sites.flatMap(packsOf))]
  const published = new Set((await currentPacks(client, needed)).map(({ id }) => id))
  return sites.flatMap((one, at) =>
    packsOf(one)
      .filter(pack => !published.has(pack))
      .map(pack => ({
        line: at + 1,
        zh: `政策包 ${pack} 还没有下发，请先 publish`,
        en: `the policy pack ${pack} is not published yet: publish it first`,
      })),
  )
}

async function storedSites(client: Queryable): Promise<Map<string, Site>> {
  const rows = await select(client, z.object({ site_id: siteId, body: z.string() }), 'select site_id, body from site')
  return new Map(rows.map(row => [row.site_id, site.parse(JSON.parse(row.body))]))
}

/** The members in which two documents of a site differ. */
function differences(one: Site, other: Site): string[] {
  const [before, after]: [Members, Members] = [plain(one), plain(other)]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    key => text(before[key]) !== text(after[key]),
  )
}

type Members = Readonly<Record<string, Json>>
const plain = (one: Site): Members => z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(one)))
const text = (value: Json | undefined) => (value === undefined ? '' : canonicalJson(value))
