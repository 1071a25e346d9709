import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type SeniorId, seniorId } from '../shared/ids.ts'
import { type Database, insertRows, type Queryable, select, transaction } from './database.ts'
import { type Change, countsOf, type Load, type LoadedFile, noteLoad, textOf, unusable } from './loads.ts'
import {
  cellsOf,
  differences,
  faultsOf,
  type PeopleColumn,
  type PersonCells,
  peopleColumns,
  seniorOf,
} from './people-columns.ts'
import { currentPacks } from './policies.ts'
import { type SeniorToWrite, storedSeniors, writeSeniors } from './seniors.ts'
import { type LineFault, readTable, type TableLine } from './table-file.ts'

type Line = TableLine<PeopleColumn>
type Words = readonly [zh: string, en: string]

const states = new Map<string, 'here' | 'gone' | 'back'>([
  ['', 'here'],
  ['在册', 'here'],
  ['here', 'here'],
  ['去世', 'gone'],
  ['迁出', 'gone'],
  ['gone', 'gone'],
  ['恢复', 'back'],
  ['back', 'back'],
])

/**
 * Writes the people of a file, all or none; with `dryRun` only says what it would do. Who is not in the file stays as they are, and so does what
 * the file has no column for. Somebody who is gone stays gone until a line says `back`.
 */
export async function loadPeople(database: Database, file: LoadedFile, dryRun: boolean): Promise<Load> {
  const table = readPeople(file.bytes)
  if (!table.ok) return unusable(table.faults)
  return await transaction(database, async client => {
    // Of two loads at a time the second one sees what the first one did.
    await client.query('select pg_advisory_xact_lock(7203)')
    const { ids, drawn } = await idsOf(client, table.lines)
    const before = await storedSeniors(client, [...ids.values()])
    const sites = new Set((await select(client, siteRow, 'select site_id from site')).map(row => row.site_id))
    const faults: LineFault[] = []
    const changes: Change[] = []
    const people: { readonly line: number; readonly to: SeniorToWrite }[] = []
    let stillGone = 0
    for (const line of table.lines) {
      const id = ids.get(line.cell('number'))
      if (id === undefined) throw new Error('a number without an id')
      const old = before.get(id) ?? null
      const read = readPerson(line, id, old, sites)
      if (!read.ok) {
        faults.push(...read.said.map(([zh, en]) => ({ line: line.line, zh, en })))
        continue
      }
      if (old?.gone === true && read.to.gone) stillGone += states.get(line.cell('state')) === 'here' ? 1 : 0
      const change = changeOf(line, old, read.to)
      if (change !== null) changes.push(change)
      people.push({ line: line.line, to: read.to })
    }
    faults.push(...(await cardFaults(client, people)))
    if (faults.length > 0) return unusable(faults.sort((one, other) => one.line - other.line))
    const load: Load = {
      changes,
      unchanged: people.length - changes.length,
      faults,
      remarks: [...goneRemarks(stillGone), ...(await categoryRemarks(database.pool, people))],
    }
    if (dryRun) return load
    await insertInParts(client, drawn)
    await writeSeniors(
      client,
      people.map(({ to }) => to),
    )
    await noteLoad(client, file, countsOf(load))
    return load
  })
}

const siteRow = z.object({ site_id: z.string() })

function readPeople(bytes: Uint8Array): { ok: true; lines: readonly Line[] } | { ok: false; faults: LineFault[] } {
  const text = textOf(bytes)
  if (text === null)
    return { ok: false, faults: [{ line: 1, zh: '文字编码要 UTF-8 或 GB18030', en: 'write it in UTF-8 or GB18030' }] }
  const table = readTable(text, peopleColumns, ['number'])
  if (!table.ok) return { ok: false, faults: [table.fault] }
  const faults = table.strangers.map(heading => ({
    ...{ line: 1, zh: `没有“${heading}”这一列，请核对表头` },
    en: `there is no column ${heading}: check the heading`,
  }))
  const seen = new Map<string, number>()
  for (const { line, isTooLong, cell } of table.lines) {
    const number = cell('number')
    const fault = (zh: string, en: string) => faults.push({ line, zh, en })
    if (isTooLong)
      fault('格子比表头多：格子里的逗号要加引号', 'there are more cells than headings: quote commas in a cell')
    const above = seen.get(number)
    if (!/^[^\s,]{1,64}$/.test(number))
      fault('编号要 1 到 64 个字，中间没有空格', 'a number has 1 to 64 signs, no blank')
    else if (/^\d{17}[\dXx]$|^\d{15}$/.test(number))
      fault('编号不能是身份证号', 'a citizen number must not be the number here')
    else if (above !== undefined) fault(`编号和第 ${above} 行相同`, `the same number as line ${above}`)
    seen.set(number, above ?? line)
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, lines: table.lines }
}

/** The id behind each number: the number itself where it is one, the one that was drawn for it, or a new one. */
async function idsOf(client: Queryable, lines: readonly Line[]) {
  const numbers = lines.map(({ cell }) => cell('number'))
  const rows = await select(
    client,
    z.object({ number: z.string(), senior_id: seniorId }),
    'select number, senior_id from senior_number where number = any($1)',
    [numbers],
  )
  const ids = new Map(rows.map(row => [row.number, row.senior_id]))
  const drawn: (readonly [string, SeniorId])[] = []
  for (const number of numbers) {
    if (ids.has(number)) continue
    const given = seniorId.safeParse(number)
    const id = given.data ?? seniorId.parse(randomBytes(16).toString('hex'))
    if (!given.success) drawn.push([number, id])
    ids.set(number, id)
  }
  return { ids, drawn }
}

