import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { proofOf } from '../../../shared/round/proof.ts'
import { phoneRound } from '../../../shared/round/round.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { codesOf, handed, nobody, ordered, phoneOf, prepare } from '../../support/rounds.ts'
import { root } from '../../support/source-files.ts'

let house: ProvinceHouse
const folder = mkdtempSync(join(tmpdir(), 'aixin-rounds-'))
const members = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
const [first, second] = members
if (!first || !second) throw new Error('the demo has no members')
const today = businessDateOf(Date.now())

beforeAll(async () => {
  house = await openProvinceHouse()
  await house.terminal()
})
afterAll(async () => {
  await house?.close()
  rmSync(folder, { recursive: true })
})

const phone = (round: Awaited<ReturnType<typeof prepare>>) => phoneOf(house.province.address, round)

describe('a round at the province', () => {
  it('tells the senior what they will pay, and the phone no more than it needs to find the door', async () => {
    const round = await prepare(house, [ordered(first)])
    expect(round.stops[0]?.toldFen).toBe(750)
    const opened = await phone(round).open()
    const seen = phoneRound.parse(opened.body)
    expect(seen.stops[0]).toMatchObject({ door: '2 号楼 3 单元 401', phone: '138 0000 1234', toldFen: 750 })
    const text = JSON.stringify(opened.body)
    for (const secret of [first.id, first.name, round.secret, round.stops[0]?.handCode ?? '', ...first.cards])
      expect(text).not.toContain(secret)
    for (const word of ['"person"', 'birthDate', 'categories', '"handCode"']) expect(text).not.toContain(word)
  })

  it('names all that was ordered at a door, which its money is for', async () => {
    const round = await prepare(house, [ordered(first, { more: [{ set: 'B', quantity: 2 }] })])
    const seen = phoneRound.parse((await phone(round).open()).body)
    expect(seen.stops[0]?.more).toEqual([{ name: { zh: '套餐 B', en: 'Set B' }, quantity: 2 }])
  })

  it('gives somebody of another firm no telephone number and no way but the one-time code', async () => {
    const round = await prepare(house, [ordered(first)], { courier: { name: '外卖', kind: 'third-party' } })
    const seen = phoneRound.parse((await phone(round).open()).body)
    expect(seen.stops[0]).toMatchObject({ phone: null, checks: { code: null, cards: [] } })
  })

  it('is opened by one phone, which may ask again when the answer was lost', async () => {
    const round = await prepare(house, [ordered(first)])
    const mine = phone(round)
    expect((await mine.open()).status).toBe(200)
    expect((await mine.open()).status).toBe(200)
    expect((await phone(round).open()).body).toMatchObject({ code: 'ROUND_OPENED' })
    expect((await mine.open({ secret: 'A'.repeat(22) })).body).toMatchObject({ code: 'ROUND_UNKNOWN' })
  })

  it('opens on its own day alone, and its results are taken on any day', async () => {
    const round = await prepare(house, [ordered(first)], { date: addDays(today, -1) })
    expect((await phone(round).open()).body).toMatchObject({ code: 'ROUND_NOT_TODAY' })
    expect(await phone(round).handedIn(codesOf(round, [handed(round, 1)]))).toMatchObject({ today: false })
  })

  it('keeps each code once, however often it is handed in, and nothing that its key did not make', async () => {
    const round = await prepare(house, [ordered(first), ordered(second)])
    const strokes = '0102'
    const one = handed(round, 1)
    const codes = codesOf(round, [one, nobody(2)])
    const signatures = [
      { result: one.id, strokes },
      { result: one.id.replace(/./g, '0'), strokes },
    ]
    for (const _ of [1, 2]) expect((await phone(round).handIn(codes, signatures)).status).toBe(200)
    const count = 'select count(*) from round_part where round_id = $1'
    expect(await house.number(count, [round.round])).toBe(1)
    expect(await house.number('select count(*) from round_signature where round_id = $1', [round.round])).toBe(1)
    const forged = codesOf({ ...round, key: 'A'.repeat(43) }, [nobody(1)])
    expect((await phone(round).handIn([...forged, ...codes])).body).toMatchObject({ code: 'ROUND_RESULTS_BAD' })
    expect(await house.number(count, [round.round])).toBe(1)
    expect(one.outcome === 'handed' && one.proof?.hash).toBe(proofOf(fromBase64Url(round.key), 'signature', 1, strokes))
  })
})

