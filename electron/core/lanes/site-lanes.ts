import type { BusinessDate, Meal } from '../../../shared/business-day.ts'
import type { RecordId, TerminalId } from '../../../shared/ids.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import type { KeyPair } from '../../../shared/suite.ts'
import type { Done, Notice } from '../../../shared/terminal-api.ts'
import type { TerminalConfig } from '../config.ts'
import type { CoreHost } from '../host.ts'
import type { Documents } from '../store/documents.ts'
import { createLaneMeals, createOwnMeals } from '../store/lane-meals.ts'
import { createLaneHolds, createLaneRefunds } from '../store/lane-refunds.ts'
import { createLaneSales, createLaneVisits } from '../store/lane-visits.ts'
import type { Ledger } from '../store/ledger.ts'
import type { OpenCheckIns } from '../store/open-check-ins.ts'
import type { Db } from '../store/open-database.ts'
import type { Vault } from '../store/vault.ts'
import { createFirstTill, type FirstTillParts } from './first-till.ts'
import { askFirst } from './lane-client.ts'
import { createFirstLine, tillsOf } from './lane-line.ts'
import { type LaneServer, startLaneServer } from './lane-server.ts'
import { createLaneWatch } from './lane-watch.ts'
import { createSecondTill, type SecondTill } from './second-till.ts'

export interface SiteLanes {
  /** The first till of the site, where this one sells through it. */
  readonly second: SecondTill
  /** When a senior ate in a meal by what other tills of the site sold, as far as they told (ms). */
  earlier(senior: SeniorRef, date: BusinessDate, meal: Meal): number | null
  /** Another till refunds this sale: its claim is not paid here. */
  isRefundedElsewhere(sale: RecordId): boolean
  /** Lets the other tills of the site in, where the settings say so. Call it once, when the terminal is whole. */
  open(parts: Omit<FirstTillParts, 'visits' | 'holds' | 'meals' | 'isFirst'> & { failed(error: unknown): void }): void
  notices(): Notice[]
  putAway(): Done
  /** Begins to look after the first till. */
  start(): void
  stop(): Promise<void>
}

/** All that this till has to do with the others of its site, on either side; idle where the settings name no LAN. */
export function createSiteLanes(parts: {
  readonly lanes: TerminalConfig['lanes']
  readonly terminal: TerminalId
  readonly sealing: KeyPair
  readonly db: Db
  readonly vault: Vault
  readonly documents: Documents
  readonly ledger: Ledger
  readonly openCheckIns: OpenCheckIns
  readonly log: CoreHost['log']
  now(): number
  today(): BusinessDate
  onChange(): void
}): SiteLanes {
  const { db, documents, ledger, terminal, sealing, log, onChange } = parts
  const { join, listen } = parts.lanes
  const joins = join !== null
  const sales = createLaneSales(db, parts.vault)
  const line = createFirstLine({ ...parts, join, carry: askFirst })
  const second = createSecondTill({
    ...{ ...parts, joins, line, sales, refunds: createLaneRefunds(db) },
    reversalOf: ledger.reversalOf,
  })
  const watch = createLaneWatch({
    ...{ ...parts, joins, line, second, sales, ownMeals: createOwnMeals(db, ledger) },
    hasList: () => tillsOf(documents) !== null,
  })
  const holds = createLaneHolds(db)
  const meals = createLaneMeals(db)
  let server: LaneServer | null = null

  return {
    second,
    earlier(senior, date, meal) {
      const times = [meals.earlier(senior, date, meal), second.earlier(senior, date, meal)]
      return times.reduce((last, at) => (at === null || (last !== null && last > at) ? last : at), null)
    },
    isRefundedElsewhere: holds.has,
    open({ failed, ...first }) {
      if (listen === null) return
      const isFirst = () => tillsOf(documents)?.first === terminal
      const { answer } = createFirstTill({ ...first, holds, meals, isFirst, visits: createLaneVisits(db) })
      server = startLaneServer({
        ...{ listen, terminal, sealing, log, onChange },
        tills: () => tillsOf(documents),
        async answer(lane, kind, question) {
          try {
            return await answer(lane, kind, question)
          } catch (error) {
            failed(error)
            throw error
          }
        },
      })
    },
    notices: () => [
      ...watch.notices(),
      ...(server?.isDeaf() ? [{ code: 'LANE_PORT' as const, values: { port: listen?.port ?? 0 } }] : []),
    ],
    putAway: watch.putAway,
    start: watch.start,
    async stop() {
      await Promise.all([watch.stop(), server?.stop()])
    },
  }
}
