import { describe, expect, it } from 'vitest'
import { type OpenCheckIn, openCheckIn } from '../../../electron/core/check-in-state.ts'
import { canPayBy, withOwnTender } from '../../../electron/core/guest-tender.ts'

function came(change: Partial<OpenCheckIn>): OpenCheckIn {
  return openCheckIn.parse({
    ...{ id: '01a1f5ee-4e70-7eec-ad4d-8532449f6db2', at: 0, who: 'guest', senior: null, means: null, assurance: null },
    ...{ codeKind: null, credentialKey: null, tail: null, device: null, set: 'A', tender: 'account', held: false },
    ...change,
  })
}
const paidBy = ({ tender, first }: OpenCheckIn) => ({ tender, first })
const cash = { tender: 'cash', first: null }

describe('a check-in that begins or is taken up', () => {
  it('of a guest on a card account becomes one in cash, whole or in parts', () => {
    expect(paidBy(withOwnTender(came({})))).toEqual(cash)
    expect(paidBy(withOwnTender(came({ first: { kind: 'outside', fen: 500 } })))).toEqual(cash)
    expect(paidBy(withOwnTender(came({ tender: 'outside', first: { kind: 'account', fen: 500 } })))).toEqual(cash)
  })

  it.each([
    { who: 'guest', tender: 'outside', first: { kind: 'cash', fen: 500 } },
    { who: 'senior', tender: 'account' },
    { who: 'stranger', tender: 'account' },
  ] as const)('of a $who by $tender stays as it is', change => {
    const open = came(change)
    expect(withOwnTender(open)).toEqual(open)
  })
})

it('a guest pays by anything but an account', () => {
  const kinds = ['account', 'cash', 'outside', 'agreement'] as const
  expect(kinds.filter(kind => canPayBy('guest', kind))).toEqual(['cash', 'outside', 'agreement'])
})
