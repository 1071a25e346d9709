import { expect, test } from 'vitest'
import { thingsToLookAt } from '../../../renderer/screens/sync/to-look-at.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import { noon, terminalView } from '../../e2e/screens/fixtures.ts'

const notice = (code: ProblemCode) => ({ code, values: {} })

test('a refused pack is one thing to look at, though the notices tell it too', () => {
  const pack = { id: 'DEMO', detail: 'signature', at: noon }
  const notices = [{ code: 'POLICY_BAD' as const, values: { detail: 'DEMO: signature' } }]
  expect(thingsToLookAt(terminalView({ notices, policiesRefused: [pack] }))).toEqual([{ kind: 'pack', pack }])
})

test('a forked chain, a terminal that is struck off or not enrolled any more, and refused records are to be looked at', () => {
  const notices = [
    notice('TERMINAL_STRUCK_OFF'),
    notice('ENROLMENT_GONE'),
    notice('CHAIN_FORKED'),
    notice('RECORD_REFUSED'),
  ]
  expect(thingsToLookAt(terminalView({ notices })).map(thing => thing.kind === 'notice' && thing.notice.code)).toEqual([
    'TERMINAL_STRUCK_OFF',
    'ENROLMENT_GONE',
    'CHAIN_FORKED',
    'RECORD_REFUSED',
  ])
})

test('records that the province misses, or had to be given again, are to be looked at', () => {
  const notices = [notice('RECORDS_MISSED'), notice('RECORDS_GIVEN_AGAIN')]
  expect(thingsToLookAt(terminalView({ notices }))).toHaveLength(2)
})

test('being offline is normal, and a missing device stands elsewhere', () => {
  const notices = [notice('PROVINCE_UNREACHABLE'), notice('NO_CAMERA'), notice('PCSC_ABSENT')]
  expect(thingsToLookAt(terminalView({ notices }))).toEqual([])
})
