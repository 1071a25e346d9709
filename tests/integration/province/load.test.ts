import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../province/database.ts'
import { demoSeniors, demoSites } from '../../../province/demo-people.ts'
import { openKeyring } from '../../../province/keys.ts'
import { loadPeople } from '../../../province/load-people.ts'
import { loadSites } from '../../../province/load-sites.ts'
import { countsOf, type Load } from '../../../province/loads.ts'
import { publishPolicy } from '../../../province/policies.ts'
import { runProvince } from '../../support/claims-of-house.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const folder = mkdtempSync(join(tmpdir(), 'aixin-load-'))
const [first, second, third] = demoSeniors()
if (!first || !second || !third) throw new Error('too few members')

let house: ProvinceHouse
let home: PaperTerminal
let elsewhere: PaperTerminal
let database: Database
beforeAll(async () => {
  house = await openProvinceHouse()
  database = await openDatabase(house.databaseUrl)
  home = await house.terminal()
  elsewhere = await house.terminal('demo-riverside')
})
afterAll(async () => {
  await database.close()
  await house.close()
  rmSync(folder, { recursive: true })
})

/** 赵𠮷祥 and 钱,喆 as a Chinese spreadsheet writes them, in GB18030. */
const spreadsheet = Buffer.from(
  'seC6xSzQ1cP7LNDUsfAss/bJ+sjVxtos1b614yy7p7yuyqEsu6e8rsrQLMDgsfAsz+3K3NbBLL+oDQpIWS0xLNXUlTSyNc/pLMTQLDE5NTAvMy80LGRlbW8tY2FudGVlbizKvre2yqEsusy54srQLGRpYmFvQDIwMjYtMDEtMDEuLjIwMzAtMTItMzEsMjAzMC0xMi0zMSx1aWQ6MDRBMUIyQzMNCkhZLTIsIseuLIa0IizFriwxOTQ4LTExLTIwLGRlbW8tcml2ZXJzaWRlLMq+t7bKoSy6zLniytAsLCwNCg==',
  'base64',
)

const bytesOf = (content: string | Uint8Array) => (typeof content === 'string' ? Buffer.from(content) : content)
const fileOf = (what: 'people' | 'sites', content: string | Uint8Array) => ({
  ...{ what, file: 'list', bytes: bytesOf(content), operator: '王主任' },
})
const outcome = (load: Load) => ({
  ...countsOf(load),
  faults: load.faults.map(({ line, zh }) => `${line} ${zh}`).join('\n'),
})
const people = async (content: string | Uint8Array, dryRun = false) =>
  outcome(await loadPeople(database, fileOf('people', content), dryRun))
const sites = async (list: unknown, dryRun = false) =>
  outcome(await loadSites(database, fileOf('sites', JSON.stringify(list)), dryRun))

/** Where the roster stands now, and what came after it. */
async function rosterEnd(): Promise<string> {
  return String(await house.number('select max(change) from senior'))
}
const nothing = { fresh: 0, changed: 0, gone: 0, unchanged: 0, faults: '' }
const idOf = async (number: string) =>
  String((await house.rows('select senior_id from senior_number where number = $1', [number]))[0]?.senior_id)

