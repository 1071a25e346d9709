import type { ReactNode } from 'react'
import { classes } from '../../design/classes.ts'
import { Cap, Key } from '../../design/Key.tsx'
import { dateAfter, weekdayText } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { offeredDays } from '../../state/late-actions.ts'
import late from './late.module.css'

/** A row of choices with its name, and the key that goes through them. */
export function Row({
  name,
  cap,
  children,
  many = false,
}: {
  name: string
  cap?: string
  children: ReactNode
  many?: boolean
}) {
  return (
    <div className={late.row}>
      <p className={late.name}>
        {name} {cap !== undefined && <Cap>{cap}</Cap>}
      </p>
      <div className={classes(late.options, many && late.many)}>{children}</div>
    </div>
  )
}

/** One of them. */
export function Option(props: {
  chosen: boolean
  onPress: () => void
  children: ReactNode
  cap?: string
  disabled?: boolean
}) {
  const { chosen, ...rest } = props
  return <Key {...rest} pressed={chosen} tone={chosen ? 'primary' : 'plain'} className={late.option} />
}

/** The last days, one of which it was. */
export function Days(props: { servedOn: string; today: string; onChoose: (day: string) => void }) {
  const { servedOn, today, onChoose } = props
  const { language } = useSpeech()
  const days = Array.from({ length: offeredDays + 1 }, (_, ago) => dateAfter(today, ago - offeredDays))
  return days.map(day => (
    <Option key={day} chosen={day === servedOn} onPress={() => onChoose(day)}>
      <span className={late.day}>
        <span>{weekdayText(day, language).slice(0, 3)}</span>
        <small>{day.slice(8)}</small>
      </span>
    </Option>
  ))
}
