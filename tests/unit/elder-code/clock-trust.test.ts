import { expect, test } from 'vitest'
import { clockIsTrusted, noteClocks } from '../../../electron/core/clock-trust.ts'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { openStore, tempFolder } from '../store/store-kit.ts'

const now = 1_790_000_000_000
const vault = createVault(new Uint8Array(32).fill(7))

/** A terminal whose clock showed `here` when the province's showed `province`, and who is asked now. */
function trusts(
  clocks: { here: number; province: number } | null,
  change: Partial<Parameters<typeof clockIsTrusted>[0]>,
) {
  const documents = createDocuments(openStore(tempFolder()).db, vault)
  if (clocks) noteClocks(documents, clocks.here, clocks.province)
  return clockIsTrusted({ documents, now, newestRecordAt: null, stale: false, ...change })
}
const agreed = { here: now - 60_000, province: now - 60_000 }

test('a clock that agreed with the province and has gone on since is trusted', () => {
  expect(trusts(agreed, {})).toBe(true)
})

test('a clock is doubted once the last contact is older than the lease class allows', () => {
  expect(trusts(agreed, { stale: true })).toBe(false)
})

test.each([
  ['ahead by 90 s', 90_000, true],
  ['ahead by more', 90_001, false],
  ['behind by 90 s', -90_000, true],
  ['behind by more', -90_001, false],
])('a clock that was %s of the province: trusted %s', (_, off, trusted) => {
  expect(trusts({ here: now - 200_000, province: now - 200_000 - off }, {})).toBe(trusted)
})

test('a clock that went back behind the last contact is doubted', () => {
  const there = { here: now, province: now }
  expect([trusts(there, { now: now - 90_000 }), trusts(there, { now: now - 90_001 })]).toEqual([true, false])
})

test('a clock behind the newest record is doubted', () => {
  expect([trusts(agreed, { newestRecordAt: now + 90_000 }), trusts(agreed, { newestRecordAt: now + 90_001 })]).toEqual([
    true,
    false,
  ])
})
