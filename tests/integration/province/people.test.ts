import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import type { Verdict } from '../../../shared/province-api.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const everybody = demoSeniors()
const members = everybody.filter(({ homeSite, cards }) => homeSite === 'demo-canteen' && cards.length > 0)
const others = everybody.filter(({ homeSite, cards }) => homeSite === 'demo-riverside' && cards.length > 0)
const card = (digit: string) => `990101D156000005${digit.repeat(16)}`

function one(from: readonly DemoSenior[], place: number): DemoSenior {
  const senior = from[place]
  if (senior === undefined) throw new Error('the demo has too few people')
  return senior
}

let house: ProvinceHouse
let canteen: PaperTerminal
let riverside: PaperTerminal
beforeAll(async () => {
  house = await openProvinceHouse()
  canteen = await house.terminal()
  riverside = await house.terminal('demo-riverside')
})
afterAll(() => house.close())

async function said(terminal: PaperTerminal, ...change: Parameters<PaperTerminal['changeMeans']>): Promise<Verdict> {
  const item = await terminal.changeMeans(...change)
  const { verdicts, acknowledged } = await terminal.push([item])
  expect(acknowledged.seq).toBe(item.seq)
  const [verdict] = verdicts
  if (verdict === undefined) throw new Error('no verdict')
  return verdict
}

async function entryOf(terminal: PaperTerminal, { id }: DemoSenior) {
  const page = await terminal.pull('roster', null)
  return page.feed === 'roster' ? page.items.find(item => item.id === id) : undefined
}

describe('a card that a site bound', () => {
  it('becomes the senior’s at every site, beside the cards they had', async () => {
    const senior = one(members, 0)
    expect(await said(canteen, senior, 'card-bound', card('A'))).toMatchObject({ verdict: 'accepted', code: null })
    for (const terminal of [canteen, riverside])
      expect(await entryOf(terminal, senior)).toMatchObject({ cards: [...senior.cards, card('A')] })
  })

  it('stays the first senior’s when a second one is to have it, and the record stands for somebody to look at', async () => {
    const second = one(members, 1)
    expect(await said(canteen, second, 'card-bound', card('A'))).toMatchObject({
      verdict: 'flagged',
      code: 'CARD_TAKEN',
    })
    expect(await entryOf(riverside, second)).toMatchObject({ cards: second.cards })
    expect(await said(canteen, one(members, 0), 'card-bound', card('A'))).toMatchObject({ verdict: 'accepted' })
  })

  it.each([
    [
      'for a member of another site',
      () => said(riverside, one(members, 2), 'card-bound', card('B')),
      'IDENTITY_DOUBTFUL',
    ],
    [
      'without saying which',
      () => said(canteen, one(members, 2), 'card-bound', card('B'), () => null),
      'INPUTS_MISSING',
    ],
    [
      'other than the one committed to',
      () =>
        said(canteen, one(members, 2), 'card-bound', card('B'), opened => ({
          ...opened,
          inputs: { ...opened.inputs, card: card('C') },
        })),
      'INPUTS_DIFFER',
    ],
    [
      'for another senior than the record names',
      () =>
        said(canteen, one(members, 2), 'card-bound', card('B'), opened => ({
          ...opened,
          inputs: { ...opened.inputs, senior: one(members, 3).id },
        })),
      'INPUTS_DIFFER',
    ],
  ])('%s is bound to nobody', async (_, change, code) => {
    expect(await change()).toMatchObject({ verdict: 'flagged', code })
    expect(await house.number('select count(*) from senior where bound_cards && $1', [[card('B'), card('C')]])).toBe(0)
  })

  it('is taken off again by the home site alone, and is free for the right senior', async () => {
    const [wrong, right] = [one(members, 9), one(members, 10)]
    await said(canteen, wrong, 'card-bound', card('E'))
    expect(await entryOf(canteen, wrong)).toMatchObject({ boundCards: [card('E')] })
    expect(await said(riverside, wrong, 'card-unbound', card('E'))).toMatchObject({ code: 'IDENTITY_DOUBTFUL' })
    expect(await entryOf(riverside, wrong)).toMatchObject({ cards: [...wrong.cards, card('E')] })
    expect(await said(canteen, wrong, 'card-unbound', card('E'))).toMatchObject({ verdict: 'accepted', code: null })
    for (const terminal of [canteen, riverside])
      expect(await entryOf(terminal, wrong)).toMatchObject({ cards: wrong.cards })
    expect(await said(canteen, right, 'card-bound', card('E'))).toMatchObject({ verdict: 'accepted', code: null })
    expect(await entryOf(riverside, right)).toMatchObject({ cards: [...right.cards, card('E')] })
  })

  it('does not make a card of the roster one that a site may take off', async () => {
    const senior = one(members, 11)
    const [own = ''] = senior.cards
    expect(await said(canteen, senior, 'card-unbound', own)).toMatchObject({ code: 'IDENTITY_DOUBTFUL' })
    expect(await entryOf(canteen, senior)).toMatchObject({ cards: senior.cards })
  })

  it('outlives a roster that is written anew', async () => {
    const senior = one(members, 0)
    const again = await house.start()
    await again.close()
    expect(await entryOf(canteen, senior)).toMatchObject({ cards: [...senior.cards, card('A')] })
  })

  it('does nothing a second time when the push comes again', async () => {
    const item = await canteen.changeMeans(one(members, 4), 'card-lost', one(members, 4).cards[0] ?? '')
    await canteen.push([item])
    const before = await house.number('select count(*) from revocation')
    expect((await canteen.push([item])).verdicts).toMatchObject([{ verdict: 'duplicate' }])
    expect(await house.number('select count(*) from revocation')).toBe(before)
  })
})

