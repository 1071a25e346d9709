import { beforeAll, expect, test } from 'vitest'
import { mutantFor } from '../support/code-check-mutants.ts'
import { leaseFaults } from '../support/lease-faults.ts'
import { type Trial, tryMutants } from '../support/mutant-trial.ts'

/* Faults are planted in what holds a cap across sites, one at a time, and the tests of leases must notice. */

let trials: Trial[] = []

beforeAll(async () => {
  trials = await tryMutants(leaseFaults.map(mutantFor), 2)
  const left = trials.filter(({ caughtBy }) => caughtBy === null)
  console.log(`leases: ${trials.length} faults planted, ${trials.length - left.length} noticed`)
}, 3_600_000)

test.each(leaseFaults.map(({ check }) => check))('%s', check => {
  expect(trials.find(({ mutant }) => mutant.operator === check)?.caughtBy).toMatch(/\.test\.ts: /)
})