describe('the phones of couriers', () => {
  it('may ask so often and no more; who guesses is slowed down, and whoever has a genuine round beside them is not', async () => {
    const rare = { perSecond: 0.01, atOnce: 2 }
    const slow = await house.start({ roundRates: { round: rare, guess: rare } })
    try {
      const [mine, theirs] = [await prepare(house, [ordered(first)]), await prepare(house, [ordered(second)])]
      const [phone, other] = [phoneOf(slow.address, mine), phoneOf(slow.address, theirs)]
      const guess = () => phone.open({ secret: 'A'.repeat(22) })
      const forged = () => phone.handIn(codesOf({ ...mine, key: 'A'.repeat(43) }, [nobody(1)]))
      const statuses = async (...asks: (() => Promise<{ status: number }>)[]) => {
        const said = []
        for (const ask of asks) said.push((await ask()).status)
        return said
      }
      expect(await statuses(guess, forged, guess, forged)).toEqual([404, 400, 429, 429])
      const handIn = () => phone.handIn(codesOf(mine, [handed(mine, 1)]))
      expect(await statuses(phone.open, handIn, phone.open, handIn)).toEqual([200, 200, 429, 429])
      expect(await statuses(other.open, other.open)).toEqual([200, 200])
      expect((await phone.open()).body).toMatchObject({
        code: 'ROUND_TOO_OFTEN',
        zh: expect.stringContaining('过一会儿'),
      })
      const { terminal, round, secret } = mine
      const { headers } = await fetch(`${slow.address}/round/open`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ terminal, round, secret, device: 'A'.repeat(22) }),
      })
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      const count = 'select count(*) from round_part where round_id = $1'
      expect(await house.number(count, [mine.round])).toBe(1)
    } finally {
      await slow.close()
    }
  })
})

describe('the command', () => {
  const run = async (...words: string[]) => {
    const command = ['province/main.ts', 'rounds', '--database-url', house.databaseUrl, ...words]
    try {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { cwd: root })
      return { code: 0, stdout, stderr }
    } catch (error) {
      const { code, stdout, stderr } = Object(error)
      return { code, stdout: String(stdout), stderr: String(stderr) }
    }
  }
  const list = (text: string) => {
    const file = join(folder, 'list.csv')
    writeFileSync(file, text)
    return file
  }

  it('makes a round of a list from the telephone, and says the link and the codes', async () => {
    const file = list(
      `\ufeff姓名,尾号,门牌,电话,套餐,份数,付款\r\n${first.name},${first.numberTail},"5 号楼, 102",13800001111,,1,卡\r\n`,
    )
    const out = join(folder, 'stops.csv')
    const page = 'https://province.example/round/'
    const said = await run(
      '--site',
      'demo-canteen',
      '--date',
      today,
      '--courier',
      '小周',
      '--list',
      file,
      '--page',
      page,
      '--out',
      out,
    )
    expect(said).toMatchObject({ code: 0, stderr: '' })
    expect(said.stdout).toMatch(/1 户[\s\S]*https:\/\/province\.example\/round\/#paper-1\/[0-9a-f]{16}\/[\w-]{22}/)
    expect(readFileSync(out, 'utf8')).toMatch(/"5 号楼, 102",A,1,7\.50,\d{6}/)
  })

  it('makes no second round of a list or an order, and says who gets the same meal twice', async () => {
    const prepareList = (text: string) =>
      run('--site', 'demo-canteen', '--date', addDays(today, 3), '--courier', '小周', '--list', list(text))
    const once = `姓名,尾号,门牌,订单\n${first.name},${first.numberTail},1 号,\n`
    expect(await prepareList(once)).toMatchObject({ code: 0 })
    const before = await house.number('select count(*) from delivery_round')
    const again = await prepareList(once)
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('已在另一张送餐单上') })
    const twice = `${once.replace(/,\n$/, ',tel-1\n')}${second.name},${second.numberTail},2 号,tel-1\n`
    expect(await prepareList(twice)).toMatchObject({ code: 1, stderr: expect.stringContaining('tel-1') })
    expect(await house.number('select count(*) from delivery_round')).toBe(before)
    const other = await prepareList(once.replace(/,\n$/, ',tel-2\n'))
    expect(other).toMatchObject({ code: 0, stdout: expect.stringContaining('这位老人这一餐已有一份') })
  })

  it('says what is wrong with each line, and makes nothing', async () => {
    const before = await house.number('select count(*) from delivery_round')
    const file = list(`姓名,门牌,套餐,份数\n没有这人,1 号,A,1\n${first.name},,没有,12\n`)
    const said = await run('--site', 'demo-canteen', '--date', today, '--courier', '小周', '--list', file)
    expect(said.code).toBe(1)
    expect(said.stderr).toContain('第 2 行：没有找到这位老人')
    for (const word of ['第 3 行：门牌', '第 3 行：菜单', '第 3 行：份数']) expect(said.stderr).toContain(word)
    expect(await house.number('select count(*) from delivery_round')).toBe(before)
  })
})
