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
  expect(low.attention.map(({ code }) => code)).toContain('VISIT_COMPARE')
  expect(await finish(begun)).toMatchObject({ result: 'refused', notice: { code: 'VISIT_COMPARE' } })
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

it('who is not there to be compared is counted at the list price with a claim, and has the difference back at their next visit', async () => {
  house.at('11:00')
  await house.arrive(muchPaidFor.id, 'rehab-exercise', carerId.parse('jiang-min'))
  expect(await vouch()).toEqual(done)
  const begun = await house.begin()
  house.at('11:45')
  expect(await vouch()).toEqual(done)
  const low = await house.step('leaving')
  expect(low).toMatchObject({ proof: 'needed', visit: { price: { ownPayFen: 0 } } })
  expect(await visit().takeListPrice({ visit: begun })).toEqual(done)
  const listed = await house.until(({ desk }) =>
    desk.state === 'leaving' && desk.proof === 'list-price' ? desk : null,
  )
  expect(listed.visit.price).toMatchObject({ listFen: 8000, subsidyFen: 0, pendingFen: 8000, ownPayFen: 8000 })
  expect(listed.attention.map(({ code }) => code)).not.toContain('VISIT_COMPARE')
  expect(await finish(begun)).toMatchObject({ result: 'recorded' })
  await visit().rate({ visit: begun, rating: null })
  const [out, vouched] = (await records()).slice(-2)
  expect(out?.payload).toMatchObject({ assurance: 'presented', subsidies: [], claimPending: true, debits: [] })
  expect(vouched).toMatchObject({ kind: 'visit-proxy', payload: { of: out?.id } })
  await house.synced()
  await vi.waitFor(async () => {
    const [row] = await house.province.rows('select verdict, code from ledger where record_id = $1', [out?.id])
    expect(row).toMatchObject({ verdict: 'accepted', code: null })
    expect(await house.province.rows('select state from claim where record_id = $1', [out?.id])).toEqual([
      { state: 'accepted' },
    ])
  }, 20_000)
  await house.synced()
  const next = await house.signIn('13:00', muchPaidFor.id, 'rehab-exercise', 'jiang-min')
  house.at('13:45')
  await vi.waitFor(async () => {
    await house.synced()
    expect(await visit().leave({ visit: next, early: null })).toEqual(done)
    expect((await house.step('leaving')).attention.map(({ code }) => code)).toContain('MADE_GOOD_NOW')
  }, 20_000)
  await house.signOut('13:45', next)
  const back = (await records()).findLast(({ kind }) => kind === 'made-good')
  expect(back?.payload).toMatchObject({ of: out?.id, subsidies: [{ fen: 8000 }] })
})

it('the list price is given to nobody whose subsidy does not ask, and is undone where they are compared after all', async () => {
  house.at('14:00')
  await house.arrive(ofYear.id, 'bathing', carerId.parse('zheng-xiuying'))
  const free = await house.begin()
  house.at('14:45')
  expect(await vouch()).toEqual(done)
  expect(await visit().takeListPrice({ visit: free })).toEqual(done)
  expect(await house.step('leaving')).toMatchObject({ proof: 'enough' })
  expect(await finish(free)).toMatchObject({ result: 'recorded' })
  await visit().rate({ visit: free, rating: null })
  expect(await visit().takeListPrice({ visit: free })).toMatchObject({ notice: { code: 'VISIT_GONE' } })
  house.at('15:00')
  await house.arrive(muchPaidFor.id, 'rehab-exercise', carerId.parse('jiang-min'))
  const begun = await house.begin()
  house.at('15:45')
  expect(await vouch()).toEqual(done)
  expect(await visit().takeListPrice({ visit: begun })).toEqual(done)
  await house.until(({ desk }) => (desk.state === 'leaving' && desk.proof === 'list-price' ? desk : null))
  expect(await visit().compare({ visit: begun })).toEqual(done)
  const compared = await house.until(({ desk }) => (desk.state === 'leaving' && desk.proof === 'enough' ? desk : null))
  expect(compared.visit).toMatchObject({ assurance: 'verified', proxy: null })
  expect(await finish(begun)).toMatchObject({ result: 'recorded' })
  await visit().rate({ visit: begun, rating: null })
})

it('nobody is compared who is not signed out of a visit', async () => {
  house.at('16:00')
  await house.arrive(ofYear.id, 'bathing', carerId.parse('zheng-xiuying'))
  expect(await vouch()).toEqual(done)
  const begun = await house.begin()
  expect(await visit().compare({ visit: begun })).toMatchObject({ notice: { code: 'VISIT_GONE' } })
  house.at('16:45')
  expect(await vouch()).toEqual(done)
  expect(await finish(begun)).toMatchObject({ result: 'recorded' })
  await visit().rate({ visit: begun, rating: null })
})

it('a proxy whose registration ended after they gave their PIN begins no visit', async () => {
  house.at('17:00')
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
