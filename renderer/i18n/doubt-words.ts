import type { VerdictCode } from '../../shared/province-api.ts'
import type { Language } from './dates.ts'

interface DoubtWords {
  /** What the province saw. */
  readonly why: string
  /** Who does what about it. */
  readonly who: string
}
type Both = Readonly<Record<Language, DoubtWords>>

const bureau = { zh: '主管部门核对，站里不用做什么', en: 'The bureau looks into it; nothing to do here' }
const maker = { zh: '请主管部门联系维护人员', en: 'Ask the bureau to call the maintainer' }
const anew = { zh: '请主管部门重新登记本机', en: 'Ask the bureau to enrol this terminal anew' }
const slips = {
  zh: '站长把这笔的小票和名单备好，主管部门会问',
  en: 'Keep the slip at hand; the bureau will ask the station lead',
}

const told = (zh: string, en: string, who: { zh: string; en: string }): Both => ({
  zh: { why: zh, who: who.zh },
  en: { why: en, who: who.en },
})

/** Everything that the province can want a person to look at in a record, in words, and who does what. */
const doubts: Readonly<Record<VerdictCode, Both>> = {
  QUOTE_DIFFERS: told('平台重新核算的金额不一样', 'The province computes another amount', bureau),
  INPUTS_MISSING: told('核算依据没有一起到平台', 'What it was computed from did not come along', bureau),
  INPUTS_DIFFER: told('核算依据和记录对不上', 'What it was computed from is not what the record names', maker),
  BAD_SIGNATURE: told(
    '签名和内容对不上，可能被改过',
    'Signature and content do not fit; it may have been changed',
    maker,
  ),
  BAD_RECORD: told('平台读不懂这条记录', 'The province cannot read this record', maker),
  CHAIN_BROKEN: told('和前一条接不上', 'It does not follow the record before it', maker),
  GAP: told('前面缺了记录，补上以后再收', 'Records before it are missing; it is taken once they come', {
    zh: '本机会自动再送，不用做什么',
    en: 'This machine sends again by itself; nothing to do',
  }),
  POLICY_UNKNOWN: told(
    '平台没有这笔用的补贴规则',
    'The province does not know the rules that it was priced by',
    bureau,
  ),
  COPIED_DISK: told('同一位置上已有另一条记录', 'Another record is at this place already', anew),
  CAP_EXCEEDED: told('超出了可用的次数或金额', 'More was used than there was', bureau),
  ALREADY_VOID: told('这笔已经撤销或退过', 'It was voided or refunded before', slips),
  UNKNOWN_RECORD: told('平台没有它说的那一笔', 'The province does not hold the record that it is about', slips),
  AMOUNTS_DIFFER: told('各项金额加起来对不上', 'Its amounts do not add up', maker),
  PRICE_UNKNOWN: told('价格不在菜单上', 'Its price is not on the menu', {
    zh: '站长核对菜单和价格，告诉主管部门',
    en: 'The station lead checks menu and prices, and tells the bureau',
  }),
  IDENTITY_DOUBTFUL: told('是谁用餐，证明不够', 'Who was served is not shown well enough', slips),
  ASSURANCE_LOW: told('身份核对得不够', 'The person was checked less than this asks for', slips),
  RIGHT_NOT_HELD: told('本机当时没有这份额度', 'This till did not hold the right at that time', bureau),
  DATE_DOUBTFUL: told('日期有疑问', 'Its date is doubtful', {
    zh: '站长看看本机日期对不对，不对就校时',
    en: 'The station lead looks at the date of this machine, and sets a wrong one',
  }),
  CARD_TAKEN: told('这张卡已经是别人的', 'This card is somebody else’s already', {
    zh: '站长核对是谁的卡，换一张再绑',
    en: 'The station lead finds out whose card it is, and binds another',
  }),
  NOT_APPROVED: told('补录没有第二个人确认', 'A late entry without a second person', bureau),
  CLAIM_PAID: told('这笔的补差已经付过', 'Its difference was paid back already', slips),
  PROXY_UNKNOWN: told('平台没有这位代办人', 'The province does not know who came for them', {
    zh: '站长重新登记代办人',
    en: 'The station lead registers the person who comes for them again',
  }),
  PROXY_OVER: told('代办人那时已到期', 'The time of the person who came for them was over', {
    zh: '站长和老人商量，要的话重新登记代办人',
    en: 'The station lead asks the senior, and registers them again if wanted',
  }),
  PAYMENT_TOLD: told('这笔手机支付的结果已经有过说法', 'What came of this phone payment was told before', slips),
  GUEST_ACCOUNT: told('访客的这笔付在了社保卡账户上', 'A guest’s meal was paid from somebody’s card account', slips),
  BROUGHT_LATE: told(
    '由人从停用终端的文件补交',
    'It was brought by hand in the file of a terminal out of service',
    bureau,
  ),
  ID_TAKEN: told('另一笔已经用了同一个编号', 'Another record has the same number already', maker),
  VISIT_DOUBTFUL: told('这次服务的时间或人员有疑问', 'Time or carer of this visit is doubtful', slips),
  CARER_DAY_FULL: told(
    '护理员这一天的服务时间超过了上限，当时没有站长在岗',
    'The carer gave more on that day than the limit, with no station lead on duty',
    slips,
  ),
}

const other = told('平台要人看一下', 'The province wants somebody to look at it', bureau)

/** Why the province wants a record looked at, and who does what. @param code null where it gave no reason */
export function doubtWords(code: VerdictCode | null, language: Language): DoubtWords {
  return (code === null ? other : doubts[code])[language]
}
