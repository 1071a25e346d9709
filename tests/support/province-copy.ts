import type { ProvinceHouse } from './province-house.ts'

const tables = ['ledger', 'watermark', 'sale_inputs', 'claim_line', 'counter', 'lease_state', 'lease_news', 'claim']

/** The records and leases of a province as they stand now, to go back to: an asynchronous replica, or a backup. */
export async function keepCopy(province: ProvinceHouse): Promise<() => Promise<void>> {
  for (const table of tables) {
    await province.rows(`drop table if exists copy_of_${table}`)
    await province.rows(`create table copy_of_${table} as select * from ${table}`)
  }
  return async () => {
    for (const table of tables) {
      await province.rows(`delete from ${table}`)
      await province.rows(`insert into ${table} select * from copy_of_${table}`)
    }
  }
}