describe("a bureau's list of people", () => {
  it('says in a dry run what it would do, and does nothing', async () => {
    const before = await rosterEnd()
    expect(await people(spreadsheet, true)).toEqual({ ...nothing, fresh: 2 })
    expect(await rosterEnd()).toBe(before)
    expect(await house.number('select count(*) from senior_number')).toBe(0)
    expect(await house.number('select count(*) from load')).toBe(0)
  })

  it('brings new people, in full to their home and by an id elsewhere', async () => {
    const before = await rosterEnd()
    expect(await people(spreadsheet)).toEqual({ ...nothing, fresh: 2 })
    const here = await home.pull('roster', before)
    expect(here.items).toMatchObject([
      {
        ...{ kind: 'full', home: true, id: await idOf('HY-1'), name: '赵𠮷祥', sex: 'male', cards: ['uid:04A1B2C3'] },
        ...{ codesSince: 0, entitledUntil: '2030-12-31' },
        person: {
          birthDate: '1950-03-04',
          categories: [{ id: 'dibao', from: '2026-01-01', to: '2030-12-31' }],
          household: { province: '示范省', city: '禾光市' },
        },
      },
      { kind: 'thin', id: await idOf('HY-2') },
    ])
    expect((await elsewhere.pull('roster', before)).items).toMatchObject([
      { kind: 'thin', id: await idOf('HY-1') },
      { kind: 'full', name: '钱,喆', sex: 'female' },
    ])
  })

  it('is the same when it comes again, and tells the tills nothing', async () => {
    const before = await rosterEnd()
    expect(await people(spreadsheet)).toEqual({ ...nothing, unchanged: 2 })
    expect((await home.pull('roster', before)).items).toEqual([])
  })

  it('changes what it has a column for, and leaves the rest: cards bound, codes taken back, proxies', async () => {
    await house.rows("update senior set codes_since = 77, bound_cards = '{uid:0A0B0C0D}' where senior_id = $1", [
      first.id,
    ])
    const before = await rosterEnd()
    expect(await people(`编号,类别,身高\nHY-1,,172\n${first.id},tekun,\n`)).toEqual({ ...nothing, changed: 2 })
    const { items } = await home.pull('roster', before)
    const { birthDate, household } = first.person
    expect(items).toMatchObject([
      {
        name: '赵𠮷祥',
        person: { categories: [], heightCm: 172, birthDate: '1950-03-04' },
        entitledUntil: '2030-12-31',
      },
      {
        ...{ id: first.id, name: first.name, codesSince: 77, boundCards: ['uid:0A0B0C0D'], proxies: first.proxies },
        ...{ cards: [...first.cards, 'uid:0A0B0C0D'], numberTail: first.numberTail },
        person: { categories: [{ id: 'tekun' }], birthDate, household },
      },
    ])
  })

  it('lets nobody go who is not in it, and whom it names as gone only until it says that they are back', async () => {
    const before = await rosterEnd()
    expect(await people('编号,状态\nHY-1,去世\nHY-2,迁出\n')).toEqual({ ...nothing, gone: 2 })
    expect((await home.pull('roster', before)).items).toEqual([
      { kind: 'gone', id: await idOf('HY-1') },
      { kind: 'gone', id: await idOf('HY-2') },
    ])
    expect(await house.number('select count(*) from senior where gone')).toBe(2)
    // The old list once more: it does not know that they died.
    expect(await people(spreadsheet)).toMatchObject({ gone: 0, faults: '' })
    expect(await house.number('select count(*) from senior where gone')).toBe(2)
    expect(await people('编号,状态\nHY-1,恢复\n')).toEqual({ ...nothing, changed: 1 })
    expect(await house.number('select count(*) from senior where gone')).toBe(1)
  })

  const heading = '编号,姓名,性别,出生日期,站点,卡,类别,状态'
  it.each([
    ['110101195003041234,甲,女,1950-01-01,demo-canteen,,,', '编号不能是身份证号'],
    ['HY 9,甲,女,1950-01-01,demo-canteen,,,', '编号要 1 到 64'],
    ['N-1,甲,女,1950-01-01,demo-canteen,,,', '编号和第 2 行相同'],
    ['N-2,,女,1950-01-01,demo-canteen,,,', '姓名要有姓名'],
    ['N-2,甲,老,1950-01-01,demo-canteen,,,', '性别写“女”或“男”'],
    ['N-2,甲,女,1950-02-30,demo-canteen,,,', '出生日期要写作'],
    ['N-2,甲,女,1950-01-01,槐树里,,,', '没有站点 槐树里'],
    ['N-2,甲,女,1950-01-01,demo-canteen,12345,,', '卡写 32 位'],
    ['N-2,甲,女,1950-01-01,demo-canteen,uid:01020304,,', '卡 uid:01020304 已是第 2 行的'],
    [`N-2,甲,女,1950-01-01,demo-canteen,${second.cards[0]},,`, `已是长者 ${second.id}的`],
    ['N-2,甲,女,1950-01-01,demo-canteen,,dibao@2026,', '类别写作'],
    ['N-2,甲,女,1950-01-01,demo-canteen,,,搬家', '状态写'],
    ['N-2,,,,,,,去世', '名单里没有这个人'],
    ['N-2,甲,女,1950-01-01,demo-canteen,,dibao,,多', '格子比表头多'],
  ])('with a fault in one line is not loaded at all: %s', async (line, words) => {
    const good = 'N-1,好,女,1950-01-01,demo-canteen,uid:01020304,,'
    const said = await people(`${heading}\n${good}\n\n${line}\n`)
    expect(said.faults).toMatch(new RegExp(`^4 .*${words}`))
    expect(said).toMatchObject({ fresh: 0 })
    expect(await idOf('N-1')).toBe('undefined')
  })

  it('is none with a heading that nobody knows, or in another encoding', async () => {
    expect((await people('编号,类型\nHY-1,dibao\n')).faults).toBe('1 没有“类型”这一列，请核对表头')
    expect((await people(Buffer.from('编号,姓名\nHY-1,x\n', 'utf16le'))).faults).toContain('文字编码')
    expect((await people('姓名\n甲\n')).faults).toContain('缺这些列：编号')
  })
})

