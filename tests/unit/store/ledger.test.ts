import { describe, expect, test } from 'vitest'
import { verifyChain } from '../../../electron/core/store/verify-chain.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { operatorId, recordId } from '../../../shared/ids.ts'
import { chainStart } from '../../../shared/record.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { chainOver, enrolledChain, noon, openStore, tempFolder } from './store-kit.ts'

const open = () => openStore(tempFolder()).db
const start = { generation: 1, seq: 0 }
const hour = 3_600_000

describe('appending', () => {
  test('the first record starts the chain, the next one names its hash', async () => {
    const { ledger, shift } = await enrolledChain(open())
    const first = ledger.head()
    await shift()
    const [one, two] = ledger.after(start, 10)
    expect(one?.record).toMatchObject({ generation: 1, seq: 1, prev: chainStart })
    expect(two?.record).toMatchObject({ generation: 1, seq: 2, prev: first?.hash })
  })

  test('an empty ledger has no head', async () => {
    expect((await chainOver(open())).ledger.head()).toBeNull()
  })

  test('in turn, many at once all find their place', async () => {
    const { db, ledger, shift } = await enrolledChain(open())
    const made = await Promise.all(Array.from({ length: 20 }, () => ledger.inTurn(shift)))
    expect(made.map(record => record?.seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2))
    expect(await verifyChain(db, standardSuite)).toEqual({ checked: 21, findings: [] })
  })

  test('out of turn, the head moves under one of two, which stores nothing and says so', async () => {
    const { ledger, shift } = await enrolledChain(open())
    const made = await Promise.all([shift(), shift()])
    expect(made.filter(record => record !== null).map(({ seq }) => seq)).toEqual([2])
    expect(ledger.after(start, 10)).toHaveLength(2)
  })

  test('work that fails in its turn lets the next one have it', async () => {
    const { ledger, shift } = await enrolledChain(open())
    const failing = ledger.inTurn(() => Promise.reject(new Error('no')))
    const next = ledger.inTurn(shift)
    await expect(failing).rejects.toThrow('no')
    expect((await next)?.seq).toBe(2)
  })

  const voiding = {
    kind: 'void' as const,
    id: recordId.parse('01a1f70c-07f2-703a-8b8f-b97996492099'),
    at: noon,
    payload: { of: recordId.parse('01a1f70c-07f2-703a-8b8f-b97996492098'), reason: 'operator', operator: null },
  }

  test('what belongs to a record is stored with it', async () => {
    const { ledger } = await enrolledChain(open())
    await ledger.append(voiding, { also: () => void ledger.reverse(voiding.payload.of, voiding.id) })
    expect([ledger.byId(voiding.id)?.record.kind, ledger.reversalOf(voiding.payload.of)]).toEqual(['void', voiding.id])
  })

  test.each([
    ['says no', () => false],
    [
      'throws',
      () => {
        throw new Error('disk')
      },
    ],
  ])('nothing is stored where what belongs to it %s', async (_, answer) => {
    const { ledger } = await enrolledChain(open())
    const appended = ledger.append(voiding, {
      also() {
        ledger.reverse(voiding.payload.of, voiding.id)
        return answer()
      },
    })
    await appended.then(
      record => expect(record).toBeNull(),
      error => expect(error).toEqual(new Error('disk')),
    )
    expect([ledger.byId(voiding.id), ledger.head()?.seq]).toEqual([null, 1])
  })

  test('one id is recorded once', async () => {
    const { ledger } = await enrolledChain(open())
    await ledger.append(voiding)
    await expect(ledger.append(voiding)).rejects.toThrow(/UNIQUE/)
    expect(ledger.head()?.seq).toBe(2)
  })

  test('one sale is reversed once', async () => {
    const { ledger } = await enrolledChain(open())
    ledger.reverse(voiding.payload.of, voiding.id)
    const again = recordId.parse('01a1f70c-07f2-703a-8b8f-b97996492097')
    expect(() => ledger.reverse(voiding.payload.of, again)).toThrow(/UNIQUE/)
  })
})

describe('the business date', () => {
  test('never falls, though the clock goes back a day', async () => {
    const { ledger, clock, shift } = await enrolledChain(open())
    clock.set(noon - 24 * hour)
    const back = await shift()
    clock.set(noon + 24 * hour)
    const ahead = await shift()
    expect([back?.businessDate, back?.at]).toEqual(['2026-11-20', noon - 24 * hour])
    expect(ahead?.businessDate).toBe('2026-11-21')
    expect(ledger.head()?.businessDate).toBe('2026-11-21')
  })

  test('turns at 04:00 of a night that goes on', async () => {
    const { clock, shift } = await enrolledChain(open())
    clock.set(Date.parse('2026-11-21T03:59:59+08:00'))
    const before = await shift()
    clock.set(Date.parse('2026-11-21T04:00:00+08:00'))
    const after = await shift()
    expect([before?.businessDate, after?.businessDate]).toEqual(['2026-11-20', '2026-11-21'])
  })
})

describe('a new generation', () => {
  test('starts at 1 after the head that it names, and the chain verifies over both', async () => {
    const { db, ledger, keys, keyChange, shift } = await enrolledChain(open(), 2)
    const head = ledger.head()
    if (!head) throw new Error('no head')
    const { generation, seq, hash } = head
    const lastHead = { generation, seq, hash }
    await keyChange({ reason: 'restored', ledgerKey: toBase64Url(keys.publicKey), lastHead })
    await shift()
    const places = ledger.after(start, 10).map(({ record }) => [record.generation, record.seq])
    expect(places).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
    ])
    expect(ledger.after({ generation: 2, seq: 0 }, 1)[0]?.record.prev).toBe(hash)
    expect(await verifyChain(db, standardSuite)).toEqual({ checked: 5, findings: [] })
  })
})

describe('reading', () => {
  test('what lies after a place comes oldest first, no more than asked for', async () => {
    const { ledger } = await enrolledChain(open(), 4)
    expect(ledger.after({ generation: 1, seq: 2 }, 2).map(({ seq }) => seq)).toEqual([3, 4])
  })

  test('the text is what was signed, and the signature is over it', async () => {
    const { ledger, keys } = await enrolledChain(open())
    const [stored] = ledger.after(start, 1)
    if (!stored) throw new Error('nothing stored')
    const bytes = new TextEncoder().encode(stored.text)
    expect(await standardSuite.verify(keys.publicKey, bytes, stored.signature)).toBe(true)
  })

  test('what people did counts as unsent, the terminal’s own records do not', async () => {
    const { ledger, clock } = await enrolledChain(open(), 2)
    expect(ledger.unsent(start)).toEqual({ count: 0, oldestAt: null })
    const of = recordId.parse(clock.mint())
    for (const at of [noon + 2, noon + 1]) {
      const id = recordId.parse(clock.mint())
      const payload = { of, reason: 'operator', operator: operatorId.parse('op-1') }
      await ledger.append({ kind: 'void', id, at, payload })
    }
    expect(ledger.unsent(start)).toEqual({ count: 2, oldestAt: noon + 1 })
    expect(ledger.unsent({ generation: 1, seq: 4 })).toEqual({ count: 1, oldestAt: noon + 1 })
  })
})
