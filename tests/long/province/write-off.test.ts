import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../province/database.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { lostTerminal, riskOf } from '../../../province/leases/write-off.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import type { LeaseWord } from '../../../shared/leases/word.ts'
import { runProvince } from '../../support/claims-of-house.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const program = new URL('../../../province/main.ts', import.meta.url).pathname
const today = businessDateOf(Date.now())
const members = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
const withThreeFunds = members.filter(({ expected }) => expected.fen === 600)

let house: ProvinceHouse
let lost: PaperTerminal
let second: PaperTerminal
let waiting: string

async function writeOff(...words: string[]) {
  return await new Promise<{ code: unknown; said: string }>(done => {
    const args = [program, 'write-off', '--database-url', house.databaseUrl, ...words]
    execFile(process.execPath, args, (error, out, complained) =>
      done({ code: error?.code ?? 0, said: out + complained }),
    )
  })
}
async function leases(terminal: PaperTerminal): Promise<LeaseWord[]> {
  const words: LeaseWord[] = []
  for (let cursor: string | null = null, more = true; more; ) {
    const page = await terminal.pull('leases', cursor)
    if (page.feed === 'leases') words.push(...page.items.flatMap(item => ('senior' in item ? [item] : [])))
    ;({ cursor, more } = page)
  }
  return words
}
const states = () => house.rows('select senior_id, pack_id, body from lease_state order by 1, 2')
const stateOf = async (record: string) =>
  (await house.rows('select state from claim where record_id = $1', [record]))[0]?.state

/** The canteen's first till holds what its members may draw, sold one lunch of today, and is lost; a claim of another member waits for its word. */
beforeAll(async () => {
  house = await openProvinceHouse()
  // Meals alone: the packs of services lease rights of their own.
  await house.rows("update site set body = (body::jsonb - 'station')::text")
  ;[lost, second] = [await house.terminal(), await house.terminal()]
  const [eater, roamer] = withThreeFunds
  if (eater === undefined || roamer === undefined) throw new Error('too few seniors')
  await leases(lost)
  await lost.push([await lost.sale(eater)])
  const riverside = await house.terminal('demo-riverside')
  const away = await riverside.sale(roamer, { rights: {} })
  await riverside.push([away])
  waiting = away.id
})
afterAll(() => house.close())

describe('the lease of a lost terminal', () => {
  it('is shown with what may have been given unheard, and nothing changes', async () => {
    const before = await states()
    expect(await stateOf(waiting)).toBe('open')
    const { code, said } = await writeOff('--terminal', lost.terminal)
    expect(code).toBe(0)
    // Three meals of one day for each member with a subsidy, but for the lunch that was heard of.
    const entitled = members.filter(({ expected }) => expected.fen > 0)
    const worth = entitled.reduce((sum, { expected }) => sum + 3 * expected.fen, 0) - 600
    expect(said).toContain(`newest record of ${today}`)
    expect(said).toContain(
      `${entitled.length} seniors, at most ${entitled.length * 3 - 1} visits worth ${(worth / 100).toFixed(2)}`,
    )
    expect(said).toContain('Nothing was changed')
    expect(await states()).toEqual(before)
    expect(await house.number('select count(*) from write_off')).toBe(0)
  })

  it.each([
    [['--confirm'], /say who decides and why/],
    [['--confirm', '--operator', '李主任', '--reason', ' '], /say who decides and why/],
    [['--confirm', '--operator', '李主任', '--reason', '进水'], /still in service/],
  ])('is not given up by %j alone', async (words, expected) => {
    const before = await states()
    expect(await writeOff('--terminal', lost.terminal, ...words)).toMatchObject({
      ...{ code: 1, said: expect.stringMatching(expected) },
    })
    expect(await states()).toEqual(before)
  })

  it('is given up by somebody with a name and a reason, kept beside what was at risk; what waited for it is decided', async () => {
    expect((await leases(second)).flatMap(({ grant }) => grant.ahead ?? [])).toEqual([])
    const words = ['--strike-off', '--confirm', '--operator', '李主任', '--reason', '进水']
    const { code, said } = await writeOff('--terminal', lost.terminal, ...words)
    expect([code, said]).toEqual([0, expect.stringMatching(/280 leases were given up by 李主任/)])
    expect(
      await house.rows('select terminal_id, generation::int, operator, reason, visits > 500 as much from write_off'),
    ).toEqual([{ terminal_id: lost.terminal, generation: 1, operator: '李主任', reason: '进水', much: true }])
    expect(await stateOf(waiting)).toBe('accepted')
  })

  it('is free for the second till of the site from then on, and the lost one is not heard any more', async () => {
    const held = await leases(second)
    expect(held.filter(({ grant }) => grant.ahead !== null).length).toBe(members.length)
    await expect(lost.pull('leases', null)).rejects.toThrow('TERMINAL_STRUCK_OFF')
  })

  it('given up again is said to be gone, and changes nothing', async () => {
    const before = await states()
    const { code, said } = await writeOff(
      '--terminal',
      lost.terminal,
      '--confirm',
      '--operator',
      '王',
      '--reason',
      '再来',
    )
    expect(code).toBe(0)
    expect(said).toMatch(/was given up by 李主任/)
    expect(said).toMatch(/0 seniors, at most 0 visits worth 0\.00/)
    expect(await states()).toEqual(before)
    expect(await house.number('select count(*) from write_off')).toBe(1)
  })
})

describe('the visits by count of a lost terminal', () => {
  let station: ProvinceHouse
  const caps = members.map(({ person }) => (person.careGrade === undefined ? 0 : person.careGrade < 4 ? 3 : 5))
  const visits = caps.reduce<number>((sum, cap) => sum + cap, 0)
  let till: PaperTerminal
  const risk = async () => {
    const database = await openDatabase(station.databaseUrl)
    try {
      const found = await lostTerminal(database.pool, till.terminal, 1)
      if (found === null) throw new Error('no terminal')
      return await riskOf(database, found, today)
    } finally {
      await database.close()
    }
  }
  beforeAll(async () => {
    station = await openProvinceHouse()
    till = await station.terminal()
    await leases(till)
  })
  afterAll(() => station.close())

  it('are worth what the dearest service of the catalogue brings, and told apart where nothing says their worth', async () => {
    expect(visits).toBeGreaterThan(50)
    const known = await risk()
    expect(known.unpricedVisits).toBe(0)
    await station.rows("update site set body = (body::jsonb - 'station')::text")
    const unknown = await risk()
    expect(unknown).toMatchObject({ unpricedVisits: visits, seniors: known.seniors, moneyFen: known.moneyFen })
    // The insurance pays 90 % of 65 yuan, of each visit in the week that runs.
    expect([known.visits - unknown.visits, known.visitsFen - unknown.visitsFen]).toEqual([visits, visits * 5850])
    const said = await runProvince(station, 'write-off', '--terminal', till.terminal)
    expect(said.out).toContain(`also at most ${visits} visits by count whose worth is not known`)
    expect(said.out).toContain(`另有最多 ${visits} 次按次服务`)
  })
})

it('no such terminal is said in words', async () => {
  expect(await writeOff('--terminal', 'nobody')).toMatchObject({
    code: 2,
    said: expect.stringMatching(/no terminal nobody/),
  })
})