describe("a bureau's sites", () => {
  const [canteen] = demoSites()
  if (!canteen) throw new Error('no site')
  const third = { ...canteen, id: 'third-canteen', name: '三里亭长者食堂', station: undefined }

  it('come new or changed, all or none, and reach their tills', async () => {
    expect(await sites([canteen, third], true)).toEqual({ ...nothing, fresh: 1, unchanged: 1 })
    expect(await sites([canteen, { ...third, defaultSet: 'Z' }])).toMatchObject({
      ...{ fresh: 0, faults: '2 defaultSet：菜单上没有 Z' },
    })
    const before = (await home.pull('site', null)).cursor
    expect(await sites([{ ...canteen, name: '槐树里食堂' }, third])).toEqual({ ...nothing, fresh: 1, changed: 1 })
    expect((await home.pull('site', before)).items).toMatchObject([{ id: 'demo-canteen', name: '槐树里食堂' }])
    expect(await house.number("select length(site_key) from site where site_id = 'third-canteen'")).toBe(32)
  })

  it.each([
    [{ ...third, menue: [] }, 'menue'],
    [{ ...third, menu: [{ ...canteen.menu[0], sold: true }], defaultSet: 'A' }, 'menu.0.sold：没有这一项'],
    [{ ...third, menu: [canteen.menu[0], canteen.menu[0]] }, 'menu.id 里有重复'],
    [{ ...third, expressSeconds: 9 }, 'expressSeconds：数值过大'],
    [{ ...third, policy: 'NO-SUCH' }, '政策包 NO-SUCH 还没有下发'],
  ])('with a fault are not loaded: %#', async (bad, words) => {
    expect((await sites([bad])).faults).toContain(words)
  })
})

it('takes the files of the worked example in docs/operations.md', async () => {
  const docs = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
  const [list = '', csv = ''] = [...docs.matchAll(/<<'END'\n([\s\S]*?)END\n/g)].map(([, text]) => text)
  const pack = new URL('../../../resources/policies/HF-600.json', import.meta.url)
  await publishPolicy(database, await openKeyring(database), readFileSync(pack, 'utf8'))
  expect(outcome(await loadSites(database, fileOf('sites', list), false))).toEqual({ ...nothing, fresh: 1 })
  expect(await people(csv)).toEqual({ ...nothing, fresh: 2 })
  expect(await people('编号,卡,状态\nLY-0001,uid:0417C2D3,\nLY-0002,,去世\n')).toEqual({
    ...nothing,
    changed: 1,
    gone: 1,
  })
})

describe('the command load', () => {
  it('asks who loads, says what it did in two languages, and keeps who loaded which file', async () => {
    const list = join(folder, 'people.csv')
    writeFileSync(list, '\ufeff编号,姓名,性别,出生日期,站点,类别\nHY-7,孙安,女,1951-05-06,third-canteen,dibaohu\n')
    expect(await runProvince(house, 'load', 'people', list)).toMatchObject({
      ...{ code: 2, complained: expect.stringContaining('缺 --by') },
    })
    const { code, out, complained } = await runProvince(house, 'load', 'people', list, '--by', '王主任')
    expect({ code, complained }).toMatchObject({ code: 0, complained: expect.stringContaining('类别 dibaohu') })
    expect(out).toContain('新增 new  HY-7  孙安\n新增 1，改动 0，去世或迁出 0，原样 0\nnew 1, changed 0')
    writeFileSync(list, readFileSync(list, 'utf8').replace('1951-05-06', '五月'))
    expect(await runProvince(house, 'load', 'people', list, '--by', '王主任')).toMatchObject({
      ...{ code: 1, complained: expect.stringMatching(/第 2 行：出生日期要写作.*\nline 2: birthDate write it like/) },
    })
    expect((await runProvince(house, 'load', 'list')).out.split('\n')[0]).toMatch(
      /people {2}王主任 {2}新增 new 1 .* people\.csv {2}[\w-]{43}$/,
    )
  })
})
