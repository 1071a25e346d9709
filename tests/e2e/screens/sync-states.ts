import { businessDate } from '../../../shared/business-day.ts'
import type { TerminalView, UsbStick } from '../../../shared/terminal-api.ts'
import { noon, terminalView } from './fixtures.ts'

const hour = 3_600_000
const unreachable = { code: 'PROVINCE_UNREACHABLE' as const, values: {} }

export const offline: Partial<TerminalView> = {
  network: { state: 'offline', since: Date.parse('2026-11-19T17:40:00+08:00') },
  unsent: { count: 158, oldestAt: Date.parse('2026-11-19T17:42:00+08:00') },
  roster: {
    syncedAt: Date.parse('2026-11-19T06:10:00+08:00'),
    members: 2316,
    stale: false,
    goodUntil: businessDate.parse('2026-11-26'),
    validDays: 7,
  },
  notices: [unreachable],
}

export const rosterOver: TerminalView['roster'] = {
  syncedAt: Date.parse('2026-11-11T06:10:00+08:00'),
  members: 2316,
  stale: true,
  goodUntil: businessDate.parse('2026-11-18'),
  validDays: 7,
}

export const detail =
  '用例不符 / vector eighty-and-over-third-meal-of-the-week: subsidyFen city: expected 300, got 900; ' +
  'subsidyFen district: expected 200, got 0; ownPayFen: expected 750, got 350; reasons: expected LIMIT_WEEK, got none; ' +
  'versions[1].benefits[4].steps[2].when.all[3].any[0].category: 没有这个人员类别 / no such category "over-eighty-living-alone"'

export const policy = (change: Partial<NonNullable<TerminalView['policy']>>): TerminalView['policy'] => {
  const held = terminalView().policy
  if (!held) throw new Error('the fixture holds a policy')
  return { ...held, ...change }
}
export const nextVersion = { id: 'DEMO-2027', from: businessDate.parse('2027-01-01') }
export const refused = [{ id: 'DEMO', detail, at: noon - 2 * hour }]

export const sticks: UsbStick[] = [
  { path: '/media/till/KINGSTON', name: 'KINGSTON', freeBytes: 7_400_000_000 },
  { path: '/media/till/优盘二', name: '优盘二', freeBytes: 120_000_000 },
]
/** A stick went out this morning and is not back. */
export const away: Partial<TerminalView> = {
  ...offline,
  usb: { out: { at: noon - 2 * hour, records: 158, left: 0 }, back: { at: noon - 200 * hour, upToDate: true } },
}

/** The province is there, and knows this terminal no more. */
export const notTaken: Partial<TerminalView> = { ...offline, notices: [{ code: 'ENROLMENT_GONE', values: {} }] }

/** The province sent what this program cannot read. */
export const unread: Partial<TerminalView> = {
  notices: [
    { code: 'REVOCATION_UNREAD', values: { count: 1 } },
    { code: 'FEED_UNREAD', values: { count: 3 } },
  ],
  feedsUnread: [
    { feed: 'roster', count: 2, ids: ['3f08b2c1…', 'a0917d44…'], why: 'kind invalid_union' },
    { feed: 'revocations', count: 1, ids: [], why: 'kind invalid_union' },
  ],
}

/** The province came back from an older copy, one of whose days is ahead. */
export const restored: Partial<TerminalView> = {
  notices: [
    { code: 'RECORDS_GIVEN_AGAIN', values: { count: 37 } },
    { code: 'RECORDS_MISSED', values: {} },
    { code: 'PROVINCE_CLOCK_AHEAD', values: { province: '2026-12-20', here: '2026-11-20' } },
  ],
}
const doubted: TerminalView['recordsDoubted'] = [
  { generation: 1, seq: 2310, at: noon - hour, name: '王*兰', code: 'RIGHT_NOT_HELD' },
  { generation: 1, seq: 2298, at: noon - 2 * hour, name: null, code: 'UNKNOWN_RECORD' },
  { generation: 1, seq: 1877, at: noon - 400 * hour, name: '欧阳**', code: 'PROXY_OVER' },
]
/** Records that the province wants looked at; five earlier ones are counted alone. */
export const doubts: Partial<TerminalView> = {
  notices: [{ code: 'RECORD_REFUSED', values: { count: 8 } }],
  recordsDoubted: doubted,
}

/** What stands on the sync screen in its different states. */
export const syncStates: {
  name: string
  terminal: Partial<TerminalView>
  english?: boolean
  /** The card of the stick is open, and these are plugged in. */
  sticks?: UsbStick[]
}[] = [
  { name: 'sync-online', terminal: {} },
  { name: 'sync-offline', terminal: offline },
  { name: 'sync-not-taken', terminal: notTaken },
  { name: 'sync-not-taken-english', terminal: notTaken, english: true },
  { name: 'sync-roster-over', terminal: { ...offline, roster: rosterOver } },
  { name: 'sync-pack-refused', terminal: { policiesRefused: refused } },
  { name: 'sync-next-version', terminal: { policy: policy({ next: nextVersion }) } },
  { name: 'sync-no-version', terminal: { policy: policy({ version: null, next: nextVersion }) } },
  {
    name: 'sync-nothing-yet',
    terminal: {
      network: { state: 'connecting', since: null },
      policy: null,
      roster: { syncedAt: null, members: 0, stale: true, goodUntil: null, validDays: 0 },
    },
  },
  {
    name: 'sync-all-at-once',
    terminal: {
      ...offline,
      fictional: true,
      unsent: { count: 12_158, oldestAt: noon - 400 * hour },
      roster: rosterOver,
      policy: policy({
        title: {
          zh: '某某市某某区老年人助餐服务补贴（第二轮试点）',
          en: 'Somewhere District older people’s meals, pilot',
        },
        version: { id: 'PILOT-2026-B', from: businessDate.parse('2026-03-01'), to: businessDate.parse('2026-12-31') },
        next: nextVersion,
      }),
      notices: [
        { code: 'PROVINCE_FALSE', values: {} },
        { code: 'CHAIN_FORKED', values: {} },
        { code: 'RECORD_REFUSED', values: { count: 3 } },
      ],
      policiesRefused: [...refused, { id: 'TJ', detail: '签名不符 / signature', at: noon - 30 * hour }],
    },
  },
  { name: 'sync-doubted', terminal: doubts },
  { name: 'sync-doubted-english', terminal: doubts, english: true },
  { name: 'sync-restored', terminal: restored },
  { name: 'sync-restored-english', terminal: restored, english: true },
  { name: 'sync-stick-away', terminal: away },
  { name: 'sync-stick-open', terminal: away, sticks },
  { name: 'sync-stick-none', terminal: offline, sticks: [] },
  { name: 'sync-stick-open-english', terminal: { ...away, roster: rosterOver }, sticks, english: true },
  { name: 'sync-unread', terminal: unread },
  { name: 'sync-unread-english', terminal: unread, english: true },
  { name: 'sync-pack-refused-english', terminal: { policiesRefused: refused }, english: true },
  { name: 'sync-demo-english', terminal: { ...offline, fictional: true, roster: rosterOver }, english: true },
  { name: 'sync-offline-english', terminal: { ...offline, policy: policy({ next: nextVersion }) }, english: true },
]
