import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { issueCode } from '../../../province/issue-codes.ts'
import { openKeyring } from '../../../province/keys.ts'
import { provinceSenior, putSeniors } from '../../../province/seniors.ts'
import { addDays } from '../../../shared/business-day.ts'
import { deviceEventId, type ProxyId, proxyId } from '../../../shared/ids.ts'
import { proxyIdOf } from '../../../shared/proxy.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { carer, memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'

const day = '2026-09-14'
const pin = '274915'
const daughter = { id: proxyIdOf('李建国', '4412'), name: '李建国', from: day, until: '2027-08-31' }
const later = { id: proxyIdOf('周建平', '1208'), name: '周建平', from: '2026-10-01', until: '2027-08-31' }
const before = { id: proxyIdOf('孙玉梅', '3307'), name: '孙玉梅', from: '2026-01-01', until: '2026-08-31' }
const stranger = proxyId.parse('9'.repeat(32))
const withProxies = { ...memberOf(1, '李桂兰', {}), proxies: [daughter, later, before] }
const other = { ...memberOf(2, '陈秀芳', {}), proxies: [{ ...daughter, id: proxyIdOf('陈明', '5501'), name: '陈明' }] }
const done = { result: 'done' }

let house: StationHouse
const visit = () => house.client().visit
const refused = (code: string) => ({ result: 'refused', notice: { code } })
const vouch = (proxy: ProxyId, by = pin) => visit().proxy({ proxy, pin: by })

async function records(kind: string) {
  const { records: all, findings } = await readLedger(house.dataDir)
  expect(findings).toEqual([])
  return all.filter(record => record.kind === kind)
}

async function verdictsOf(kind: string) {
  await house.synced()
  const rows = await house.province.rows('select verdict, code from ledger where kind = $1 order by seq', [kind])
  return rows.map(({ verdict, code }) => code ?? verdict)
}

beforeAll(async () => {
  house = await openStationHouse(
    day,
    [withProxies, other].map(one => provinceSenior.parse(one)),
  )
  house.at('08:00')
  await visit().choose({ senior: withProxies.id })
})
afterAll(() => house?.close())

it('a registered proxy has no PIN at this till until a station lead gives one, and a record says so', async () => {
  expect(await vouch(daughter.id)).toMatchObject(refused('PROXY_PIN_NONE'))
  const given = { proxy: daughter.id, pin, approval: house.approval }
  expect(await visit().setProxyPin({ ...given, approval: { ...house.approval, pin: '111222' } })).toMatchObject({
    result: 'refused',
  })
  expect(await visit().setProxyPin({ ...given, pin: '123456' })).toMatchObject(refused('PIN_EASY'))
  expect(await visit().setProxyPin(given)).toEqual(done)
  const [record] = (await records('override')).slice(-1)
  expect(record?.payload).toMatchObject({ what: 'proxy-pin', operator: 'sun-min', approver: 'sun-min' })
  expect(JSON.stringify(record)).not.toContain(daughter.id)
  expect(JSON.stringify(record)).not.toContain(pin)
})

it('who is not yet registered, is so no more, or is so for another senior is refused and gets no PIN', async () => {
  for (const [id, code] of [
    [later.id, 'PROXY_NOT_YET'],
    [before.id, 'PROXY_ENDED'],
    [stranger, 'PROXY_OF_ANOTHER'],
  ] as const) {
    expect(await vouch(id)).toMatchObject(refused(code))
    expect(await visit().setProxyPin({ proxy: id, pin, approval: house.approval })).toMatchObject(refused(code))
  }
  await visit().choose({ senior: other.id })
  expect(await vouch(daughter.id)).toMatchObject(refused('PROXY_OF_ANOTHER'))
})

it('a visit begins and ends on the word of a proxy: by hand and presented, with who it was beside both records', async () => {
  await house.arrive(withProxies.id, 'bathing', 'zheng-xiuying')
  expect(await vouch(daughter.id)).toEqual(done)
  const begun = await house.begin()
  const going = await house.step('visit')
  expect(going.visit).toMatchObject({ means: 'manual', assurance: 'presented', proxy: daughter.name })
  house.at('08:45')
  expect(await vouch(daughter.id)).toEqual(done)
  await visit().chooseTender({ tender: 'cash' })
  const { visit: leaving } = await house.step('leaving')
  expect(leaving).toMatchObject({ assurance: 'presented', proxy: daughter.name })
  const paid = await house.until(({ desk }) =>
    desk.state === 'leaving' && desk.visit.price?.tender === 'cash' ? desk.visit.price : null,
  )
  expect(await visit().finish({ visit: begun, digest: paid.digest })).toMatchObject({ result: 'recorded' })
  await visit().rate({ visit: begun, rating: null })
  const [out] = (await records('visit-out')).slice(-1)
  expect(out?.payload).toMatchObject({ means: 'manual', assurance: 'presented' })
  const said = await records('visit-proxy')
  expect(said.map(({ payload }) => 'of' in payload && payload.of)).toEqual([begun, out?.id])
  expect(said.map(record => JSON.stringify(record)).join()).not.toContain(daughter.name)
  await vi.waitFor(async () => expect(await verdictsOf('visit-proxy')).toEqual(['accepted', 'accepted']), 20_000)
})

