import { implement, ORPCError } from '@orpc/server'
import { terminalApi } from '../../shared/terminal-api.ts'
import type { PageRole } from './host.ts'

/** The terminal API for pages. A customer page may only watch the public view: everything else answers as if it were not there. */
export function staffApi() {
  const open = implement(terminalApi).$context<{ role: PageRole }>()
  return open.use(({ context, next, path }) => {
    if (context.role !== 'staff' && path.join('.') !== 'watchCustomer')
      throw new ORPCError('FORBIDDEN', { message: 'not for this page' })
    return next()
  })
}
export type StaffApi = ReturnType<typeof staffApi>
