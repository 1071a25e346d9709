import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { z } from 'zod'
import type { Verdict } from '../shared/province-api.ts'
import { type Database, select } from './database.ts'
import type { Lane } from './lanes.ts'

/** Upper ends of the classes of durations (s). */
const classes = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20]

/** What happens in this process, counted. Labels are routes, codes and kinds: no terminal, no person. */
export interface Counts {
  answered(route: string, status: number, seconds: number): void
  judged(verdicts: readonly Verdict[]): void
  /** What may run at the same time, to be looked at when somebody asks. */
  readonly watched: Map<string, () => { inside: number; waiting: number }>
}

interface Tally extends Counts {
  lines(): string[]
}

export function countRequests(lanes: Readonly<Record<string, Lane>>): Tally {
  const requests = new Map<string, number>()
  const durations = new Map<string, { counts: number[]; sum: number; all: number }>()
  const verdicts = new Map<string, number>()
  const watched: Counts['watched'] = new Map(Object.entries(lanes).map(([name, lane]) => [name, lane.count]))
  const more = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
  return {
    watched,
    answered(route, status, seconds) {
      more(requests, `{route="${route}",status="${status}"}`)
      const known = durations.get(route) ?? { counts: classes.map(() => 0), sum: 0, all: 0 }
      durations.set(route, known)
      for (const [at, upTo] of classes.entries()) if (seconds <= upTo) known.counts[at] = (known.counts[at] ?? 0) + 1
      known.sum += seconds
      known.all += 1
    },
    judged(given) {
      for (const { verdict, code } of given) more(verdicts, `{verdict="${verdict}",code="${code ?? ''}"}`)
    },
    lines() {
      const inWork = [...watched].map(([name, look]): [string, ReturnType<typeof look>] => [name, look()])
      return [
        ...family('aixin_requests_total', 'counter', 'Requests answered', [...requests]),
        ...family(
          'aixin_request_seconds',
          'histogram',
          'Time from the first byte of a request to the last of its answer',
          [...durations].flatMap(([route, { counts, sum, all }]) => [
            ...classes.map((upTo, at): Sample => [`_bucket{route="${route}",le="${upTo}"}`, counts[at] ?? 0]),
            [`_bucket{route="${route}",le="+Inf"}`, all] as const,
            [`_sum{route="${route}"}`, sum] as const,
            [`_count{route="${route}"}`, all] as const,
          ]),
        ),
        ...family('aixin_records_total', 'counter', 'Records judged, by verdict', [...verdicts]),
        ...family(
          'aixin_lane_inside',
          'gauge',
          'What runs at the same time: what can wait and was taken in, work by its lane, questions about news',
          inWork.map(([name, { inside }]) => [`{lane="${name}"}`, inside]),
        ),
        ...family(
          'aixin_lane_waiting',
          'gauge',
          'Requests that wait in line',
          inWork.map(([name, { waiting }]) => [`{lane="${name}"}`, waiting]),
        ),
      ]
    },
  }
}

type Sample = readonly [labels: string, value: number]

function family(
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  samples: readonly Sample[],
): string[] {
  if (samples.length === 0) return []
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
  ]
}

const count = z.int()
const stock = z.object({ unheard: count, struck_off: count, quarantined: count, in_service: count })

/** What lies in the database, as far as somebody has to act on it. */
async function stockLines(database: Database): Promise<string[]> {
  const [terminals] = await select(
    database.pool,
    stock,
    `with heard as (
       select t.struck_off, t.quarantined, t.transport_key is not null as enrolled,
              (select max(w.heard_on) from watermark w where w.terminal_id = t.terminal_id) as heard_on
         from terminal t)
     select count(*) filter (where struck_off) as struck_off, count(*) filter (where quarantined) as quarantined,
            count(*) filter (where enrolled and not struck_off) as in_service,
            count(*) filter (where enrolled and not struck_off
              and coalesce(heard_on, '') < to_char(now() at time zone 'Asia/Shanghai' - interval '3 days', 'YYYY-MM-DD')) as unheard
       from heard`,
  )
  const claims = await select(
    database.pool,
    z.object({ state: z.string(), claims: count }),
    "select state, count(*) as claims from claim where state in ('open', 'accepted') group by state order by state",
  )
  return [
    ...family('aixin_terminals', 'gauge', 'Terminals; unheard: no record of the last three days', [
      ['{state="in-service"}', terminals?.in_service ?? 0],
      ['{state="unheard"}', terminals?.unheard ?? 0],
      ['{state="quarantined"}', terminals?.quarantined ?? 0],
      ['{state="struck-off"}', terminals?.struck_off ?? 0],
    ]),
    ...family(
      'aixin_claims_waiting',
      'gauge',
      'Pending claims: open, or accepted and not paid out',
      claims.map(({ state, claims: many }) => [`{state="${state}"}`, many]),
    ),
  ]
}

function processLines(database: Database, lateMs: number): string[] {
  const { rss, heapUsed } = process.memoryUsage()
  const { totalCount, idleCount, waitingCount } = database.pool
  return [
    ...family('process_resident_memory_bytes', 'gauge', 'Memory of this process', [['', rss]]),
    ...family('aixin_heap_used_bytes', 'gauge', 'Heap in use', [['', heapUsed]]),
    ...family('aixin_event_loop_late_seconds', 'gauge', 'How late timers are, 99 in 100, since the last look', [
      ['', lateMs / 1000],
    ]),
    ...family('aixin_database_connections', 'gauge', 'Connections to PostgreSQL', [
      ['{state="busy"}', totalCount - idleCount],
      ['{state="idle"}', idleCount],
    ]),
    ...family('aixin_database_waiting', 'gauge', 'Statements that wait for a connection', [['', waitingCount]]),
  ]
}

/**
 * Serves `/metrics` as Prometheus reads it, on an address of its own: never where terminals and apps come in. Where the database does not
 * answer, the rest is told with `aixin_database_up 0`.
 */
export async function serveMetrics(
  at: { readonly host: string; readonly port: number },
  database: Database,
  counts: Tally,
): Promise<{ address: string; close(): Promise<void> }> {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  async function text(): Promise<string> {
    const late = delay.percentile(99) / 1e6
    delay.reset()
    const stored = await stockLines(database).catch(() => null)
    const up = family('aixin_database_up', 'gauge', 'Whether PostgreSQL answers', [['', stored === null ? 0 : 1]])
    return [...counts.lines(), ...(stored ?? []), ...up, ...processLines(database, late), ''].join('\n')
  }
  const server = createServer((request, reply) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      reply.writeHead(404).end()
      return
    }
    text().then(
      body => reply.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body),
      () => reply.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : at.port
  return {
    address: `http://${at.host}:${port}`,
    close: () =>
      new Promise(resolve => {
        delay.disable()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
