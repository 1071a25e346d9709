import { once } from 'node:events'
import { type ClientContext, createORPCClient, type NestedClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { type RawData, WebSocket } from 'ws'
import type { CashierView, TerminalView, terminalApi } from '../../shared/terminal-api.ts'

export type TillClient = ContractRouterClient<typeof terminalApi>

/** A page without a browser: the real socket, cookie and checks of the browser host, and the newest of each view. */
export interface Till {
  readonly client: TillClient
  terminal(): TerminalView
  cashier(): CashierView
  /** The first cashier view, from now on or the present one, that fits. */
  untilCashier<V extends CashierView>(fits: (view: CashierView) => view is V): Promise<V>
  untilTerminal(fits: (view: TerminalView) => boolean): Promise<TerminalView>
  readonly closed: Promise<void>
  close(): void
}

/** The cookie that a launch address gives. */
export async function logInTo(url: string): Promise<string> {
  const reply = await fetch(url, { redirect: 'manual' })
  return reply.headers.get('set-cookie')?.split(';')[0] ?? ''
}

export async function openTill(origin: string, cookie: string): Promise<Till> {
  const { client, closed, close } = await openPageLine<TillClient>(origin, cookie, 'staff')
  return await tillOn(client, closed, close)
}

/** The socket that a page of this role opens. */
export async function openPageLine<Client extends NestedClient<ClientContext>>(
  origin: string,
  cookie: string,
  role: 'staff' | 'kiosk',
): Promise<{ client: Client; closed: Promise<void>; close(): void }> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc?role=${role}`, {
    headers: { Cookie: cookie, Origin: origin },
  })
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
  await Promise.race([once(socket, 'open'), once(socket, 'error').then(([error]) => Promise.reject(error))])
  const link = new RPCLink({
    port: {
      onMessage: {
        addListener: hear => void socket.on('message', (data: RawData, binary) => hear(binary ? data : String(data))),
      },
      onDisconnect: { addListener: hear => void socket.on('close', hear) },
      postMessage: (data: string) => socket.send(data),
    },
  })
  return { client: createORPCClient<Client>(link), closed, close: () => socket.close() }
}

/** A till over any line to a core. */
export async function tillOn(client: TillClient, closed: Promise<void>, close: () => void): Promise<Till> {
  const wakers = new Set<() => void>()
  let cashier: CashierView = { state: 'ready' }
  let terminal: TerminalView | null = null
  const follow = async <T>(stream: Promise<AsyncIterable<T>>, take: (value: T) => void) => {
    for await (const value of await stream) {
      take(value)
      for (const wake of [...wakers]) wake()
    }
  }
  const streams = [
    follow(client.watchCashier(), value => {
      cashier = value
    }),
    follow(client.watchTerminal(), value => {
      terminal = value
    }),
  ]
  for (const stream of streams) stream.catch(() => undefined)

  async function until<T>(look: () => T | null): Promise<T> {
    for (;;) {
      const found = look()
      if (found !== null) return found
      await new Promise<void>((resolve, reject) => {
        const wake = () => {
          wakers.delete(wake)
          resolve()
        }
        wakers.add(wake)
        void closed.then(() => reject(new Error('the till lost its line')))
      })
    }
  }

  const till: Till = {
    client,
    terminal() {
      if (!terminal) throw new Error('no view yet')
      return terminal
    },
    cashier: () => cashier,
    untilCashier: fits => until(() => (fits(cashier) ? cashier : null)),
    untilTerminal: fits => until(() => (terminal && fits(terminal) ? terminal : null)),
    closed,
    close,
  }
  await till.untilTerminal(() => true)
  return till
}

export function isPriced(view: CashierView): view is Extract<CashierView, { state: 'priced' }> {
  return view.state === 'priced'
}

export function isProblem(view: CashierView): view is Extract<CashierView, { state: 'problem' }> {
  return view.state === 'problem'
}

/** Closes the shift that is open, its cash counted as `cashFen` with a reason for whatever difference, so that another one can open. */
export async function handOver({ client, terminal }: Till, cashFen = 0): Promise<void> {
  const { shift, operator } = terminal()
  if (!shift || !operator) return
  const outsideFen = cashFen
  const counted = await client.close.count({ shift: shift.record, operator: operator.id, cashFen, outsideFen })
  if (counted.result !== 'done') throw new Error(counted.notice.code)
  const view = await client.close.look({ date: null })
  if (view.step !== 'check' || !view.shift.count) throw new Error(`nothing was counted: ${view.step}`)
  const closing = { shift: shift.record, operator: operator.id, count: view.shift.count.record, note: '' }
  const closed = await client.close.closeShift({ ...closing, reason: 'other' })
  if (closed.result !== 'done') throw new Error(closed.notice.code)
}
