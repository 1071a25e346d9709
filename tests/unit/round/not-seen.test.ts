import { describe, expect, test } from 'vitest'
import { createDeliveries } from '../../../electron/core/round/deliveries.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { operatorId, type RecordId, recordId, siteId } from '../../../shared/ids.ts'
import { type LedgerRecord, seniorRef } from '../../../shared/record.ts'
import type { SeenAtDoor } from '../../../shared/round/result.ts'
import { enrolledChain, openStore, tempFolder } from '../store/store-kit.ts'

type Delivery = Extract<LedgerRecord, { kind: 'delivery' }>
const at = (clock: string, date = '2026-11-20') => Date.parse(`${date}T${clock}:00+08:00`)
const senior = seniorRef.parse('IH3qJlGJZmLHW9JfyL0ACre2sdPC2Y5L0hf7_J5XPp0')
const site = siteId.parse('example-site')
const lunch = { round: '5e0d3c9a71b2f846', stop: 1 }
const dinner = { round: '60aa17c4d5e2b390', stop: 4 }

/** A ledger in which a round's stop says how the same senior was seen, at the phone's time, recorded at the till's. */
async function ledgerOf() {
  const { db, ledger, clock } = await enrolledChain(openStore(tempFolder()).db)
  const deliveries = createDeliveries(db)
  const head = () => ({ id: recordId.parse(clock.mint()), at: clock.now() })
  return {
    async said(stop: typeof lunch, seen: SeenAtDoor, times: { at: number; heard: number }): Promise<RecordId> {
      clock.set(times.heard)
      const payload: Delivery['payload'] = {
        ...{ site, senior, ...stop, order: 'list-8', result: '9f1c2ab4077d3e68', proof: null, seen },
        ...{ outcome: seen === 'not-seen' ? 'nobody' : 'handed', servedAt: times.at, courier: '小周', portions: 1 },
        ...{ of: null, toldFen: 750, collectedFen: 0, carriedFen: 0, operator: null },
      }
      const record = await ledger.append({ ...head(), kind: 'delivery', payload })
      if (record === null) throw new Error('nothing was appended')
      return record.id
    },
    async followedUp(of: RecordId, heard: number) {
      clock.set(heard)
      const by = operatorId.parse('op-1')
      const payload = { site, senior, of, seen: 'well' as const, by, noteCommitment: senior, operator: by }
      await ledger.append({ ...head(), kind: 'follow-up', payload })
    },
    listed: () => deliveries.notSeen(businessDateOf(clock.now())).map(({ id }) => id),
  }
}

describe('whoever was not seen stays on the list', () => {
  test('at dinner, though the phone of lunch comes back afterwards and saw them well', async () => {
    const { said, listed } = await ledgerOf()
    const missed = await said(dinner, 'not-seen', { at: at('17:20'), heard: at('17:21') })
    await said(lunch, 'well', { at: at('11:40'), heard: at('17:30') })
    expect(listed()).toEqual([missed])
  })

  test('though a phone saw them well whose clock stands ahead of the till', async () => {
    const { said, listed } = await ledgerOf()
    const missed = await said(dinner, 'not-seen', { at: at('17:20'), heard: at('17:21') })
    await said(lunch, 'well', { at: at('19:40'), heard: at('17:30') })
    expect(listed()).toEqual([missed])
  })

  test('at dinner, where lunch met nobody either and comes back last, whatever was seen between them', async () => {
    const { said, listed } = await ledgerOf()
    const missed = await said(dinner, 'not-seen', { at: at('17:20'), heard: at('17:21') })
    await said(lunch, 'not-seen', { at: at('11:40'), heard: at('17:30') })
    await said({ round: '7b00000000000001', stop: 1 }, 'well', { at: at('14:00'), heard: at('17:40') })
    expect(listed()).toEqual([missed])
  })
})

describe('whoever was not seen leaves the list', () => {
  test('once a later meal finds them well', async () => {
    const { said, listed } = await ledgerOf()
    await said(lunch, 'not-seen', { at: at('11:40'), heard: at('11:41') })
    await said(dinner, 'well', { at: at('17:20'), heard: at('17:21') })
    expect(listed()).toEqual([])
  })

  test('once the same stop says that they were well, whatever the phone’s clock said before', async () => {
    const { said, listed } = await ledgerOf()
    await said(lunch, 'not-seen', { at: at('12:40'), heard: at('11:41') })
    await said(lunch, 'well', { at: at('11:39'), heard: at('11:42') })
    expect(listed()).toEqual([])
  })

  test('of an earlier day by a phone that is ahead of the till', async () => {
    const { said, listed } = await ledgerOf()
    await said(dinner, 'not-seen', { at: at('17:20', '2026-11-19'), heard: at('17:21', '2026-11-19') })
    await said(lunch, 'well', { at: at('11:45'), heard: at('11:41') })
    expect(listed()).toEqual([])
  })

  test('once staff have seen to them, of all that was recorded until then', async () => {
    const { said, followedUp, listed } = await ledgerOf()
    const missed = await said(dinner, 'not-seen', { at: at('17:20'), heard: at('17:21') })
    await said(lunch, 'not-seen', { at: at('11:40'), heard: at('17:30') })
    expect(listed()).toEqual([missed])
    await followedUp(missed, at('18:00'))
    expect(listed()).toEqual([])
  })
})
