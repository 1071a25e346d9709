import { clockText, dateText, type Language } from '../../shared/dates.ts'

export {
  clockText,
  dateAfter,
  dateSeenFrom,
  dateText,
  fullDate,
  type Language,
  longDate,
  secondsText,
  shortDate,
  weekdayDate,
  weekdayText,
} from '../../shared/dates.ts'

/** The language that the page's address asks for (`?lang=en`), else Chinese. */
export function languageOf(search: string): Language {
  return new URLSearchParams(search).get('lang') === 'en' ? 'en' : 'zh'
}

/** Whole minutes until an instant, at least 0; a begun minute counts. */
export function minutesUntil(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 60_000))
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago something was: `刚刚`, `12 分钟`, `3 小时`, `2 天`. */
export function ageText(at: number, now: number, language: Language): string {
  const age = Math.max(0, now - at)
  const counted = (unit: number, zh: string, en: string) => {
    const count = Math.floor(age / unit)
    return language === 'zh' ? `${count} ${zh}` : `${count} ${en}`
  }
  if (age < MINUTE) return language === 'zh' ? '刚刚' : 'just now'
  if (age < HOUR) return counted(MINUTE, '分钟', 'min')
  if (age < 2 * DAY) return counted(HOUR, '小时', 'h')
  return counted(DAY, '天', 'days')
}

/** When the roster came: `今早 6:10`, `今天 14:05`, `昨天`, `3 天前`. */
export function rosterAge(at: number, now: number, language: Language): string {
  const days = Math.round((Date.parse(dateText(now)) - Date.parse(dateText(at))) / DAY)
  const clock = clockText(at).replace(/^0/, '')
  if (days <= 0) {
    const early = Number(clockText(at).slice(0, 2)) < 9
    return language === 'zh' ? `${early ? '今早' : '今天'} ${clock}` : `today ${clock}`
  }
  if (language === 'zh') return days === 1 ? '昨天' : `${days} 天前`
  return days === 1 ? 'yesterday' : `${days} days ago`
}
