import { describe, expect, test } from 'vitest'
import {
  isCitizenNumber,
  readSocialSecurityCard,
} from '../../../electron/core/devices/card-reader/social-security-card.ts'
import { bytesToHex, hexToBytes } from '../../../shared/bytes.ts'

const selectEnvironment = '00A404000F7378312E73682EC9E7BBE1B1A3D5CF'
const cardId = '639900D15600000500BF7C7A48FB4966'
const gbkName = 'D5C5C8FDB7E1'
const zeros = (bytes: number) => '00'.repeat(bytes)

/** A 2.00 card as it was logged on the wire: command -> answer, both in hex. */
const wireLog: Record<string, string> = {
  [selectEnvironment]: '6F19840F7378312E73682EC9E7BBE1B1A3D5CFA5069F0C038601019000',
  '00A4020002EF05': '9000',
  '00B2010012': `0110${cardId}9000`,
  '00B2030006': '0304322E30309000',
  '00B2060006': '0604202806019000',
  '00B207000B': '07094130303030303031399000',
  '00A4020002EF06': '9000',
  '00B2080014': '08123131303130353139343931323331303032589000',
  '00B2090020': `091E${gbkName}${zeros(24)}9000`,
  '00B24E0016': `4E14${zeros(20)}9000`,
}

interface Script {
  [command: string]: string | string[]
}

/** Answers as scripted (a list is used up in order), 6A82 to anything else; the log holds what was asked. */
function scripted(changes: Script = {}) {
  const script: Script = { ...wireLog, ...changes }
  const log: string[] = []
  const uses = new Map<string, number>()
  return {
    log,
    transmit: async (command: Uint8Array) => {
      const key = bytesToHex(command).toUpperCase()
      log.push(key)
      const answer = script[key] ?? '6A82'
      const use = uses.get(key) ?? 0
      uses.set(key, use + 1)
      const text = typeof answer === 'string' ? answer : (answer[Math.min(use, answer.length - 1)] ?? '')
      return hexToBytes(text.toLowerCase())
    },
  }
}

const read = (changes: Script = {}) => readSocialSecurityCard(scripted(changes).transmit)
const failure = (code: string) => ({ ok: false, code, detail: expect.any(String) })
const cardOf = async (changes: Script) => {
  const result = await read(changes)
  if (!result.ok) throw new Error(`${result.code} ${result.detail}`)
  return result.card
}

describe('a card of the second generation', () => {
  test('gives its id, version, number, expiry, and the name and number of its holder', async () => {
    expect(await read()).toEqual({
      ok: true,
      card: {
        cardId,
        version: '2.00',
        cardNumber: 'A00000019',
        validUntil: '2028-06-01',
        citizenNumber: '11010519491231002X',
        name: '张三丰',
        full: true,
        warnings: [],
      },
    })
  })

  test('has a long name continued in the extension, cut in the middle of a character', async () => {
    const han = 'B0A2'.repeat(14)
    const card = await cardOf({ '00B2090020': `091E${han}41B79000`, '00B24E0016': `4E14E1${zeros(19)}9000` })
    expect(card.name).toBe(`${'阿'.repeat(14)}A丰`)
  })

  test.each([
    ['喆', '86B4'],
    ['镕', 'E946'],
    ['𠮷', '9534B235'],
    ['·', 'B0A2A1A4B0A2'],
  ])('has a name with the rare character %s', async (character, hex) => {
    const card = await cardOf({ '00B2090020': `091ECDF5${hex}${zeros(28 - hex.length / 2)}9000` })
    expect(card.name).toContain(character)
  })

  test('lacks the extension of the name without harm', async () => {
    expect((await cardOf({ '00B24E0016': '6A83' })).name).toBe('张三丰')
  })

  test('with a name of a private font keeps the number and says so', async () => {
    const card = await cardOf({ '00B2090020': `091ECDF5AAA1${zeros(26)}9000` })
    expect(card).toMatchObject({ citizenNumber: '11010519491231002X', full: false })
    expect(card).not.toHaveProperty('name')
    expect(card.warnings).toEqual(['the name has characters of a private font'])
  })

  test('with the check digit X in lower case gives the number as it is written elsewhere', async () => {
    const number = Buffer.from('11010519491231002x', 'ascii').toString('hex')
    expect(await cardOf({ '00B2080014': `0812${number}9000` })).toMatchObject({ citizenNumber: '11010519491231002X' })
  })

  test('with brackets in the name gives the name', async () => {
    // 王（小）明 in GBK.
    const name = 'CDF5A3A8D0A1A3A9C3F7'
    expect(await cardOf({ '00B2090020': `091E${name}${zeros(20)}9000` })).toMatchObject({ name: '王（小）明' })
  })

  test('with a social-security number that is not a citizen number gives no citizen number', async () => {
    const number = Buffer.from('USA000123456', 'ascii').toString('hex')
    const card = await cardOf({ '00B2080014': `0812${number}${zeros(6)}9000` })
    expect(card).not.toHaveProperty('citizenNumber')
    expect(card.full).toBe(false)
  })
})

