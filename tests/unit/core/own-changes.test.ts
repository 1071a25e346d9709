import { afterEach, expect, test } from 'vitest'
import { keepOwnChanges, keepOwnRevocations } from '../../../electron/core/people/own-changes.ts'
import { endProxy, registerProxy } from '../../../electron/core/people/proxy-acts.ts'
import { recordMeansChange } from '../../../electron/core/people/senior-acts.ts'
import { createRoster } from '../../../electron/core/store/roster.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { operatorId } from '../../../shared/ids.ts'
import type { Revocation } from '../../../shared/province-api.ts'
import { proxyIdOf, proxyRefOf } from '../../../shared/proxy.ts'
import type { FullSenior } from '../../../shared/senior.ts'
import { firstDay, houseSeniors, houseSite, openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'

let house: SaleHouse
afterEach(() => house.close())

const [one, two] = houseSeniors
if (!one || !two) throw new Error('the house has no seniors')
const { senior, ref } = one
const operator = operatorId.parse('op-1')
const draft = { name: '周建平', numberTail: '381X', relation: null, from: firstDay, until: firstDay }
const proxy = proxyIdOf(draft.name, draft.numberTail)
const card = 'uid:04A1B2C3'

async function open() {
  house = await openSaleHouse()
  const roster = createRoster(house.db, createVault(new Uint8Array(32).fill(9)))
  const parts = { ...house.parts, roster, proxyRefOf: () => proxyRefOf(new Uint8Array(32), proxy) }
  roster.apply([senior])
  let acknowledged = { generation: 1, seq: house.ledger.head()?.seq ?? 0 }
  const here = () => {
    const found = roster.bySenior(senior.id)
    if (found?.kind !== 'full') throw new Error('the senior is gone')
    return found
  }
  const act = () => ({
    ...{ site: houseSite, senior: here(), ref, came: null, today: firstDay, operator, approver: operator },
  })
  return {
    parts,
    here,
    act,
    /** The province tells of the senior as it knew them before. */
    tell(told: FullSenior = senior) {
      roster.apply([told])
      keepOwnChanges({ ...parts, acknowledged: () => acknowledged }, [told])
    },
    /** The province tells what was revoked, as it knew it before. */
    hear(told: Revocation) {
      roster.revoke([told])
      keepOwnRevocations({ ...parts, acknowledged: () => acknowledged }, [told])
    },
    acknowledge() {
      acknowledged = { generation: 1, seq: house.ledger.head()?.seq ?? 0 }
    },
  }
}

test('who was registered here collects on where the province tells of the senior before it heard of that', async () => {
  const { parts, here, act, tell, acknowledge } = await open()
  expect(await registerProxy(parts, act(), draft)).toEqual({ result: 'done' })
  tell()
  expect(here().proxies?.map(({ id }) => id)).toEqual([proxy])
  acknowledge()
  tell()
  expect(here().proxies ?? []).toEqual([])
})

test('who was ended here collects nothing any more where the province still tells of them', async () => {
  const { parts, here, act, tell } = await open()
  await registerProxy(parts, act(), draft)
  await endProxy(parts, act(), proxy)
  tell()
  expect(here().proxies).toEqual([])
})

test('a card that staff bound here stays bound until the province knows of it', async () => {
  const { parts, here, tell } = await open()
  const bound = { change: 'card-bound', card, means: 'manual', assurance: 'verified', device: null } as const
  await recordMeansChange(parts, { site: houseSite, senior: here(), ref, operator, ...bound }, () =>
    parts.roster.bind(senior.id, card),
  )
  tell()
  expect(here().cards).toEqual([card])
})

const means = { means: 'manual', assurance: 'verified', device: null, card } as const

test("a card that was bound to one by mistake and then to another here stays the other's where a page tells of the first alone", async () => {
  const { parts, tell } = await open()
  const { roster } = parts
  roster.apply([two.senior])
  const change = async (who: typeof one, change: 'card-bound' | 'card-unbound') => {
    const found = roster.bySenior(who.senior.id)
    if (found?.kind !== 'full') throw new Error('the senior is gone')
    await recordMeansChange(parts, { site: houseSite, senior: found, ref: who.ref, operator, change, ...means }, () =>
      change === 'card-bound' ? roster.bind(found.id, card) : roster.unbind(found.id, card),
    )
  }
  await change(one, 'card-bound')
  await change(one, 'card-unbound')
  await change(two, 'card-bound')
  tell()
  expect(roster.byCard(card)?.id).toBe(two.senior.id)
  // The province may have written its page while the first still had the card.
  tell({ ...senior, cards: [card], boundCards: [card] })
  expect(roster.byCard(card)?.id).toBe(two.senior.id)
})

test('a card that was reported lost here stays lost where an older page says that it was found, until the province knows', async () => {
  const { parts, here, acknowledge, hear } = await open()
  const lost = { change: 'card-lost', ...means } as const
  await recordMeansChange(parts, { site: houseSite, senior: here(), ref, operator, ...lost }, () =>
    parts.roster.revoke([{ kind: 'card', card, lost: true }]),
  )
  hear({ kind: 'card', card, lost: false })
  expect(parts.roster.cardIsLost(card)).toBe(true)
  acknowledge()
  hear({ kind: 'card', card, lost: false })
  expect(parts.roster.cardIsLost(card)).toBe(false)
})
