import type { DayView } from '../close-api.ts'
import type { Bilingual } from '../site.ts'
import type { MealFigures } from './figures.ts'
import { sheetMeals, sheetWords } from './sheet-words.ts'

/** What a meal period is called; null: home services. */
export function mealTitle(meal: MealFigures['meal']): Bilingual {
  return meal === null ? sheetWords.services : sheetMeals[meal]
}

/** One that paid for the meals of a period: `id` is the fund, or `discount` or `own`. */
export interface MealLine {
  readonly id: string
  readonly title: Bilingual
  /** Meals that a fund paid for; null for what is no fund. */
  readonly count: number | null
  readonly fen: number
}

/** Who paid how much (fen) of the meals of one period; the list price is their sum. The screen, the slip and the table have these lines. */
export function mealLines(meal: MealFigures, funds: DayView['funds']): MealLine[] {
  return [
    { id: 'discount', title: sheetWords.discount, count: null, fen: meal.discountFen },
    ...meal.subsidies.map(({ fund, count, fen }) => ({
      ...{ id: fund, title: funds[fund] ?? { zh: fund, en: fund }, count, fen },
    })),
    { id: 'own', title: sheetWords.own, count: null, fen: meal.ownPayFen },
  ]
}