describe('a card of the third generation', () => {
  test('keeps name and number to itself: read with full false, and no fault', async () => {
    const card = await cardOf({ '00B2030006': '0304332E30309000', '00B2080014': '6982' })
    expect(card).toEqual({
      cardId,
      version: '3.00',
      cardNumber: 'A00000019',
      validUntil: '2028-06-01',
      full: false,
      warnings: [],
    })
  })

  test('may refuse the selection of the file itself', async () => {
    expect(await cardOf({ '00A4020002EF06': '6982' })).toMatchObject({ cardId, full: false, warnings: [] })
  })

  test('may refuse its number and its expiry', async () => {
    const card = await cardOf({ '00B207000B': '6982', '00B2060006': '6A83', '00B2080014': '6982' })
    expect(card).toEqual({
      cardId,
      version: '2.00',
      full: false,
      warnings: ['no date of expiry: 6A83', 'no card number: 6982'],
    })
  })
})

describe('commands on the wire', () => {
  test('follow the working log, and end with the card id once more', async () => {
    const { transmit, log } = scripted()
    await readSocialSecurityCard(transmit)
    expect(log).toEqual([
      selectEnvironment,
      '00A4020002EF05',
      '00B2010012',
      '00B2030006',
      '00B2060006',
      '00B207000B',
      '00A4020002EF06',
      '00B2080014',
      '00B2090020',
      '00B24E0016',
      '00A4020002EF05',
      '00B2010012',
    ])
  })

  test('select a file with P1 00 where 02 is not known', async () => {
    const card = await cardOf({
      '00A4020002EF05': '6A86',
      '00A4000002EF05': '9000',
      '00A4020002EF06': '6A82',
      '00A4000002EF06': '9000',
    })
    expect(card.full).toBe(true)
  })

  test('read records by number where the card knows no identifiers, and find that out once for each file', async () => {
    const byNumber: Script = {
      '00B2010012': '6A86',
      '00B2010412': wireLog['00B2010012'] ?? '',
      '00B2030406': wireLog['00B2030006'] ?? '',
      '00B2060406': wireLog['00B2060006'] ?? '',
      '00B207040B': wireLog['00B207000B'] ?? '',
      '00B2080014': '6A83',
      '00B2010414': wireLog['00B2080014'] ?? '',
      '00B2020420': wireLog['00B2090020'] ?? '',
      '00B2030416': wireLog['00B24E0016'] ?? '',
    }
    const { transmit, log } = scripted(byNumber)
    expect(await readSocialSecurityCard(transmit)).toMatchObject({
      ok: true,
      card: { cardId, version: '2.00', cardNumber: 'A00000019', name: '张三丰', full: true, warnings: [] },
    })
    expect(log.slice(0, -3).filter(command => command.startsWith('00B2'))).toEqual([
      '00B2010012',
      '00B2010412',
      '00B2030406',
      '00B2060406',
      '00B207040B',
      '00B2080014',
      '00B2010414',
      '00B2020420',
      '00B2030416',
    ])
  })

  test('never take one field for another where the records of a card stand in another order', async () => {
    const { transmit } = scripted({
      '00B2010012': '6A86',
      '00B2010412': wireLog['00B2010012'] ?? '',
      '00B2030406': `0206${zeros(4)}9000`,
      '00B2060406': '6A83',
      '00B207040B': '6A83',
      '00B2080014': '6A83',
      '00B2010414': wireLog['00B2080014'] ?? '',
      '00B2020420': wireLog['00B2090020'] ?? '',
      '00B2030416': '0A01319000',
    })
    expect(await readSocialSecurityCard(transmit)).toMatchObject({
      ok: true,
      card: { cardId, name: '张三丰', warnings: ['no version: 6A83', expect.any(String), expect.any(String)] },
    })
  })

  test('do not ask by number for what the card guards', async () => {
    const { transmit, log } = scripted({ '00B2080014': '6982' })
    await readSocialSecurityCard(transmit)
    expect(log.filter(command => command.slice(6, 8) === '04')).toEqual([])
  })

  test('fetch an answer that waits (61xx) and repeat with the right length (6Cxx)', async () => {
    const { transmit, log } = scripted({
      [selectEnvironment]: '611B',
      '00C000001B': '6F19840F7378312E73682EC9E7BBE1B1A3D5CFA5069F0C038601019000',
      '00B207000B': '6C0C',
      '00B207000C': '070A413030303030303139309000',
    })
    const result = await readSocialSecurityCard(transmit)
    expect(result).toMatchObject({ ok: true, card: { cardNumber: 'A00000019' } })
    expect(log.slice(0, 2)).toEqual([selectEnvironment, '00C000001B'])
  })

  test('do not go on for ever with a card that does', async () => {
    expect(await read({ '00B2010012': '6C12' })).toEqual(failure('CARD_ERROR'))
    expect(await read({ [selectEnvironment]: '6110', '00C0000010': '6110' })).toEqual(failure('CARD_ERROR'))
  })
})

