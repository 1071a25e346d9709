import { demoSeniors, lostCard } from '../../province/demo-people.ts'
import type { SeniorId } from '../../shared/ids.ts'
import type { VirtualCardProfile } from '../support/virtual-card.ts'

export interface Amount {
  readonly fund: string
  readonly fen: number
}

/** One in the queue: who they are, what they hold out, and what their meal should bring by the fixed table of the demo. */
export interface RushSenior {
  readonly id: SeniorId
  readonly name: string
  readonly means: 'card' | 'code'
  readonly card: VirtualCardProfile
  readonly expected: readonly Amount[]
}

/** What one fake camera film holds at most, so that no code on it grows old. */
const batchSize = 20
export const leastSeniors = 3

/** The ordinary members of the demo's canteen: one card, not reported lost, and a subsidy. */
function ordinaryMembers() {
  const everybody = demoSeniors()
  const lost = lostCard(everybody)
  return everybody.filter(
    ({ homeSite, cards: [card, second], expected }) =>
      homeSite === 'demo-canteen' && card !== undefined && second === undefined && card !== lost && expected.fen > 0,
  )
}

/** How many people a rush can have at most: nobody eats twice. */
export function mostSeniors(): number {
  return ordinaryMembers().length
}

/** A queue of different people from all over the table, code and card in turn. */
export function chooseSeniors(count: number): RushSenior[] {
  const pool = ordinaryMembers()
  return Array.from({ length: count }, (_, place) => {
    const senior = pool[Math.floor((place * pool.length) / count)]
    const [cardId] = senior?.cards ?? []
    if (!senior || !cardId || !senior.cardNumber) throw new Error(`nobody stands at place ${place} of the queue`)
    return {
      id: senior.id,
      name: senior.name,
      means: place % 2 === 0 ? 'code' : 'card',
      card: {
        cardId,
        cardNumber: senior.cardNumber,
        citizenNumber: '000000000000000000',
        name: senior.name,
        version: '3.00',
        validUntil: '2039-12-31',
      },
      expected: senior.expected.subsidies,
    }
  })
}

export interface Batch {
  readonly seniors: readonly RushSenior[]
  /** The middle third of the queue finds the province cut off. */
  readonly offline: boolean
}

/** The queue in thirds, and each third in batches that fit on a film. */
export function batchesOf(seniors: readonly RushSenior[]): Batch[] {
  return [0, 1, 2].flatMap(third => {
    const from = Math.round((third * seniors.length) / 3)
    const part = seniors.slice(from, Math.round(((third + 1) * seniors.length) / 3))
    return Array.from({ length: Math.ceil(part.length / batchSize) }, (_, batch) => ({
      seniors: part.slice(batch * batchSize, (batch + 1) * batchSize),
      offline: third === 1,
    }))
  })
}
