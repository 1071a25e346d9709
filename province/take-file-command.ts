import { fen, formatYuan } from '../shared/money.ts'
import { complain, onDatabase, readWords, sayUndecided } from './command-words.ts'
import { openKeyring } from './keys.ts'
import { type LateFile, type LateFileFault, readLateFile, sumOf, takeLateFile } from './take-file.ts'

export const takeFileUsage = `node province/main.ts take-file FILE --database-url URL [--confirm --by NAME --reason TEXT]
  a terminal's file on a stick that the usual way does not take: of a terminal that was struck off, or from before it was restored or enrolled anew
  收下平常收不了的优盘文件：终端已停用，或文件是恢复、重新登记以前写的
  shows what is new in it, and with --confirm takes it: every record is verified and held until somebody decides (held); nothing is counted twice
  先列出其中没收过的记录，加 --confirm 才收下；每条都核对签名并列为待核，由人决定（held），不会重复
  --by, --reason  who takes it, and why; both are kept with the file's hash`

/** The words after `take-file`. Resolves to the exit code: 0 shown or taken, 1 it cannot be taken, 2 nothing was looked at. */
export async function takeFileCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, {
    'database-url': { type: 'string' },
    confirm: { type: 'boolean', default: false },
    by: { type: 'string' },
    reason: { type: 'string' },
  })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${takeFileUsage}`, 2)
  const { values, positionals } = read
  const [path, more] = positionals
  if (path === undefined || more !== undefined) return complain('请写一个 FILE', `say which FILE\n${takeFileUsage}`, 2)
  const [operator, reason] = [values.by?.trim() ?? '', values.reason?.trim() ?? '']
  if (values.confirm && (operator === '' || reason === ''))
    return complain('缺 --by 姓名或 --reason 原因，没有收下', 'say who takes it and why; nothing was taken', 1)
  return await onDatabase(values['database-url'], takeFileUsage, async database => {
    const keys = await openKeyring(database)
    const result = await readLateFile(database, keys, path)
    if (!result.ok) return complain(...faultWords(result.why), 1)
    for (const line of linesOf(result.file)) console.log(line)
    if (!values.confirm) {
      console.log('没有改动。确认要收下，加 --confirm --by 姓名 --reason 原因')
      console.log('Nothing was changed. To take it, say --confirm --by NAME --reason TEXT')
      return 0
    }
    await takeLateFile(database, keys, result.file, { operator, reason }, sayUndecided)
    console.log(`已收下，经办人 ${operator}；用 held 逐条决定 / taken by ${operator}; decide about each with held`)
    return 0
  })
}

function linesOf({ terminal, isStruckOff, hash, fresh, known, apart }: LateFile): string[] {
  const { counted, listFen, subsidyFen, from, to } = sumOf(fresh)
  const [list, subsidy] = [formatYuan(fen(listFen)), formatYuan(fen(subsidyFen))]
  return [
    `${terminal}${isStruckOff ? '（已停用 struck off）' : ''}  ${hash}`,
    `没收过 ${fresh.length} 条，已有 ${known} 条，同号不同账 ${apart} 条 / ${fresh.length} new, ${known} held already, ${apart} others at places that are taken`,
    ...(counted === 0
      ? []
      : [
          `没收过的用餐和服务 ${counted} 笔，${from} 至 ${to}，原价 ${list} 元，补贴 ${subsidy} 元 / ${counted} meals and services that are new, ${from} to ${to}: list ${list}, subsidy ${subsidy} yuan`,
        ]),
  ]
}

function faultWords(why: LateFileFault): [zh: string, en: string] {
  switch (why.fault) {
    case 'cut':
      return [
        '文件不完整，没有收下。请在终端上再写一次',
        'the file is cut off; nothing was taken. Write it again at the terminal',
      ]
    case 'damaged':
      return [
        '文件被改过，或不是这个平台的终端写的，没有收下',
        'the file was changed, or no terminal of this province wrote it; nothing was taken',
      ]
    case 'unknown':
      return ['平台没有这台终端，没有收下', 'there is no such terminal here; nothing was taken']
    case 'unsigned':
      return [
        '有记录不是这台终端签的，没有收下。请留好优盘',
        'a record was not signed by the terminal; nothing was taken. Keep the stick',
      ]
    case 'in-service':
      return [
        '终端还在使用，请照常用 usb 收下这份文件',
        'the terminal is in service: take this file with usb, as always',
      ]
    case 'gap':
      return [
        `第 ${why.generation} 代平台收到 ${why.held}，文件从 ${why.first} 开始，中间缺。请先收下更早的优盘文件`,
        `of generation ${why.generation} the province holds up to ${why.held}, the file goes on at ${why.first}: take the earlier file first`,
      ]
  }
}
