import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { ConfirmResult, terminalApi } from '../../shared/terminal-api.ts'

export interface PortCheckIn {
  confirmed: ConfirmResult
  unsentAtTheEnd: number
}

/** Runs inside of a page of the Electron host: one check-in by a simulated card, through a port that the preload hands over. */
async function checkIn(): Promise<PortCheckIn> {
  const { port1, port2 } = new MessageChannel()
  const link = new RPCLink({ port: port1 })
  port1.start()
  window.postMessage('aixin-connect', location.origin, [port2])
  const client: ContractRouterClient<typeof terminalApi> = createORPCClient(link)

  const ready = await first(
    await client.watchTerminal(),
    view => view.roster.members > 0 && !view.roster.stale && view.menu.length > 0,
  )
  const [operator] = ready.operators
  if (ready.shift === null && operator !== undefined)
    await client.openShift({ operator: operator.id, date: ready.businessDate })
  const person = (await client.simulatedPeople()).find(({ hasCard }) => hasCard)
  if (person === undefined) throw new Error('the demo has nobody with a card')
  await client.simulate({ senior: person.senior, present: 'card' })
  const view = await first(await client.watchCashier(), now => now.state === 'priced' || now.state === 'problem')
  if (view.state !== 'priced') throw new Error(`no price: ${JSON.stringify(view)}`)
  const confirmed = await client.confirm({ checkIn: view.checkIn, digest: view.digest })
  const sent = await first(await client.watchTerminal(), now => now.unsent.count === 0)
  return { confirmed, unsentAtTheEnd: sent.unsent.count }
}

async function first<T>(stream: AsyncIterable<T>, fits: (value: T) => boolean): Promise<T> {
  for await (const value of stream) if (fits(value)) return value
  throw new Error('the stream ended')
}

Object.assign(globalThis, { aixinCheckIn: checkIn })
