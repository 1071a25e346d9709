import type { ContractRouterClient } from '@orpc/contract'
import { expect, vi } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../province/demo-people.ts'
import type { KioskNow, KioskView, pagesApi } from '../../shared/kiosk-api.ts'
import type { DeskView, TerminalView } from '../../shared/terminal-api.ts'
import { type DemoHouse, type DemoHouseOptions, openDemoHouse } from './demo-house.ts'
import { logInTo, openPageLine, type Till } from './till.ts'

export type KioskClient = ContractRouterClient<typeof pagesApi>

/** A kiosk's page without a browser, and the newest of its view. */
export interface KioskLine {
  readonly client: KioskClient
  view(): KioskView
  until<S extends KioskNow['state']>(state: S): Promise<Extract<KioskNow, { state: S }>>
  readonly closed: Promise<void>
  close(): void
}

export interface KioskHouse {
  readonly house: DemoHouse
  /** A page of the staff on the same core. */
  readonly staff: Till
  readonly kiosk: KioskLine
  /** The member of staff who is on shift, whose PIN is `staffPin`. */
  readonly operator: NonNullable<TerminalView['operator']>
  /** The core starts anew; lines open again. */
  again(): Promise<void>
  close(): Promise<void>
}

export const staffPin = '730416'
export const seniorPin = '482915'

/** Members whom the whole subsidy of 6.00 is for, each handed out once; the cast of the simulator stands before them. */
export function subsidised(): () => DemoSenior {
  const members = demoSeniors().filter(
    ({ homeSite, cardNumber, expected, cards }) =>
      homeSite === 'demo-canteen' && cardNumber !== null && cards.length === 1 && expected.fen === 600,
  )
  let next = 5
  return () => {
    const member = members[next++]
    if (member === undefined) throw new Error('every member has eaten')
    return member
  }
}

/** A till whose shift is open and on which PINs were set, started again as a kiosk. */
export async function openKioskHouse(
  withPin: readonly DemoSenior[],
  options: DemoHouseOptions = {},
): Promise<KioskHouse> {
  const house = await openDemoHouse({ syncSeconds: 0.3, ...options })
  try {
    const before = await house.openTill()
    const { operator } = await before.untilTerminal(view => view.shift !== null)
    if (operator === null) throw new Error('nobody is on shift')
    expect(await before.client.afterwards.setPin({ pin: staffPin })).toEqual({ result: 'done' })
    for (const senior of withPin) await setPinOf(before, senior)
    before.close()
    await house.restart({ asKiosk: true })
    let staff = await house.openTill()
    let kiosk = await openKioskLine(house)
    return {
      house,
      operator,
      get staff() {
        return staff
      },
      get kiosk() {
        return kiosk
      },
      async again() {
        staff.close()
        kiosk.close()
        await house.restart()
        staff = await house.openTill()
        kiosk = await openKioskLine(house)
      },
      async close() {
        staff.close()
        kiosk.close()
        await house.close()
      },
    }
  } catch (error) {
    await house.close()
    throw error
  }
}

async function setPinOf(till: Till, senior: DemoSenior): Promise<void> {
  await till.client.openDesk()
  await till.client.chooseSenior({ senior: senior.id })
  await till.untilCashier((view): view is DeskView => view.state === 'desk' && view.person !== null)
  expect(await till.client.setPin({ pin: seniorPin })).toEqual({ result: 'done' })
  await till.client.dismiss()
}

export async function openKioskLine({ host }: DemoHouse): Promise<KioskLine> {
  const cookie = await logInTo(host.launchUrl('kiosk.html'))
  const { client, closed, close } = await openPageLine<KioskClient>(host.origin, cookie, 'kiosk')
  let newest: KioskView | null = null
  const follow = async () => {
    for await (const view of await client.kiosk.watch()) newest = view
  }
  follow().catch(() => undefined)
  const view = () => {
    if (newest === null) throw new Error('no view yet')
    return newest
  }
  await vi.waitFor(view, { timeout: 30_000 })
  return {
    client,
    view,
    until: state =>
      vi.waitFor(
        () => {
          const { now } = view()
          if (!isIn(now, state)) throw new Error(`the kiosk is ${now.state}, not ${state}`)
          return now
        },
        { timeout: 60_000, interval: 20 },
      ),
    closed,
    close,
  }
}

function isIn<S extends KioskNow['state']>(now: KioskNow, state: S): now is Extract<KioskNow, { state: S }> {
  return now.state === state
}
