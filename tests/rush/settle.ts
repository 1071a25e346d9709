import { siteId } from '../../shared/ids.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'
import type { ProvinceHouse } from '../support/province-house.ts'
import { readLedger } from '../support/read-ledger.ts'
import type { Amount, RushSenior } from './rush-seniors.ts'

const site = siteId.parse('demo-canteen')

export interface FundLine {
  readonly fund: string
  readonly expectedFen: number
  readonly terminalFen: number
  readonly provinceFen: number
}

/** What stands in the books at the end, read from outside of the terminal and of the province. */
export interface Settlement {
  readonly funds: readonly FundLine[]
  /** People with exactly one sale in each book and the amounts of the table. */
  readonly ok: number
  readonly byMeans: { readonly card: number; readonly code: number }
  /** People without a sale. */
  readonly refused: number
  readonly lost: number
  readonly doubled: number
  readonly terminalFen: number
  readonly provinceFen: number
  readonly expectedFen: number
  /** Sales that the province did not simply accept. */
  readonly flagged: number
  readonly chainFindings: number
}

/** Compares the terminal's ledger, the province's tables and the fixed table of the people. The terminal must have ended. */
export async function settle(parts: {
  dataDir: string
  province: ProvinceHouse
  terminal: string
  seniors: readonly RushSenior[]
  confirmed: ReadonlySet<string>
}): Promise<Settlement> {
  const { province, terminal, seniors, confirmed } = parts
  const ledger = await readLedger(parts.dataDir)
  const sales = ledger.records.flatMap(record => (record.kind === 'sale' ? [record] : []))
  const [siteRow] = await province.rows('select site_key from site where site_id = $1', [site])
  if (!(siteRow?.site_key instanceof Uint8Array)) throw new Error('the province has no key of the site')
  const siteKey = new Uint8Array(siteRow.site_key)
  const arrived = await province.rows(
    `select record_id, senior_id, verdict from ledger where terminal_id = $1 and kind = 'sale'`,
    [terminal],
  )
  const claimed = await province.rows(
    'select fund, sum(fen)::text as fen from claim_line where terminal_id = $1 group by fund',
    [terminal],
  )

  const people = seniors.map(senior => {
    const ref = seniorRefOf(siteKey, senior.id)
    const here = sales.filter(({ payload }) => payload.senior === ref)
    const there = arrived.filter(row => row.senior_id === senior.id)
    const [first] = here
    const isRight = here.length === 1 && there.length === 1 && isEqual(first?.payload.subsidies ?? [], senior.expected)
    return { here, there, means: first?.payload.means, isRight }
  })
  const right = people.filter(({ isRight }) => isRight)
  const inLedger = new Set<string>(sales.map(({ id }) => id))
  const atProvince = new Set(
    arrived.filter(row => row.verdict === 'accepted' || row.verdict === 'flagged').map(row => row.record_id),
  )
  const funds = fundLines(
    seniors.flatMap(({ expected }) => expected),
    sales.flatMap(({ payload }) => payload.subsidies),
    claimed.map(row => ({ fund: String(row.fund), fen: Number(row.fen) })),
  )
  const total = (amount: (line: FundLine) => number) => funds.reduce((sum, line) => sum + amount(line), 0)
  return {
    funds,
    ok: right.length,
    byMeans: {
      card: right.filter(({ means }) => means === 'card').length,
      code: right.filter(({ means }) => means === 'code').length,
    },
    refused: people.filter(({ here }) => here.length === 0).length,
    lost: [...confirmed].filter(id => !inLedger.has(id) || !atProvince.has(id)).length,
    doubled: people.filter(({ here, there }) => here.length > 1 || there.length > 1).length,
    terminalFen: total(line => line.terminalFen),
    provinceFen: total(line => line.provinceFen),
    expectedFen: total(line => line.expectedFen),
    flagged: arrived.filter(row => row.verdict !== 'accepted').length,
    chainFindings: ledger.findings.length + (ledger.pages === 'ok' ? 0 : 1),
  }
}

function fundLines(expected: readonly Amount[], terminal: readonly Amount[], province: readonly Amount[]): FundLine[] {
  const names = [...new Set([...expected, ...terminal, ...province].map(({ fund }) => fund))]
  const sumOf = (amounts: readonly Amount[], name: string) =>
    amounts.reduce((sum, { fund, fen }) => sum + (fund === name ? fen : 0), 0)
  return names.map(fund => ({
    fund,
    expectedFen: sumOf(expected, fund),
    terminalFen: sumOf(terminal, fund),
    provinceFen: sumOf(province, fund),
  }))
}

function isEqual(found: readonly Amount[], expected: readonly Amount[]): boolean {
  return (
    found.length === expected.length &&
    expected.every(({ fund, fen }) => found.some(one => one.fund === fund && one.fen === fen))
  )
}
