import { describe, expect, test } from 'vitest'
import { verifyChain } from '../../../electron/core/store/verify-chain.ts'
import { seniorId } from '../../../shared/ids.ts'
import type { PolicyCase } from '../../../shared/policy/case.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { versionInForce } from '../../../shared/policy/quote.ts'
import { factsOfCase } from '../../../shared/policy/run-case.ts'
import { fullSenior } from '../../../shared/senior.ts'
import { seniorRefOf } from '../../../shared/senior-ref.ts'
import { site as siteSchema } from '../../../shared/site.ts'
import { shippedPack } from '../../support/policy-kit.ts'
import { houseSite } from '../../support/sale-house.ts'
import { openVisitDeskHouse, stationSiteKey, visitCarers } from '../../support/visit-desk-house.ts'

const id = seniorId.parse('a'.repeat(32))
const words = { zh: '服务', en: 'Service' }
const insurance = shippedPack('SH-LTCI')
/** What the insurance of a care grade pays is asked for first, where the case says that it pays. */
const insured = { pack: insurance.id, service: 'home-care' }

/** Who comes in a case, to a station that gives what they come for at the case's price. */
function stationOf(pack: PolicyPack, item: PolicyCase) {
  const rules = { pack, version: versionInForce(pack, item.visit.date) }
  const { person, visit, used } = factsOfCase(rules, item)
  const isInsured = item.visit.paidByInsurance === true
  const service = {
    ...{ id: 'given', kind: 'bathing', name: words, unit: words, leastMinutes: 0, usualMinutes: 30 },
    ...{ location: 'none', givers: ['carer'], where: 'station' },
    price: {
      fen: item.visit.listPriceFen,
      packs: [...(isInsured ? [insured] : []), { pack: pack.id, service: item.visit.service }],
    },
  }
  const carers = visitCarers.map(carer => ({ id: carer, name: carer, role: 'carer' }))
  const senior = fullSenior.parse({
    ...{
      kind: 'full',
      id,
      name: '陈芳',
      sex: 'female',
      home: true,
      cards: [],
      entitledUntil: '2099-12-31',
      codesSince: 0,
    },
    person: isInsured ? { ...person, careGrade: 4 } : person,
  })
  const packs = isInsured ? [insurance, pack] : [pack]
  const counted = packs.flatMap(({ versions }) =>
    versions.flatMap(({ limits, allowances = [] }) => [...limits, ...allowances].map(({ id: limit }) => limit)),
  )
  return {
    used,
    minutes: isInsured ? 60 : (item.visit.minutes ?? 1),
    house: {
      site: siteSchema.parse({
        ...houseSite,
        facts: visit.site,
        station: { services: [service], carers, travelMinutes: 0 },
      }),
      ...{ seniors: [senior], packs, day: visit.businessDate },
      held: Object.fromEntries(counted.map(limit => [limit, 1_000_000])),
    },
  }
}

/** Lets a case happen: the sign-in, the service and the sign-out at the real desk; gives what stands in the ledger. */
async function recorded(pack: PolicyPack, item: PolicyCase) {
  const { house, used, minutes } = stationOf(pack, item)
  const station = await openVisitDeskHouse(house)
  try {
    const ref = seniorRefOf(stationSiteKey, id)
    for (const [counter, amount] of Object.entries(used)) station.sales.usage.change(ref, pack.id, counter, amount)
    const [carer] = visitCarers
    if (carer === undefined) throw new Error('nobody gives it')
    const { desk } = station
    await desk.choose(id)
    await desk.chooseService('given')
    await desk.carer(carer, '305917')
    await desk.begin(null, null)
    station.pass(minutes)
    const [running] = station.house.openVisits.all()
    if (running === undefined) throw new Error('nothing has begun')
    await desk.leave(running.id, null)
    await desk.chooseTender('cash')
    const shown = station.view().desk
    const digest = shown.state === 'leaving' ? (shown.visit.price?.digest ?? null) : null
    const outcome = await desk.finish(running.id, digest)
    const out = station.sales.ledger
      .after({ generation: 1, seq: 0 }, 100)
      .map(({ record }) => record)
      .find(record => record.kind === 'visit-out')
    if (out?.kind !== 'visit-out') throw new Error(`no record: ${JSON.stringify(outcome)} ${JSON.stringify(shown)}`)
    const { findings } = await verifyChain(station.sales.db, station.sales.parts.suite, 100)
    return { payload: out.payload, findings }
  } finally {
    station.close()
  }
}

describe.each(['HF-600', 'SH-LTCI', 'ZJ-AIXIN', 'CN-VOUCHER'])('the vectors of %s are recorded as visits', name => {
  const pack = shippedPack(name)
  const cases = (pack.vectors ?? []).filter(({ person, visit }) => person !== 'guest' && visit.service)
  const byInsurance = cases.filter(({ visit }) => visit.paidByInsurance === true)
  const plain = cases.filter(item => !byInsurance.includes(item))

  test('there are some', () => {
    expect(plain.length).toBeGreaterThan(10)
  })

  test.each(plain)('$id $note', async item => {
    const { payload, findings } = await recorded(pack, item)
    const { discountFen, subsidyFen, ownPayFen } = item.expect
    expect(findings).toEqual([])
    expect(payload).toMatchObject({ listFen: item.visit.listPriceFen, discountFen, ownPayFen, claimPending: false })
    expect(Object.fromEntries(payload.subsidies.map(({ fund, fen }) => [fund, fen]))).toEqual(
      Object.fromEntries(Object.entries(subsidyFen).filter(([, fen]) => fen !== 0)),
    )
    expect(payload.tenders.reduce((sum, { fen }) => sum + fen, 0)).toBe(ownPayFen - payload.cashRoundingFen)
  })

  if (byInsurance.length === 0) return

  test.each(byInsurance)('$id stands as what the insurance pays, and nothing of it is paid again', async item => {
    const { payload, findings } = await recorded(pack, item)
    expect(findings).toEqual([])
    expect(payload.policy.pack).toBe(insurance.id)
    expect(payload.subsidies.map(({ fund }) => fund)).toEqual(['ltci'])
    expect(payload.discountFen).toBe(0)
  })
})
