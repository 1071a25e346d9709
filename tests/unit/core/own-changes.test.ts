import { afterEach, expect, test } from 'vitest'
import { keepOwnChanges } from '../../../electron/core/people/own-changes.ts'
import { endProxy, registerProxy } from '../../../electron/core/people/proxy-acts.ts'
import { recordMeansChange } from '../../../electron/core/people/senior-acts.ts'
import { createRoster } from '../../../electron/core/store/roster.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { operatorId } from '../../../shared/ids.ts'
import { proxyIdOf, proxyRefOf } from '../../../shared/proxy.ts'
import { firstDay, houseSeniors, houseSite, openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'

let house: SaleHouse
afterEach(() => house.close())

const [one] = houseSeniors
if (!one) throw new Error('the house has no seniors')
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
    tell() {
      roster.apply([senior])
      keepOwnChanges({ ...parts, acknowledged: () => acknowledged }, [senior])
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
