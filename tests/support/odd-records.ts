import { type DemoSenior, demoSeniors, stranger } from '../../province/demo-people.ts'
import { businessDate, businessDateOf, weekLabel } from '../../shared/business-day.ts'
import { toBase64Url, utf8ToBytes } from '../../shared/bytes.ts'
import type { RecordId } from '../../shared/ids.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import type { PushItem } from '../../shared/province-api.ts'
import { chainStart } from '../../shared/record.ts'
import { standardSuite } from '../../shared/suite.ts'
import { demoPack, type PaperTerminal, type SaleOptions } from './paper-terminal.ts'
import { readRepositoryJson, soundPack } from './policy-kit.ts'
import type { ProvinceHouse } from './province-house.ts'

/** One kind of record that a month may hold: what it is called, what the province says to it, and how it comes about. */
export interface OddRecord {
  readonly kind: string
  readonly said: readonly string[]
  happens(): Promise<string[]>
}

const flaggedBy = (code: string) => `flagged ${code}`
const all = [
  { fund: 'city', fen: 300 },
  { fund: 'district', fen: 200 },
  { fund: 'street', fen: 100 },
]

/** The demo's rules until the 15th of a month; from the 16th on one third of the list price, split over three funds by their shares. */
export function packOfTwoVersions(month: string): { text: string; pack: PolicyPack } {
  const { vectors: _, ...demo } = JSON.parse(JSON.stringify(readRepositoryJson('resources/policies/DEMO.json')))
  const [first] = demo.versions
  const shared = {
    ...{
      id: 'shared',
      kind: 'subsidy',
      title: { zh: '三级共担', en: 'Three funds together' },
      limits: ['meal', 'week'],
    },
    amount: { kind: 'fraction', numerator: 1, denominator: 3, of: 'list' },
    funds: [
      { fund: 'city', share: 50 },
      { fund: 'district', share: 30 },
      { fund: 'street', share: 20 },
    ],
  }
  const versions = [
    { ...first, to: `${month}-15` },
    { ...first, id: 'DEMO-SHARED', from: `${month}-16`, benefits: [first.benefits[0], shared] },
  ]
  const text = JSON.stringify({ ...demo, versions })
  return { text, pack: soundPack(JSON.parse(text)) }
}

/**
 * The odd records of one month, the one before and the one after, in an order in which they may happen. `home` is the first terminal of the
 * canteen, which holds the leases of its members.
 */
