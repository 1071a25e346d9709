import { z } from 'zod'
import { type CsvCell, csvText } from '../shared/csv.ts'
import { siteId } from '../shared/ids.ts'
import { claimMonth, siteNames } from './claims.ts'
import { remarksOnMonth } from './claims-command.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import type { Database } from './database.ts'
import {
  type CountedKind,
  type PersonTimes,
  type PlaceLevel,
  personTimesOf,
  placeLevel,
  putSitePlace,
  sitePlaces,
} from './person-times.ts'

export const personTimesUsage = `node province/main.ts person-times --database-url URL --month 2026-11 [--by county|town|village|site] [--csv]
node province/main.ts person-times place SITE --database-url URL [--city NAME] [--county NAME] [--town NAME] [--village NAME]
  how often meals, services, attendances, doctor's visits, calls and activities were given, and to how many persons, each once in a place
  按区县、街道（乡镇）、社区（村）或站点统计人次和人数：用餐、上门服务、日间照料、家庭医生、探访、活动；同一人在一个地方只算一人
  place  says where a site lies where its own facts do not; for counting alone   写明站点所在地，只用于统计`

const options = {
  'database-url': { type: 'string' },
  month: { type: 'string' },
  by: { type: 'string', default: 'county' },
  csv: { type: 'boolean', default: false },
  city: { type: 'string' },
  county: { type: 'string' },
  town: { type: 'string' },
  village: { type: 'string' },
} as const

/** The words after `person-times`. Resolves to the exit code: 0 printed or written, 1 there is no such site, 2 nothing was done. */
export async function personTimesCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, options)
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${personTimesUsage}`, 2)
  const { values, positionals } = read
  if (positionals[0] === 'place') return await writePlace(positionals, values)
  const month = claimMonth.safeParse(values.month)
  const level = placeLevel.safeParse(values.by)
  if (positionals.length > 0 || !month.success)
    return complain('请用 --month 写明月份，如 2026-11', `say the month, like --month 2026-11\n${personTimesUsage}`, 2)
  if (!level.success)
    return complain('--by 写 county、town、village 或 site', 'say --by county, town, village or site', 2)
  return await onDatabase(values['database-url'], personTimesUsage, async database => {
    const rows = await personTimesOf(database.pool, month.data, level.data)
    const sites = await siteNames(database.pool)
    if (values.csv) process.stdout.write(csvOf(rows, month.data, level.data, sites))
    else for (const line of linesOf(rows, level.data, sites)) console.log(line)
    const remarks = [...(await remarksOnMonth(database, month.data)), ...(await unplaced(database, level.data))]
    for (const line of remarks) console.error(line)
    return 0
  })
}

const unit = z.string().trim().min(1).max(64).optional()
const place = z.object({ city: unit, county: unit, town: unit, village: unit })

async function writePlace(
  [, name, ...more]: readonly string[],
  values: { readonly 'database-url'?: string | undefined } & z.input<typeof place>,
): Promise<number> {
  const site = siteId.safeParse(name)
  const units = place.safeParse(values)
  if (!site.success || more.length > 0 || !units.success || Object.values(units.data).every(one => one === undefined))
    return complain('请写一个站点和它的所在地', `say one site and where it lies\n${personTimesUsage}`, 2)
  return await onDatabase(values['database-url'], personTimesUsage, async database => {
    if (!(await putSitePlace(database.pool, site.data, units.data)))
      return complain(`没有站点 ${site.data}`, `there is no site ${site.data}`, 1)
    const now = (await sitePlaces(database.pool)).get(site.data)
    const said = now ? [now.city, now.county, now.town, now.village].map(one => one ?? notSaid).join(' · ') : notSaid
    console.log(`${site.data}：${said}`)
    return 0
  })
}

const notSaid = '未填 not said'
const titles: Readonly<Record<CountedKind, string>> = {
  all: '合计 all',
  meals: '助餐 meals',
  helps: '服务 services',
  cleaning: '  助洁 cleaning',
  medical: '  助医 medical',
  mobility: '  助行 mobility',
  bathing: '  助浴 bathing',
  emergency: '  助急 emergency',
  'day-care': '日间照料 day care',
  doctor: '家庭医生 doctor',
  calling: '探访关爱 calls',
  activity: '活动 activities',
  other: '目录外 not in the catalogue',
}

const isSame = (one: PersonTimes, other: PersonTimes | undefined) =>
  other !== undefined &&
  (['city', 'county', 'town', 'village', 'site_id'] as const).every(column => one[column] === other[column])

function linesOf(rows: readonly PersonTimes[], level: PlaceLevel, sites: ReadonlyMap<string, string>): string[] {
  if (rows.length === 0) return ['这个月没有记录', 'nothing was given in this month']
  return rows.flatMap((row, at) => {
    const figures = [
      `人次 times ${row.times}`,
      `人数 persons ${row.persons}`,
      ...(row.unnamed === 0 ? [] : [`未记名 unnamed ${row.unnamed}`]),
      ...(row.held === 0 ? [] : [`待核 held ${row.held}（${row.held_persons} 人 persons）`]),
    ]
    const line = `  ${titles[row.kind]}  ${figures.join('  ')}`
    return isSame(row, rows[at - 1]) ? [line] : [placeText(row, level, sites), line]
  })
}

function placeText(row: PersonTimes, level: PlaceLevel, sites: ReadonlyMap<string, string>): string {
  const depth = { county: 2, town: 3, village: 4, site: 4 }[level]
  const named = [row.city, row.county, row.town, row.village].slice(0, depth).map(one => one ?? notSaid)
  return [...named, ...(row.site_id === null ? [] : [`${sites.get(row.site_id) ?? ''} ${row.site_id}`])].join(' · ')
}

const head = [
  ...[
    '月份 month',
    '级别 level',
    '市 city',
    '区县 county',
    '街道乡镇 town',
    '社区村 village',
    '站点 site',
    '站点名称 site name',
  ],
  ...['类别 kind', '人次 times', '人数 persons', '未记名 unnamed', '待核人次 held times', '待核人数 held persons'],
]

function csvOf(
  rows: readonly PersonTimes[],
  month: string,
  level: PlaceLevel,
  sites: ReadonlyMap<string, string>,
): string {
  return csvText([
    head,
    ...rows.map((row): CsvCell[] => [
      ...[month, level, row.city ?? '', row.county ?? '', row.town ?? '', row.village ?? ''],
      ...[row.site_id ?? '', row.site_id === null ? '' : (sites.get(row.site_id) ?? ''), titles[row.kind].trim()],
      ...[row.times, row.persons, row.unnamed, row.held, row.held_persons],
    ]),
  ])
}

/** Sites that are counted under a place without a name. */
async function unplaced(database: Database, level: PlaceLevel): Promise<string[]> {
  const needed = (['county', 'town', 'village'] as const).slice(0, level === 'county' ? 1 : level === 'town' ? 2 : 3)
  const sites = [...(await sitePlaces(database.pool))].filter(([, where]) => needed.some(one => where[one] === null))
  if (level === 'site' || sites.length === 0) return []
  const named = sites.map(([site]) => site).join(', ')
  return [`没有写明所在地的站点，请用 person-times place 补上 / sites that do not say where they lie: ${named}`]
}
