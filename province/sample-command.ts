import { type CsvCell, csvText } from '../shared/csv.ts'
import { clockText, dateText } from '../shared/dates.ts'
import { siteId } from '../shared/ids.ts'
import { statementMonth } from '../shared/statement.ts'
import { whatText, yuanText } from '../shared/statement-words.ts'
import { complain, onDatabase, readWords } from './command-words.ts'
import { openKeyring } from './keys.ts'
import { drawSample, type Sample, type SampleOrder } from './sample.ts'
import type { Evidence } from './sample-evidence.ts'

export const sampleUsage = `node province/main.ts sample --database-url URL --month 2026-11 --site SITE|--all [--sites N] --size N --seed TEXT
    [--inspectors NAME,NAME --per-site N] [--csv]
  draws records of a month for a check, each with its evidence, by lots of the seed: the same on any machine; each fund has some
  双随机抽查：按种子抽取当月记录，逐条列出证据；同一种子、同样的记录，在哪台机器上抽都一样；每项资金都抽到
  --sites       draws so many of the sites first; all of them where left out
  --inspectors  names between commas; draws --per-site (2 where left out) for each site
  --csv         for a spreadsheet, on standard output`

const largestSample = 10_000

/** The words after `sample`. Resolves to the exit code: 0 drawn, 1 there is nothing to draw from, 2 nothing was drawn. */
export async function sampleCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, {
    'database-url': { type: 'string' },
    month: { type: 'string' },
    site: { type: 'string' },
    all: { type: 'boolean', default: false },
    sites: { type: 'string' },
    size: { type: 'string' },
    seed: { type: 'string' },
    inspectors: { type: 'string', default: '' },
    'per-site': { type: 'string', default: '2' },
    csv: { type: 'boolean', default: false },
  })
  if (typeof read === 'string') return complain(`用法不对：${read}`, `wrong use: ${read}\n${sampleUsage}`, 2)
  const order = orderOf(read.values)
  if (Array.isArray(order)) return complain(order[0], `${order[1]}\n${sampleUsage}`, 2)
  return await onDatabase(read.values['database-url'], sampleUsage, async database => {
    const sample = await drawSample(database, await openKeyring(database), order)
    if (sample.population === 0) return complain('这个月没有可抽的记录', 'there is no record to draw from', 1)
    for (const line of headOf(order, sample)) (read.values.csv ? console.error : console.log)(line)
    if (read.values.csv) process.stdout.write(csvOf(sample))
    else for (const line of sample.records.flatMap(linesOf)) console.log(line)
    for (const name of sample.uncovered)
      console.error(`样本太小，没有抽到 ${name} / the sample is too small: nothing of ${name}`)
    return 0
  })
}

interface Words {
  readonly month?: string | undefined
  readonly site?: string | undefined
  readonly all?: boolean | undefined
  readonly sites?: string | undefined
  readonly size?: string | undefined
  readonly seed?: string | undefined
  readonly inspectors?: string | undefined
  readonly 'per-site'?: string | undefined
}

const count = (text: string | undefined) => (/^[1-9]\d{0,4}$/.test(text ?? '') ? Number(text) : null)

/** What is to be drawn, or what is missing, in both languages. */
function orderOf(words: Words): SampleOrder | [zh: string, en: string] {
  const month = statementMonth.safeParse(words.month)
  const site = words.site === undefined ? null : siteId.safeParse(words.site).data
  const size = count(words.size)
  const seed = words.seed?.trim() ?? ''
  const perSite = count(words['per-site'])
  const sites = words.sites === undefined ? null : count(words.sites)
  if (!month.success) return ['请用 --month 写明月份，如 2026-11', 'say the month, like --month 2026-11']
  if (site === undefined || (site === null) !== (words.all === true))
    return ['请写 --site 站点，或 --all 全部站点', 'say one --site, or --all']
  if (size === null || size > largestSample)
    return [`请用 --size 写明抽几条，1 到 ${largestSample}`, `say how many, --size 1 to ${largestSample}`]
  if (seed === '')
    return ['请用 --seed 写明种子，如当天当众摇出的号码', 'say the seed, such as a number drawn in public']
  if (perSite === null || (words.sites !== undefined && sites === null))
    return ['--sites 和 --per-site 要写整数', '--sites and --per-site are whole numbers']
  const inspectors = (words.inspectors ?? '').split(/[,，、]/).map(name => name.trim().normalize('NFC'))
  return {
    ...{ month: month.data, site, sites, size, seed, perSite },
    inspectors: [...new Set(inspectors.filter(name => name !== ''))],
  }
}

function headOf({ month, seed, size }: SampleOrder, sample: Sample): string[] {
  const { population, populationHash, records, sites } = sample
  return [
    `${month}  种子 seed “${seed}”  抽取 drawn ${records.length}/${size}  记录总数 from ${population}  ${populationHash.slice(0, 16)}`,
    ...sites.map(({ site, inspectors }) =>
      inspectors.length === 0 ? `  ${site}` : `  ${site}  检查人员 inspectors ${inspectors.join('、')}`,
    ),
  ]
}

