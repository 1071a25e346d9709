import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Counted } from './count-claims.ts'
import type { ProvinceHouse } from './province-house.ts'

const program = new URL('../../province/main.ts', import.meta.url).pathname

/** Runs a command of the province on the database of a house. */
export async function runProvince(house: ProvinceHouse, ...words: string[]) {
  return await new Promise<{ code: unknown; out: string; complained: string }>(done => {
    const args = [program, ...words, '--database-url', house.databaseUrl]
    execFile(process.execPath, args, (error, out, complained) => done({ code: error?.code ?? 0, out, complained }))
  })
}

/** The lines of the province's whole evidence, exported by its command. */
export async function exportedLines(house: ProvinceHouse): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-claims-'))
  try {
    const file = join(folder, 'evidence.jsonl')
    const { code, complained } = await runProvince(house, 'evidence', '--out', file)
    if (code !== 0) throw new Error(`nothing was exported: ${complained}`)
    return readFileSync(file, 'utf8').trimEnd().split('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The figures of the view, in the words of the second counting. */
export async function claimsFromSql(house: ProvinceHouse, of: string): Promise<Counted[]> {
  const rows = await house.rows('select * from claim_month where month = $1', [of])
  const number = (value: unknown) => Number(value)
  return rows
    .map(row => ({
      ...{ fund: String(row.fund), site: String(row.site_id) },
      ...{ served: number(row.served), servedFen: number(row.served_fen) },
      ...{ takenBack: number(row.taken_back), takenBackFen: number(row.taken_back_fen) },
      ...{ madeGood: number(row.made_good), madeGoodFen: number(row.made_good_fen) },
      ...{ claimFen: number(row.claim_fen), held: number(row.held), heldFen: number(row.held_fen) },
    }))
    .sort((a, b) => (`${a.fund}\n${a.site}` < `${b.fund}\n${b.site}` ? -1 : 1))
}
