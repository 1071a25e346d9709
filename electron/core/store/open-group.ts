import { z } from 'zod'
import { recordId } from '../../../shared/ids.ts'
import { groupTender, type OpenCheckIn, openCheckIn } from '../check-in-state.ts'
import type { Documents } from './documents.ts'
import type { OpenCheckIns } from './open-check-ins.ts'
import type { Db } from './open-database.ts'

/** People one payer pays for, in their order, each with what was shown of their price. `id` is that of the record to come. */
const openGroup = z.strictObject({
  id: recordId,
  tender: groupTender,
  members: z.array(z.strictObject({ open: openCheckIn, shown: z.string(), changed: z.boolean() })),
})
export type OpenGroup = z.infer<typeof openGroup>
export type GroupMember = OpenGroup['members'][number]

/** The one open group of the till, encrypted on disk like the open check-in. */
export interface OpenGroups {
  load(): OpenGroup | null
  /** @param listed the check-in that stands on the group's list from now on, and is open no more */
  keep(group: OpenGroup, listed?: OpenCheckIn): void
  /** Inside the transaction of the group's records, or where nobody is on the list. */
  clear(): void
}

export function createOpenGroups(db: Db, documents: Documents, opened: OpenCheckIns): OpenGroups {
  const load = () => documents.read('group', openGroup.nullable())
  /** Read at every price and every view. */
  let cached: { group: OpenGroup | null } | null = null
  return {
    load() {
      cached ??= { group: load() }
      return cached.group
    },
    keep(group, listed) {
      cached = null
      db.transaction(() => {
        documents.write('group', group)
        if (listed) opened.clear()
      }).immediate()
    },
    clear() {
      cached = null
      documents.write('group', null)
    },
  }
}
