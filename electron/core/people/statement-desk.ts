import { addDays, type BusinessDate, businessDate, lateDays } from '../../../shared/business-day.ts'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { countableOf } from '../../../shared/countable.ts'
import type { OperatorId, ProxyId, RecordId, SeniorId } from '../../../shared/ids.ts'
import { maskName } from '../../../shared/person-names.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import { statementReply, statementRevokeReply } from '../../../shared/province-api.ts'
import type { ProxyRef } from '../../../shared/proxy.ts'
import type { LedgerRecord, SeniorRef } from '../../../shared/record.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import type { Site } from '../../../shared/site.ts'
import type { Slip } from '../../../shared/slip.ts'
import {
  aboutOf,
  datesOfMonth,
  entriesOfMonth,
  entryOf,
  type Statement,
  seniorOf,
  serviceNameIn,
} from '../../../shared/statement.ts'
import type { StatementTold, StatementView } from '../../../shared/statement-api.ts'
import { linkPath, makeToken } from '../../../shared/statement-link.ts'
import { type StatementHead, statementSlip } from '../../../shared/statement-slip.ts'
import { monthAfter } from '../../../shared/statement-sums.ts'
import type { Suite } from '../../../shared/suite.ts'
import type { Done } from '../../../shared/terminal-api.ts'
import type { Clock } from '../clock.ts'
import type { StaffApi } from '../staff-api.ts'
import type { EarlierSales } from '../store/earlier-sales.ts'
import type { Ledger } from '../store/ledger.ts'
import type { NamedRecords } from '../store/named-records.ts'
import type { Policies } from '../store/policies.ts'
import type { Roster } from '../store/roster.ts'
import type { Enrolment } from '../sync/enrol.ts'
import type { SyncLoop } from '../sync/sync-loop.ts'

/** Somebody waits at the counter: after this long (ms) without an answer the till says so. */
const patienceMs = 6000

export interface StatementParts {
  readonly records: NamedRecords
  readonly ledger: Pick<Ledger, 'byId' | 'reversalOf'>
  readonly earlier: Pick<EarlierSales, 'wasMadeGood'>
  readonly roster: Pick<Roster, 'bySenior'>
  readonly policies: Pick<Policies, 'byHash' | 'current'>
  readonly suite: Suite
  readonly clock: Clock
  readonly sync: Pick<SyncLoop, 'ask'>
  /** What stands on the paper beside the statement itself. */
  readonly paper: Pick<StatementHead, 'fictional' | 'english'>
  enrolment(): Enrolment | null
  site(): Site | null
  today(): BusinessDate
  operator(): OperatorId | null
  refOf(senior: { id: SeniorId }): SeniorRef | null
  proxyRefOf(id: ProxyId): ProxyRef | null
  print(slip: Slip): Done
}

/** What was claimed in a senior's name: on the staff's screen, and on paper with a code for the province's page. */
export interface StatementDesk {
  /** @param month `2026-11`; null: the one that goes on */
  read(senior: SeniorId, month: string | null): StatementTold
  ask(senior: SeniorId, month: string): Promise<StatementTold>
  print(senior: SeniorId, month: string, coverage: StatementView['coverage']): Promise<Done>
  revoke(senior: SeniorId): Promise<Done>
}

type VisitProxy = Extract<LedgerRecord, { kind: 'visit-proxy' }>

const refuse = (code: ProblemCode) => ({ result: 'refused' as const, notice: { code, values: {} } })

