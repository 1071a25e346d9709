import type { CloseView } from '../../../shared/close-api.ts'
import { sheetMeals } from '../../../shared/day-close/sheet-words.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText, weekdayDate } from '../../i18n/dates.ts'
import { reportYuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { closeDay, leaveClose, saveToStick, show, toggleSlip } from '../../state/close-actions.ts'
import { useClose } from '../../state/close-store.ts'
import { DayMoney, FourFigures, Persons, RecordsCard, WhoPays } from './DayCards.tsx'
import styles from './day.module.css'
import { Blocked, Frame } from './Frame.tsx'
import { MealTable } from './MealTable.tsx'
import { barsOf } from './merge-quarters.ts'
import { Legend, QuarterChart, QuarterTable } from './QuarterChart.tsx'
import { SlipPreview } from './SlipPreview.tsx'

const shownThings = ['chart', 'table', 'persons'] as const

/** The day: four figures, who came when, who pays how much, and whether money and ledger fit. */
export function DayStep({ closing }: { closing: Extract<CloseView, { step: 'day' }> }) {
  const { words, say, language } = useSpeech()
  const { shows, slip, stick, busy } = useClose()
  const { day, blocked } = closing
  const { figures, closed } = day
  const lead = [
    weekdayDate(day.date, language),
    figures.meals
      .flatMap(({ meal, people }) => (meal && people > 0 ? [say(sheetMeals[meal])] : []))
      .join(language === 'zh' ? '、' : ', '),
    [...new Set(day.shifts.map(({ operatorName }) => operatorName))].join('、'),
  ].filter(text => text !== '')
  const told = stick ? (
    <p className={styles.stick} role="status" data-stick>
      <Icon name="stick" />
      {stick.file === null ? words.stickWait : words.stickSaved(stick.file)}
    </p>
  ) : (
    blocked && <Blocked notice={blocked} />
  )
  return (
    <Frame
      step="day"
      title={words.dayTitle}
      lead={told ?? lead.join(' · ')}
      keys={
        <>
          <Key onPress={leaveClose} cap="Esc">
            {words.back}
          </Key>
          <Key onPress={() => void toggleSlip()} cap="P" pressed={slip !== null}>
            <Icon name="paper" />
            {words.dayPrint}
          </Key>
          <Key onPress={() => void saveToStick()} cap="U" disabled={busy}>
            <Icon name="stick" />
            {words.dayStick}
          </Key>
          {closed ? (
            <p className={styles.closed} data-day-closed>
              <Icon name="check" size={28} />
              {words.dayClosedBy(closed.operatorName, clockText(closed.at))}
            </p>
          ) : (
            <Key onPress={closeDay} tone="primary" cap="F12" disabled={busy || blocked !== null}>
              <Icon name="check" size={28} />
              {words.dayClose}
            </Key>
          )}
        </>
      }
    >
      <div className={styles.day}>
        <FourFigures figures={figures} />
        <div className={styles.lower}>
          <section className={classes(styles.card, styles.people)}>
            <div className={styles.head}>
              <h2>
                {shows === 'chart' && words.dayChart(barsOf(day.quarters).minutes)}
                {shows === 'table' && words.dayMeals}
                {shows === 'persons' && words.dayPersons}
              </h2>
              {shows === 'chart' && <Legend />}
            </div>
            <div className={styles.shown}>
              {shows === 'chart' && <QuarterChart quarters={day.quarters} />}
              {shows === 'table' && (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
                <div className={styles.tables} tabIndex={0}>
                  <MealTable day={day} />
                  <QuarterTable quarters={day.quarters} />
                </div>
              )}
              {shows === 'persons' && <Persons day={day} />}
              <div className={styles.switch}>
                {shownThings.map((thing, place) => (
                  <Key
                    key={thing}
                    onPress={() => show(thing)}
                    pressed={shows === thing}
                    cap={String(place + 1)}
                    className={classes(styles.little, shows === thing && styles.chosen)}
                  >
                    {words.dayChartKeys[thing]}
                  </Key>
                ))}
              </div>
            </div>
            {figures.late.count !== 0 && (
              <p className={styles.late}>{words.dayLate(figures.late.count, reportYuan(figures.late.ownPayFen))}</p>
            )}
          </section>
          <WhoPays day={day} />
          <DayMoney day={day} />
          <RecordsCard day={day} />
        </div>
        {slip && <SlipPreview slip={slip} />}
      </div>
    </Frame>
  )
}
