import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

/**
 * A second counting of a month's claims, from an exported evidence file alone (docs/evidence-format.md). It shares nothing with the province:
 * no code, no table. The file has to reach back to every sale that was taken back: export without a range.
 *
 * node tests/support/count-claims.ts EVIDENCE 2026-11
 */

const paid = z.array(z.object({ fund: z.string(), fen: z.number() }))
const sale = z.object({ site: z.string(), subsidies: paid, ownPayFen: z.number(), claimPending: z.boolean() })
const payload = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sale'), payload: sale }),
  z.object({ kind: z.literal('visit-out'), payload: sale }),
  z.object({ kind: z.literal('late-entry'), payload: z.object({ servedOn: z.string(), held: z.boolean(), sale }) }),
  z.object({ kind: z.literal('void'), payload: z.object({ of: z.string() }) }),
  z.object({
    kind: z.literal('refund'),
    payload: z.object({ of: z.string(), subsidies: paid, ownPayFen: z.number() }),
  }),
  z.object({ kind: z.literal('made-good'), payload: z.object({ of: z.string(), site: z.string(), subsidies: paid }) }),
])
const line = z.object({
  record: z.string(),
  said: z.object({ verdict: z.enum(['accepted', 'flagged']), code: z.string().nullable() }),
})
const outside = z.object({ terminal: z.string(), id: z.string(), kind: z.string(), businessDate: z.string() })

const nothing = { served: 0, servedFen: 0, takenBack: 0, takenBackFen: 0, madeGood: 0, madeGoodFen: 0 }
const empty = { ...nothing, claimFen: 0, held: 0, heldFen: 0 }
type Figures = typeof empty
export type Counted = Figures & { readonly fund: string; readonly site: string }

/** The figures of a month, by fund and site. */
export function countClaims(lines: readonly string[], month: string): Counted[] {
  const records = lines.map(text => {
    const { record, said } = line.parse(JSON.parse(text))
    const { terminal, id, kind, businessDate } = outside.parse(JSON.parse(record))
    const body = payload.safeParse(JSON.parse(record))
    return { terminal, id, kind, day: businessDate, said, body: body.success ? body.data : null }
  })
  const tills = sitesOfTills(records)
  const figures = new Map<string, Figures>()
  const sales = new Map<string, { sale: z.infer<typeof sale>; held: boolean }>()
  type What = 'served' | 'takenBack' | 'madeGood'
  const add = (what: What, day: string, site: string, amounts: z.infer<typeof paid>, sign: 1 | -1, held: boolean) => {
    if (day.slice(0, 7) !== month) return
    for (const { fund, fen } of amounts) {
      const name = `${fund}\n${site}`
      const row = figures.get(name) ?? { ...empty }
      if (held) {
        row.held += 1
        row.heldFen += sign * fen
      } else {
        row[what] += 1
        row[`${what}Fen`] += sign * fen
        row.claimFen += sign * fen
      }
      figures.set(name, row)
    }
  }
  for (const { id, day, said, body } of records) {
    const late = body?.kind === 'late-entry' ? body.payload : null
    const sold = body?.kind === 'sale' || body?.kind === 'visit-out' ? body.payload : late?.sale
    if (sold === undefined) continue
    const held = said.verdict === 'flagged' || late?.held === true
    sales.set(id, { sale: sold, held })
    add('served', late?.servedOn ?? day, sold.site, sold.subsidies, 1, held)
  }
  const takenBack = new Set<string>()
  // What nobody doubted comes first, then where only the claim was paid, then whatever else is doubted: a sale is taken back once.
  for (const turn of [0, 1, 2])
    for (const [at, { day, said, body }] of records.entries()) {
      if ((body?.kind !== 'void' && body?.kind !== 'refund') || turnOf(said) !== turn) continue
      const doubted = turn > 0
      const of = sales.get(body.payload.of)
      if (said.code === 'ALREADY_VOID' || said.code === 'UNKNOWN_RECORD' || takenBack.has(body.payload.of)) continue
      if (of === undefined && doubted) continue
      if (of === undefined) throw new Error(`the file does not reach back to ${body.payload.of}, which was taken back`)
      const till = tills[at]
      if (till !== undefined && till !== of.sale.site) continue
      if (body.kind === 'refund' && !isPartOf(body.payload, of.sale)) continue
      takenBack.add(body.payload.of)
      const amounts = body.kind === 'refund' ? body.payload.subsidies : of.sale.subsidies
      add('takenBack', day, of.sale.site, amounts, -1, of.held || doubted)
      if (!doubted) continue
      // The payout that nobody doubts is held against the fund with it, once more with the other sign.
      for (const { said: word, body: paid } of records)
        if (paid?.kind === 'made-good' && word.verdict === 'accepted' && paid.payload.of === body.payload.of)
          add('takenBack', day, paid.payload.site, paid.payload.subsidies, -1, true)
    }
  for (const { day, said, body } of records)
    if (body?.kind === 'made-good')
      add('madeGood', day, body.payload.site, body.payload.subsidies, 1, said.verdict === 'flagged')
  return [...figures]
    .map(([name, row]) => {
      const [fund = '', site = ''] = name.split('\n')
      return { fund, site, ...row }
    })
    .sort((a, b) => (`${a.fund}\n${a.site}` < `${b.fund}\n${b.site}` ? -1 : 1))
}

function turnOf({ verdict, code }: z.infer<typeof line>['said']): 0 | 1 | 2 {
  if (verdict === 'accepted') return 0
  return code === 'CLAIM_PAID' ? 1 : 2
}

type Read = { terminal: string; said: z.infer<typeof line>['said']; body: z.infer<typeof payload> | null }

/** The site of each record's till, as its newest accepted record before, or else its first after, names it. */
function sitesOfTills(records: readonly Read[]): (string | undefined)[] {
  const sites: (string | undefined)[] = records.map(({ said, body }) => {
    if (said.verdict !== 'accepted' || body === null || body.kind === 'void' || body.kind === 'refund') return undefined
    return body.kind === 'late-entry' ? body.payload.sale.site : body.payload.site
  })
  const fill = (places: readonly number[]) => {
    const known = new Map<string, string>()
    for (const at of places) {
      const terminal = records[at]?.terminal ?? ''
      const site = sites[at] ?? known.get(terminal)
      if (site !== undefined) known.set(terminal, site)
      sites[at] = site
    }
  }
  const places = [...records.keys()]
  fill(places)
  fill(places.reverse())
  return sites
}

/** A refund may take back a part of a sale, and no more. */
function isPartOf(back: { subsidies: z.infer<typeof paid>; ownPayFen: number }, of: z.infer<typeof sale>): boolean {
  const most = new Map(of.subsidies.map(({ fund, fen }) => [fund, fen]))
  return (
    new Set(back.subsidies.map(({ fund }) => fund)).size === back.subsidies.length &&
    back.ownPayFen >= 0 &&
    back.ownPayFen <= of.ownPayFen &&
    back.subsidies.every(({ fund, fen }) => fen >= 0 && fen <= (most.get(fund) ?? 0))
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [file = '', month = ''] = process.argv.slice(2)
  console.table(countClaims(readFileSync(file, 'utf8').trimEnd().split('\n'), month))
}
