import { expect, it } from 'vitest'
import { sayProblem } from '../../../shared/problems.ts'

it.each([
  [1, '1 revocation cannot be read; nobody knows whose'],
  [2, '2 revocations cannot be read; nobody knows whose'],
])('the English words of a problem say %i as one says it', (count, said) => {
  expect(sayProblem('REVOCATION_UNREAD', { count }, 'en')).toBe(said)
})
