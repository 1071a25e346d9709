import type { FeedName } from '../../shared/province-api.ts'
import type { TerminalView } from '../../shared/terminal-api.ts'
import type { Language } from './dates.ts'

const feeds: Readonly<Record<FeedName, Readonly<Record<Language, string>>>> = {
  site: { zh: '站点资料', en: 'Site' },
  roster: { zh: '老人名单', en: 'Roster' },
  'province-keys': { zh: '平台密钥', en: 'Keys of the province' },
  policies: { zh: '补贴规则', en: 'Subsidy rules' },
  'code-keys': { zh: '码的签发名单', en: 'Code issuers' },
  revocations: { zh: '挂失停用', en: 'Revocations' },
  leases: { zh: '额度', en: 'Leases' },
  tills: { zh: '本站终端', en: 'Tills of the site' },
  orders: { zh: '服务订单', en: 'Orders' },
  rounds: { zh: '送餐单', en: 'Delivery rounds' },
}

/** What of a feed could not be read: which and how many, by which ids, and the member that was unknown. */
export function unreadWords({ feed, count, ids, why }: TerminalView['feedsUnread'][number], language: Language) {
  const name = feeds[feed][language]
  return language === 'zh'
    ? { what: `${name} ${count} 条`, ids: ids.length > 0 ? `编号 ${ids.join('、')}` : null, why: `原因 ${why}` }
    : { what: `${name}: ${count}`, ids: ids.length > 0 ? `No. ${ids.join(', ')}` : null, why: `Reason: ${why}` }
}
