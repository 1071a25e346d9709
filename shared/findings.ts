const words = (zh: string, en: string) => ({ zh, en })

/** What can be found in a ledger, by an audit where it lies or by the province that it was sent to, in plain words. */
const findingWords = {
  BYTES_CHANGED: words('这条记录的内容被改动过', 'the content of this record was changed'),
  RECORD_MISSING: words('这条记录前面缺了记录', 'records are missing before this one'),
  RECORD_MISPLACED: words('这条记录不在它自己的位置上', 'this record lies at another place than its own'),
  SIGNED_BY_ANOTHER: words('签名不是本终端的密钥签的', "the signature is not by this terminal's key"),
  LINK_BROKEN: words('这条记录接不上前一条', 'this record does not follow the one before it'),
  NO_KEY: words('前面没有说明签名密钥的记录', 'no record before it names the key that signs'),
  COLUMNS_DIFFER: words('检索用的列与记录内容不符', 'the columns beside this record say otherwise than the record'),
  UNREADABLE: words('数据库有损坏的页，读不全', 'pages of the database are damaged and cannot be read'),
  GUARD_REMOVED: words('防止改动的触发器被拿掉了', 'the triggers that forbid changes were taken away'),
  KEY_FOREIGN: words('账本的密钥不是本终端的密钥', "the ledger's key is not this terminal's"),
  REVERSALS_DIFFER: words('撤销标记与撤销、退款记录不符', 'the marks of what was taken back do not fit the records'),
  CLOSES_DIFFER: words('已日结的日期与日结记录不符', 'the closed days do not fit the records that close them'),
  TOTALS_DIFFER: words(
    '这次交班或日结的合计与记录相加不符',
    'the totals of this close are not the sums of its records',
  ),
  OUTCOMES_DIFFER: words(
    '确认扫码付的记录与它说的那一笔不符',
    'what came of a payment is said of one that did not wait, or of another amount',
  ),
  TAIL_MISSING: words(
    '账本在凭据之前就结束了：末尾的记录被删了',
    'the ledger ends before the anchor: the records at its end were removed',
  ),
  BEGINNING_MISSING: words(
    '账本不是从本终端开始记账的地方开始的：开头的记录被删了',
    'the ledger does not begin where this terminal began it: the records at its beginning were removed',
  ),
  INPUTS_LEFT: words(
    '有核算依据，却没有它们的记录：记录被删了',
    'inputs lie here without their records: the records were removed',
  ),
  HISTORY_DIFFERS: words(
    '从平台补回来的记录，与补回时记下的不符：有删改',
    'the records that came back from the province are not those that were noted when they came: some were removed or changed',
  ),
  OLDER_COPY: words(
    '账本在凭据之前就结束了，里面也没有删过的痕迹：这是一份旧副本',
    'the ledger ends before the anchor, and nothing in it knows of more: this is an older copy',
  ),
  LEDGER_FORKED: words(
    '同一位置上来过两条不同的记录：同一编号下有两份账',
    'two records came for one place: two ledgers go on under one name',
  ),
  SIGNATURE_BAD: words(
    '签名与内容不符；改的是内容还是签名，下一条记录到了就知道',
    'signature and content do not fit; which of them was changed shows with the next record',
  ),
  ANCHOR_DIFFERS: words(
    '凭据所指的位置上是另一条记录：旧副本又另记了账',
    'another record lies at the place of the anchor: an older copy that went on by itself',
  ),
  RESTORE_GAP: words(
    '备份恢复后，这之前的记录不在本机',
    'after a restore from a backup, records up to the anchor are not here',
  ),
  DISK_LOST: words(
    '换盘后账本从后一代开始，到凭据为止的记录不在本机；上传过的平台有',
    'after a lost disk the ledger begins in a later generation: records up to the anchor are not here, and what was sent is at the province',
  ),
  ANCHOR_FOREIGN: words('凭据属于另一台终端', 'the anchor is of another terminal'),
  INPUTS_DAMAGED: words('这笔的核算依据打不开', 'the inputs of this record do not open'),
  INPUTS_DIFFER: words('核算依据不是记录承诺的那一份', 'the inputs are not the ones that the record committed to'),
  QUOTE_DIFFERS: words('重新核算的金额与记录不符', 'the quote, computed again, is another one'),
  NOT_A_RECORD: words('这一行不是记录', 'this line is no record'),
} as const

export type FindingCode = keyof typeof findingWords

export interface Finding {
  readonly code: FindingCode
  /** Where: a place of the ledger; null for the ledger as a whole. */
  readonly place: { readonly generation: number; readonly seq: number } | null
  /** The line of an evidence file, or the terminal that it is about. */
  readonly detail?: string
}

/** A finding as two lines, Chinese and English. */
export function findingLines({ code, place, detail }: Finding): string[] {
  const { zh, en } = findingWords[code]
  const where = place === null ? '' : ` ${place.generation}/${place.seq}`
  const more = detail === undefined ? '' : ` (${detail})`
  return [`${code}${where} ${zh}${more}`, `${' '.repeat(code.length + where.length)} ${en}`]
}
