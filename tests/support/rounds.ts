import { randomBytes, randomUUID } from 'node:crypto'
import type { DemoSenior } from '../../province/demo-people.ts'
import type { OrderedStop } from '../../province/rounds/prepare-round.ts'
import { businessDateOf } from '../../shared/business-day.ts'
import { bytesToHex, fromBase64Url, toBase64Url } from '../../shared/bytes.ts'
import { siteId, terminalId } from '../../shared/ids.ts'
import { packResults } from '../../shared/round/pack.ts'
import { proofOf } from '../../shared/round/proof.ts'
import type { StopResult } from '../../shared/round/result.ts'
import { handedIn, type TillRound } from '../../shared/round/round.ts'
import { orderId } from '../../shared/visit/order.ts'
import type { ProvinceHouse } from './province-house.ts'

/** What was ordered for one senior; the menu's default set, paid in cash at the door, unless said otherwise. */
export function ordered({ id }: Pick<DemoSenior, 'id'>, change: Partial<OrderedStop> = {}): OrderedStop {
  return {
    ...{ order: orderId.parse(`order-${randomUUID()}`), senior: id, door: '2 号楼 3 单元 401', phone: '138 0000 1234' },
    ...{ set: 'A', more: [], portions: 1, pays: 'cash' },
    ...change,
  }
}

/** Prepares a round of today's lunch for the till of the demo site. Throws where it cannot be brought. */
export async function prepare(
  { province }: Pick<ProvinceHouse, 'province'>,
  stops: readonly OrderedStop[],
  change: Partial<Parameters<typeof province.prepareRound>[0]> = {},
): Promise<TillRound> {
  const prepared = await province.prepareRound({
    ...{ site: siteId.parse('demo-canteen'), terminal: null, date: businessDateOf(Date.now()), meal: 'lunch' },
    ...{ courier: { name: '小周', kind: 'own' }, page: 'https://rounds.example/round/', stops },
    ...change,
  })
  if (!prepared.ok) throw new Error(`not prepared: ${JSON.stringify(prepared)}`)
  return prepared.round
}

export const hex8 = () => bytesToHex(randomBytes(8))

/** A meal that was handed over now, by a signature, to somebody who was well. */
export function handed(
  { key }: Pick<TillRound, 'key'>,
  stop: number,
  change: Partial<Extract<StopResult, { outcome: 'handed' }>> = {},
): StopResult {
  const hash = proofOf(fromBase64Url(key), 'signature', stop, '0102')
  return {
    ...{ id: hex8(), stop, at: Math.floor(Date.now() / 1000), outcome: 'handed', seen: 'well', collected: true },
    proof: { kind: 'signature', hash },
    ...change,
  }
}

export const nobody = (stop: number): StopResult => ({
  ...{ id: hex8(), stop, at: Math.floor(Date.now() / 1000), outcome: 'nobody' },
})

export const codesOf = ({ round, key }: TillRound, results: readonly StopResult[]) =>
  packResults(round, fromBase64Url(key), results)

/** What a phone does about the network: opens a round, hands results in. */
export function phoneOf(address: string, { terminal, round, secret }: TillRound) {
  const device = toBase64Url(randomBytes(16))
  const post = async (path: string, body: unknown) => {
    const reply = await fetch(new URL(path, address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: reply.status, body: (await reply.json()) as unknown }
  }
  return {
    open: (change: object = {}) =>
      post('/round/open', { terminal: terminalId.parse(terminal), round, secret, device, ...change }),
    news: (change: object = {}) => post('/round/news', { terminal, round, device, ...change }),
    handIn: (parts: readonly string[], signatures: readonly unknown[] = []) =>
      post('/round/results', { terminal, round, parts, signatures }),
    async handedIn(parts: readonly string[]) {
      return handedIn.parse((await this.handIn(parts)).body)
    },
  }
}
