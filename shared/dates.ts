const zone = 'Asia/Shanghai'
const clockFormat = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
const dayFormat = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The two languages of the product. */
export type Language = 'zh' | 'en'

const weekdays = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const
const months = 'January February March April May June July August September October November December'.split(' ')

/** Shanghai wall time of an instant, `11:42`. */
export function clockText(at: number): string {
  return clockFormat.format(at)
}

/** The same to the second, `11:42:07`: it tells rows of one minute apart. */
export function secondsText(at: number): string {
  return `${clockText(at)}:${String(Math.floor(at / 1000) % 60).padStart(2, '0')}`
}

/** Shanghai calendar date of an instant, `YYYY-MM-DD`. */
export function dateText(at: number): string {
  return dayFormat.format(at)
}

function parts(date: string): { year: number; month: number; day: number; weekday: number } {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() }
}

/** `2026 年 11 月 21 日，周六` · `Saturday, 21 November 2026`. */
export function longDate(date: string, language: Language): string {
  const { year, month, day, weekday } = parts(date)
  return language === 'zh'
    ? `${year} 年 ${month} 月 ${day} 日，${weekdays.zh[weekday]}`
    : `${weekdays.en[weekday]}, ${day} ${months[month - 1]} ${year}`
}

/** `11 月 21 日` · `21 November`. */
export function shortDate(date: string, language: Language): string {
  const { month, day } = parts(date)
  return language === 'zh' ? `${month} 月 ${day} 日` : `${day} ${months[month - 1]}`
}

/** `11 月 21 日 周六` · `Saturday, 21 November`. */
export function weekdayDate(date: string, language: Language): string {
  const [day, weekday] = [shortDate(date, language), weekdays[language][parts(date).weekday]]
  return language === 'zh' ? `${day} ${weekday}` : `${weekday}, ${day}`
}

/** `2026 年 11 月 21 日` · `21 November 2026`. */
export function fullDate(date: string, language: Language): string {
  const { year, month, day } = parts(date)
  return language === 'zh' ? `${year} 年 ${month} 月 ${day} 日` : `${day} ${months[month - 1]} ${year}`
}

/** A date as short as it can be said on a day: without the year where it is the same. */
export function dateSeenFrom(date: string, today: string, language: Language): string {
  return date.slice(0, 4) === today.slice(0, 4) ? shortDate(date, language) : fullDate(date, language)
}

export function weekdayText(date: string, language: Language): string {
  return weekdays[language][parts(date).weekday] ?? ''
}

/** The date so many days after another one, or before it. */
export function dateAfter(date: string, days: number): string {
  const { year, month, day } = parts(date)
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10)
}
