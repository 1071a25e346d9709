import { businessDate } from '../../../shared/business-day.ts'
import { fundId, recordId, siteId, terminalId } from '../../../shared/ids.ts'
import type { StatementEntry } from '../../../shared/statement.ts'
import type { StatementView } from '../../../shared/statement-api.ts'
import { idOf } from './desk-states.ts'
import { noon } from './fixtures.ts'

const record = (number: number) =>
  recordId.parse(`01a1f5ee-4e70-70ec-ad4d-8532449f7d${String(number).padStart(2, '0')}`)
const day = 86_400_000
const fund = fundId.parse

/** A meal of so many days ago, as most of them are. */
function entry(daysAgo: number, change: Partial<StatementEntry> = {}): StatementEntry {
  const date = new Date(noon - daysAgo * day).toISOString().slice(0, 10)
  return {
    ...{ record: record(daysAgo), kind: 'sale', of: null, date: businessDate.parse(date), at: noon - daysAgo * day },
    ...{ terminal: terminalId.parse('till-1'), site: siteId.parse('demo-canteen'), siteName: '槐树里长者食堂' },
    ...{ meal: 'lunch', service: null, minutes: null, means: 'card', assurance: 'presented', listFen: 1500 },
    proxy: null,
    subsidies: [
      { fund: fund('city'), fen: 300 },
      { fund: fund('district'), fen: 200 },
      { fund: fund('street'), fen: 100 },
    ],
    ...{ paidFen: 750, pendingFen: 0, standing: 'counted', ...change },
  }
}

/** A month with everything that can stand in it. */
export const statementView: StatementView = {
  ...{ senior: idOf('1'), name: '张淑芬', month: '2026-11', thisMonth: '2026-11', coverage: 'here', unheard: 0 },
  funds: {
    city: { zh: '市级财政', en: 'City budget' },
    district: { zh: '区级财政', en: 'District budget' },
    street: { zh: '街道资金', en: 'Street budget' },
  },
  entries: [
    entry(16),
    entry(13, { means: 'code', assurance: 'possessed' }),
    entry(12, { kind: 'late-entry', standing: 'held', means: 'manual' }),
    entry(9, { subsidies: [], paidFen: 1350, pendingFen: 600 }),
    entry(8, {
      ...{ kind: 'visit-out', meal: null, service: { zh: '助浴', en: 'Bathing' }, minutes: 45, listFen: 6000 },
      ...{ siteName: '河东里服务站', subsidies: [{ fund: fund('city'), fen: 4000 }], paidFen: 2000 },
      ...{ means: 'manual', proxy: '李\uFF0A国' },
    }),
    entry(6, { paidFen: 750 }),
    entry(5, {
      ...{ kind: 'void', means: null, listFen: -1500, subsidies: [{ fund: fund('city'), fen: -300 }], paidFen: -750 },
    }),
    entry(4, { kind: 'made-good', means: null, meal: null, listFen: 0, paidFen: -600 }),
    entry(2, { kind: 'refund', means: null, listFen: 0, subsidies: [], paidFen: -750 }),
    entry(0, { means: 'face' }),
  ],
}

export const allSites: StatementView = { ...statementView, coverage: 'all', unheard: 1 }
export const emptyMonth: StatementView = { ...statementView, month: '2026-10', entries: [], funds: {} }
