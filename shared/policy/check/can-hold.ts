import { type Known, learn, nothingKnown, type World } from './facts-known.ts'
import type { Formula, Literal } from './formula.ts'

/** Whether there can be a person and a visit of which all this is true; where not, the facts that contradict each other. */
export type Possibility = { readonly possible: true } | { readonly possible: false; readonly clash: readonly string[] }

/** Attempts after which a question counts as possible: no rule is called dead because it is long. */
const attemptsAtMost = 5_000

/** Tries every way in which the formulas could hold together; exact but for relations between facts that the language does not state. */
export function canHold(formulas: readonly Formula[], world: World): Possibility {
  const clash = new Set<string>()
  const budget = { attempts: attemptsAtMost }
  return search(nothingKnown, formulas, world, clash, budget)
    ? { possible: true }
    : { possible: false, clash: [...clash] }
}

function search(
  start: Known,
  formulas: readonly Formula[],
  world: World,
  clash: Set<string>,
  budget: { attempts: number },
): boolean {
  budget.attempts -= 1
  if (budget.attempts < 0) return true
  let known = start
  let choices: (readonly Formula[])[] = []
  const open = [...formulas]
  for (;;) {
    for (let formula = open.pop(); formula !== undefined; formula = open.pop()) {
      if (!isLiteral(formula)) {
        if (formula.kind === 'all') open.push(...formula.parts)
        else choices.push(formula.parts)
        continue
      }
      const learnt = learn(known, formula, world)
      if ('clash' in learnt) {
        for (const fact of learnt.clash) clash.add(fact)
        return false
      }
      known = learnt.known
    }
    const left = choices.map(parts => parts.filter(part => isOpen(part, known, world, clash)))
    if (left.some(parts => parts.length === 0)) return false
    open.push(...left.flatMap(parts => (parts.length === 1 ? parts : [])))
    choices = left.filter(parts => parts.length > 1)
    if (open.length === 0) break
  }
  const [choice, ...others] = choices.toSorted((one, other) => one.length - other.length)
  if (choice === undefined) return true
  const rest = others.map((parts): Formula => ({ kind: 'any', parts }))
  return choice.some(part => search(known, [part, ...rest], world, clash, budget))
}

function isOpen(formula: Formula, known: Known, world: World, clash: Set<string>): boolean {
  if (!isLiteral(formula)) return true
  const learnt = learn(known, formula, world)
  if ('known' in learnt) return true
  for (const fact of learnt.clash) clash.add(fact)
  return false
}

function isLiteral(formula: Formula): formula is Literal {
  return formula.kind !== 'all' && formula.kind !== 'any'
}
