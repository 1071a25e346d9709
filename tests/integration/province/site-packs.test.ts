import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import { packHash } from '../../../shared/policy/parse-pack.ts'
import { demoPack, type PaperTerminal, type SaleOptions } from '../../support/paper-terminal.ts'
import { packJson, soundPack, subsidyStep } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const today = businessDateOf(Date.now())
const text = (id: string, fen: number) =>
  JSON.stringify(
    packJson([subsidyStep('city', fen, { limits: ['meal'] })], {
      limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
      pack: { id, area: id },
    }),
  )
const other = soundPack(JSON.parse(text('OTHER', 900)))
const replaced = soundPack(JSON.parse(text('THIRD', 900)))

describe('the policies that a till may price by', () => {
  let house: ProvinceHouse
  let till: PaperTerminal
  const seniors = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
  let next = 0
  const someone = (): DemoSenior => {
    const senior = seniors[next++]
    if (senior === undefined) throw new Error('no senior left for this test')
    return senior
  }
  const lunch = { [`meal|${today}/lunch`]: 1 }
  async function saidOf(pack = demoPack(), senior = someone(), options: SaleOptions = {}) {
    const { verdicts } = await till.push([await till.sale(senior, { pack, ...options })])
    return verdicts.map(({ verdict, code }) => code ?? verdict)[0]
  }
  /** What the province grants of one lunch. */
  async function grantOf(pack: string, senior = someone()) {
    const debits = [{ limit: 'meal', label: `${today}/lunch`, amount: 1 }]
    const { word } = await till.ask({ senior: senior.id, pack, generation: 1, epoch: 1, totals: debits, debits })
    return word?.grant.totals ?? null
  }
  /** Another pack at the site from now on, by a change that no till has heard of. */
  const siteHas = (pack: string) =>
    house.rows(
      `update site set body = jsonb_set(body::jsonb, '{policy}', to_jsonb($1::text))::text where site_id = 'demo-canteen'`,
      [pack],
    )

  beforeAll(async () => {
    house = await openProvinceHouse()
    for (const pack of [text('OTHER', 900), text('THIRD', 900), text('THIRD', 100)])
      await house.province.publishPolicy(pack)
  })
  beforeEach(async () => {
    till = await house.terminal()
  })
  afterAll(() => house?.close())

  it('are not those of other sites: no right is given by them, and a sale is held', async () => {
    expect(await grantOf('OTHER')).toBeNull()
    const senior = someone()
    expect([await saidOf(demoPack(), senior), await saidOf(other, senior, { rights: lunch })]).toEqual([
      'accepted',
      'POLICY_UNKNOWN',
    ])
    expect(
      await house.rows(
        'select sum(fen)::int as fen, held from claim_line where senior_id = $1 group by held order by held',
        [senior.id],
      ),
    ).toEqual([
      { fen: 600, held: false },
      { fen: 900, held: true },
    ])
  })

  it('are its site’s former ones for as long as it need not have heard of the change', async () => {
    const until = (date: string) => house.rows("update site_pack set until_on = $1 where pack_id = 'DEMO'", [date])
    await siteHas('OTHER')
    try {
      expect([await saidOf(), await saidOf(other)]).toEqual(['accepted', 'accepted'])
      expect([await grantOf('DEMO'), await grantOf('OTHER')]).toEqual([lunch, lunch])
      await until(addDays(today, -62))
      expect([await saidOf(), await grantOf('DEMO')]).toEqual(['accepted', lunch])
      await until(addDays(today, -63))
      expect([await saidOf(), await grantOf('DEMO')]).toEqual(['POLICY_UNKNOWN', null])
    } finally {
      await siteHas('DEMO')
    }
    expect(await saidOf()).toBe('accepted')
  })

  it('are texts that were replaced for as long as it need not have heard of the newer one, by the day of the record', async () => {
    const until = (date: string) =>
      house.rows('update policy set until_on = $1 where hash = $2', [date, packHash(replaced)])
    await siteHas('THIRD')
    try {
      expect(await saidOf(replaced)).toBe('accepted')
      await until(addDays(today, -62))
      expect(await saidOf(replaced)).toBe('accepted')
      await until(addDays(today, -63))
      expect(await saidOf(replaced)).toBe('POLICY_UNKNOWN')
      till = await house.terminal()
      expect(await saidOf(replaced, someone(), { date: addDays(today, -1) })).toBe('accepted')
      await house.province.publishPolicy(text('THIRD', 900))
      expect(await saidOf(replaced)).toBe('accepted')
    } finally {
      await siteHas('DEMO')
    }
  })
})
