import { describe, expect, test } from 'vitest'
import { readUid } from '../../../electron/core/devices/card-reader/plain-card.ts'
import { hexToBytes } from '../../../shared/bytes.ts'
import { canonicalUid, type KnownCard, uidOrderFrom } from '../../../shared/card-uid.ts'
import { cardKey, cardRead } from '../../../shared/credential.ts'
import { cardId } from '../../../shared/senior.ts'

const bytes = (hex: string) => hexToBytes(hex.toLowerCase())
const inHex = (text: string): KnownCard => ({ form: 'hex', text, order: 'air' })
const printed = (text: string, order: KnownCard['order'] = 'air'): KnownCard => ({ form: 'decimal', text, order })

describe('a UID', () => {
  test.each([
    ['7A003A12', 'air', '7A003A12'],
    ['123A007A', 'reversed', '7A003A12'],
    ['04A1B2C3D4E5F6', 'air', '04A1B2C3D4E5F6'],
    ['F6E5D4C3B2A104', 'reversed', '04A1B2C3D4E5F6'],
    ['04A1B2C3D4E5F6071829', 'air', '04A1B2C3D4E5F6071829'],
  ] as const)('%s from a reader of order %s is %s', (reading, order, uid) => {
    expect(canonicalUid(bytes(reading), order)).toEqual({ ok: true, uid })
  })

  test.each(['', '7A003A', '7A003A1204', '04A1B2C3D4E5F607'])(
    'of a length that no card has (%s) is refused',
    reading => {
      expect(canonicalUid(bytes(reading), 'air')).toEqual({ ok: false, why: 'length' })
    },
  )

  test('of four bytes that begins with 08 in air order changes at each tap and is refused', () => {
    expect(canonicalUid(bytes('08A1B2C3'), 'air')).toEqual({ ok: false, why: 'random' })
    expect(canonicalUid(bytes('C3B2A108'), 'reversed')).toEqual({ ok: false, why: 'random' })
    expect(canonicalUid(bytes('08A1B2C3'), 'reversed')).toEqual({ ok: true, uid: 'C3B2A108' })
    expect(canonicalUid(bytes('08A1B2C3D4E5F6'), 'air')).toMatchObject({ ok: true })
  })

  test('of four bytes that begins with the cascade tag lacks its rest and is refused', () => {
    expect(canonicalUid(bytes('8804A1B2'), 'air')).toEqual({ ok: false, why: 'incomplete' })
  })
})

describe('one tap of a known card', () => {
  test.each([
    ['7A003A12', inHex('7A003A12'), 'air'],
    ['123A007A', inHex('7a:00:3a:12'), 'reversed'],
    ['04A1B2C3D4E5F6', inHex('04 A1 B2 C3 D4 E5 F6'), 'air'],
    ['F6E5D4C3B2A104', inHex('04-A1-B2-C3-D4-E5-F6'), 'reversed'],
    ['7A003A12', printed('2046835218'), 'air'],
    ['123A007A', printed('2046835218'), 'reversed'],
    ['7A003A12', printed('0305791098', 'reversed'), 'air'],
    ['123A007A', printed('0305791098', 'reversed'), 'reversed'],
    // The last four of seven bytes: C3D4E5F6.
    ['04A1B2C3D4E5F6', printed('3285509622'), 'air'],
    ['F6E5D4C3B2A104', printed('3285509622'), 'reversed'],
  ] as const)('read as %s tells the order of the reader (%o): %s', (reading, known, order) => {
    expect(uidOrderFrom(bytes(reading), known)).toEqual({ ok: true, order })
  })

  test('that fits in neither order was another card', () => {
    expect(uidOrderFrom(bytes('7A003A13'), inHex('7A003A12'))).toEqual({ ok: false, why: 'other-card' })
    expect(uidOrderFrom(bytes('04A1B2C3D4E5F6'), inHex('D4E5F6C3'))).toEqual({ ok: false, why: 'other-card' })
  })

  test('whose bytes read the same both ways tells nothing', () => {
    expect(uidOrderFrom(bytes('7A00007A'), inHex('7A00007A'))).toEqual({ ok: false, why: 'ambiguous' })
  })

  test.each([inHex('7A003A1'), inHex('ZZ003A12'), printed('7A003A12'), printed(''), printed('4294967296')])(
    'of a number that is none (%o) says so',
    known => {
      expect(uidOrderFrom(bytes('7A003A12'), known)).toEqual({ ok: false, why: 'unreadable' })
    },
  )
})

describe('the reader asked for a UID', () => {
  const asked = (answer: string) => readUid(async () => bytes(answer), 'air')

  test('gives it in canonical form', async () => {
    const log: Uint8Array[] = []
    const found = await readUid(async command => {
      log.push(command)
      return bytes('123A007A9000')
    }, 'reversed')
    expect(found).toEqual({ ok: true, uid: '7A003A12' })
    expect(log).toEqual([bytes('FFCA000000')])
  })

  test.each([
    ['6A81', 'NOT_SSC'],
    ['6E00', 'NOT_SSC'],
    ['6300', 'NOT_SSC'],
    ['', 'CARD_REMOVED'],
    ['90', 'BAD_DATA'],
    ['9000', 'BAD_DATA'],
    ['7A003A9000', 'BAD_DATA'],
    ['8804A1B29000', 'BAD_DATA'],
    ['08A1B2C39000', 'UID_CHANGES'],
  ])('and answered with %s is %s', async (answer, code) => {
    expect(await asked(answer)).toMatchObject({ ok: false, code })
  })

  test('tells no fault with what it read in it', async () => {
    expect(JSON.stringify(await asked('08A1B2C39000'))).not.toContain('A1B2')
  })
})

describe('the key of a card', () => {
  const reading = { warnings: [], readMilliseconds: 1 }

  test('is the card id of a social-security card, and the number of another with a prefix of its own', () => {
    const id = '639900D15600000500BF7C7A48FB4966'
    const keys = [
      cardRead.parse({ source: 'ssc-pcsc', cardId: id, full: false, ...reading }),
      cardRead.parse({ source: 'uid', uid: '7A003A12', ...reading }),
    ].map(cardKey)
    expect(keys).toEqual([id, 'uid:7A003A12'])
    for (const key of keys) expect(cardId.safeParse(key).success).toBe(true)
  })

  test('is on no roster in any other form', () => {
    for (const key of ['7A003A12', 'uid:7a003a12', 'uid:7A003A1', 'uid:', 'uid:7A00'])
      expect(cardId.safeParse(key).success, key).toBe(false)
  })

  test('is never missing: a read without an id is no read', () => {
    expect(cardRead.safeParse({ source: 'uid', cardId: '639900D15600000500BF7C7A48FB4966', ...reading }).success).toBe(
      false,
    )
    expect(cardRead.safeParse({ source: 'ssc-pcsc', uid: '7A003A12', full: false, ...reading }).success).toBe(false)
  })
})
