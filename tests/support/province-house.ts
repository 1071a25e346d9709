import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../province/embedded.ts'
import { type Province, type ProvinceOptions, startProvince } from '../../province/server.ts'
import { siteId, terminalId } from '../../shared/ids.ts'
import { enrolPaperTerminal, paperKeys } from './paper-terminal.ts'
import { readyCluster } from './ready-cluster.ts'

/** For whole sites: lunch nearly all day, so that no test meets the turn of a meal period. */
const allDayLunch = JSON.stringify({
  breakfast: { from: 240, to: 241 },
  lunch: { from: 241, to: 1679 },
  dinner: { from: 1679, to: 1680 },
})

/** A demo province on real PostgreSQL in a temporary folder, with a look into its database. */
export async function openProvinceHouse(options: { lunchAllDay?: boolean } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-province-'))
  chmodSync(folder, 0o755)
  await readyCluster(join(folder, 'postgres'))
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
  /** Another province over the same database. */
  const start = (more: Partial<ProvinceOptions> = {}) =>
    startProvince({ databaseUrl: postgres.url, host: '127.0.0.1', port: 0, demo: true, logLevel: 'silent', ...more })
  const province = await start()
  const eye = new pg.Pool({ connectionString: postgres.url, max: 2 })
  // The pool calls itself ended before its connections are: the server may close them first.
  eye.on('error', () => undefined)
  if (options.lunchAllDay)
    await eye.query('update site set body = jsonb_set(body::jsonb, $1, $2)::text', ['{mealPeriods}', allDayLunch])
  let made = 0
  return {
    folder,
    databaseUrl: postgres.url,
    province,
    start,
    code: (site = 'demo-canteen') =>
      province.createEnrolmentCode(terminalId.parse(`paper-${++made}`), siteId.parse(site)),
    /** A terminal that is in service since long ago, so that a test may let it write of any month. */
    async terminal(site = 'demo-canteen') {
      const terminal = await this.newTerminal(site)
      await eye.query("update terminal set enrolled_on = '2020-01-01' where terminal_id = $1", [terminal.terminal])
      return terminal
    },
    async newTerminal(site = 'demo-canteen') {
      return await enrolPaperTerminal(await this.code(site), await paperKeys())
    },
    /** A terminal of another province over the same database. */
    async terminalOf(other: Province, site = 'demo-canteen') {
      const code = await other.createEnrolmentCode(terminalId.parse(`paper-${++made}`), siteId.parse(site))
      return await enrolPaperTerminal(code, await paperKeys())
    },
    /** The database goes away, and does not come back. */
    stopDatabase: () => postgres.stop(),
    async rows(text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
      return (await eye.query(text, [...values])).rows
    },
    async number(text: string, values: readonly unknown[] = []): Promise<number> {
      return Number(Object.values((await this.rows(text, values))[0] ?? {})[0] ?? 0)
    },
    async close() {
      await eye.end()
      await province.close()
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type ProvinceHouse = Awaited<ReturnType<typeof openProvinceHouse>>
