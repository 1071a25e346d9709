import type { DayView } from '../../../shared/close-api.ts'
import { mealLines, mealTitle } from '../../../shared/day-close/meal-lines.ts'
import { reportYuan } from '../../i18n/money.ts'
import { countText } from '../../i18n/spans.ts'
import { useSpeech } from '../../i18n/use-words.ts'

/** Who pays how much at which meal; each column adds up to the list price of its meal. */
export function MealTable({ day }: { day: DayView }) {
  const { words, say } = useSpeech()
  const { meals } = day.figures
  if (meals.length === 0) return null
  const columns = meals.map(meal => new Map(mealLines(meal, day.funds).map(line => [line.id, line])))
  const funds = [...new Set(meals.flatMap(({ subsidies }) => subsidies.map(({ fund }) => fund)))].sort()
  const rows = ['discount', ...funds, 'own'].flatMap(id => {
    const line = columns.map(column => column.get(id)).find(found => found !== undefined)
    return line ? [line] : []
  })
  return (
    <table data-meals>
      <thead>
        <tr>
          <th>{words.daySource}</th>
          {meals.map(({ meal }) => (
            <th key={meal}>{say(mealTitle(meal))}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>{words.dayTimes}</td>
          {meals.map(({ meal, people }) => (
            <td key={meal}>{countText(people)}</td>
          ))}
        </tr>
        {rows.map(({ id, title }) => (
          <tr key={id}>
            <td>{say(title)}</td>
            {columns.map((column, place) => (
              <td key={meals[place]?.meal}>{reportYuan(column.get(id)?.fen ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>{words.dayList}</td>
          {meals.map(({ meal, listFen }) => (
            <td key={meal}>{reportYuan(listFen)}</td>
          ))}
        </tr>
      </tfoot>
    </table>
  )
}
