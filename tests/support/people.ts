import type { SimulatedPerson } from '../../shared/terminal-api.ts'
import type { TillClient } from './till.ts'
import { isPriced, type Till } from './till.ts'

/** The demo person whose note has these words. */
export async function demoPerson(client: TillClient, words: RegExp): Promise<SimulatedPerson> {
  const people = await client.simulatedPeople()
  const found = people.find(one => words.test(one.note.zh))
  if (!found) throw new Error(`no demo person is ${words}: ${people.map(one => one.note.zh).join(' / ')}`)
  return found
}

/** Presents and waits for the price. */
export async function present(
  till: Till,
  senior: SimulatedPerson['senior'],
  what: 'card' | 'dynamic-code' | 'paper-code',
) {
  const answer = await till.client.simulate({ senior, present: what })
  if (answer.result !== 'done') throw new Error(`the simulator answers ${JSON.stringify(answer)}`)
  return await till.untilCashier(isPriced)
}

/** Presents, waits for the price, and records it. */
export async function eat(
  till: Till,
  senior: SimulatedPerson['senior'],
  what: 'card' | 'dynamic-code' | 'paper-code' = 'card',
) {
  const priced = await present(till, senior, what)
  const result = await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
  if (result.result !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(result)}`)
  return { priced, sale: result.sale }
}
