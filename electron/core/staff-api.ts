import { type ImplementerInternalWithMiddlewares, implement, ORPCError } from '@orpc/server'
import { type Notice, terminalApi } from '../../shared/terminal-api.ts'
import type { PageRole } from './host.ts'

export interface FromPage {
  readonly role: PageRole
}
/** Written out, since the compiler gives up on a type of this size. */
export type StaffApi = ImplementerInternalWithMiddlewares<typeof terminalApi, FromPage, FromPage>

/**
 * The terminal API for pages. A customer page may only watch the public view: everything else answers as if it were not there.
 * @param faultOf what an error of the disk means for staff, which is then the answer; null for any other error
 */
export function staffApi(faultOf: (error: unknown) => Notice | null): StaffApi {
  const open = implement(terminalApi).$context<FromPage>()
  const guarded = open.use(async ({ context, next, path }, _input, output) => {
    if (context.role !== 'staff' && path.join('.') !== 'watchCustomer')
      throw new ORPCError('FORBIDDEN', { message: 'not for this page' })
    try {
      return await next()
    } catch (error) {
      const notice = faultOf(error)
      if (notice === null) throw error
      return output({ result: 'refused', notice })
    }
  })
  return guarded
}
