import { weekdayOf } from '../../business-day.ts'
import type { PolicyPack } from '../language.ts'
import { error, type Finding, type Path, warning } from './finding.ts'
import { conditionsOf } from './scene.ts'

/** Entries of the calendar that contradict each other or change nothing, and rules on working days that it does not serve. */
export function calendarFindings(pack: PolicyPack): Finding[] {
  return [...entries(pack), ...outside(pack), ...coverage(pack), ...weekendWork(pack)]
}

function entries({ calendar }: PolicyPack): Finding[] {
  if (calendar === undefined) return []
  const { holidays, makeUpDays } = calendar
  const twice = (list: 'holidays' | 'makeUpDays') =>
    calendar[list].flatMap((date, index, all) =>
      all.indexOf(date) === index
        ? []
        : [
            warning(
              'calendar-repeated',
              ['calendar', list, index],
              `${date} 写了两次，请删去一个`,
              `${date} stands here twice; remove one`,
            ),
          ],
    )
  return [
    ...twice('holidays'),
    ...twice('makeUpDays'),
    ...makeUpDays.flatMap((date, index) => {
      const path: Path = ['calendar', 'makeUpDays', index]
      if (holidays.includes(date))
        return [
          error(
            'calendar-both',
            path,
            `${date} 既是放假又是调休上班，请核对放假通知，只留一处`,
            `${date} is both a holiday and a make-up day; keep one`,
          ),
        ]
      if (weekdayOf(date) > 5) return []
      return [
        warning(
          'make-up-on-weekday',
          path,
          `${date} 不是周末，本来就上班，不必列入调休，请核对日期`,
          `${date} is no weekend day and is worked anyway; check the date`,
        ),
      ]
    }),
  ]
}

/** Days of a year in which no version is in force: most often a slip in the year, and the day that was meant is missing. */
function outside({ calendar, versions }: PolicyPack): Finding[] {
  const [first, last] = [
    versions.map(({ from }) => from.slice(0, 4)).sort()[0] ?? '',
    versions
      .map(({ to }) => to?.slice(0, 4) ?? '9999')
      .sort()
      .at(-1) ?? '',
  ]
  return (['holidays', 'makeUpDays'] as const).flatMap(list =>
    (calendar?.[list] ?? []).flatMap((date, index) => {
      const year = date.slice(0, 4)
      if (year >= first && year <= last) return []
      return [
        warning(
          'calendar-outside',
          ['calendar', list, index],
          `${date} 这一年没有任何版本有效，请核对年份`,
          `no version is in force in the year of ${date}; check the year`,
        ),
      ]
    }),
  )
}

function coverage(pack: PolicyPack): Finding[] {
  const asking = conditionsOf(pack).filter(({ condition }) => condition.workingDay !== undefined)
  const { calendar } = pack
  if (calendar === undefined || calendar.holidays.length === 0)
    return asking
      .slice(0, 1)
      .map(({ path }) =>
        warning(
          'working-day-without-calendar',
          [...path, 'workingDay'],
          '用到了工作日，但没有放假日历（calendar.holidays），法定节假日会当作工作日。请补上放假和调休日期',
          'asks for working days, but there is no calendar (calendar.holidays): public holidays would count as worked. Add the holidays and make-up days',
        ),
      )
  const years = new Set(calendar.holidays.map(date => Number(date.slice(0, 4))))
  const latest = Math.max(...years, ...calendar.makeUpDays.map(date => Number(date.slice(0, 4))))
  return pack.versions.flatMap(({ from, to }, index) => {
    if (!asking.some(({ path }) => path[0] === 'versions' && path[1] === index)) return []
    const first = Number(from.slice(0, 4))
    // What comes after the calendar's last year is announced later; a version that begins after it has none at all.
    const last = Math.max(first, Math.min(Number((to ?? '9999').slice(0, 4)), latest))
    const missing = Array.from({ length: last - first + 1 }, (_, year) => first + year).filter(year => !years.has(year))
    if (missing.length === 0) return []
    return [
      warning(
        'calendar-years',
        ['calendar', 'holidays'],
        `第 ${index + 1} 个版本用到工作日，但日历里没有 ${missing.join('、')} 年的放假日期，请补上`,
        `version ${index + 1} asks for working days, but the calendar has no holiday of ${missing.join(', ')}; add them`,
      ),
    ]
  })
}

function weekendWork(pack: PolicyPack): Finding[] {
  return conditionsOf(pack).flatMap(({ condition: { weekday, workingDay }, path }) => {
    if (workingDay !== true || weekday === undefined || weekday.some(day => day <= 5)) return []
    const worked = pack.calendar?.makeUpDays.some(date => weekday.includes(weekdayOf(date)))
    if (worked !== true) return []
    return [
      warning(
        'weekend-working-day',
        path,
        '既要周末又要工作日：只有调休上班的周末才符合，请核对',
        'asks for a weekend day that is a working day: only make-up days fit; check this',
      ),
    ]
  })
}
