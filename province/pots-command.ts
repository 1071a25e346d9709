import { businessDateOf } from '../shared/business-day.ts'
import { fen, formatYuan } from '../shared/money.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import type { Database } from './database.ts'
import { openKeyring } from './keys.ts'
import { type PotState, potStates, type SetOutcome, setPotAmount } from './leases/pot-amounts.ts'

export const potsUsage = `node province/main.ts pots --database-url URL [set FUND PERIOD YUAN --operator NAME]
  what each fund's pot holds, how much of it is drawn, and how much is in the hands of tills
  列出每个资金池的金额、已用、已分给终端的金额；用 set 设定某一期的金额
  set  for a period as the list names it, like 2026-11; a period without an amount has no bound
  --operator  who decides; kept with the amount`

/** The words after `pots`. Resolves to the exit code: 0 shown or set, 1 not set, 2 it could not be looked at. */
export async function potsCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, { 'database-url': { type: 'string' }, operator: { type: 'string' } })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${potsUsage}`, 2)
  const { values, positionals } = read
  const [verb, fund, label, yuan, ...more] = positionals
  if (verb === undefined) return await onDatabase(values['database-url'], potsUsage, show)
  const amount = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(yuan ?? '')
  if (verb !== 'set' || fund === undefined || label === undefined || amount === null || more.length > 0)
    return complain('请写 set 资金 期间 元，如 set city 2026-11 30000', `wrong use\n${potsUsage}`, 2)
  const operator = values.operator?.trim() ?? ''
  if (operator === '') return complain('缺 --operator 姓名，没有设定', 'say who decides; nothing was changed', 1)
  const amountFen = Number(amount[1]) * 100 + Number((amount[2] ?? '').padEnd(2, '0'))
  return await onDatabase(values['database-url'], potsUsage, async database => {
    const keys = await openKeyring(database)
    const today = businessDateOf(Date.now())
    const outcome = await setPotAmount(database, keys, { fund, label, fen: amountFen, operator }, today)
    return outcome.result === 'set' ? await show(database) : refused(outcome)
  })
}

function refused(outcome: Exclude<SetOutcome, { result: 'set' }>): number {
  switch (outcome.result) {
    case 'no-such-pot': {
      const known = outcome.funds.join(', ')
      return complain(
        `没有这个资金池。现有：${known || '无'}`,
        `no such pot; the packs in use have: ${known || 'none'}`,
        1,
      )
    }
    case 'other-period': {
      const periods = outcome.periods.join(', ')
      return complain(`期间写法不对，这个资金池按 ${periods} 计`, `the period of this pot is a ${periods}`, 1)
    }
    case 'ended':
      return complain('这一期已经过去，没有改动', 'that period is over; nothing was changed', 1)
    case 'less-than-out': {
      const out = formatYuan(fen(outcome.fen))
      return complain(
        `已用和已分给终端的共 ${out} 元，不能设得更低`,
        `${out} is drawn or in the hands of tills: it cannot be set lower`,
        1,
      )
    }
  }
}

async function show(database: Database): Promise<number> {
  const states = await potStates(database, businessDateOf(Date.now()))
  if (states.length === 0) console.log('在用的政策包没有资金池 / no pack in use has a pot')
  for (const state of states) console.log(lineOf(state))
  return 0
}

function lineOf({ fund, title, label, fen: amount, drawnFen, heldFen, waiting }: PotState): string {
  const yuan = (sum: number) => formatYuan(fen(sum))
  const parts = [
    amount === null ? '未设金额，不设上限 no amount, no bound' : `金额 amount ${yuan(amount)}`,
    `已用 drawn ${yuan(drawnFen)}`,
    `在终端 at tills ${yuan(heldFen)}`,
    ...(amount === null ? [] : [`剩余 free ${yuan(Math.max(0, amount - drawnFen - heldFen))}`]),
    ...(waiting === 0 ? [] : [`等资金的补差 claims waiting ${waiting}`]),
  ]
  return `${title.zh} ${title.en} (${fund}) ${label}  ${parts.join('  ')}`
}
