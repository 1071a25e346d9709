import type { SeniorId } from '../shared/ids.ts'
import {
  type HeldCategory,
  heldCategory,
  type PlaceFacts,
  type PlaceUnit,
  personFacts,
  placeUnit,
} from '../shared/policy/facts.ts'
import { cardId } from '../shared/senior.ts'
import { type ProvinceSenior, provinceSenior } from './seniors.ts'

/** Columns of a bureau's list of people, by either heading. */
export const peopleColumns = {
  number: ['编号', 'number'],
  name: ['姓名', 'name'],
  sex: ['性别', 'sex'],
  birthDate: ['出生日期', 'birthDate'],
  site: ['站点', 'site'],
  householdProvince: ['户籍省', 'householdProvince'],
  householdCity: ['户籍市', 'householdCity'],
  householdDistrict: ['户籍区县', 'householdDistrict'],
  householdStreet: ['户籍街道', 'householdStreet'],
  householdVillage: ['户籍社区', 'householdVillage'],
  residenceProvince: ['居住省', 'residenceProvince'],
  residenceCity: ['居住市', 'residenceCity'],
  residenceDistrict: ['居住区县', 'residenceDistrict'],
  residenceStreet: ['居住街道', 'residenceStreet'],
  residenceVillage: ['居住社区', 'residenceVillage'],
  categories: ['类别', 'categories'],
  careGrade: ['护理等级', 'careGrade'],
  heightCm: ['身高', 'heightCm'],
  entitledUntil: ['享受至', 'entitledUntil'],
  numberTail: ['尾号', 'numberTail'],
  cards: ['卡', 'cards'],
  state: ['状态', 'state'],
} as const
export type PeopleColumn = keyof typeof peopleColumns
/** What is known of a person; which person it is, and whether they are gone, is read apart. */
export type PersonColumn = Exclude<PeopleColumn, 'number' | 'state'>
/** What stands in each column. */
export type PersonCells = (column: PersonColumn) => string

/** How one column is written of a senior, when a text fits it, and what is said where none does. */
interface Column {
  of(senior: ProvinceSenior): string
  fits(text: string): boolean
  readonly zh: string
  readonly en: string
}

const sexes = new Map<string, ProvinceSenior['sex']>([
  ['女', 'female'],
  ['男', 'male'],
  ['female', 'female'],
  ['male', 'male'],
])

/** Dates as spreadsheets write them too, `1950/3/4`; a text that is no date stays as it is. */
const dateOf = (text: string) =>
  text.replace(/^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/, (_, ...parts: string[]) =>
    parts
      .slice(0, 3)
      .map(part => part.padStart(2, '0'))
      .join('-'),
  )
const isWhole = (text: string) => text === '' || /^\d{1,3}$/.test(text)
const listOf = (text: string) =>
  text
    .split(/[;；、]/)
    .map(one => one.trim())
    .filter(one => one !== '')

/** `dibao`, or with its days `dibao@2026-01-01..2026-12-31`, either end left out where there is none. */
function categoryOf(text: string): HeldCategory | null {
  const [id, days, ...more] = text.split('@')
  const [from = '', to = '', ...rest] = (days ?? '').split('..')
  if (more.length > 0 || rest.length > 0 || (days !== undefined && !days.includes('..'))) return null
  const held = { id, ...(from === '' ? {} : { from: dateOf(from) }), ...(to === '' ? {} : { to: dateOf(to) }) }
  return heldCategory.safeParse(held).data ?? null
}

const isAbsentOr = (schema: { safeParse(value: unknown): { success: boolean } }) => (text: string) =>
  text === '' || schema.safeParse(text).success

const unitColumn = (of: 'household' | 'residence', unit: PlaceUnit): Column => ({
  of: ({ person }) => person[of]?.[unit] ?? '',
  fits: text => text.length <= 64,
  zh: '地名最多 64 字',
  en: 'the name of a place has at most 64 letters',
})

