import type { ProvinceHouse } from './province-house.ts'

/** The whole database of a province as it stands now, to go back to: an asynchronous replica, or a backup. Numbers of feeds go on. */
export async function keepCopy(province: ProvinceHouse): Promise<() => Promise<void>> {
  const found = await province.rows(
    "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  )
  const tables = found.map(({ table_name }) => String(table_name))
  await province.rows('drop schema if exists copy cascade')
  await province.rows('create schema copy')
  for (const table of tables) await province.rows(`create table copy.${table} as select * from public.${table}`)
  return async () => {
    const back = tables.flatMap(table => [
      `delete from public.${table}`,
      `insert into public.${table} overriding system value select * from copy.${table}`,
    ])
    // One transaction, in which tables may refer to what is not there yet.
    await province.rows(['set local session_replication_role = replica', ...back].join('; '))
  }
}
