import { expect, test } from 'vitest'
import { meant } from '../../support/seeded-faults/meant.ts'
import { faultsOf } from '../../support/seeded-faults/told.ts'
import { edited, soundBase } from '../../support/sound-pack.ts'

test.each(meant)('what a clerk may well mean raises no finding: %s', (_name, edits) => {
  expect(faultsOf(edited(soundBase, edits))).toEqual([])
})
