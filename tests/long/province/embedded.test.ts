import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../province/database.ts'
import { startEmbeddedPostgres } from '../../../province/embedded.ts'

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

describe('embedded PostgreSQL', () => {
  let folder: string
  /** Whether a process is still a server on the folder; a dead one that nobody has reaped has no command line. */
  const serves = (pid: number) =>
    existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
  beforeEach(() => {
    // Closed to everybody else, as a home folder is: PostgreSQL, which under root runs as another user, must still get in.
    folder = mkdtempSync(join(tmpdir(), 'aixin-embedded-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is real PostgreSQL with fsync on, and keeps its data for a second start', async () => {
    const first = await startEmbeddedPostgres({ dataDir: folder })
    await ask(first.url, 'create table kept as select 42 as answer')
    expect(await ask(first.url, 'show fsync')).toEqual([{ fsync: 'on' }])
    expect(await ask(first.url, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }])
    await first.stop()
    const second = await startEmbeddedPostgres({ dataDir: folder })
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    await second.stop()
  })

  it('refuses a second server on the same folder while the first is running', async () => {
    const first = await startEmbeddedPostgres({ dataDir: folder })
    await expect(startEmbeddedPostgres({ dataDir: folder })).rejects.toThrow('in use')
    expect(await ask(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await first.stop()
  })

  it('recovers where the file of a server that died still names a process, even one that is alive', async () => {
    const first = await startEmbeddedPostgres({ dataDir: folder })
    await ask(first.url, 'create table kept as select 42 as answer')
    await first.stop()
    writeFileSync(join(folder, 'cluster', 'postmaster.pid'), `${process.pid}\n${folder}/cluster\n`)
    const steps: string[] = []
    const second = await startEmbeddedPostgres({ dataDir: folder, onStep: step => steps.push(step) })
    expect(steps).toEqual(['recovering', 'starting'])
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    await second.stop()
  })

  it('takes over from a server whose starter was killed', async () => {
    const script = `
      const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('../../../province/embedded.ts', import.meta.url).href)})
      await startEmbeddedPostgres({ dataDir: ${JSON.stringify(folder)} })
      process.kill(process.pid, 'SIGKILL')`
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })
    await new Promise(done => starter.on('close', done))
    const orphan = Number(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
    expect(serves(orphan)).toBe(true)
    const second = await startEmbeddedPostgres({ dataDir: folder })
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(serves(orphan)).toBe(false)
    await second.stop()
  })

  it('begins anew where the first start was cut off half-way', async () => {
    mkdirSync(join(folder, 'cluster.new'))
    writeFileSync(join(folder, 'cluster.new', 'PG_VERSION'), '18\n')
    const server = await startEmbeddedPostgres({ dataDir: folder })
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
  })

  it('lets nobody in without the password of its folder', async () => {
    const server = await startEmbeddedPostgres({ dataDir: folder })
    const open = server.url.replace(/:[^:@/]+@/, ':guess@')
    expect(open).not.toBe(server.url)
    await expect(ask(open, 'select 1')).rejects.toThrow('password authentication failed')
    await server.stop()
  })
})

describe('the schema of the province database', () => {
  it('is made once, and a database that is newer or was made otherwise is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aixin-schema-'))
    const server = await startEmbeddedPostgres({ dataDir: folder })
    try {
      await (await openDatabase(server.url)).close()
      await (await openDatabase(server.url)).close()
      await ask(server.url, "insert into schema_migration (step, name, hash) values (99, 'later', 'x')")
      await expect(openDatabase(server.url)).rejects.toThrow('newer')
      await ask(server.url, 'delete from schema_migration where step = 99')
      await ask(server.url, "update schema_migration set hash = 'other' where step = 1")
      await expect(openDatabase(server.url)).rejects.toThrow('not the one')
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
