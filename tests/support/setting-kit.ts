import { demoSites } from '../../province/demo-people.ts'
import { operatorId, recordId } from '../../shared/ids.ts'
import type { HeardChange, MenuLine, SettingChange } from '../../shared/setting-change.ts'
import { site as siteSchema } from '../../shared/site.ts'

/** The demo canteen as the province sends it, before any till changed anything. */
export function canteen() {
  const found = demoSites().find(({ id }) => id === 'demo-canteen')
  if (!found) throw new Error('the demo has no canteen')
  return siteSchema.parse(JSON.parse(JSON.stringify(found)))
}

export const lead = operatorId.parse('sun-min')

/** Record ids that sort as their numbers do. */
export const idOf = (number: number) => recordId.parse(`01a1f5ee-4e70-70ec-ad4d-${String(number).padStart(12, '0')}`)

export const line = (priceFen: number, change: Partial<MenuLine> = {}): MenuLine => ({
  ...{ key: 1, name: { zh: '套餐 A', en: 'Set A' }, dish: { zh: '红烧鸡腿', en: 'Chicken' }, priceFen },
  ...change,
})

/** A line of the menu, changed at `at` to count from `from`; `after` null takes it off. */
export function menuChange(number: number, at: number, from: number, set: string, after: MenuLine | null): HeardChange {
  const change: SettingChange = {
    ...{ site: canteen().id, what: 'menu', subject: set, before: null, after, from, operator: lead },
  }
  return { record: idOf(number), at, change }
}

export const priceChange = (number: number, at: number, from: number, priceFen: number) =>
  menuChange(number, at, from, 'A', line(priceFen))
