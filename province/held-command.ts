import { fen, formatYuan } from '../shared/money.ts'
import { claimMonth, siteNames } from './claims.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import type { Database } from './database.ts'
import { decideHeld, type HeldOutcome, type HeldRecord, heldRecords } from './held.ts'
import { openKeyring } from './keys.ts'
import { endNamelessClaim } from './nameless-claims.ts'

export const heldUsage = `node province/main.ts held --database-url URL [--month 2026-11] [pay|refuse|end RECORD --operator NAME --reason TEXT]
  lists the records that wait for somebody to look before a fund pays them, and why; pay or refuse decides about one, once and for good
  列出待核的记录和原因；核对后用 pay 同意结付（算在当月），或用 refuse 不予结付；决定以后不能再改
  end: of a pending claim that nobody can decide; nothing is paid back, and the sale stands 无人能定的待补差用 end 结束，原记录不变
  --operator, --reason  who decides, and why; both are kept`

/** The words after `held`. Resolves to the exit code: 0 listed or decided, 1 not decided, 2 it could not be looked at. */
export async function heldCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, {
    'database-url': { type: 'string' },
    month: { type: 'string' },
    operator: { type: 'string' },
    reason: { type: 'string' },
  })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${heldUsage}`, 2)
  const { values, positionals } = read
  const [decision, record, ...more] = positionals
  const month = values.month === undefined ? null : claimMonth.safeParse(values.month).data
  if (month === undefined)
    return complain('请用 --month 写明月份，如 2026-11', `say the month, like --month 2026-11\n${heldUsage}`, 2)
  if (decision === undefined)
    return await onDatabase(values['database-url'], heldUsage, database => show(database, month))
  if ((decision !== 'pay' && decision !== 'refuse' && decision !== 'end') || record === undefined || more.length > 0)
    return complain('请写 pay、refuse 或 end，再写记录编号', `say pay, refuse or end, and one record\n${heldUsage}`, 2)
  const [operator, reason] = [values.operator?.trim() ?? '', values.reason?.trim() ?? '']
  if (operator === '' || reason === '')
    return complain('缺 --operator 姓名或 --reason 原因，没有改动', 'say who decides and why; nothing was changed', 1)
  return await onDatabase(values['database-url'], heldUsage, async database => {
    const keys = await openKeyring(database)
    const about = { record, operator, reason }
    const outcome =
      decision === 'end'
        ? await endNamelessClaim(database, keys, about)
        : await decideHeld(database, keys, { ...about, decision })
    return said(outcome, decision)
  })
}

async function show(database: Database, month: string | null): Promise<number> {
  const records = await heldRecords(database.pool, month)
  const sites = await siteNames(database.pool)
  for (const record of records) console.log(lineOf(record, sites))
  const sum = records.reduce((total, record) => total + record.fen, 0)
  console.log(
    `待核 ${records.length} 条，${formatYuan(fen(sum))} 元 / ${records.length} held, ${formatYuan(fen(sum))} yuan`,
  )
  return 0
}

/** Why a record is held, where its verdict does not say so. */
function reasonOf({ code, kind, nobody }: HeldRecord): string {
  if (code !== null) return code
  if (nobody)
    return '不知道是谁来过，待补差没人能定；名单认得后自动决定，否则用 end 结束 nobody can say who came: decided once the roster knows, else end it'
  return kind === 'late-entry' || kind === 'late-visit'
    ? '补录未经第二人同意 nobody else approved it'
    : '所撤的记录待核 what it takes back is held'
}

function lineOf(held: HeldRecord, sites: ReadonlyMap<string, string>): string {
  const parts = [
    `${held.servedOn}  ${sites.get(held.site) ?? ''} ${held.site}  ${held.kind}  ${formatYuan(fen(held.fen))}`,
    `${reasonOf(held)}  ${held.terminal}#${held.generation}/${held.seq}  ${held.record}`,
  ]
  return parts.join('  ')
}

function said(outcome: HeldOutcome, decision: 'pay' | 'refuse' | 'end'): number {
  switch (outcome.result) {
    case 'decided': {
      if (decision === 'end') {
        console.log(
          '这笔待补差已结束，不补差；原记录不变 / the pending claim has ended with nothing paid back; its sale stands',
        )
        return 0
      }
      const sum = formatYuan(fen(outcome.fen))
      const [zh, en] = decision === 'pay' ? ['同意结付', 'to be paid'] : ['不予结付', 'refused']
      console.log(`${zh} ${sum} 元，${outcome.records} 条记录 / ${en}: ${sum} yuan, ${outcome.records} records`)
      return 0
    }
    case 'unknown':
      return complain('平台没有这条记录，请核对编号', 'there is no such record; check its number', 1)
    case 'not-held':
      return complain(
        '这条记录没有待核的金额，或已经决定过',
        'nothing of this record is held, or it was decided before',
        1,
      )
    case 'decide-first':
      return complain(
        `它撤的那条记录还在待核，请先决定 ${outcome.record}`,
        `what it takes back is held itself: decide about ${outcome.record} first`,
        1,
      )
    case 'sale-refused':
      return complain(
        `它撤的那条记录已不予结付，没有可退的：${outcome.record}。请用 refuse`,
        `what it takes back was refused, and there is nothing to give back: ${outcome.record}. Refuse it`,
        1,
      )
  }
}
