import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../../../province/database.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { openKeyring } from '../../../province/keys.ts'
import { drawSample, type SampleOrder } from '../../../province/sample.ts'
import { sampleCommand } from '../../../province/sample-command.ts'
import { addDays, businessDate, businessDateOf } from '../../../shared/business-day.ts'
import { chainStart } from '../../../shared/record.ts'
import { runProvince } from '../../support/claims-of-house.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const month = addDays(businessDate.parse(`${today.slice(0, 7)}-01`), -1).slice(0, 7)
const members = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen > 0)
const program = new URL('../../../province/main.ts', import.meta.url).pathname

let house: ProvinceHouse
const usual: SampleOrder = {
  ...{
    month,
    site: null,
    sites: null,
    size: 8,
    seed: '2026-11-30 第一次',
    inspectors: ['王芳', '李强', '陈静'],
    perSite: 2,
  },
}
async function draw(order: Partial<SampleOrder> = {}) {
  const database = await openDatabase(house.databaseUrl)
  try {
    return await drawSample(database, await openKeyring(database), { ...usual, ...order })
  } finally {
    await database.close()
  }
}
const places = (sample: Awaited<ReturnType<typeof draw>>) => sample.records.map(({ place }) => place)
const words = ['--month', month, '--all', '--size', '8', '--seed', usual.seed, '--inspectors', '王芳、李强，陈静']

/** Two sites, four tills, forty meals; of them one voided, one entered late and held, one behind a gap, one without its inputs. */
beforeAll(async () => {
  house = await openProvinceHouse()
  for (const [number, site] of ['demo-canteen', 'demo-riverside', 'demo-canteen', 'demo-riverside'].entries()) {
    const till = await house.terminal(site)
    const sales = []
    for (const [place, senior] of members.slice(number * 10, number * 10 + 9).entries())
      sales.push(await till.sale(senior, { date: `${month}-1${place}` }))
    const [first, second] = sales
    const [last] = members.slice(number * 10 + 9)
    if (!first || !second || !last) throw new Error('too few members')
    const place = { date: `${month}-18`, clock: Date.parse(`${month}-18T06:00:00Z`) }
    await till.push([
      ...sales.map(sale => (number === 1 && sale === second ? { ...sale, inputs: null } : sale)),
      ...(number === 0 ? [await till.sign('void', { of: first.id, reason: 'x', operator: null }, null, place)] : []),
      ...(number === 2 ? [await till.sale(last, { date: `${month}-18`, enteredOn: `${month}-19`, held: true })] : []),
    ])
    if (number !== 3) continue
    const broken = await till.sign('void', { of: first.id, reason: 'x', operator: null }, null, {
      ...place,
      at: { seq: till.head().seq, hash: chainStart },
    })
    await till.push([broken])
  }
  // Meals of guests and what staff did about cards are claimed in nobody's name.
  const till = await house.terminal()
  const [somebody] = members
  if (somebody) await till.push([await till.sale(somebody, { who: 'guest', date: `${month}-20` })])
})
afterAll(() => house.close())

