import { describe, expect, test } from 'vitest'
import { openCheckIn } from '../../../electron/core/check-in-state.ts'
import { createKioskFront } from '../../../electron/core/kiosk/kiosk-front.ts'
import { hasToChoose, isForKiosk, kioskDemand, kioskTender } from '../../../electron/core/kiosk/kiosk-rules.ts'
import { mayAsk } from '../../../electron/core/staff-api.ts'
import { missingAssurance, stricterOf } from '../../../shared/assurance.ts'
import { kioskApi } from '../../../shared/kiosk-api.ts'
import { terminalApi } from '../../../shared/terminal-api.ts'

const came = (change: Record<string, unknown>) =>
  openCheckIn.parse({
    ...{ id: '01a1f5ee-4e70-70ec-ad4d-8532449f6db2', at: 1, who: 'senior', senior: '1'.repeat(32), device: null },
    ...{ means: 'card', assurance: 'presented', codeKind: null, credentialKey: null, tail: null },
    ...{ set: 'A', tender: 'account', held: true, ...change },
  })

describe('at a kiosk', () => {
  test.each([
    ['a card', { means: 'card', assurance: 'presented' }, true],
    ['a paper code', { means: 'code', codeKind: 'paper', assurance: 'presented' }, true],
    ['a face, whoever confirmed it', { means: 'face', assurance: 'presented' }, true],
    ['a fresh code', { means: 'code', codeKind: 'dynamic', assurance: 'possessed' }, false],
    ['a card with its PIN', { means: 'card', assurance: 'verified' }, false],
    ['a card at the list price', { means: 'card', assurance: 'presented', atListPrice: true }, false],
  ])('%s has to choose between PIN and list price: %#', (_name, change, chooses) => {
    expect(hasToChoose({ open: came(change), needs: null })).toBe(chooses)
  })

  test('a site that asks for little at its tills asks for a fresh code or more here', () => {
    const site = { subsidised: 'presented', verifiedAboveFen: 5000 } as const
    expect(missingAssurance(stricterOf(site, kioskDemand), 'presented', 600)).toBe('possessed')
    expect(missingAssurance(stricterOf(site, kioskDemand), 'possessed', 600)).toBeNull()
  })

  test('a site or policy that asks for more is asked for more here too', () => {
    const policy = { subsidised: 'verified', verifiedAboveFen: null } as const
    expect(missingAssurance(stricterOf(policy, kioskDemand), 'possessed', 600)).toBe('verified')
  })

  test('a fresh code whose subsidy needs more has to choose as well', () => {
    expect(hasToChoose({ open: came({ means: 'code', assurance: 'possessed' }), needs: 'verified' })).toBe(true)
  })

  test.each([
    ['cash', 'account'],
    ['outside', 'account'],
    ['account', 'account'],
    ['agreement', 'agreement'],
  ] as const)('a site that pays by %s is paid by %s', (defaultTender, tender) => {
    expect(kioskTender({ defaultTender })).toBe(tender)
  })

  test('guests and cash are for the staff', () => {
    expect(isForKiosk(came({ who: 'guest', senior: null }))).toBe(false)
    expect(isForKiosk(came({ tender: 'cash' }))).toBe(false)
    expect(isForKiosk(came({}))).toBe(true)
  })
})

/** Every call of a contract, by its path. */
function pathsOf(contract: object, under = ''): string[] {
  return Object.entries(contract).flatMap(([name, part]) =>
    '~orpc' in part ? [`${under}${name}`] : pathsOf(part, `${under}${name}.`),
  )
}

const staffCalls = pathsOf(terminalApi)
const kioskCalls = pathsOf({ kiosk: kioskApi })

describe('who may ask what:', () => {
  test('a kiosk asks what is in its own contract and nothing of the staff', () => {
    expect(new Set(kioskCalls.map(path => mayAsk('kiosk', path, 'kiosk')))).toEqual(new Set(['yes']))
    expect(new Set(staffCalls.map(path => mayAsk('kiosk', path, 'kiosk')))).toEqual(new Set(['no']))
  })

  test('on a till that is no kiosk its page gets nothing', () => {
    for (const path of [...kioskCalls, ...staffCalls]) expect(mayAsk('kiosk', path, null)).toBe('no')
  })

  test('once staff gave their PIN its page may do what staff may', () => {
    for (const path of staffCalls) expect(mayAsk('kiosk', path, 'staff')).toBe('yes')
  })

  test('the public screen watches and does no more, kiosk or not', () => {
    for (const front of ['kiosk', 'staff', null] as const)
      expect([...kioskCalls, ...staffCalls].filter(path => mayAsk('customer', path, front) !== 'no')).toEqual([
        'watchCustomer',
      ])
  })

  test('staff elsewhere sell nothing while the kiosk stands in front, and do everything else', () => {
    expect(staffCalls.filter(path => mayAsk('staff', path, 'kiosk') !== 'yes')).toEqual([
      'chooseSet',
      'chooseTender',
      'startGuest',
      'confirm',
      'restoreSale',
    ])
  })

  test('a till is not touched by any of this', () => {
    for (const path of staffCalls) expect(mayAsk('staff', path, null)).toBe('yes')
  })
})

describe('which page stands in front:', () => {
  function front(isKiosk: boolean) {
    let now = 0
    let backs = 0
    const made = createKioskFront({
      ...{ isKiosk, onChange: () => undefined },
      clock: { now: () => now, monotonic: () => now },
      onKiosk: () => {
        backs += 1
      },
    })
    return {
      made,
      backs: () => backs,
      wait(minutes: number) {
        now += minutes * 60_000
        made.tick()
      },
    }
  }

  test('a till has no kiosk, whoever asks', () => {
    const { made } = front(false)
    made.letStaffIn()
    expect(made.at()).toBeNull()
  })

  test('staff who do nothing for three minutes give the screen back', () => {
    const { made, wait, backs } = front(true)
    made.letStaffIn()
    wait(2)
    made.staffActs()
    wait(2)
    expect(made.at()).toBe('staff')
    wait(2)
    expect(made.at()).toBe('kiosk')
    expect(backs()).toBe(1)
  })

  test('staff who come in have answered the call for help', () => {
    const { made } = front(true)
    made.setHelp(true)
    expect(made.helpSince()).toBe(0)
    made.letStaffIn()
    expect(made.helpSince()).toBeNull()
  })

  test('a call for help that is pressed again keeps its time', () => {
    const { made, wait } = front(true)
    made.setHelp(true)
    wait(1)
    made.setHelp(true)
    expect(made.helpSince()).toBe(0)
  })
})
