import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { provinceSenior, putSeniors } from '../../../province/seniors.ts'
import { proxyIdOf } from '../../../shared/proxy.ts'
import { carerId } from '../../../shared/visit/service.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { hefei } from '../../support/station-day.ts'
import { memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'

const day = '2026-09-14'
const pin = '274915'
const proxy = { id: proxyIdOf('李建国', '4412'), name: '李建国', from: day, until: '2027-08-31' }
const ofToday = provinceSenior.parse({ ...memberOf(18, '李桂兰', {}), proxies: [{ ...proxy, until: day }] })
const ofYear = provinceSenior.parse({ ...memberOf(19, '陈秀芳', {}), proxies: [proxy] })
const muchPaidFor = provinceSenior.parse({ ...hefei, proxies: [proxy] })
const done = { result: 'done' }

let house: StationHouse
const visit = () => house.client().visit
const vouch = () => visit().proxy({ proxy: proxy.id, pin })
const records = async () => (await readLedger(house.dataDir)).records

async function finish(begun: Awaited<ReturnType<StationHouse['begin']>>) {
  await visit().chooseTender({ tender: 'cash' })
  const price = await house.until(({ desk }) =>
    desk.state === 'leaving' && desk.visit.price?.tender === 'cash' ? desk.visit.price : null,
  )
  return await visit().finish({ visit: begun, digest: price.digest })
}

beforeAll(async () => {
  house = await openStationHouse(day, [ofToday, ofYear, muchPaidFor])
  house.at('08:00')
  await visit().choose({ senior: ofToday.id })
  expect(await visit().setProxyPin({ proxy: proxy.id, pin, approval: house.approval })).toEqual(done)
  await visit().back()
})
afterAll(() => house?.close())

it('a subsidy that asks for more than a proxy’s word is counted once staff compared the senior, and ends when it ended', async () => {
  house.at('09:00')
  await house.arrive(muchPaidFor.id, 'rehab-exercise', carerId.parse('jiang-min'))
  expect(await vouch()).toEqual(done)
  const begun = await house.begin()
  house.at('09:45')
  expect(await vouch()).toEqual(done)
  const low = await house.step('leaving')
  expect(low.attention.map(({ code }) => code)).toContain('ASSURANCE_LOW')
  expect(await finish(begun)).toMatchObject({ result: 'refused', notice: { code: 'ASSURANCE_LOW' } })
  // An early reason is no comparison.
  expect(await visit().leave({ visit: begun, early: null })).toEqual(done)
  expect((await house.step('leaving')).visit.assurance).toBe('presented')
  house.at('09:50')
  expect(await visit().compare({ visit: begun })).toEqual(done)
  const compared = await house.step('leaving')
  expect(compared.visit).toMatchObject({ assurance: 'verified', proxy: null, minutes: 45 })
  expect(await finish(begun)).toMatchObject({ result: 'recorded' })
  const [out, vouched] = (await records()).slice(-2)
  expect(out).toMatchObject({ kind: 'visit-out', payload: { assurance: 'verified', minutes: 45 } })
  expect(vouched).toMatchObject({ kind: 'override', payload: { of: out?.id, what: 'assurance', reason: 'compared' } })
  await visit().rate({ visit: begun, rating: null })
})

it('nobody is compared who is not signed out of a visit', async () => {
  house.at('10:00')
  await house.arrive(ofYear.id, 'bathing', carerId.parse('zheng-xiuying'))
  expect(await vouch()).toEqual(done)
  const begun = await house.begin()
  expect(await visit().compare({ visit: begun })).toMatchObject({ notice: { code: 'VISIT_GONE' } })
  house.at('10:45')
  expect(await vouch()).toEqual(done)
  expect(await finish(begun)).toMatchObject({ result: 'recorded' })
  await visit().rate({ visit: begun, rating: null })
})

it('a proxy whose registration ended after they gave their PIN begins no visit', async () => {
  house.at('11:00')
  await house.arrive(ofYear.id, 'bathing', carerId.parse('zheng-xiuying'))
  expect(await vouch()).toEqual(done)
  await putSeniors(house.database, [provinceSenior.parse({ ...ofYear, proxies: [] })])
  await house.synced()
  await vi.waitFor(async () => expect(await house.step('arriving')).toMatchObject({ proxies: [] }), 20_000)
  expect(await visit().begin({ seen: null, note: null })).toMatchObject({ notice: { code: 'PROXY_OF_ANOTHER' } })
  await visit().back()
})

it('the word of a proxy on the last day of their registration stands, though the visit is counted on the day after', async () => {
  house.at('22:50')
  await house.arrive(ofToday.id, 'bathing', carerId.parse('zheng-xiuying'))
  expect(await vouch()).toEqual(done)
  const begun = await house.begin()
  house.at('23:50')
  expect(await vouch()).toEqual(done)
  await house.step('leaving')
  house.nextDay()
  house.at('04:30')
  await house.opened()
  expect(await finish(begun)).toMatchObject({ result: 'recorded' })
  await house.synced()
  const said = (await records()).filter(({ kind }) => kind === 'visit-proxy').at(-1)
  expect(said?.businessDate).toBe('2026-09-15')
  await vi.waitFor(async () => {
    const [row] = await house.province.rows('select verdict, code from ledger where record_id = $1', [said?.id])
    expect(row).toMatchObject({ verdict: 'accepted', code: null })
  }, 20_000)
})
