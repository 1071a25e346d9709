import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { parseElderCode } from '../../../shared/elder-code.ts'
import { demoCodeReply, demoPerson, enrolmentCode } from '../../../shared/province-api.ts'
import { enrolPaperTerminal, paperKeys, post } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const program = new URL('../../../province/main.ts', import.meta.url).pathname

/** Runs the province's program until it has said `lines` lines or ended. */
async function run(args: string[], lines: number) {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, AIXIN_LOG: 'debug' } })
  let [said, complained] = ['', '']
  child.stderr.on('data', chunk => {
    complained += chunk
  })
  const ended = new Promise<number | null>(done => child.on('close', done))
  const spoken = new Promise<void>(done =>
    child.stdout.on('data', chunk => {
      said += chunk
      if (plain(said).length >= lines) done()
    }),
  )
  await Promise.race([spoken, ended])
  return { child, ended, said: () => said, complained: () => complained }
}

/** The lines that are not log lines. */
const plain = (text: string) => text.split('\n').filter(line => line !== '' && !line.startsWith('{"level"'))

describe('the program of the province', () => {
  let house: ProvinceHouse
  beforeAll(async () => {
    house = await openProvinceHouse()
  })
  afterAll(() => house.close())

  it('prints its address and an enrolment code, serves, logs no person, and ends cleanly on SIGTERM', async () => {
    const args = ['--database-url', house.databaseUrl, '--port', '0', '--demo', '--enrol', 'till-9@demo-canteen']
    const { child, ended, said, complained } = await run(args, 2)
    const [address = '', code = ''] = plain(said())
    const terminal = await enrolPaperTerminal(enrolmentCode.parse(JSON.parse(code)), await paperKeys())
    const senior = demoSeniors()[0]
    if (!senior) throw new Error('no senior')
    expect((await terminal.push([await terminal.sale(senior)])).acknowledged.seq).toBe(1)
    await terminal.pull('roster', null)
    await post(address, '/v1/enrol', { terminal: senior.name })
    const card = senior.cards[0] ?? ''
    await terminal.lookUp({ by: 'card', card })
    await terminal.lookUp({ by: 'name', name: senior.name, numberTail: senior.numberTail ?? '' })
    await terminal.ask({ senior: senior.id, pack: 'DEMO', generation: 1, epoch: 1, totals: [], debits: [] })
    await terminal.pull('leases', null)
    await post(address, `/v1/${encodeURIComponent(senior.name)}?who=${senior.id}`, { name: senior.name })
    await post(address, '/v1/codes', { senior: senior.id })
    await house.rows('alter table lookup rename to gone')
    await expect(terminal.lookUp({ by: 'card', card })).rejects.toThrow('BUSY')
    await house.rows('alter table gone rename to lookup')
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(said()).toContain('"msg":"push"')
    expect(said()).toContain('"msg":"request failed"')
    for (const secret of [senior.name, senior.id, senior.person.birthDate, senior.cards[0] ?? 'none'])
      expect(said() + complained()).not.toContain(secret)
  })

  it('says in one line why it cannot start', async () => {
    const { ended, complained } = await run(['--database-url', 'postgres://nobody:x@127.0.0.1:1/none'], 1)
    expect(await ended).toBe(1)
    expect(complained()).toMatch(/^the province did not start: .*ECONNREFUSED/)
  })

  it('shows its usage where the database is left out', async () => {
    const { ended, said } = await run([], 1)
    expect(await ended).toBe(2)
    expect(said()).toContain('--database-url')
  })
})

describe('the endpoints of the demo', () => {
  let house: ProvinceHouse
  beforeAll(async () => {
    house = await openProvinceHouse()
  })
  afterAll(() => house.close())

  it('show about a dozen fictional people, one of them on no roster', async () => {
    const response = await fetch(`${house.province.address}/v1/demo/people`)
    const people = demoPerson.array().parse(await response.json())
    expect(people.length).toBeGreaterThanOrEqual(12)
    const known = new Set(demoSeniors().map(({ id }) => id))
    expect(people.filter(({ senior }) => !known.has(senior))).toHaveLength(1)
  })

  it.each([
    ['dynamic', 120],
    ['paper', 365 * 86_400],
  ])('mint a %s code that lives %i seconds', async (kind, life) => {
    const senior = demoSeniors()[0]?.id
    const mint = async () => {
      const { json } = await post(house.province.address, '/v1/demo/codes', { senior, kind })
      const parsed = parseElderCode(demoCodeReply.parse(json).text)
      if (!parsed.ok) throw new Error(parsed.problem)
      return parsed.token
    }
    const [first, second] = [await mint(), await mint()]
    expect(first).toMatchObject({ kind, seniorId: senior })
    expect(first.expiresAt - first.issuedAt).toBe(life)
    expect(second.serial).not.toBe(first.serial)
    if (kind === 'dynamic') expect(second.counter).toBeGreaterThan(first.counter ?? 0)
  })

  it('mint nothing for a person who is not of the demo', async () => {
    const { status, json } = await post(house.province.address, '/v1/demo/codes', {
      senior: '0'.repeat(32),
      kind: 'paper',
    })
    expect([status, json]).toMatchObject([400, { code: 'BODY_BAD' }])
  })
})

describe('the list of tables for Citus in docs/operations.md', () => {
  let house: ProvinceHouse
  beforeAll(async () => {
    house = await openProvinceHouse()
  })
  afterAll(() => house.close())
  const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
  const listed = [...page.matchAll(/select create_(distributed|reference)_table\('(\w+)'(?:, '(\w+)')?/g)].map(
    ([, , table = '', key = null]) => ({ table, key }),
  )

  it('names every table once', async () => {
    const tables = await house.rows(
      "select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_migration' order by 1",
    )
    expect(listed.map(({ table }) => table).sort()).toEqual(tables.map(({ tablename }) => tablename))
  })

  it('distributes by a column that stands in every unique key of its table', async () => {
    const keys = await house.rows(
      `select i.indrelid::regclass::text as table, array_agg(a.attname::text) as columns
         from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indisunique and i.indrelid::regclass::text = any($1) group by i.indexrelid, i.indrelid`,
      [listed.map(({ table }) => table)],
    )
    expect(keys.length).toBeGreaterThan(20)
    for (const { table, key } of listed)
      for (const unique of keys.filter(found => found.table === table))
        if (key !== null) expect([table, unique.columns]).toEqual([table, expect.arrayContaining([key])])
  })
})
