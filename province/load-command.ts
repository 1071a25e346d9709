import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { complain, onDatabase, readWords } from './command-words.ts'
import type { Database } from './database.ts'
import { loadPeople } from './load-people.ts'
import { loadSites } from './load-sites.ts'
import { type Change, countsOf, hashOf, type Load, type LoadedFile, loadsSoFar } from './loads.ts'
import { sayFaults } from './orders-command.ts'

export const loadUsage = `node province/main.ts load sites FILE --database-url URL --by NAME | --dry-run
node province/main.ts load people FILE --database-url URL --by NAME | --dry-run
node province/main.ts load list --database-url URL
  the bureau's sites (JSON list) and people (CSV with a heading, UTF-8 or GB18030, or a JSON list): all of a file or nothing of it; columns in docs/operations.md
  装入站点（JSON 列表）和人员名单（带表头的 CSV，UTF-8 或 GB18030，或 JSON 列表）；一行有错，整个文件都不装入
  名单里没有的人和文件里没有的列保持原样；去世、迁出要在“状态”列写明
  --dry-run  only says what would change   只列出会改动什么
  --by       who loads it; kept with the file's hash   经办人，和文件的哈希一起留存`

const loaders = { sites: loadSites, people: loadPeople }

/** The words after `load`. Resolves to the exit code: 0 done or shown, 1 the file has faults and nothing was loaded, 2 nothing was looked at. */
export async function loadCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, {
    'database-url': { type: 'string' },
    by: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${loadUsage}`, 2)
  const { values, positionals } = read
  const [verb, path, ...more] = positionals
  const on = (work: (database: Database) => Promise<number>) => onDatabase(values['database-url'], loadUsage, work)
  if (verb === 'list' && path === undefined) return await on(showLoads)
  if ((verb !== 'sites' && verb !== 'people') || path === undefined || more.length > 0)
    return complain('请写 load sites FILE、load people FILE 或 load list', `say what to load\n${loadUsage}`, 2)
  const operator = values.by?.trim() ?? ''
  if (operator === '' && !values['dry-run'])
    return complain('缺 --by 姓名（或用 --dry-run 先看）', 'say --by who loads it, or --dry-run', 2)
  return await on(async database => {
    const bytes = readFileSync(path)
    const file: LoadedFile = { what: verb, file: basename(path), bytes, operator }
    return say(await loaders[verb](database, file, values['dry-run']), file, values['dry-run'])
  })
}

function say(load: Load, { bytes }: LoadedFile, dryRun: boolean): number {
  if (load.faults.length > 0) {
    const lines = sayFaults(load.faults)
    return complain(`${lines} 行有错，整个文件都没有装入`, `${lines} lines have faults; nothing was loaded`, 1)
  }
  for (const line of changeLines(load.changes)) console.log(line)
  for (const [zh, en] of load.remarks) console.error(`${zh}\n${en}`)
  const { fresh, changed, gone, unchanged } = countsOf(load)
  console.log(`新增 ${fresh}，改动 ${changed}，去世或迁出 ${gone}，原样 ${unchanged}`)
  console.log(`new ${fresh}, changed ${changed}, gone ${gone}, unchanged ${unchanged}`)
  console.log(
    dryRun
      ? '只是试看，没有改动 / a dry run: nothing was changed'
      : `已装入，文件哈希 ${hashOf(bytes)} / loaded; SHA-256 of the file`,
  )
  return 0
}

/** Of each kind so many are named. */
const mostNamed = 50
const kinds = { fresh: '新增 new', changed: '改动 changed', gone: '去世或迁出 gone' } as const

function changeLines(changes: readonly Change[]): string[] {
  return (['fresh', 'changed', 'gone'] as const).flatMap(kind => {
    const of = changes.filter(change => change.kind === kind)
    const named = of
      .slice(0, mostNamed)
      .map(({ id, name, columns }) => [kinds[kind], id, name, columns.join('、')].join('  ').trimEnd())
    return of.length > mostNamed ? [...named, `${kinds[kind]}  …… 共 ${of.length} / ${of.length} in all`] : named
  })
}

async function showLoads(database: Database): Promise<number> {
  const loads = await loadsSoFar(database.pool)
  for (const { at, what, file, hash, operator, fresh, changed, gone, unchanged } of loads)
    console.log(
      `${at.toISOString()}  ${what}  ${operator}  新增 new ${fresh}  改动 changed ${changed}  去世迁出 gone ${gone}  原样 unchanged ${unchanged}  ${file}  ${hash}`,
    )
  if (loads.length === 0) console.log('还没有装入过 / nothing was loaded yet')
  return 0
}