describe('a lost card', () => {
  it('is blocked at every site whichever site it was reported at, and let through again when found', async () => {
    const senior = one(members, 5)
    const [lost = ''] = senior.cards
    expect(await said(riverside, senior, 'card-lost', lost)).toMatchObject({ verdict: 'accepted' })
    expect(await said(canteen, senior, 'card-found', lost)).toMatchObject({ verdict: 'accepted' })
    const page = await riverside.pull('revocations', null)
    const told = page.items.filter(item => JSON.stringify(item).includes(lost))
    expect(told).toEqual([
      { kind: 'card', card: lost, lost: true },
      { kind: 'card', card: lost, lost: false },
    ])
  })

  it('that is not the senior’s is not blocked', async () => {
    const [foreign = ''] = one(members, 6).cards
    expect(await said(canteen, one(members, 7), 'card-lost', foreign)).toMatchObject({ code: 'IDENTITY_DOUBTFUL' })
    expect(JSON.stringify((await canteen.pull('revocations', null)).items)).not.toContain(foreign)
  })
})

describe('who somebody is', () => {
  it('is told to the site that asks by card, and stays told in its roster for ninety days; other sites hear nothing', async () => {
    const visitor = one(others, 0)
    const [asked = ''] = visitor.cards
    const { senior } = await canteen.lookUp({ by: 'card', card: asked })
    expect(senior).toMatchObject({ kind: 'full', id: visitor.id, name: visitor.name, home: false })
    expect(await entryOf(canteen, visitor)).toMatchObject({ kind: 'full', name: visitor.name, home: false })
    const third = await house.terminal('demo-riverside')
    expect(await entryOf(third, visitor)).toMatchObject({ kind: 'full', home: true })
    await house.rows("update visitor set until = '2020-01-01'")
    expect(await entryOf(canteen, visitor)).toMatchObject({ kind: 'thin' })
  })

  it('is told by an elder code’s owner, and by the whole name with the last digits, and by nothing else', async () => {
    const visitor = one(others, 1)
    const { name, numberTail = '' } = visitor
    const other = numberTail === '1234' ? '4321' : '1234'
    const answers = [
      await canteen.lookUp({ by: 'code', senior: visitor.id }),
      await canteen.lookUp({ by: 'name', name, numberTail }),
      await canteen.lookUp({ by: 'name', name, numberTail: other }),
      await canteen.lookUp({ by: 'name', name: `${name}芬`, numberTail }),
      await canteen.lookUp({ by: 'card', card: card('D') }),
    ]
    expect(answers.map(({ senior }) => senior?.id ?? null)).toEqual([visitor.id, visitor.id, null, null, null])
  })

  it('is not told where two fit', async () => {
    const { name, numberTail = '' } = one(others, 2)
    const rename = JSON.stringify({ name, numberTail })
    await house.rows('update senior set body = (body::jsonb || $1::jsonb)::text where senior_id = $2', [
      rename,
      one(members, 8).id,
    ])
    expect(await canteen.lookUp({ by: 'name', name, numberTail })).toEqual({ senior: null })
  })

  it('is written down with who asked, without the question', async () => {
    const rows = await house.rows('select terminal_id, by, senior_id from lookup order by at')
    expect(rows[0]).toEqual({ terminal_id: canteen.terminal, by: 'card', senior_id: one(others, 0).id })
    expect(rows.filter(({ senior_id }) => senior_id === null)).toHaveLength(4)
    expect(JSON.stringify(rows)).not.toContain(one(others, 1).name)
  })
})