export function createStatementDesk(parts: StatementParts): StatementDesk {
  const { records, ledger } = parts
  /** What the province told last, to be printed as it stood on the screen. */
  let told: Statement | null = null

  const thisMonth = () => parts.today().slice(0, 7)

  /** Somebody whom this site holds in full, with staff on duty and a terminal that has a province. */
  function about(id: SeniorId): { senior: FullSenior; ref: SeniorRef; site: Site } | ReturnType<typeof refuse> {
    const senior = parts.roster.bySenior(id)
    const [ref, site] = [parts.refOf({ id }), parts.site()]
    if (parts.operator() === null) return refuse('NO_SHIFT')
    if (ref === null || site === null) return refuse('NOT_ENROLLED')
    return senior?.kind === 'full' ? { senior, ref, site } : refuse('SENIOR_UNKNOWN')
  }

  /** What is recorded in the name; a meal of the month may be entered for some days after it. */
  function recordsOf(ref: SeniorRef, month: string): { found: LedgerRecord[]; vouched: readonly VisitProxy[] } {
    const { from } = datesOfMonth(month)
    const next = businessDate.parse(`${monthAfter(month, 1)}-01`)
    const naming = records.naming(ref, from, addDays(next, lateDays))
    const named = naming.filter(record => seniorOf(record) === ref)
    const backs = records.takingBack(from, addDays(next, -1)).filter(record => {
      const id = aboutOf(record)
      const of = id === null ? null : find(id)
      return of !== null && seniorOf(of) === ref
    })
    const vouched = naming.flatMap(record =>
      record.kind === 'visit-proxy' && record.payload.senior === ref ? record : [],
    )
    return { found: [...named, ...backs], vouched }
  }

  /** Masked; an empty text where the registration is gone since. */
  function proxyNamed({ proxies = [] }: FullSenior, ref: ProxyRef): string {
    const known = proxies.find(({ id }) => parts.proxyRefOf(id) === ref)
    return known ? maskName(known.name) : ''
  }

  const find = (id: RecordId) => ledger.byId(id)?.record ?? null

  function here(senior: FullSenior, ref: SeniorRef, site: Site, month: string): Statement {
    const { found, vouched } = recordsOf(ref, month)
    const proxies = new Map(vouched.map(({ payload }) => [payload.of, proxyNamed(senior, payload.proxy)]))
    const entries = found.flatMap(record => {
      const countable = countableOf(record)
      const isPending = countable?.claimPending === true && ledger.reversalOf(record.id) === null
      const entry = entryOf(record, find, {
        standing: countable?.held === true ? 'held' : 'counted',
        pending: isPending && !parts.earlier.wasMadeGood(record.id),
        proxy: proxies.get(record.id) ?? null,
        siteName: of => (of === site.id ? site.name : of),
        serviceName: (_, service) => serviceNameIn(site, service),
      })
      return entry ?? []
    })
    const packs = [
      parts.policies.current(site.policy)?.pack,
      ...found.map(record => {
        const countable = countableOf(record)
        return countable === null ? undefined : parts.policies.byHash(countable.policy.hash)
      }),
    ]
    const funds = packs.flatMap(pack => pack?.funds ?? []).map(({ id: fund, title }) => [fund, title] as const)
    return { senior: senior.id, month, entries: entriesOfMonth(entries, month), funds: Object.fromEntries(funds) }
  }

  /** What the province told, with what it has not heard yet. */
  function together(own: Statement, all: Statement | null): { statement: Statement; unheard: number } {
    if (all === null) return { statement: own, unheard: 0 }
    const known = new Set(all.entries.map(({ record }) => record))
    const unheard = own.entries.filter(({ record }) => !known.has(record))
    const entries = entriesOfMonth([...all.entries, ...unheard], own.month)
    return { statement: { ...own, entries, funds: { ...own.funds, ...all.funds } }, unheard: unheard.length }
  }

  function tell(id: SeniorId, month: string, all: Statement | null): StatementTold {
    const found = about(id)
    if ('result' in found) return found
    const { statement, unheard } = together(here(found.senior, found.ref, found.site, month), all)
    const coverage = all === null ? ('here' as const) : ('all' as const)
    const view = { ...statement, name: found.senior.name, thisMonth: thisMonth(), coverage, unheard }
    return { result: 'done', statement: view }
  }

  const toldOf = (id: SeniorId, month: string) => (told?.senior === id && told.month === month ? told : null)

  async function codeFor(senior: SeniorId, month: string): Promise<string | null> {
    const enrolled = parts.enrolment()
    if (enrolled === null) return null
    const { terminal, siteKey, province, address } = enrolled
    const by = { terminal, siteKey: fromBase64Url(siteKey), sealTo: fromBase64Url(province.keys.sealing) }
    const token = await makeToken(parts.suite, by, { senior, month, printedAt: parts.clock.now() })
    return new URL(linkPath(terminal, token), address).toString()
  }

  return {
    read: (senior, month) => tell(senior, month ?? thisMonth(), null),
    async ask(senior, month) {
      const found = about(senior)
      if ('result' in found) return found
      const reply = await parts.sync.ask('statement', { senior, month }, patienceMs)
      const answer = statementReply.safeParse(reply.ok ? reply.body : null)
      if (!answer.success) return refuse('STATEMENT_OFFLINE')
      if (answer.data.statement === null) return refuse('STATEMENT_ELSEWHERE')
      told = answer.data.statement
      return tell(senior, month, told)
    },
    async print(senior, month, coverage) {
      const found = tell(senior, month, coverage === 'all' ? toldOf(senior, month) : null)
      const person = parts.roster.bySenior(senior)
      if (found.result === 'refused') return found
      if (person?.kind !== 'full') return refuse('SENIOR_UNKNOWN')
      const code = await codeFor(senior, month)
      const siteName = parts.site()?.name ?? ''
      return parts.print(
        statementSlip(found.statement, person, { ...parts.paper, siteName, code, at: parts.clock.now() }),
      )
    },
    async revoke(senior) {
      const found = about(senior)
      if ('result' in found) return found
      const reply = await parts.sync.ask('statement-revoke', { senior, at: parts.clock.now() }, patienceMs)
      const answer = statementRevokeReply.safeParse(reply.ok ? reply.body : null)
      if (!answer.success) return refuse('STATEMENT_OFFLINE')
      return answer.data.revoked ? { result: 'done' } : refuse('STATEMENT_ELSEWHERE')
    },
  }
}

/** The part of the terminal API that is about statements. */
export function createStatementRouter(api: StaffApi['statement'], desk: StatementDesk) {
  return {
    read: api.read.handler(({ input }) => desk.read(input.senior, input.month)),
    ask: api.ask.handler(({ input }) => desk.ask(input.senior, input.month)),
    print: api.print.handler(({ input }) => desk.print(input.senior, input.month, input.coverage)),
    revoke: api.revoke.handler(({ input }) => desk.revoke(input.senior)),
  }
}
