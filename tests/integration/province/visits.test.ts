import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { bathBegins, bathEnds } from '../../support/paper-visit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

/** A terminal whose program is not ours may say anything of a visit: what began and ended it has to fit. */

let house: ProvinceHouse
let terminal: PaperTerminal
const members = demoSeniors().filter(
  ({ homeSite, person }) =>
    homeSite === 'demo-canteen' && person.categories.some(({ id }) => id === 'disability_moderate'),
)
let next = 0
const hour = 3_600_000

function somebody(): DemoSenior {
  const member = members[next++]
  if (!member) throw new Error('no demo members left')
  return member
}

beforeAll(async () => {
  house = await openProvinceHouse()
  terminal = await house.terminal()
})
afterAll(() => house?.close())

type Item = Awaited<ReturnType<typeof bathBegins>>

/** The verdict on each, and what the funds owe for them. */
async function pushed(...items: Item[]) {
  await terminal.push(items)
  const ids = items.map(({ id }) => id)
  const rows = await house.rows('select verdict, code from ledger where record_id = any($1) order by seq', [ids])
  const owed = await house.number(
    `select coalesce(sum(fen), 0) from claim_line join ledger using (terminal_id, generation, seq)
      where record_id = any($1) and not held`,
    [ids],
  )
  return { verdicts: rows.map(({ verdict, code }) => code ?? verdict), owed }
}

it('pays a visit that began and ended', async () => {
  const senior = somebody()
  const at = Date.now() - hour
  const began = await bathBegins(terminal, senior, at)
  const ended = await bathEnds(terminal, senior, { of: began.id, at: at + hour / 2 })
  expect(await pushed(began, ended)).toEqual({ verdicts: ['accepted', 'accepted'], owed: 4800 })
})

it('pays nothing for an end without a beginning, and nothing for the second end of one', async () => {
  const [senior, at] = [somebody(), Date.now() - hour]
  const alone = await bathEnds(terminal, senior, { of: '019a0000-0000-7000-8000-000000000000', at: at + hour / 2 })
  expect(await pushed(alone)).toEqual({ verdicts: ['UNKNOWN_RECORD'], owed: 0 })
  const began = await bathBegins(terminal, senior, at)
  const ended = await bathEnds(terminal, senior, { of: began.id, at: at + hour / 2 })
  expect((await pushed(began, ended)).owed).toBe(4800)
  const again = await bathEnds(terminal, senior, { of: began.id, at: at + hour / 2 })
  expect(await pushed(again)).toEqual({ verdicts: ['VISIT_DOUBTFUL'], owed: 0 })
})

it('pays nothing where somebody else left than came, or more minutes are said than went by', async () => {
  const [senior, other, at] = [somebody(), somebody(), Date.now() - hour]
  const began = await bathBegins(terminal, senior, at)
  const swapped = await bathEnds(terminal, other, { of: began.id, at: at + hour / 2 })
  expect(await pushed(began, swapped)).toEqual({ verdicts: ['accepted', 'IDENTITY_DOUBTFUL'], owed: 0 })
  const longer = await bathEnds(terminal, senior, { of: began.id, at: at + hour / 2, minutes: 31 })
  expect(await pushed(longer)).toEqual({ verdicts: ['VISIT_DOUBTFUL'], owed: 0 })
})

it('pays nothing by itself for a price that the catalogue of the site never had', async () => {
  const [senior, at] = [somebody(), Date.now() - hour]
  const began = await bathBegins(terminal, senior, at)
  const dearer = await bathEnds(terminal, senior, { of: began.id, at: at + hour / 2, listFen: 24_000 })
  expect(await pushed(began, dearer)).toEqual({ verdicts: ['accepted', 'PRICE_UNKNOWN'], owed: 0 })
})