describe('the sampling list', () => {
  it('is drawn from what stands in somebody’s name, with each fund in it', async () => {
    const sample = await draw()
    expect(sample.population).toBe(37)
    expect(sample.records).toHaveLength(8)
    expect(sample.uncovered).toEqual([])
    const funds = new Set(sample.records.flatMap(({ entry }) => entry.subsidies.map(({ fund }) => fund)))
    expect([...funds].sort()).toEqual(['city', 'district', 'street'])
  })

  it('is the same for the same seed whatever the order of the rows; another for another seed', async () => {
    const first = await draw()
    await house.rows('create table shuffled as select * from ledger order by random()')
    await house.rows('delete from ledger')
    await house.rows('insert into ledger select * from shuffled')
    expect(await draw()).toEqual(first)
    expect(places(await draw({ seed: 'another' }))).not.toEqual(places(first))
    expect(places(await draw({ size: 5 }))).toEqual(places(first).slice(0, 5))
  })

  it('is the same by the command in other languages, zones and orders of sorting', async () => {
    const said = (env: Record<string, string>) =>
      new Promise<string>(done => {
        execFile(
          process.execPath,
          [program, 'sample', ...words, '--csv', '--database-url', house.databaseUrl],
          { env: { ...process.env, ...env } },
          (_, out) => done(out),
        )
      })
    const one = await said({ LANG: 'C', LC_ALL: 'C', TZ: 'UTC' })
    expect(one.split('\r\n')).toHaveLength(10)
    expect(await said({ LANG: 'zh_CN.UTF-8', LC_ALL: 'zh_CN.UTF-8', TZ: 'America/New_York' })).toBe(one)
  })

  it('sends inspectors drawn by lot to each site, and draws sites where fewer than all are asked for', async () => {
    const { sites } = await draw()
    expect(sites.map(({ site }) => site).sort()).toEqual(['demo-canteen', 'demo-riverside'])
    for (const { inspectors } of sites) expect(new Set(inspectors).size).toBe(2)
    const one = await draw({ sites: 1, size: 100 })
    expect(one.sites).toEqual(sites.slice(0, 1))
    expect(new Set(one.records.map(({ entry }) => entry.site))).toEqual(new Set([sites[0]?.site]))
    const canteen = await draw({ site: 'demo-canteen', size: 100 })
    expect(new Set(canteen.records.map(({ entry }) => entry.site))).toEqual(new Set(['demo-canteen']))
  })

  it('has the evidence of each record: signature, chain, inputs, who took it back, and why somebody doubts it', async () => {
    const { records } = await draw({ size: 100 })
    expect(records).toHaveLength(37)
    for (const record of records) {
      expect(record).toMatchObject({ signature: 'good', chain: 'whole', device: 'paper', location: 'none' })
      if (record.inputs === 'opened') expect(record.name).toMatch(/＊/)
    }
    const missing = records.filter(({ inputs }) => inputs === 'missing')
    expect(missing.map(({ doubt }) => doubt)).toEqual(['INPUTS_MISSING'])
    expect(records.filter(({ takenBackBy }) => takenBackBy !== null)).toHaveLength(2)
    const late = records.filter(({ entry }) => entry.kind === 'late-entry')
    expect(late.map(({ entry }) => entry.standing)).toEqual(['held'])
  })

  it('sees a record whose bytes were changed in the database, and a signature that was', async () => {
    const [first] = (await draw({ size: 100 })).records
    const [terminal, at] = first?.place.split(' ') ?? []
    const [generation, seq] = at?.split('/') ?? []
    const change = `update ledger set record = convert_to(replace(convert_from(record, 'UTF8'), '"device":"paper"', '"device":"other"'), 'UTF8')
      where terminal_id = $1 and generation = $2 and seq = $3`
    await house.rows(change, [terminal, generation, seq])
    const changed = (await draw({ size: 100 })).records.find(({ place }) => place === first?.place)
    expect(changed).toMatchObject({ signature: 'bad', chain: 'broken', device: 'other' })
    await house.rows(change.replace('"paper"', '"x"').replace('"other"', '"paper"').replace('"x"', '"other"'), [
      ...[terminal, generation, seq],
    ])
    expect((await draw({ size: 100 })).records.every(({ signature }) => signature === 'good')).toBe(true)
  })

  it('says what is missing of its words, and that there is nothing to draw from', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const run = (...said: string[]) => sampleCommand([...said, '--database-url', house.databaseUrl])
    expect(await run('--month', month, '--size', '3', '--seed', 'a')).toBe(2)
    expect(await run('--month', month, '--all', '--seed', 'a')).toBe(2)
    expect(await run('--month', month, '--all', '--size', '3')).toBe(2)
    expect(await run('--month', month, '--all', '--site', 'demo-canteen', '--size', '3', '--seed', 'a')).toBe(2)
    expect(await run('--month', '2020-01', '--all', '--size', '3', '--seed', 'a')).toBe(1)
    silent.mockRestore()
  })

  it('is printed with the inspectors and the evidence of each record', async () => {
    const { out } = await runProvince(house, 'sample', ...words)
    expect(out).toContain('检查人员 inspectors')
    expect(out).toContain('签名有效 good')
  })
})