describe('faults', () => {
  test.each(['6300', '6A82', '6A81', '6D00', '6E00'])(
    'a card that answers %s to the selection is no social-security card',
    async status => {
      expect(await read({ [selectEnvironment]: status })).toEqual(failure('NOT_SSC'))
    },
  )

  test.each(Object.keys(wireLog))('no answer at all to %s means that the card was pulled', async command => {
    expect(await read({ [command]: '' })).toEqual(failure('CARD_REMOVED'))
  })

  test.each(Object.keys(wireLog))('one byte in answer to %s is bad data', async command => {
    expect(await read({ [command]: '90' })).toEqual(failure('BAD_DATA'))
  })

  test.each(['00A4020002EF05', '00B2010012', '00B2080014', '00B2090020', '00B24E0016'])(
    'trouble (6F00) at %s is a fault of the card',
    async command => {
      const everySelection = command === '00A4020002EF05' ? { '00A4000002EF05': '6F00' } : {}
      expect(await read({ [command]: '6F00', ...everySelection })).toEqual(failure('CARD_ERROR'))
    },
  )

  test.each([
    ['a wrong tag', '00B2010012', `0210${cardId}9000`],
    ['a wrong length', '00B2010012', `0111${cardId}9000`],
    ['a short record', '00B2010012', `010F${cardId.slice(2)}9000`],
    ['a success without data', '00B2010012', '9000'],
    ['a region that is not digits', '00B2010012', `01106A9900${cardId.slice(6)}9000`],
    ['another issuer mark', '00B2010012', `0110639900D156000006${cardId.slice(16)}9000`],
    ['a version that is none', '00B2030006', '0304AAAAAAAA9000'],
    ['an expiry that is not decimal', '00B2060006', '0604202A06019000'],
    ['a card number with other characters', '00B207000B', '0709413030FE303031399000'],
    ['a citizen number with a wrong check digit', '00B2080014', '08123131303130353139343931323331303032319000'],
    ['a citizen number with other characters', '00B2080014', `0812${'2A'.repeat(18)}9000`],
    ['a name that is no GBK', '00B2090020', `091E81FFFE20${zeros(25)}019000`],
    ['a name with control characters', '00B2090020', `091ED5C507C8FD${zeros(25)}9000`],
  ])('%s is bad data', async (_, command, answer) => {
    expect(await read({ [command]: answer })).toEqual(failure('BAD_DATA'))
  })

  test('another card id at the end than at the start is bad data: two cards are never one identity', async () => {
    const other = cardId.replace('4966', '4967')
    expect(await read({ '00B2010012': [`0110${cardId}9000`, `0110${other}9000`] })).toEqual(failure('BAD_DATA'))
  })

  test('a date of expiry that no calendar has costs only the date', async () => {
    const card = await cardOf({ '00B2060006': '0604202802309000' })
    expect(card).not.toHaveProperty('validUntil')
    expect(card.warnings).toEqual(['the date of expiry is in no calendar'])
  })

  test('no fault tells what the card holds', async () => {
    const result = await read({ '00B2080014': '08123131303130353139343931323331303032319000' })
    expect(JSON.stringify(result)).not.toContain('19491231')
  })
})

test('a citizen number has a birth date and a check digit', () => {
  expect(isCitizenNumber('11010519491231002X')).toBe(true)
  expect(isCitizenNumber('110105194912310021')).toBe(false)
  expect(isCitizenNumber('110105194913310028')).toBe(false)
  expect(isCitizenNumber('11010519491231002x')).toBe(false)
})
