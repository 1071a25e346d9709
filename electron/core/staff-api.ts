import { type ImplementerInternalWithMiddlewares, implement, ORPCError, os } from '@orpc/server'
import { kioskApi } from '../../shared/kiosk-api.ts'
import { type Notice, terminalApi } from '../../shared/terminal-api.ts'
import type { PageRole } from './host.ts'
import type { KioskFront } from './kiosk/kiosk-front.ts'

/** While the kiosk stands in front it alone begins and ends sales; staff pages may do the rest. */
const selling: readonly string[] = ['confirm', 'startGuest', 'chooseSet', 'chooseTender', 'restoreSale']

export interface FromPage {
  readonly role: PageRole
  /** Whether this page is the one that speaks. */
  speaks(): boolean
}
/** Written out, since the compiler gives up on a type of this size. */
export type StaffApi = ImplementerInternalWithMiddlewares<typeof terminalApi, FromPage, FromPage>

/**
 * Which page may ask what: `no` answers as if the call were not there, `kiosk-sells` with a word for staff. A kiosk's page counts as a
 * page of the staff once one of them has given their PIN there.
 */
export function mayAsk(
  role: PageRole,
  path: string,
  front: ReturnType<KioskFront['at']>,
): 'yes' | 'no' | 'kiosk-sells' {
  if (role === 'customer') return path === 'watchCustomer' ? 'yes' : 'no'
  if (path.startsWith('kiosk.')) return role === 'kiosk' && front !== null ? 'yes' : 'no'
  if (role === 'kiosk') return front === 'staff' ? 'yes' : 'no'
  return front === 'kiosk' && selling.includes(path) ? 'kiosk-sells' : 'yes'
}

/** What stands before every call: who asks, and what an error of the disk means for staff, which is then the answer. */
export interface Door {
  readonly front: Pick<KioskFront, 'at' | 'staffActs'>
  /** Null for an error that is none of the disk. */
  faultOf(error: unknown): Notice | null
}

function doorkeeper({ front, faultOf }: Door) {
  return os.$context<FromPage>().middleware(async ({ context, next, path }, _input, output) => {
    const called = path.join('.')
    const may = mayAsk(context.role, called, front.at())
    if (may === 'no') throw new ORPCError('FORBIDDEN', { message: 'not for this page' })
    if (may === 'kiosk-sells') return output({ result: 'refused', notice: { code: 'KIOSK_SELLS', values: {} } })
    if (!called.startsWith('kiosk.') && !called.startsWith('watch')) front.staffActs()
    try {
      return await next()
    } catch (error) {
      const notice = faultOf(error)
      if (notice === null) throw error
      return output({ result: 'refused', notice })
    }
  })
}

export const kioskContract = { kiosk: kioskApi }
export type KioskPageApi = ImplementerInternalWithMiddlewares<typeof kioskContract, FromPage, FromPage>

/** The terminal API for pages; see `mayAsk`. */
export function staffApi(door: Door): StaffApi {
  return implement(terminalApi).$context<FromPage>().use(doorkeeper(door))
}

/** The kiosk's part of it. */
export function kioskPageApi(door: Door): KioskPageApi {
  return implement(kioskContract).$context<FromPage>().use(doorkeeper(door))
}