async function insertInParts(client: Queryable, drawn: readonly (readonly [string, SeniorId])[]): Promise<void> {
  for (let at = 0; at < drawn.length; at += 10_000)
    await insertRows(client, 'senior_number', ['number', 'senior_id'], drawn.slice(at, at + 10_000))
}

function readPerson(
  { cell, has }: Line,
  id: SeniorId,
  old: SeniorToWrite | null,
  sites: ReadonlySet<string>,
): { ok: true; to: SeniorToWrite } | { ok: false; said: Words[] } {
  const state = states.get(cell('state'))
  if (state === undefined)
    return { ok: false, said: [['状态写“去世”“迁出”“恢复”，或不写', 'the state is gone, back, or empty']] }
  if (state === 'gone')
    return old === null
      ? { ok: false, said: [['名单里没有这个人，不能标去世或迁出', 'nobody has this number, so nobody is gone']] }
      : { ok: true, to: { ...old, gone: true } }
  const before = cellsOf(old?.senior ?? null)
  const cells: PersonCells = column => (has(column) ? cell(column) : before(column))
  const said: Words[] = faultsOf(cells)
  if (cells('site') !== '' && !sites.has(cells('site')))
    said.push([`没有站点 ${cells('site')}，请先 load sites`, `there is no site ${cells('site')}: load sites first`])
  if (said.length > 0) return { ok: false, said }
  return {
    ok: true,
    to: { senior: seniorOf(id, cells, old?.senior ?? null), gone: old?.gone === true && state === 'here' },
  }
}

function changeOf({ cell }: Line, old: SeniorToWrite | null, { senior, gone }: SeniorToWrite): Change | null {
  const about = { id: cell('number'), name: senior.name }
  if (old === null) return { kind: 'fresh', ...about, columns: [] }
  if (gone && !old.gone) return { kind: 'gone', ...about, columns: [] }
  const columns = [...differences(old.senior, senior), ...(old.gone && !gone ? (['state'] as const) : [])]
  return columns.length === 0
    ? null
    : { kind: 'changed', ...about, columns: columns.map(column => peopleColumns[column].join(' ')) }
}

type Read = { readonly line: number; readonly to: SeniorToWrite }

/** A card is of one person: in the file, and beside those whom the file does not name. */
async function cardFaults(client: Queryable, people: readonly Read[]): Promise<LineFault[]> {
  const faults: LineFault[] = []
  const holders = new Map<string, Read>()
  for (const one of people) {
    if (one.to.gone) continue
    for (const card of one.to.senior.cards) {
      const other = holders.get(card)
      if (other === undefined) holders.set(card, one)
      else faults.push(taken(one.line, card, [`第 ${other.line} 行`, `line ${other.line}`]))
    }
  }
  const named = new Map(people.map(({ to }) => [to.senior.id, to]))
  const rows = await select(
    client,
    z.object({ senior_id: seniorId, cards: z.array(z.string()), bound_cards: z.array(z.string()) }),
    'select senior_id, cards, bound_cards from senior where not gone and (cards && $1 or bound_cards && $1)',
    [[...holders.keys()]],
  )
  for (const row of rows) {
    // Of those whom the file names, the cards of the roster are as the file says; what staff bound stays.
    const theirs = named.has(row.senior_id) ? row.bound_cards : [...row.cards, ...row.bound_cards]
    if (named.get(row.senior_id)?.gone === true) continue
    for (const card of theirs) {
      const holder = holders.get(card)
      if (holder !== undefined && holder.to.senior.id !== row.senior_id)
        faults.push(taken(holder.line, card, [`长者 ${row.senior_id}`, `the senior ${row.senior_id}`]))
    }
  }
  return faults
}

const taken = (line: number, card: string, [zh, en]: Words): LineFault => ({
  ...{ line, zh: `卡 ${card} 已是${zh}的` },
  en: `the card ${card} is of ${en} already`,
})

const goneRemarks = (howMany: number): Words[] =>
  howMany === 0
    ? []
    : [
        [
          `${howMany} 人早已标为去世或迁出，没有改回；确要恢复，状态写“恢复”`,
          `${howMany} who are gone stay so; a state of back brings them back`,
        ],
      ]

/** A category that no policy knows gives nobody anything: most likely a slip of the pen. */
async function categoryRemarks(client: Queryable, people: readonly Read[]): Promise<Words[]> {
  const held = new Set(people.flatMap(({ to }) => to.senior.person.categories.map(({ id }) => id)))
  const ids = await select(client, z.object({ pack_id: z.string() }), 'select pack_id from policy where current')
  const packs = await currentPacks(
    client,
    ids.map(row => row.pack_id),
  )
  const known = new Set(packs.flatMap(({ categories }) => categories.map(({ id }) => id)))
  return [...held]
    .filter(id => !known.has(id))
    .map(id => [`没有政策用到类别 ${id}，请核对写法`, `no policy knows the category ${id}: check how it is written`])
}