const columns: Readonly<Record<PersonColumn, Column>> = {
  name: {
    of: ({ name }) => name,
    fits: text => text !== '' && text.length <= 64,
    ...{ zh: '要有姓名，最多 64 字', en: 'a name is needed, of at most 64 letters' },
  },
  sex: { of: ({ sex }) => sex, fits: text => sexes.has(text), zh: '写“女”或“男”', en: 'is female or male' },
  birthDate: {
    of: ({ person }) => person.birthDate,
    fits: text => personFacts.shape.birthDate.safeParse(dateOf(text)).success,
    ...{ zh: '要写作 1950-03-04', en: 'write it like 1950-03-04' },
  },
  site: {
    of: ({ homeSite }) => homeSite,
    fits: text => text !== '',
    ...{ zh: '要写站点的编号', en: 'the id of a site is needed' },
  },
  householdProvince: unitColumn('household', 'province'),
  householdCity: unitColumn('household', 'city'),
  householdDistrict: unitColumn('household', 'district'),
  householdStreet: unitColumn('household', 'street'),
  householdVillage: unitColumn('household', 'village'),
  residenceProvince: unitColumn('residence', 'province'),
  residenceCity: unitColumn('residence', 'city'),
  residenceDistrict: unitColumn('residence', 'district'),
  residenceStreet: unitColumn('residence', 'street'),
  residenceVillage: unitColumn('residence', 'village'),
  categories: {
    of: ({ person }) =>
      person.categories.map(({ id, from, to }) => (from || to ? `${id}@${from ?? ''}..${to ?? ''}` : id)).join(';'),
    fits: text => listOf(text).every(one => categoryOf(one) !== null),
    ...{ zh: '写作 dibao;tekun@2026-01-01..2026-12-31', en: 'write it like dibao;tekun@2026-01-01..2026-12-31' },
  },
  careGrade: {
    of: ({ person }) => String(person.careGrade ?? ''),
    fits: text => isWhole(text) && Number(text) <= 9,
    ...{ zh: '是 0 到 9', en: 'is 0 to 9' },
  },
  heightCm: {
    of: ({ person }) => String(person.heightCm ?? ''),
    fits: text => isWhole(text) && Number(text) <= 300,
    ...{ zh: '按厘米写，0 到 300', en: 'is in centimetres, 0 to 300' },
  },
  entitledUntil: {
    of: ({ entitledUntil }) => entitledUntil ?? '',
    fits: text => isAbsentOr(provinceSenior.shape.entitledUntil)(dateOf(text)),
    ...{ zh: '要写作 2026-12-31', en: 'write it like 2026-12-31' },
  },
  numberTail: {
    of: ({ numberTail }) => numberTail ?? '',
    fits: isAbsentOr(provinceSenior.shape.numberTail),
    ...{ zh: '是身份证号最后四位', en: 'is the last four signs of the citizen number' },
  },
  cards: {
    of: ({ cards }) => cards.join(';'),
    fits: text => listOf(text).every(one => cardId.safeParse(one).success),
    ...{ zh: '写 32 位卡识别码，或 uid: 加卡号', en: 'write card ids of 32 signs, or uid: and the number' },
  },
}

const personColumns = Object.keys(columns).filter((key): key is PersonColumn => key in columns)

/** The cells that say what is known of a senior; of nobody they are empty. */
export function cellsOf(senior: ProvinceSenior | null): PersonCells {
  return column => (senior === null ? '' : columns[column].of(senior))
}

/** What is wrong with the cells, each fault with its column in both languages. */
export function faultsOf(cells: PersonCells): (readonly [zh: string, en: string])[] {
  return personColumns
    .filter(column => !columns[column].fits(cells(column)))
    .map(column => {
      const [zh, en] = peopleColumns[column]
      return [`${zh}${columns[column].zh}`, `${en} ${columns[column].en}`] as const
    })
}

/** The columns in which two seniors differ. */
export function differences(one: ProvinceSenior, other: ProvinceSenior): PersonColumn[] {
  return personColumns.filter(column => columns[column].of(one) !== columns[column].of(other))
}

/** The senior whom sound cells describe; what no list says stays as `before` has it. Throws where the cells are not sound. */
export function seniorOf(id: SeniorId, cells: PersonCells, before: ProvinceSenior | null): ProvinceSenior {
  const placeOf = (of: 'household' | 'residence') => {
    const named = placeUnit.options.map(unit => [unit, cells(unitColumns[of][unit])] as const)
    const place: PlaceFacts = Object.fromEntries(named.filter(([, name]) => name !== ''))
    return place
  }
  const residence = placeOf('residence')
  return provinceSenior.parse({
    id,
    name: cells('name'),
    sex: sexes.get(cells('sex')),
    homeSite: cells('site'),
    person: {
      birthDate: dateOf(cells('birthDate')),
      categories: listOf(cells('categories')).map(categoryOf),
      household: placeOf('household'),
      ...(Object.keys(residence).length === 0 ? {} : { residence }),
      ...(cells('careGrade') === '' ? {} : { careGrade: Number(cells('careGrade')) }),
      ...(cells('heightCm') === '' ? {} : { heightCm: Number(cells('heightCm')) }),
    },
    ...(cells('entitledUntil') === '' ? {} : { entitledUntil: dateOf(cells('entitledUntil')) }),
    ...(cells('numberTail') === '' ? {} : { numberTail: cells('numberTail') }),
    cards: [...new Set(listOf(cells('cards')))],
    codesSince: before?.codesSince ?? 0,
    ...(before?.proxies === undefined ? {} : { proxies: before.proxies }),
  })
}

const unitColumns = {
  household: {
    ...{ province: 'householdProvince', city: 'householdCity', district: 'householdDistrict' },
    ...{ street: 'householdStreet', village: 'householdVillage' },
  },
  residence: {
    ...{ province: 'residenceProvince', city: 'residenceCity', district: 'residenceDistrict' },
    ...{ street: 'residenceStreet', village: 'residenceVillage' },
  },
} as const satisfies Record<'household' | 'residence', Record<PlaceUnit, PersonColumn>>
