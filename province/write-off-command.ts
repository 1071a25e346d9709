import { businessDateOf } from '../shared/business-day.ts'
import { terminalId } from '../shared/ids.ts'
import { fen, formatYuan } from '../shared/money.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import { openKeyring } from './keys.ts'
import { generationOf } from './leases/feed.ts'
import { type AtRisk, giveUpLease, type LostTerminal, lostTerminal, riskOf } from './leases/write-off.ts'

export const writeOffUsage = `node province/main.ts write-off --database-url URL --terminal TERMINAL [--generation N] [--strike-off] [--confirm --operator NAME --reason TEXT]
  shows what a lost terminal may have given unheard, and with --confirm gives its lease up: what it held is free for others from then on, and cannot be taken back
  先列出丢失终端可能已经用掉的额度，加 --confirm 才真正核销；核销后额度归还他人，不能撤回
  --generation  of its ledger; the newest that was heard where left out
  --strike-off  the terminal is put out of service with it; needed where it was not enrolled anew and heard since
  --operator, --reason  who decides, and why; both are kept`

/** The words after `write-off`. Resolves to the exit code: 0 shown or done, 1 not done, 2 it could not be looked at. */
export async function writeOffCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, {
    'database-url': { type: 'string' },
    terminal: { type: 'string' },
    generation: { type: 'string' },
    'strike-off': { type: 'boolean', default: false },
    confirm: { type: 'boolean', default: false },
    operator: { type: 'string' },
    reason: { type: 'string' },
  })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${writeOffUsage}`, 2)
  const { values } = read
  const terminal = terminalId.safeParse(values.terminal)
  const generation = values.generation === undefined ? null : Number(values.generation)
  if (!terminal.success || (generation !== null && !(Number.isSafeInteger(generation) && generation > 0)))
    return complain('请用 --terminal 写明终端，--generation 写明代次', `say which terminal\n${writeOffUsage}`, 2)
  return await onDatabase(values['database-url'], writeOffUsage, async database => {
    const lost = await lostTerminal(
      database.pool,
      terminal.data,
      generation ?? (await generationOf(database.pool, terminal.data)),
    )
    if (lost === null)
      return complain(`平台没有终端 ${terminal.data}`, `there is no terminal ${terminal.data}; check its name`, 2)
    if (lost.writtenOff !== null) {
      const { operator, at } = lost.writtenOff
      console.log(`已由 ${operator} 于 ${at.toISOString()} 核销 / was given up by ${operator} at ${at.toISOString()}`)
    }
    const risk = await riskOf(database, lost, businessDateOf(Date.now()))
    for (const line of linesOf(lost, risk)) console.log(line)
    if (!values.confirm) {
      console.log('没有改动。确认终端已丢失，加 --confirm --operator 姓名 --reason 原因')
      console.log('Nothing was changed. If the terminal is lost, say --confirm --operator NAME --reason TEXT')
      return 0
    }
    const [operator, reason] = [values.operator?.trim() ?? '', values.reason?.trim() ?? '']
    if (operator === '' || reason === '')
      return complain('缺 --operator 姓名或 --reason 原因，没有核销', 'say who decides and why; nothing was changed', 1)
    if (lost.isNewest && !lost.isStruckOff && !values['strike-off'])
      return complain(
        '这台终端仍在服务，没有核销。请先用新的登记码让它重新登记并上传，或加 --strike-off 停用',
        'this terminal is still in service; nothing was changed. Enrol it anew and let it be heard first, or say --strike-off',
        1,
      )
    const keys = await openKeyring(database)
    const strikeOff = lost.isNewest && values['strike-off']
    const leases = await giveUpLease(database, keys, lost, { operator, reason, risk, strikeOff })
    console.log(`已核销 ${leases} 份额度，经办人 ${operator} / ${leases} leases were given up by ${operator}`)
    return 0
  })
}

function linesOf({ terminal, generation, site, heardOn }: LostTerminal, risk: AtRisk): string[] {
  const yuan = (amount: number) => formatYuan(fen(amount))
  return [
    `${site.name} ${terminal} #${generation}，最近一条记录 ${heardOn ?? '没有'} / newest record of ${heardOn ?? 'no day'}`,
    `可能已用而未上传：${risk.seniors} 位长者，最多 ${risk.visits} 次、约 ${yuan(risk.visitsFen)} 元（按默认套餐或最贵的一项服务），金额类额度 ${yuan(risk.moneyFen)} 元，待付补差 ${yuan(risk.payoutsFen)} 元，资金池 ${yuan(risk.potsFen)} 元`,
    `at risk: ${risk.seniors} seniors, at most ${risk.visits} visits worth ${yuan(risk.visitsFen)} at the default set or the dearest service, ${yuan(risk.moneyFen)} of limits on money, ${yuan(risk.payoutsFen)} of accepted claims, ${yuan(risk.potsFen)} of funds' pots`,
    ...(risk.unpricedVisits === 0
      ? []
      : [
          `另有最多 ${risk.unpricedVisits} 次按次服务，站点目录里已经没有能用它的项目，值多少不知道，没有算在上面的金额里`,
          `also at most ${risk.unpricedVisits} visits by count whose worth is not known, since nothing in the site's catalogue names their pack any more; no amount above holds them`,
        ]),
  ]
}
