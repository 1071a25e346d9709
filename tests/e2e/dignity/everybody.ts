import { type DemoSenior, demoSeniors, lostCard } from '../../../province/demo-people.ts'

/** One of each: every category and none, every age of the scheme, another district, another city. @param turn another one of each */
export function oneOfEach(turn = 0): [who: string, senior: DemoSenior][] {
  const age = ({ person }: DemoSenior) => new Date().getFullYear() - Number(person.birthDate.slice(0, 4))
  const category = ({ person }: DemoSenior) => person.categories[0]?.id
  const away = ({ person }: DemoSenior) => person.household?.city !== '禾光市'
  const district = ({ person }: DemoSenior) => person.household?.district !== '东亭区'
  const plain = (senior: DemoSenior) => category(senior) === undefined && !away(senior) && !district(senior)
  const kinds: [string, (senior: DemoSenior) => boolean][] = [
    ['dibao', senior => category(senior) === 'dibao'],
    ['tekun', senior => category(senior) === 'tekun'],
    ['disability_1', senior => category(senior) === 'disability_1'],
    ['disability_2', senior => category(senior) === 'disability_2'],
    ['nobody of a category, over 80', senior => plain(senior) && age(senior) > 80],
    ['over 70', senior => plain(senior) && age(senior) > 70 && age(senior) < 80],
    ['over 60', senior => plain(senior) && age(senior) > 60 && age(senior) < 70],
    ['under 60', senior => plain(senior) && age(senior) < 60],
    ['of another district', senior => !away(senior) && district(senior)],
    ['of another city', away],
  ]
  const seniors = demoSeniors()
  const members = seniors
    .slice(5)
    .filter(
      ({ homeSite, cards, name }) =>
        homeSite === 'demo-canteen' && cards.length === 1 && cards[0] !== lostCard(seniors) && name.length < 4,
    )
  return kinds.map(([who, is]) => {
    const senior = members.filter(is)[turn]
    if (!senior) throw new Error(`the demo has nobody ${who}`)
    return [who, senior]
  })
}

export const people = oneOfEach()
export const patience = { timeout: 60_000 }
