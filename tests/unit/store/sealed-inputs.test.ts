import { describe, expect, test } from 'vitest'
import { createSealedInputs } from '../../../electron/core/store/sealed-inputs.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { verifyChain } from '../../../electron/core/store/verify-chain.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { openedCard, openedInputs } from '../../../shared/record.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { person, visit } from '../../support/policy-kit.ts'
import { bytesOf, enrolledChain, openStore, tempFolder } from './store-kit.ts'

const vault = createVault(new Uint8Array(32).fill(2))
const checkIn = '01a1f70c-07f2-703a-8b8f-b97996492099'

const opened = (birthDate = '1944-03-02') =>
  openedInputs.parse({
    salt: toBase64Url(new Uint8Array(32).fill(1)),
    inputs: {
      v: 1,
      checkIn,
      senior: '1'.repeat(32),
      credential: null,
      quote: { person: person({ birthDate }), visit: visit(), used: {}, rights: 'whole-cap' },
    },
  })

function newStore() {
  const dataDir = tempFolder()
  const { db } = openStore(dataDir)
  return { dataDir, db, sealed: createSealedInputs(db, vault) }
}

test('inputs come back as they were, and nobody else’s', () => {
  const { sealed } = newStore()
  sealed.write('r1', 'chen', opened())
  sealed.write('r2', 'chen', opened('1950-01-01'))
  expect([sealed.read('r1'), sealed.read('r2'), sealed.read('r3')]).toEqual([opened(), opened('1950-01-01'), null])
})

test('whose card a change of means was about comes back, is not taken for a sale, and goes with the senior', () => {
  const { sealed, dataDir } = newStore()
  const card = {
    salt: toBase64Url(new Uint8Array(32).fill(1)),
    inputs: { v: 1, senior: '1'.repeat(32), card: 'A'.repeat(32) },
  }
  sealed.write('r1', 'chen', openedCard.parse(card))
  expect(sealed.readCard('r1')).toEqual(card)
  expect(() => sealed.read('r1')).toThrow()
  expect(bytesOf(dataDir).includes('A'.repeat(32))).toBe(false)
  sealed.forget('chen')
  expect(sealed.readCard('r1')).toBeNull()
})

test('inputs show nothing in plain', () => {
  const { sealed, dataDir } = newStore()
  sealed.write('r1', 'chen', opened())
  expect(['1944-03-02', '1'.repeat(32)].filter(text => bytesOf(dataDir).includes(text))).toEqual([])
})

test('inputs moved to another record do not open', () => {
  const { sealed, db } = newStore()
  sealed.write('r1', 'chen', opened())
  sealed.write('r2', 'chen', opened())
  db.exec("UPDATE sealed_inputs SET body = (SELECT body FROM sealed_inputs WHERE record_id = 'r1')")
  expect(sealed.read('r1')).toEqual(opened())
  expect(() => sealed.read('r2')).toThrow()
})

describe('a person who is erased', () => {
  test('has no inputs any more; the others keep theirs, and the chain still verifies', async () => {
    const { sealed, db } = newStore()
    const { ledger } = await enrolledChain(db, 2)
    const [, one, two] = ledger.after({ generation: 1, seq: 0 }, 3).map(({ record }) => record.id)
    if (!one || !two) throw new Error('too few records')
    sealed.write(one, 'chen', opened())
    sealed.write(two, 'wang', opened())
    sealed.forget('chen')
    expect([sealed.read(one), sealed.read(two)]).toEqual([null, opened()])
    expect(await verifyChain(db, standardSuite)).toEqual({ checked: 3, findings: [] })
  })

  test('leaves no key in the files, not even in pages that are free', () => {
    const { sealed, db, dataDir } = newStore()
    sealed.write('r1', 'chen', opened())
    const row = db.prepare<[], { wrapped: Buffer }>('SELECT wrapped FROM senior_key').get()
    if (!row) throw new Error('no key')
    expect(bytesOf(dataDir).includes(row.wrapped)).toBe(true)
    sealed.forget('chen')
    expect(bytesOf(dataDir).includes(row.wrapped)).toBe(false)
  })

  test('and comes again is a new start: what is new opens, what was erased stays so', () => {
    const { sealed } = newStore()
    sealed.write('r1', 'chen', opened())
    sealed.forget('chen')
    sealed.write('r2', 'chen', opened())
    expect([sealed.read('r1'), sealed.read('r2')]).toEqual([null, opened()])
  })

  test('who was never here is no problem', () => {
    expect(() => newStore().sealed.forget('nobody')).not.toThrow()
  })
})