export function oddRecords(
  house: ProvinceHouse,
  home: PaperTerminal,
  months: { readonly before: string; readonly month: string },
): OddRecord[] {
  const { before, month } = months
  const today = businessDateOf(Date.now())
  const shared = packOfTwoVersions(month).pack
  const people = demoSeniors()
  const isMember = ({ homeSite, expected }: DemoSenior, fen: number) =>
    homeSite === 'demo-canteen' && expected.fen === fen
  const members = people.filter(senior => isMember(senior, 600))
  let next = 0
  /** A member of the canteen whom no other kind uses, with three funds. */
  const someone = (): DemoSenior => {
    const senior = members[next++]
    if (senior === undefined) throw new Error('no senior left')
    return senior
  }
  const one = (fits: (senior: DemoSenior) => boolean): DemoSenior => {
    const senior = people.findLast(fits)
    if (senior === undefined) throw new Error('no such senior')
    return senior
  }
  /** A date, with noon of that day on the clock. */
  const on = (date: string) => ({ date, at: Date.parse(`${date}T04:00:00Z`) })
  const stamp = (date: string) => ({ date, clock: Date.parse(`${date}T04:00:00Z`) })
  const [third, tenth, twentieth] = [`${month}-03`, `${month}-10`, `${month}-20`]
  const earlier = `${before}-25`

  const outcomes = async (terminal: PaperTerminal, items: readonly PushItem[], generation = 1) =>
    (await terminal.push(items, generation)).verdicts.map(({ verdict, code }) =>
      code === null ? verdict : `${verdict} ${code}`,
    )
  /** A sale of a fresh terminal, and what comes after it in the same push. */
  async function sells(
    date: string,
    options: SaleOptions = {},
    then: (terminal: PaperTerminal, sale: PushItem & { id: RecordId }) => Promise<PushItem[]> = async () => [],
  ): Promise<string[]> {
    const terminal = await house.terminal()
    const noon = options.enteredOn === undefined ? on(date) : { date, at: on(options.enteredOn).at }
    const sale = await terminal.sale(someone(), { ...noon, ...options })
    return await outcomes(terminal, [sale, ...(await then(terminal, sale))])
  }
  const alone = (kind: string, said: string, date: string, options: SaleOptions = {}): OddRecord => ({
    ...{ kind, said: [said] },
    happens: () => sells(date, options),
  })
  const withSenior = (kind: string, fits: (senior: DemoSenior) => boolean, site: string): OddRecord => ({
    ...{ kind, said: ['accepted'] },
    async happens() {
      const terminal = await house.terminal(site)
      return await outcomes(terminal, [await terminal.sale(one(fits), on(third))])
    },
  })
  const then = (
    kind: string,
    said: readonly string[],
    date: string,
    after: (terminal: PaperTerminal, sale: PushItem & { id: RecordId }) => Promise<PushItem[]>,
    options: SaleOptions = {},
  ): OddRecord => ({ kind, said, happens: () => sells(date, options, after) })
  const voided = (date: string) => async (terminal: PaperTerminal, sale: { id: RecordId }) => [
    await terminal.voidOf(sale.id, stamp(date)),
  ]
  /** A void that does not link to the record before it. */
  const loose = (date: string) => async (terminal: PaperTerminal, sale: { id: RecordId }) => {
    const at = { seq: terminal.head().seq, hash: chainStart }
    return [await terminal.sign('void', { of: sale.id, reason: 'x', operator: null }, null, { ...stamp(date), at })]
  }
  const refunded =
    (subsidies: { fund: string; fen: number }[], ownPayFen: number, date = tenth) =>
    async (terminal: PaperTerminal, sale: { id: RecordId }) => [
      await terminal.refundOf(sale.id, { subsidies, ownPayFen }, stamp(date)),
    ]

  /** A member of the canteen eats at the other site, which holds no right of theirs. */
  const away = async (senior: DemoSenior, date: string) => {
    const terminal = await house.terminal('demo-riverside')
    const sale = await terminal.sale(senior, { ...on(date), rights: {} })
    return { terminal, sale, said: await outcomes(terminal, [sale]) }
  }
  const claims: { senior: DemoSenior; of: RecordId; terminal: PaperTerminal }[] = []
  const waits = (kind: string, date: string): OddRecord => ({
    ...{ kind, said: ['accepted'] },
    async happens() {
      const senior = someone()
      const { terminal, sale, said } = await away(senior, date)
      claims.push({ senior, of: sale.id, terminal })
      return said
    },
  })
  const paysOut = (kind: string, said: string, which: number, date: string, subsidies = all): OddRecord => ({
    ...{ kind, said: [said] },
    async happens() {
      const claim = claims[which]
      if (claim === undefined) throw new Error('no such claim')
      return await outcomes(home, [await home.madeGood(claim.senior, claim.of, subsidies, stamp(date))])
    },
  })

  return [
    alone('a meal that three funds pay', 'accepted', third),
    withSenior('a member of another district: one fund less', senior => isMember(senior, 400), 'demo-canteen'),
    withSenior('one of another city: no subsidy', senior => isMember(senior, 0), 'demo-canteen'),
    withSenior('a member of the other site', ({ homeSite }) => homeSite === 'demo-riverside', 'demo-riverside'),
    alone('a guest', 'accepted', third, { who: 'guest' }),
    alone('somebody whom the till does not know, and the province does', 'accepted', third, { who: 'unknown' }),
    {
      kind: 'somebody whom nobody knows: the claim stays open',
      said: ['accepted'],
      async happens() {
        const terminal = await house.terminal()
        const sale = await terminal.sale({ ...someone(), id: stranger.id }, { ...on(third), who: 'unknown' })
        return await outcomes(terminal, [sale])
      },
    },
    then('voided at once', ['accepted', 'accepted'], third, voided(third)),
    then('voided later in the month', ['accepted', 'accepted'], third, voided(twentieth)),
    then('last month’s, voided in this month', ['accepted', 'accepted'], earlier, voided(third)),
    then('this month’s, voided in the next', ['accepted', 'accepted'], twentieth, voided(today)),
    then('refunded in whole', ['accepted', 'accepted'], third, refunded(all, 750)),
    then('refunded in part', ['accepted', 'accepted'], third, refunded([{ fund: 'district', fen: 150 }], 100)),
    then('last month’s, refunded in this month', ['accepted', 'accepted'], earlier, refunded(all, 750, tenth)),
    then('refunded of the own payment alone', ['accepted', 'accepted'], third, refunded([], 750)),
    then(
      'refunded of more than it brought',
      ['accepted', flaggedBy('QUOTE_DIFFERS')],
      third,
      refunded([{ fund: 'city', fen: 301 }], 0),
    ),
    then('voided twice', ['accepted', 'accepted', flaggedBy('ALREADY_VOID')], third, async (terminal, sale) => [
      await terminal.voidOf(sale.id, stamp(third)),
      await terminal.voidOf(sale.id, stamp(tenth)),
    ]),
    then(
      'voided and then refunded',
      ['accepted', 'accepted', flaggedBy('ALREADY_VOID')],
      third,
      async (terminal, sale) => [
        await terminal.voidOf(sale.id, stamp(third)),
        ...(await refunded(all, 750)(terminal, sale)),
      ],
    ),
    then(
      'voided by a record that somebody has to look at',
      ['accepted', flaggedBy('CHAIN_BROKEN')],
      third,
      loose(tenth),
    ),
    then(
      'the same, and then by one that nobody doubts',
      ['accepted', flaggedBy('CHAIN_BROKEN'), 'accepted'],
      third,
      async (terminal, sale) => [...(await loose(tenth)(terminal, sale)), ...(await voided(twentieth)(terminal, sale))],
    ),
    {
      kind: 'the same, each in a push of its own',
      said: ['accepted', flaggedBy('CHAIN_BROKEN'), 'accepted', flaggedBy('ALREADY_VOID')],
      async happens() {
        const terminal = await house.terminal()
        const sale = await terminal.sale(someone(), on(third))
        const said = await outcomes(terminal, [sale])
        for (const date of [third, tenth, twentieth]) {
          const back = date === third ? await loose(date)(terminal, sale) : await voided(date)(terminal, sale)
          said.push(...(await outcomes(terminal, back)))
        }
        return said
      },
    },
    {
      kind: 'a void of a record that nobody knows',
      said: [flaggedBy('UNKNOWN_RECORD')],
      async happens() {
        const [terminal, other] = [await house.terminal(), await house.terminal()]
        const never = await other.sale(someone(), on(third))
        return await outcomes(terminal, [await terminal.voidOf(never.id, stamp(third))])
      },
    },
    {
      kind: 'a void by another site',
      said: ['accepted', flaggedBy('UNKNOWN_RECORD')],
      async happens() {
        const [here, there] = [await house.terminal(), await house.terminal('demo-riverside')]
        const sale = await here.sale(someone(), on(third))
        const sold = await outcomes(here, [sale])
        return [...sold, ...(await outcomes(there, [await there.voidOf(sale.id, stamp(third))]))]
      },
    },
    {
      kind: 'a void by the second till of the site, in a later push',
      said: ['accepted', 'accepted'],
      async happens() {
        const [here, there] = [await house.terminal(), await house.terminal()]
        const sale = await here.sale(someone(), on(third))
        const sold = await outcomes(here, [sale])
        return [...sold, ...(await outcomes(there, [await there.voidOf(sale.id, stamp(tenth))]))]
      },
    },
    alone('a price that never stood on the menu', flaggedBy('PRICE_UNKNOWN'), third, { listFen: 9900 }),
    then('a doubted sale that is voided', [flaggedBy('PRICE_UNKNOWN'), 'accepted'], third, voided(tenth), {
      listFen: 9900,
    }),
    alone('amounts that do not add up', flaggedBy('AMOUNTS_DIFFER'), third, {
      alter: payload => ({ ...payload, items: [] }),
    }),
    {
      kind: 'the same lunch at two tills',
      said: ['accepted', flaggedBy('CAP_EXCEEDED')],
      async happens() {
        const [here, there, senior] = [await house.terminal(), await house.terminal(), someone()]
        const first = await outcomes(here, [await here.sale(senior, on(third))])
        return [...first, ...(await outcomes(there, [await there.sale(senior, on(third))]))]
      },
    },
    {
      kind: 'sent twice',
      said: ['accepted', 'duplicate'],
      async happens() {
        const terminal = await house.terminal()
        const sale = await terminal.sale(someone(), on(third))
        return [...(await outcomes(terminal, [sale])), ...(await outcomes(terminal, [sale]))]
      },
    },
    {
      kind: 'two records at one place: a copied disk',
      said: ['accepted', 'conflict COPIED_DISK'],
      async happens() {
        const terminal = await house.terminal()
        const said = await outcomes(terminal, [await terminal.sale(someone(), on(third))])
        const other = await terminal.sign('void', { of: nobody, reason: 'x', operator: null }, null, {
          ...stamp(third),
          at: { seq: 0, hash: chainStart },
        })
        return [...said, ...(await outcomes(terminal, [other]))]
      },
    },
    {
      kind: 'changed after it was signed',
      said: ['rejected BAD_SIGNATURE'],
      async happens() {
        const terminal = await house.terminal()
        const [one, two] = [await terminal.sale(someone(), on(third)), await terminal.sale(someone(), on(third))]
        return await outcomes(terminal, [{ ...one, signature: two.signature }])
      },
    },
    then(
      'one that does not link to the record before',
      ['accepted', flaggedBy('CHAIN_BROKEN')],
      third,
      async terminal => {
        const { seq } = terminal.head()
        const loose = await terminal.sign('void', { of: nobody, reason: 'x', operator: null }, null, {
          ...stamp(third),
          at: { seq, hash: chainStart },
        })
        return [loose]
      },
    ),
    {
      kind: 'a sale without its inputs',
      said: [flaggedBy('INPUTS_MISSING')],
      async happens() {
        const terminal = await house.terminal()
        return await outcomes(terminal, [{ ...(await terminal.sale(someone(), on(third))), inputs: null }])
      },
    },
    alone('a late entry of the day before', 'accepted', third, { enteredOn: `${month}-04` }),
    alone('a late entry of this month, made in the next', 'accepted', `${month}-28`, {
      enteredOn: `${today.slice(0, 7)}-02`,
    }),
    alone('a late entry of last month, made in this one', 'accepted', `${before}-28`, {
      enteredOn: third,
    }),
    alone('a late entry that somebody has to approve', 'accepted', third, { enteredOn: tenth, held: true }),
    then('the same, voided', ['accepted', 'accepted'], third, voided(tenth), { enteredOn: tenth, held: true }),
    {
      kind: 'a business date before that of the record before',
      said: ['accepted', flaggedBy('DATE_DOUBTFUL')],
      async happens() {
        const terminal = await house.terminal()
        const later = await terminal.sale(someone(), on(tenth))
        return await outcomes(terminal, [later, await terminal.sale(someone(), on(third))])
      },
    },
    alone('the last evening of the month, heard weeks later', 'accepted', `${month}-28`, { meal: 'dinner' }),
    alone('under the rules that end in mid-month', 'accepted', `${month}-15`, { pack: shared }),
    alone('under the rules that follow, three funds with odd fen', 'accepted', twentieth, { pack: shared }),
    then('the same, voided', ['accepted', 'accepted'], twentieth, voided(twentieth), { pack: shared }),
    alone('another price under the rules that follow', 'accepted', twentieth, {
      pack: shared,
      set: 'soup',
      listFen: 300,
    }),
    alone('after the change by a till that had not heard of it', 'accepted', twentieth),
    alone('under rules that nobody published', flaggedBy('POLICY_UNKNOWN'), third, {
      pack: { ...demoPack(), title: { zh: '别的', en: 'another' } },
    }),
    {
      kind: 'a home that moved: at the old one, then at the new one',
      said: [flaggedBy('RIGHT_NOT_HELD'), 'accepted'],
      async happens() {
        const [old, fresh, senior] = [await house.terminal(), await house.terminal('demo-riverside'), someone()]
        await house.rows("update senior set home_site = 'demo-riverside' where senior_id = $1", [senior.id])
        const said = await outcomes(old, [await old.sale(senior, on(third))])
        return [...said, ...(await outcomes(fresh, [await fresh.sale(senior, on(tenth))]))]
      },
    },
    alone('drawn on a right that nobody gave', flaggedBy('RIGHT_NOT_HELD'), third, { rights: given(third) }),
    then('the same, voided in the same push', [flaggedBy('RIGHT_NOT_HELD'), 'accepted'], third, voided(third), {
      rights: given(third),
    }),
    {
      kind: 'under a key that was exchanged',
      said: ['accepted', 'accepted'],
      async happens() {
        const terminal = await house.terminal()
        const fresh = await standardSuite.generateSigningKey()
        const changed = { reason: 'rotated', ledgerKey: toBase64Url(fresh.publicKey), lastHead: null }
        const change = await terminal.sign('key-change', changed, null, stamp(third))
        const sale = await terminal.sale(someone(), on(third))
        const signature = toBase64Url(await (await standardSuite.signer(fresh)).sign(utf8ToBytes(sale.record)))
        return await outcomes(terminal, [change, { ...sale, signature }])
      },
    },
    {
      kind: 'after a restore; and beside it the disk that was left behind',
      said: ['accepted', 'accepted', flaggedBy('COPIED_DISK')],
      async happens() {
        const terminal = await house.terminal()
        const first = await outcomes(terminal, [await terminal.sale(someone(), on(third))])
        const lastHead = { generation: 1, ...terminal.head() }
        const ledgerKey = toBase64Url(terminal.keys.ledger.publicKey)
        const restored = await terminal.sign('key-change', { reason: 'restored', ledgerKey, lastHead }, null, {
          ...{ ...stamp(tenth), generation: 2, moveHead: false, at: { seq: 0, hash: lastHead.hash } },
        })
        const resumed = await outcomes(terminal, [restored], 2)
        return [...first, ...resumed, ...(await outcomes(terminal, [await terminal.sale(someone(), on(tenth))]))]
      },
    },
    {
      kind: 'records that count nothing',
      said: ['accepted', 'accepted'],
      async happens() {
        const terminal = await house.terminal()
        const override = { of: null, what: 'face-on', reason: 'x', operator: 'paper', approver: null }
        const clock = { before: 0, after: 1, source: 'operator', operator: 'paper' }
        return await outcomes(terminal, [
          await terminal.sign('override', override, null, stamp(third)),
          await terminal.sign('clock-set', clock, null, stamp(third)),
        ])
      },
    },
    waits('a claim of this month, accepted', third),
    waits('a claim of last month, accepted', earlier),
    waits('a claim that will be paid in the next month', tenth),
    waits('a claim that nobody comes for', tenth),
    waits('a claim whose sale will be voided before the home is heard', tenth),
    {
      kind: 'a claim with nothing due: the lunch was eaten at home',
      said: ['accepted', 'accepted'],
      async happens() {
        const [terminal, senior] = [await house.terminal(), someone()]
        const said = await outcomes(terminal, [await terminal.sale(senior, on(third))])
        return [...said, ...(await away(senior, third)).said]
      },
    },
    {
      kind: 'a claim that is voided before it is paid',
      said: ['accepted', 'accepted'],
      async happens() {
        const { terminal, sale, said } = await away(someone(), third)
        return [...said, ...(await outcomes(terminal, [await terminal.voidOf(sale.id, stamp(tenth))]))]
      },
    },
    {
      kind: 'the home hears of the claims',
      said: [],
      async happens() {
        for (let cursor: string | null = null, more = true; more; )
          ({ cursor, more } = await home.pull('leases', cursor))
        return []
      },
    },
    paysOut('a claim of this month, made good in it', 'accepted', 0, tenth),
    paysOut('a claim of last month, made good in this one', 'accepted', 1, tenth),
    paysOut('a claim that was made good before', flaggedBy('RIGHT_NOT_HELD'), 0, twentieth),
    {
      kind: 'something made good that nobody claimed',
      said: [flaggedBy('RIGHT_NOT_HELD')],
      happens: async () => await outcomes(home, [await home.madeGood(someone(), nobody, all, stamp(twentieth))]),
    },
    {
      kind: 'a claim that was made good, and whose sale is voided then',
      said: [flaggedBy('CLAIM_PAID')],
      async happens() {
        const claim = claims[0]
        if (claim === undefined) throw new Error('no such claim')
        return await outcomes(claim.terminal, [await claim.terminal.voidOf(claim.of, stamp(twentieth))])
      },
    },
    {
      kind: 'a claim whose sale is voided while the home may pay it',
      said: ['accepted'],
      async happens() {
        const claim = claims[4]
        if (claim === undefined) throw new Error('no such claim')
        return await outcomes(claim.terminal, [await claim.terminal.voidOf(claim.of, stamp(twentieth))])
      },
    },
    paysOut('that claim, made good before the home heard of the void', 'accepted', 4, twentieth),
    paysOut('a claim of this month, made good in the next', 'accepted', 2, today),
  ]
}

const nobody = '01900000-0000-7000-8000-000000000000'

/** Rights of a lunch, as a terminal says it that was given none. */
function given(date: string): Record<string, number> {
  return { [`meal|${date}/lunch`]: 1, [`week|${weekLabel(businessDate.parse(date))}`]: 1 }
}
