import { afterAll, beforeAll, expect, it } from 'vitest'
import { openKeyring } from '../../../province/keys.ts'
import { drawSample } from '../../../province/sample.ts'
import { provinceSenior, putSeniors } from '../../../province/seniors.ts'
import { statementPage } from '../../../province/statement-page.ts'
import { evidenceLine } from '../../../shared/evidence.ts'
import { proxyIdOf } from '../../../shared/proxy.ts'
import { ledgerRecord } from '../../../shared/record.ts'
import type { StatementTold } from '../../../shared/statement-api.ts'
import { statementSlip } from '../../../shared/statement-slip.ts'
import { exportedLines, runProvince } from '../../support/claims-of-house.ts'
import { memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'

/** One visit that a registered proxy began and ended, one that staff ended, and one that a proxy ended after staff began it. */

const day = '2026-09-14'
const month = '2026-09'
const pin = '274915'
const proxy = { id: proxyIdOf('李建国', '4412'), name: '李建国', from: day, until: '2027-08-31' }
const masked = '李＊国'
const senior = provinceSenior.parse({ ...memberOf(1, '李桂兰', {}), proxies: [proxy] })

let house: StationHouse
const vouch = () => house.client().visit.proxy({ proxy: proxy.id, pin })
const done = { result: 'done' }

async function visit(from: string, until: string, by: readonly ['proxy' | 'staff', 'proxy' | 'staff']) {
  const [comes, leaves] = by
  house.at(from)
  await house.arrive(senior.id, 'bathing', 'zheng-xiuying')
  if (comes === 'proxy') expect(await vouch()).toEqual(done)
  const begun = await house.begin()
  house.at(until)
  if (leaves === 'proxy') {
    expect(await vouch()).toEqual(done)
    await house.client().visit.chooseTender({ tender: 'cash' })
    const price = await house.until(({ desk }) =>
      desk.state === 'leaving' && desk.visit.price?.tender === 'cash' ? desk.visit.price : null,
    )
    expect(await house.client().visit.finish({ visit: begun, digest: price.digest })).toMatchObject({
      result: 'recorded',
    })
    await house.client().visit.rate({ visit: begun, rating: null })
  } else await house.signOut(until, begun)
}

/** Which proxy stands at each visit of a statement. */
function proxiesIn(told: StatementTold) {
  if (told.result === 'refused') throw new Error(told.notice.code)
  return told.statement.entries.map(entry => entry.proxy)
}

const sample = async () =>
  await drawSample(house.database, await openKeyring(house.database), {
    ...{ month, site: null, sites: null, size: 9, seed: '1', inspectors: [], perSite: 1 },
  })

beforeAll(async () => {
  house = await openStationHouse(day, [senior])
  house.at('08:00')
  await house.client().visit.choose({ senior: senior.id })
  expect(await house.client().visit.setProxyPin({ proxy: proxy.id, pin, approval: house.approval })).toEqual(done)
  await visit('09:00', '09:45', ['proxy', 'proxy'])
  await visit('11:00', '11:45', ['proxy', 'staff'])
  await visit('14:00', '14:45', ['staff', 'proxy'])
  await house.synced()
})
afterAll(() => house?.close())

it('the statement says at which visits a proxy vouched as they ended, and masks who it was, at the till and at the province', async () => {
  const told = await house.client().statement.read({ senior: senior.id, month })
  expect(proxiesIn(told)).toEqual([masked, null, masked])
  const all = await house.client().statement.ask({ senior: senior.id, month })
  expect(all).toMatchObject({ statement: { coverage: 'all', unheard: 0 } })
  expect(proxiesIn(all)).toEqual([masked, null, masked])
})

it('the paper and the page behind its code name the proxy in place of 人工核对', async () => {
  const told = await house.client().statement.ask({ senior: senior.id, month })
  if (told.result === 'refused') throw new Error(told.notice.code)
  const [first] = told.statement.entries
  if (first === undefined) throw new Error('nothing in the statement')
  const one = { ...told.statement, entries: [first] }
  const page = statementPage({ surname: '李', title: 'female' }, one, '2026-12-12')
  const head = { siteName: '站点', fictional: false, english: true, at: Date.now(), code: null }
  const paper = JSON.stringify(statementSlip(one, senior, head))
  for (const text of [page, paper]) {
    expect(text).toContain(`代办人 ${masked} 密码`)
    expect(text).toContain(`PIN of the proxy ${masked}`)
    expect(text).not.toContain('人工核对')
    expect(text).not.toContain(proxy.name)
  }
})

it('a record that is drawn for a check names who vouched as it began and as it ended', async () => {
  const { records } = await sample()
  const byTime = records.toSorted((one, other) => one.entry.at - other.entry.at)
  const named = { name: masked, doubt: null }
  expect(byTime.map(({ beganBy, proxy: by }) => [beganBy, by])).toMatchObject([
    [named, named],
    [named, null],
    [null, named],
  ])
  const { reference } = byTime[0]?.proxy ?? {}
  const words = ['sample', '--month', month, '--all', '--size', '9', '--seed', '1']
  expect((await runProvince(house.province, ...words)).out).toContain(`代办人 proxy ${masked} ${reference} → 无 none`)
  const table = (await runProvince(house.province, ...words, '--csv')).out
  expect(table).toContain(`${masked} ${reference} → ${masked} ${reference}`)
})

it('the evidence export holds who vouched as a record of its own, behind what it is about', async () => {
  const lines = await exportedLines(house.province)
  const records = lines.map(line => ledgerRecord.parse(JSON.parse(evidenceLine.parse(JSON.parse(line)).record)))
  const vouched = records.flatMap((record, at) =>
    record.kind === 'visit-proxy' ? [[record.payload.of, records[at - 1]?.id]] : [],
  )
  expect(vouched).toHaveLength(4)
  for (const [of, before] of vouched) expect(of).toBe(before)
})

it('where the registration is gone, it is still said that a proxy vouched, without a name', async () => {
  await putSeniors(house.database, [provinceSenior.parse({ ...senior, proxies: [] })])
  await house.synced()
  const all = await house.client().statement.ask({ senior: senior.id, month })
  expect(proxiesIn(all)).toEqual(['', null, ''])
  const { records } = await sample()
  expect(records.filter(({ proxy: by }) => by?.name === '')).toHaveLength(2)
  if (all.result === 'refused') throw new Error(all.notice.code)
  expect(statementPage({ surname: '李', title: 'female' }, all.statement, '2026-12-12')).toContain('代办人密码')
})
