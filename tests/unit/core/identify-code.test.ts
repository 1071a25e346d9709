import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { identify } from '../../../electron/core/identify/identify.ts'
import { CLOCK_TOLERANCE_SECONDS, REPLAY_MEMORY_SECONDS } from '../../../electron/core/identify/judge-code.ts'
import { createUsedCodes } from '../../../electron/core/store/codes.ts'
import { createRoster } from '../../../electron/core/store/roster.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { demoSites } from '../../../province/demo-people.ts'
import { credential } from '../../../shared/credential.ts'
import type { ElderCodeClaims } from '../../../shared/elder-code.ts'
import { seniorId } from '../../../shared/ids.ts'
import { elderCodeClaims, elderCodeMaker } from '../../support/elder-code-maker.ts'
import { openStore, tempFolder } from '../store/store-kit.ts'

const now = 1_790_000_000
const day = 86_400
const maker = elderCodeMaker()
const senior = elderCodeClaims().seniorId
const another = seniorId.parse('ffeeddccbbaa99887766554433221100')
const [site = null] = demoSites()

/** A till that knows the maker's key and one senior; `at` and `trusted` are its clock. */
function till() {
  const { db } = openStore(tempFolder())
  const vault = createVault(randomBytes(32))
  const roster = createRoster(db, vault)
  roster.apply([{ kind: 'thin', id: senior, cards: [], codesSince: 0 }])
  const clock = { at: now, trusted: true }
  async function show(claims: Partial<ElderCodeClaims> = {}) {
    const text = await maker.mint({ issuedAt: now, ...claims })
    const eventId = '01a200a0-6e2c-7d88-a704-42b635756a98'
    const shown = credential.parse({ means: 'code', eventId, device: 'c', at: 1, code: { source: 'camera', text } })
    return identify(shown, {
      ...{ roster, codes: createUsedCodes(db, vault), codeKeys: { current: () => [maker.key] }, site: () => site },
      now: () => clock.at * 1000,
      clockIsTrusted: () => clock.trusted,
    })
  }
  return { roster, clock, show }
}

type Shown = Awaited<ReturnType<ReturnType<typeof till>['show']>>
const verdict = (shown: Shown) => (shown.ok ? shown.assurance : shown.problem)

test('a fresh code shows that the phone is there; with the clock of the till in doubt it counts as paper does', async () => {
  const { clock, show } = till()
  expect(verdict(await show())).toBe('possessed')
  clock.trusted = false
  expect(verdict(await show())).toBe('presented')
})

test('a paper card that was replaced is not taken any more, the newest is', async () => {
  const { roster, show } = till()
  expect(verdict(await show({ kind: 'paper' }))).toBe('presented')
  roster.apply([{ kind: 'thin', id: senior, cards: [], codesSince: now + 1 }])
  expect(verdict(await show({ kind: 'paper' }))).toBe('CODE_REVOKED')
  expect(verdict(await show({ kind: 'paper', issuedAt: now + 1 }))).toBe('presented')
})

test('codes of either kind from before a revocation, and a serial that was revoked, are not taken', async () => {
  const { roster, show } = till()
  roster.revoke([{ kind: 'paper', serial: '00000000000000aa' }])
  expect(verdict(await show({ kind: 'paper', serial: '00000000000000aa' }))).toBe('CODE_REVOKED')
  expect(verdict(await show())).toBe('possessed')
  roster.revoke([{ kind: 'codes', senior, before: now + 1 }])
  expect(verdict(await show())).toBe('CODE_REVOKED')
})

test('a code is spent only when it is said to be, and then once', async () => {
  const { show } = till()
  const code = { serial: '00000000000000bb', counter: 5 }
  expect(verdict(await show(code))).toBe('possessed')
  const taken = await show(code)
  if (taken.ok) taken.spend()
  expect(verdict(await show(code))).toBe('CODE_REPLAYED')
})

test('a spent code is remembered as long as a clock in doubt could let it pass', async () => {
  const { clock, show } = till()
  const code = { serial: '00000000000000cc', counter: 5 }
  const taken = await show(code)
  if (taken.ok) taken.spend()
  clock.trusted = false
  clock.at = now + 120 + day
  // Another code is spent meanwhile, which sweeps out what need not be remembered; its count is of another senior.
  const other = await show({ seniorId: another, issuedAt: clock.at, counter: 1 })
  if (other.ok) other.spend()
  clock.at = now + 120 + CLOCK_TOLERANCE_SECONDS
  expect(verdict(await show({ ...code, counter: 6 }))).toBe('CODE_REPLAYED')
  expect(REPLAY_MEMORY_SECONDS).toBeGreaterThanOrEqual(day + CLOCK_TOLERANCE_SECONDS)
})
