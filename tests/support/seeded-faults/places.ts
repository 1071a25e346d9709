/** A fault seeded in the sound base: its name, the places changed, and what is to be found, as `code path`. */
export type Seeded = readonly [name: string, edits: Readonly<Record<string, unknown>>, ...expected: readonly string[]]

export const now = 'versions[1]'
export const shop = `${now}.benefits[0]`
export const city = `${now}.benefits[1]`
export const street = `${now}.benefits[2]`
export const cleaning = `${now}.benefits[3]`
export const guest = `${now}.benefits[4]`
export const operator = `${now}.benefits[5]`
export const choice = `${now}.benefits[6]`
export const stipends = `${now}.stipends`
export const fixed = (fen: number) => ({ kind: 'fixed', fen })
export const words = (text: string) => ({ zh: text, en: text })
/** The city's amount by class: each its condition, absent for all others, and fen. */
export const classes = (...list: readonly (readonly [object | undefined, number])[]) => ({
  [`${city}.amount.classes`]: list.map(([when, fen]) => ({
    ...(when === undefined ? {} : { when }),
    amount: fixed(fen),
  })),
})
/** A subsidy for the ages from one on and below another. */
export const agesFrom = (atLeast: number, below: number, fund: string, fen = 300) => ({
  id: `from${atLeast}-${fund}`,
  kind: 'subsidy',
  title: words('档'),
  fund,
  when: { age: { atLeast, below } },
  amount: fixed(fen),
})
/** Two bands between which a year is missing, each of so many ways in which it can hold. */
export const manyBranched = (sets: number, modes: number) => {
  const branches = {
    all: [
      { any: Array.from({ length: sets }, (_, index) => ({ set: [`S${index}`] })) },
      { any: Array.from({ length: modes }, (_, index) => ({ siteMode: [`M${index}`] })) },
    ],
  }
  return classes([{ age: { atLeast: 71 }, ...branches }, 300], [{ age: { atLeast: 60, below: 70 }, ...branches }, 200])
}
