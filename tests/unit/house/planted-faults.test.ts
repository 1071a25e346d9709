import { expect, test } from 'vitest'
import { checksTakenAway, mutantFor } from '../../support/code-check-mutants.ts'
import { leaseFaults } from '../../support/lease-faults.ts'
import { serviceFaults } from '../../support/service-faults.ts'

/* The long tests plant these faults; code that has moved on must not leave one of them pointing nowhere until then. */

test.each([...leaseFaults, ...serviceFaults, ...checksTakenAway])(
  'a planted fault still has its place in the code: $check',
  fault => {
    expect(mutantFor(fault).to).toBe(fault.to)
  },
)
