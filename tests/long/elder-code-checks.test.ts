import { beforeAll, expect, test } from 'vitest'
import { checksTakenAway, mutantFor } from '../support/code-check-mutants.ts'
import { type Trial, tryMutants } from '../support/mutant-trial.ts'

/* Each check of an elder code is taken away, one at a time, and the tests of elder codes must notice. */

let trials: Trial[] = []

beforeAll(async () => {
  trials = await tryMutants(checksTakenAway.map(mutantFor), 2)
  const left = trials.filter(({ caughtBy }) => caughtBy === null)
  console.log(`elder code: ${trials.length} checks taken away, ${trials.length - left.length} noticed`)
}, 3_600_000)

test.each(checksTakenAway.map(({ check }) => check))('%s', check => {
  expect(trials.find(({ mutant }) => mutant.operator === check)?.caughtBy).toMatch(/\.test\.ts: /)
})