it('a proxy’s word at the end is no surer for a comparison at the beginning', async () => {
  const begun = await house.signIn('09:00', withProxies.id, 'day-care', 'zheng-xiuying')
  expect((await house.step('visit')).visit.assurance).toBe('verified')
  house.at('10:00')
  expect(await vouch(daughter.id)).toEqual(done)
  expect((await house.step('leaving')).visit).toMatchObject({ visit: begun, assurance: 'presented' })
  expect(await visit().finish({ visit: begun, digest: null })).toMatchObject({ result: 'recorded' })
  await vi.waitFor(async () => expect((await verdictsOf('visit-proxy')).length).toBe(3), 20_000)
})

it('whom staff compare after all is compared, and the proxy is out of it', async () => {
  await visit().choose({ senior: withProxies.id })
  expect(await vouch(daughter.id)).toEqual(done)
  expect(await house.step('arriving')).toMatchObject({ proxy: daughter.name })
  await visit().back()
  await visit().choose({ senior: withProxies.id })
  expect(await house.step('arriving')).toMatchObject({ proxy: null, proxies: [{ pin: 'set' }, {}, {}] })
})

it('where their own code was shown no proxy vouches, as they come and as they leave, and what they showed stands', async () => {
  const asked = { senior: withProxies.id, kind: 'paper', encoding: 'base32', client: 'a test' } as const
  const { text } = await issueCode(house.database, await openKeyring(house.database), asked, Date.now())
  const show = async () => {
    const eventId = deviceEventId.parse(uuidV7(Date.now(), standardSuite.randomBytes(10)))
    await house.client().codeSeen({ camera: 'test', eventId, text })
  }
  await visit().back()
  house.at('11:00')
  await show()
  expect(await house.step('arriving')).toMatchObject({ means: 'code', proxies: null })
  expect(await vouch(daughter.id)).toMatchObject(refused('PROXY_NOT_NEEDED'))
  expect(await house.step('arriving')).toMatchObject({ means: 'code', proxy: null })
  await visit().chooseService({ service: 'bathing' })
  await visit().carer({ carer: carer('zheng-xiuying'), pin: house.carerPin })
  const begun = await house.begin()
  house.at('11:45')
  await show()
  expect(await house.step('leaving')).toMatchObject({ proxies: null, visit: { visit: begun, means: 'code' } })
  expect(await vouch(daughter.id)).toMatchObject(refused('PROXY_NOT_NEEDED'))
  await visit().chooseTender({ tender: 'cash' })
  const { digest } = await house.until(({ desk }) =>
    desk.state === 'leaving' && desk.visit.price?.tender === 'cash' ? desk.visit.price : null,
  )
  expect(await visit().finish({ visit: begun, digest })).toMatchObject({ result: 'recorded' })
  await visit().rate({ visit: begun, rating: null })
  const said = await records('visit-proxy')
  expect(said.filter(({ payload }) => 'of' in payload && payload.of === begun)).toEqual([])
  await visit().choose({ senior: withProxies.id })
})

it('five wrong PINs rest it, and a lead gives another', async () => {
  for (const _ of [1, 2, 3, 4]) expect(await vouch(daughter.id, '111111')).toMatchObject(refused('PROXY_PIN_WRONG'))
  expect(await vouch(daughter.id, '111111')).toMatchObject(refused('PROXY_PIN_LOCKED'))
  expect(await vouch(daughter.id)).toMatchObject(refused('PROXY_PIN_LOCKED'))
  expect(await visit().setProxyPin({ proxy: daughter.id, pin: '583620', approval: house.approval })).toEqual(done)
  expect(await vouch(daughter.id, '583620')).toEqual(done)
})

it('what the till could not know of an ended registration the province says', async () => {
  await visit().chooseService({ service: 'day-care' })
  await house.line.cut()
  const ended = {
    ...withProxies,
    proxies: [{ ...daughter, until: addDays(house.day, -1), from: addDays(house.day, -1) }],
  }
  await putSeniors(house.database, [provinceSenior.parse(ended)])
  await house.begin()
  await house.line.mend()
  await vi.waitFor(async () => expect((await verdictsOf('visit-proxy')).at(-1)).toBe('PROXY_UNKNOWN'), 20_000)
})
