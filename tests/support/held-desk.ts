import { type Database, openDatabase } from '../../province/database.ts'
import { decideHeld, type HeldOutcome, heldRecords } from '../../province/held.ts'
import { openKeyring } from '../../province/keys.ts'
import type { ProvinceHouse } from './province-house.ts'

/** Somebody who looks at what a province holds. */
export async function openHeldDesk(house: ProvinceHouse) {
  const database: Database = await openDatabase(house.databaseUrl)
  const keys = await openKeyring(database)
  const by = { operator: '李主任', reason: 'asked the site' }
  return {
    decide: (record: string, decision: 'pay' | 'refuse'): Promise<HeldOutcome> =>
      decideHeld(database, keys, { record, decision, ...by }),
    async listed(): Promise<string[]> {
      return (await heldRecords(database.pool, null)).map(({ record }) => record)
    },
    close: () => database.close(),
  }
}

export type HeldDesk = Awaited<ReturnType<typeof openHeldDesk>>
