import { addDays, type BusinessDate, businessDate } from '../business-day.ts'
import type { PolicyVersion } from './language.ts'

/** How a version counts ages; what it leaves out is the birthday itself, and 1 March for those born on 29 February. */
export type AgeRules = Pick<PolicyVersion, 'ageRule' | 'leapDayBirthday'>

/** First date on which a person counts as `years` old under a version's rule. */
export function countsAsAgedFrom(birthDate: BusinessDate, years: number, rules: AgeRules): BusinessDate {
  const year = String(Number(birthDate.slice(0, 4)) + years)
  const birthday = birthdayIn(year, birthDate, rules.leapDayBirthday ?? '03-01')
  switch (rules.ageRule ?? 'birthday') {
    case 'birthday':
      return birthday
    case 'day-before':
      return addDays(birthday, -1)
    case 'day-after':
      return addDays(birthday, 1)
    case 'month':
      return firstOfMonth(birthday)
    case 'next-month':
      return firstOfMonth(addDays(firstOfMonth(birthday), 31))
    case 'year':
      return businessDate.parse(`${year}-01-01`)
  }
}

function birthdayIn(year: string, birthDate: BusinessDate, leapDayBirthday: string): BusinessDate {
  const day = businessDate.safeParse(`${year}${birthDate.slice(4)}`)
  return day.success ? day.data : businessDate.parse(`${year}-${leapDayBirthday}`)
}

function firstOfMonth(date: BusinessDate): BusinessDate {
  return businessDate.parse(`${date.slice(0, 7)}-01`)
}
