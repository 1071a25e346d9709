import { z } from 'zod'
import { counted } from './counted.ts'
import { dayProblems } from './problems/day.ts'
import { devicesProblems } from './problems/devices.ts'
import { facesProblems } from './problems/faces.ts'
import { meansProblems } from './problems/means.ts'
import { priceProblems } from './problems/price.ts'
import { provinceProblems } from './problems/province.ts'
import { roundProblems } from './problems/round.ts'
import { saleProblems } from './problems/sale.ts'
import { settingsProblems } from './problems/settings.ts'
import { statementProblems } from './problems/statement.ts'
import { storageProblems } from './problems/storage.ts'
import { visitProblems } from './problems/visit.ts'

/**
 * Every outcome that is not the ordinary one, in plain words. Used by the screens, the log and the exit text of commands.
 * The wording never names a person's category, and never says refused, failed or invalid.
 */
export const problems = {
  ...priceProblems,
  ...meansProblems,
  ...facesProblems,
  ...saleProblems,
  ...dayProblems,
  ...settingsProblems,
  ...devicesProblems,
  ...statementProblems,
  ...storageProblems,
  ...provinceProblems,
  ...visitProblems,
  ...roundProblems,
} as const

export type ProblemCode = keyof typeof problems

const codes = Object.keys(problems)

function isProblemCode(value: string): value is ProblemCode {
  return codes.includes(value)
}

export const problemCode = z.custom<ProblemCode>(
  value => typeof value === 'string' && isProblemCode(value),
  'unknown problem code',
)

/** A problem's words in one language with its values filled in. */
export function sayProblem(
  code: ProblemCode,
  values: Readonly<Record<string, string | number>>,
  language: 'zh' | 'en',
  part: 'staff' | 'next' = 'staff',
): string {
  return fill(problems[code][part][language], values)
}

/** Puts values into the `{name}` places of a text, and into `{count:meal|meals}` the number with the word for one or for many; a place without a value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)(?::([^|}]+)\|([^|}]+))?\}/g, (place, name: string, one?: string, many?: string) => {
    const value = values[name]
    if (value === undefined) return place
    return one === undefined || many === undefined ? String(value) : counted(value, one, many)
  })
}
