import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ageOn, businessDate, businessDateOf } from '../shared/business-day.ts'
import { type SeniorId, seniorId, siteId } from '../shared/ids.ts'
import type { DemoPerson } from '../shared/province-api.ts'
import { proxyIdOf } from '../shared/proxy.ts'
import { type Site, site } from '../shared/site.ts'
import { type ProvinceSenior, provinceSenior } from './seniors.ts'

/** A fictional senior, and what the scheme DEMO should bring them at demo-canteen for the first meal of a period, worked out here apart from the policy engine. */
export interface DemoSenior extends ProvinceSenior {
  readonly cardNumber: string | null
  /** Amounts for a list price of 9.00 or more, in the pack's order of funds. */
  readonly expected: {
    readonly subsidies: readonly { readonly fund: string; readonly fen: number }[]
    readonly fen: number
  }
}

const demoFile = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../resources/demo/${name}`, import.meta.url), 'utf8'))

/** The demo's sites: demo-canteen (home of 280) and demo-riverside (home of 20). */
export function demoSites(): Site[] {
  return z.array(site).parse(demoFile('sites.json'))
}

const parts = z.object({ seed: z.string(), surnames: z.string(), female: z.string(), male: z.string() })
const supportCategories = ['dibao', 'tekun', 'disability_1', 'disability_2']
/** A region code that GB/T 2260 does not assign, so that no real card has such a card id. */
const cardRegion = '990101'

/**
 * The demo's 300 fictional seniors: the same for the same year, aged 58 to 96 in it, each on one side of 60, 70 and 80 all year
 * (but one, who reaches 60 on 31 December). Nobody has a
 * citizen number: the last digits by which staff find them are drawn by lot.
 * @param year the calendar year for ages; the current one by default
 */
export function demoSeniors(year: number = Number(today().slice(0, 4))): DemoSenior[] {
  const { seed, surnames, female, male } = parts.parse(demoFile('people.json'))
  const givenNames = { female: female.split(' '), male: male.split(' ') }
  const taken = new Set<string>()
  return Array.from({ length: 300 }, (_, index) => {
    const dice = diceFor(`${seed}|${index}`)
    const sex = dice(2) === 0 ? 'female' : 'male'
    const pick = (from: readonly string[] | string) => from[dice(from.length)] ?? ''
    let name = pick(surnames) + pick(givenNames[sex])
    while (taken.has(name)) name = pick(surnames) + pick(givenNames[sex])
    taken.add(name)
    const riverside = index >= 280
    const kind = index % 280
    const age = ageFor(index, dice)
    const birthDate = businessDate.parse(
      index === 5 ? `${year - 60}-12-31` : `${year - age}-${two(1 + dice(12))}-${two(1 + dice(28))}`,
    )
    const category = kind % 14 === 3 ? supportCategories[Math.floor(kind / 14) % 4] : undefined
    const categories = [category, voucherCategory(index)].flatMap(id => id ?? [])
    const fromAway = kind % 47 === 6
    const otherDistrict = !fromAway && kind % 11 === 7
    const street = riverside ? '河东里街道' : '槐树里街道'
    const household = fromAway
      ? { province: '示范省', city: '远山市' }
      : {
          province: '示范省',
          city: '禾光市',
          district: otherDistrict ? '西塘区' : '东亭区',
          ...(otherDistrict ? {} : { street }),
        }
    const cards = Array.from({ length: kind % 29 === 9 ? 0 : kind % 37 === 8 ? 2 : 1 }, (_, card) =>
      cardOf(seed, index, card),
    )
    const subsidies =
      fromAway || age < 60 || index === 5
        ? []
        : [
            { fund: 'city', fen: 300 },
            ...(age >= 70 && !otherDistrict ? [{ fund: 'district', fen: 200 }] : []),
            ...(age >= 80 || category !== undefined ? [{ fund: 'street', fen: 100 }] : []),
          ]
    const senior = provinceSenior.parse({
      id: seniorId.parse(hex(`${seed}|senior|${index}`).slice(0, 32)),
      homeSite: siteId.parse(riverside ? 'demo-riverside' : 'demo-canteen'),
      name,
      sex,
      person: { birthDate, categories: categories.map(id => ({ id })), household, ...careGradeOf(index) },
      entitledUntil: `${year + 1}-12-31`,
      cards,
      codesSince: 0,
      ...proxiesFor(index, year),
      numberTail: String(1000 + (Number.parseInt(hex(`${seed}|number|${index}`).slice(0, 6), 16) % 9000)),
    })
    return {
      ...senior,
      cardNumber: cards.length === 0 ? null : `X${String(10_000_000 + index * 7919).slice(0, 8)}`,
      expected: { subsidies, fen: subsidies.reduce((sum, { fen }) => sum + fen, 0) },
    }
  })
}

/** What services go by beside a meal's rules: some have a care grade for the long-term-care insurance, some a service voucher. */
const careGradeOf = (index: number) => (index % 9 === 4 ? { careGrade: index % 2 === 0 ? 4 : 2 } : {})
const voucherCategory = (index: number) =>
  index % 8 === 2 ? 'disability_moderate' : index % 8 === 6 ? 'disability_severe' : undefined

/** A neighbour who collects for several, and a daughter; fictional like everybody else. */
const neighbour = { name: '周建平', numberTail: '4412' }
const daughter = { name: '林晓燕', numberTail: '206X' }

/** Every tenth has the neighbour, and the first of the cast the daughter too. */
function proxiesFor(index: number, year: number) {
  const who = [...(index % 10 === 0 ? [neighbour] : []), ...(index === 0 || index === 2 ? [daughter] : [])]
  const proxies = who.map(({ name, numberTail }) => ({
    ...{ id: proxyIdOf(name, numberTail), name, from: `${year}-01-01`, until: `${year}-12-31` },
  }))
  return proxies.length === 0 ? {} : { proxies }
}

/** Ages are those of 31 December. 60, 70 and 80 are left out: in such a year a birthday would change the price. */
function ageFor(index: number, dice: (sides: number) => number): number {
  const fixed = [65, 72, 82, 66, 96, 60, 68, 75, 71, 77][index]
  if (fixed !== undefined) return fixed
  const age = 58 + dice(39)
  return age % 10 === 0 && age <= 80 ? age + 1 : age
}

/** Someone with a card and codes whom no roster knows. */
export const stranger: { readonly id: SeniorId; readonly name: string; readonly card: string } = {
  id: seniorId.parse(hex('aixin-demo-1|stranger').slice(0, 32)),
  name: '方远客',
  card: cardOf('aixin-demo-1', -1, 0),
}

/** The one whose card is reported lost. */
const lostCardIndex = 12

/** The card that the demo's revocation feed reports lost. */
export function lostCard(seniors: readonly DemoSenior[]): string | null {
  return seniors[lostCardIndex]?.cards[0] ?? null
}

const cast: readonly (readonly [index: number, zh: string, en: string])[] = [
  [0, '一般会员', 'An ordinary member'],
  [1, '有区级补贴', 'With district subsidy'],
  [2, '有街道补贴', 'With street subsidy'],
  [3, '有街道补贴', 'With street subsidy'],
  [4, '最年长', 'The oldest'],
  [5, '未到年龄', 'Not yet of age'],
  [6, '外市户籍：原价', 'Registered in another city: list price'],
  [7, '外区户籍：没有区级补贴', 'Registered in another district: no district subsidy'],
  [8, '有新旧两张卡', 'Has two cards'],
  [9, '没有卡，只用长者码', 'Has no card, only codes'],
  [lostCardIndex, '卡已挂失', 'Card reported lost'],
  [280, '河东里会员：别处的人', 'Member of the riverside site: from elsewhere'],
]

/** The people of the simulator panel: one for each thing worth trying and a stranger, then all the others. */
export function demoCast(seniors: readonly DemoSenior[]): DemoPerson[] {
  const starring = new Set(cast.map(([index]) => index))
  const others = seniors.flatMap((_, index): typeof cast => (starring.has(index) ? [] : [[index, '会员', 'Member']]))
  const toPerson = ([index, zh, en]: (typeof cast)[number]): DemoPerson[] => {
    const senior = seniors[index]
    if (senior === undefined) return []
    const { id, name, cards, cardNumber, person } = senior
    const age = ageOn(person.birthDate, today())
    return [{ senior: id, name, age, note: { zh, en }, cardId: cards.at(-1) ?? null, cardNumber }]
  }
  const unknown = { zh: '哪里的名单都没有', en: 'On no roster at all' }
  return [
    ...cast.flatMap(toPerson),
    {
      senior: stranger.id,
      name: stranger.name,
      age: 74,
      note: unknown,
      cardId: stranger.card,
      cardNumber: 'X99999999',
    },
    ...others.flatMap(toPerson),
  ]
}

function today() {
  return businessDateOf(Date.now())
}

/** Card id (EF05 record 01): region, registered application provider, serial. */
function cardOf(seed: string, senior: number, card: number): string {
  return `${cardRegion}D156000005${hex(`${seed}|card|${senior}|${card}`).slice(0, 16).toUpperCase()}`
}

/** A row of numbers that is the same for the same seed. */
function diceFor(seed: string): (sides: number) => number {
  let throws = 0
  return sides => Number.parseInt(hex(`${seed}|${throws++}`).slice(0, 8), 16) % sides
}

function hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
