import { beforeAll, expect, test } from 'vitest'
import { mutantFor } from '../support/code-check-mutants.ts'
import { type Trial, tryMutants } from '../support/mutant-trial.ts'
import { serviceFaults } from '../support/service-faults.ts'

/* Faults are planted in the till and the province as they run, one at a time, and the tests that are named for the file must notice. */

let trials: Trial[] = []

beforeAll(async () => {
  // One after the other: each of the province's tests starts a database of its own.
  trials = await tryMutants(serviceFaults.map(mutantFor), 1)
}, 3_600_000)

test.each(serviceFaults.map(({ check }) => check))('%s', check => {
  expect(trials.find(({ mutant }) => mutant.operator === check)?.caughtBy).toMatch(
    /\.test\.ts: (?!could not be loaded)/,
  )
})