const words = {
  location: {
    reader: '站内设备 reader',
    'rotating-code': '动态码 rotating code',
    unproven: '未证明 unproven',
    none: '不适用 not asked',
  },
  inputs: { opened: '已打开 opened', missing: '缺失 missing', differ: '不符 differ', none: '无 none' },
  standing: { counted: '应结 counted', held: '待核 held', refused: '不予结付 refused' },
  signature: { good: '签名有效 good', bad: '签名无效 BAD' },
  chain: { whole: '链接完整 whole', broken: '链接断开 BROKEN' },
} as const

/** Where it began, and where it ended. */
const placeOf = ({ beganAt, location }: Evidence) =>
  beganAt === null ? words.location[location] : `${words.location[beganAt]} → ${words.location[location]}`
/** Who vouched for the person as it began, and as it ended. */
function proxyText({ beganBy, proxy, beganAt }: Evidence): string {
  const said = (one: Evidence['proxy']) =>
    one === null
      ? '无 none'
      : [one.name || '不明 unknown', one.reference, one.doubt].filter(part => part !== null).join(' ')
  if (proxy === null && beganBy === null) return ''
  return beganAt === null ? said(proxy) : `${said(beganBy)} → ${said(proxy)}`
}
const fundsOf = ({ entry }: Evidence) => entry.subsidies.map(({ fund, fen }) => `${fund} ${yuanText(fen)}`).join('; ')
const doubtsOf = ({ doubt, takenBackBy }: Evidence) =>
  [doubt, takenBackBy && `已撤销或退款 taken back by ${takenBackBy}`].filter(part => part !== null).join('; ')

function linesOf(one: Evidence, number: number): string[] {
  const { entry } = one
  const what = `${whatText(entry, 'zh')} ${entry.kind}`
  const who = `${one.name ?? '不明 unknown'} ${one.senior}`
  const means = [entry.means, entry.assurance].map(part => part ?? '无 none').join(' / ')
  return [
    `${number + 1}. ${entry.date} ${clockText(entry.at)}  ${one.siteName} ${entry.site}  ${what}  ${who}`,
    `   方式 means ${means}  设备 device ${one.device ?? '-'}  操作员 operator ${one.operator ?? '-'}${one.carer === null ? '' : `  服务人员 carer ${one.carer}`}  位置 place ${placeOf(one)} ${one.locationReference ?? ''}`.trimEnd(),
    ...(proxyText(one) === '' ? [] : [`   代办人 proxy ${proxyText(one)}`]),
    `   原价 list ${yuanText(entry.listFen)}  资金 funds ${fundsOf(one) || '-'}  实付 paid ${yuanText(entry.paidFen)}  待补 pending ${yuanText(entry.pendingFen)}  ${words.standing[entry.standing]}`,
    `   依据 inputs ${words.inputs[one.inputs]}  疑点 doubts ${doubtsOf(one) || '-'}  ${words.signature[one.signature]}  ${words.chain[one.chain]}  ${one.place}  ${one.record}`,
  ]
}

const columns = [
  ...['序号 number', '记录 record', '链上位置 place', '类别 kind', '日期 date', '记录时间 recorded at'],
  ...[
    '站点 site',
    '站点名称 site name',
    '检查人员 inspectors',
    '老人编号 senior',
    '姓名 name',
    '内容 what',
    '分钟 minutes',
  ],
  ...[
    '方式 means',
    '核验等级 assurance',
    '设备 device',
    '操作员 operator',
    '服务人员 carer',
    '位置证据 place evidence',
    '位置 place reference',
    '代办人 proxy',
  ],
  ...[
    '原价 list, yuan',
    '资金 funds',
    '补贴 subsidies, yuan',
    '实付 paid, yuan',
    '待补 pending, yuan',
    '结付 standing',
  ],
  ...['依据 inputs', '疑点 doubts', '签名 signature', '链 chain'],
]

function csvOf({ records, sites }: Sample): string {
  const inspectors = new Map(sites.map(one => [one.site, one.inspectors.join('、')]))
  return csvText([
    columns,
    ...records.map((one, place): CsvCell[] => {
      const { entry } = one
      return [
        ...[place + 1, one.record, one.place, entry.kind, entry.date, `${dateText(entry.at)} ${clockText(entry.at)}`],
        ...[entry.site, one.siteName, inspectors.get(entry.site) ?? '', one.senior, one.name ?? ''],
        ...[whatText(entry, 'zh'), entry.minutes ?? '', entry.means ?? '', entry.assurance ?? ''],
        ...[one.device ?? '', one.operator ?? '', one.carer ?? '', placeOf(one), one.locationReference ?? ''],
        proxyText(one),
        ...[{ fen: entry.listFen }, fundsOf(one), { fen: entry.subsidies.reduce((sum, { fen }) => sum + fen, 0) }],
        ...[{ fen: entry.paidFen }, { fen: entry.pendingFen }, words.standing[entry.standing]],
        ...[words.inputs[one.inputs], doubtsOf(one), words.signature[one.signature], words.chain[one.chain]],
      ]
    }),
  ])
}
