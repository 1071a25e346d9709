import { describe, expect, it } from 'vitest'
import { demoCast, demoSeniors, demoSites, lostCard, stranger } from '../../../province/demo-people.ts'
import { ageOn, businessDate, businessMinuteOf, mealAt } from '../../../shared/business-day.ts'
import { fen } from '../../../shared/money.ts'
import { quote } from '../../../shared/policy/quote.ts'
import { demoPack } from '../../support/paper-terminal.ts'

const canteen = () => {
  const found = demoSites().find(({ id }) => id === 'demo-canteen')
  if (!found) throw new Error('no demo-canteen')
  return found
}

describe('the fictional people of the demo', () => {
  const seniors = demoSeniors(2026)

  it('are 300, 280 at the canteen and 20 at the riverside, each with an id, a name and cards of their own', () => {
    expect(seniors).toHaveLength(300)
    expect(seniors.filter(({ homeSite }) => homeSite === 'demo-canteen')).toHaveLength(280)
    expect(new Set(seniors.map(({ id }) => id)).size).toBe(300)
    expect(new Set(seniors.map(({ name }) => name)).size).toBe(300)
    const cards = seniors.flatMap(item => item.cards)
    expect(new Set([...cards, stranger.card]).size).toBe(cards.length + 1)
  })

  it('are the same every time', () => {
    expect(demoSeniors(2026)).toEqual(seniors)
  })

  it('are 58 to 96 years old on the last day of the year', () => {
    const ages = seniors.map(({ person }) => ageOn(person.birthDate, businessDate.parse('2026-12-31')))
    expect(Math.min(...ages)).toBe(58)
    expect(Math.max(...ages)).toBe(96)
  })

  it('hold some of every support category, and some of a service voucher’s', () => {
    const held = new Set(seniors.flatMap(({ person }) => person.categories.map(({ id }) => id)))
    const named = demoPack().categories.map(({ id }) => id)
    expect(named.filter(id => !held.has(id))).toEqual([])
    expect([...held].filter(id => !named.includes(id)).sort()).toEqual(['disability_moderate', 'disability_severe'])
  })

  it.each(['2026-01-01', '2026-06-15', '2026-12-30'])(
    'get on %s at the canteen exactly the subsidies that the table expects',
    date => {
      const pack = demoPack()
      const wrong = seniors.filter(({ person, expected }) => {
        const visit = {
          businessDate: businessDate.parse(date),
          meal: 'lunch' as const,
          channel: 'dine-in' as const,
          listFen: fen(900),
          site: canteen().facts,
        }
        const priced = quote(pack, { person, visit, used: {}, rights: 'whole-cap' })
        return JSON.stringify(priced.subsidies) !== JSON.stringify(expected.subsidies)
      })
      expect(wrong.map(({ id }) => id)).toEqual([])
    },
  )

  it('stand in the cast with what their note says', () => {
    const cast = demoCast(seniors)
    const by = (zh: string) => cast.find(({ note }) => note.zh.includes(zh))
    const expected = (zh: string) => seniors.find(({ id }) => id === by(zh)?.senior)?.expected.fen
    expect([expected('一般会员'), expected('区级补贴'), expected('街道补贴'), expected('未到年龄')]).toEqual([
      300, 500, 600, 0,
    ])
    expect([expected('外市户籍'), expected('外区户籍')]).toEqual([0, 300])
    expect(by('没有卡')?.cardId).toBeNull()
    expect(by('已挂失')?.cardId).toBe(lostCard(seniors))
    expect(seniors.find(({ id }) => id === by('两张卡')?.senior)?.cards).toHaveLength(2)
  })
})

describe('the sites of the demo', () => {
  it('serve a meal at every hour, so that a newcomer can always try', () => {
    const noon = Date.UTC(2026, 10, 20, 4)
    const idle = Array.from({ length: 24 * 4 }, (_, quarter) => noon + quarter * 900_000).filter(
      at => mealAt(at, canteen().mealPeriods) === null,
    )
    expect(idle.map(businessMinuteOf)).toEqual([])
  })

  it('offer the default set and sell it', () => {
    for (const site of demoSites()) expect(site.menu.find(({ id }) => id === site.defaultSet)?.soldOut).toBe(false)
  })
})
