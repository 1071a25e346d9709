import { describe, expect, test } from 'vitest'
import { changedVersions, leavesTodayWithout } from '../../../shared/policy/changed-versions.ts'
import { date, packJson, soundPack, subsidyStep } from '../../support/policy-kit.ts'

const today = date('2026-11-20')
const [rules] = packJson([subsidyStep('city', 300)]).versions
const [others] = packJson([subsidyStep('city', 400)]).versions
const packOf = (...versions: object[]) => soundPack({ ...packJson([subsidyStep('city', 300)]), versions })
const held = packOf(
  { ...rules, id: 'past', from: '2020-01-01', to: '2025-12-31' },
  { ...rules, id: 'now', from: '2026-01-01' },
)
const past = { ...rules, id: 'past', from: '2020-01-01', to: '2025-12-31' }
const now = { ...rules, id: 'now', from: '2026-01-01' }

describe('versions that have begun', () => {
  test.each([
    ['stay as they are', [past, now], []],
    ['are ended today, yesterday or later', [past, { ...now, to: '2026-11-19' }], []],
    ['are not ended in the past', [past, { ...now, to: '2026-11-18' }], ['now']],
    ['are not left out', [now], ['past']],
    ['are not changed in their rules', [past, { ...others, id: 'now', from: '2026-01-01' }], ['now']],
    ['do not begin on another day', [past, { ...now, from: '2026-02-01' }], ['now']],
    ['that are over are not opened again', [{ ...past, to: '2025-12-30' }, now], ['past']],
  ])('%s', (_, versions, changed) => {
    expect(changedVersions(held, packOf(...versions), today)).toEqual(changed)
  })
})

test('versions that begin later may be changed and left out', () => {
  const later = { ...others, id: 'later', from: '2026-11-21' }
  const planned = packOf(past, { ...now, to: '2026-11-20' }, later)
  expect(changedVersions(planned, held, today)).toEqual([])
})

test('a successor leaves today without rules where it has none for it and does not name the version of today', () => {
  const later = { ...rules, id: 'later', from: '2026-11-21' }
  expect(leavesTodayWithout(held, packOf(later), today)).toBe(true)
  expect(leavesTodayWithout(held, packOf({ ...now, to: '2026-11-19' }, later), today)).toBe(false)
  expect(leavesTodayWithout(held, packOf({ ...rules, id: 'other', from: '2026-01-01' }), today)).toBe(false)
  expect(leavesTodayWithout(packOf(later), packOf(later), today)).toBe(false)
})
