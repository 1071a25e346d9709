import { expect, test } from 'vitest'
import { attentionOf } from '../../../electron/core/attention.ts'
import type { OpenCheckIn } from '../../../electron/core/check-in-state.ts'
import { priceVisit } from '../../../electron/core/price-visit.ts'
import { checkInId, seniorId, siteId } from '../../../shared/ids.ts'
import type { Channel } from '../../../shared/policy/facts.ts'
import { packHash } from '../../../shared/policy/parse-pack.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import { site as siteSchema } from '../../../shared/site.ts'
import { date, discountStep, packOf, person, readRepositoryJson, subsidyStep } from '../../support/policy-kit.ts'

const senior = seniorId.parse('1'.padStart(32, '0'))
const eatenIn = packOf([
  discountStep('shop', 10),
  subsidyStep('city', 300, { when: { channel: ['dine-in'] } }),
  subsidyStep('street', 100),
])

function at(channel: Channel) {
  const [first] = siteSchema.array().parse(readRepositoryJson('resources/demo/sites.json'))
  const [set] = first?.menu ?? []
  if (first === undefined || set === undefined) throw new Error('the demo has no site with a menu')
  const full: FullSenior = {
    kind: 'full',
    id: senior,
    name: '张淑芬',
    sex: 'female',
    home: true,
    cards: [],
    codesSince: 0,
    person: person(),
  }
  const priced = priceVisit({
    site: { ...first, id: siteId.parse('s') },
    policy: { pack: eatenIn, hash: packHash(eatenIn) },
    usage: { of: () => ({}) },
    leases: { rights: () => ({}), owed: () => [], pots: () => ({}), advance: () => 0 },
    ...{ senior: full, ref: null, identified: true, set, rosterIsStale: false, channel },
    ...{ businessDate: date('2026-11-20'), meal: 'lunch', time: '11:30' },
  })
  const open: OpenCheckIn = {
    ...{
      id: checkInId.parse('01a1f5ee-4e70-70ec-ad4d-8532449f6db2'),
      at: 0,
      who: 'senior',
      senior,
      means: 'card',
      assurance: 'verified',
    },
    ...{
      codeKind: null,
      credentialKey: null,
      tail: null,
      device: null,
      set: set.id,
      tender: 'account',
      channel,
      held: false,
    },
    ...{ first: null, paid: null, parked: false, more: [], atListPrice: false, face: null, proxy: null },
  }
  const attention = attentionOf({ open, known: true, stale: false, needs: null, priced, earlier: null })
  return { ownPayFen: priced.quote.ownPayFen, attention: attention.map(({ code }) => code) }
}

test('a meal that goes out loses what is for eating in, and staff read why, also where some subsidy is left', () => {
  expect(at('dine-in')).toEqual({ ownPayFen: 950, attention: [] })
  expect(at('delivery')).toEqual({ ownPayFen: 1250, attention: ['CHANNEL'] })
  expect(at('takeaway')).toEqual(at('delivery'))
})
