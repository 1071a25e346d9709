import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { aWhile, card, nextCard, pcscBench } from '../support/pcsc-bench.ts'

const { reader, driver, data, faults, dataOf } = pcscBench({ uidOrder: 'air' })

test('the driver runs on the Node of the project', () => {
  expect(process.versions.node).toMatch(/^24\./)
  expect(driver().child.spawnfile).toBe(process.execPath)
})

describe('a social-security card', () => {
  test.each(['1.00', '2.00'] as const)('of generation %s is read with name and citizen number', async version => {
    await reader.insert({ ...card, version })
    expect((await driver().waitFor('data')).data).toEqual({
      source: 'ssc-pcsc',
      cardId: card.cardId,
      cardNumber: 'A00000019',
      citizenNumber: '11010519491231002X',
      name: '张三丰',
      version,
      validUntil: '2028-06-01',
      full: true,
      warnings: [],
      readMilliseconds: expect.any(Number),
    })
  })

  test('of the third generation is read without name and citizen number, and that is no fault', async () => {
    await reader.insert({ ...card, version: '3.00' })
    expect((await driver().waitFor('data')).data).toEqual({
      source: 'ssc-pcsc',
      cardId: card.cardId,
      cardNumber: 'A00000019',
      version: '3.00',
      validUntil: '2028-06-01',
      full: false,
      warnings: [],
      readMilliseconds: expect.any(Number),
    })
    expect(faults()).toEqual([])
  })

  test('with a rare name, long enough for the extension, is read letter by letter', async () => {
    const name = '王喆镕𠮷㛃·阿依古丽买买提艾则孜'
    await reader.insert({ ...card, name })
    expect(await driver().waitFor('data')).toMatchObject({ data: { name } })
  })

  test.each([
    ['that knows its records by number only', { numberedRecords: true }],
    ['that takes SELECT with P1 00 only', { selectsFilesBy: 0x00 }],
    ['whose card number has a longer record than ours (6Cxx)', { longCardNumber: true }],
    ['of an answer every 100 ms', { fault: { kind: 'slow', milliseconds: 100 } }],
  ] as const)('%s is read in full', async (_, trait) => {
    await reader.insert({ ...card, ...trait })
    expect(await driver().waitFor('data')).toMatchObject({
      data: { cardId: card.cardId, cardNumber: 'A00000019', name: '张三丰', full: true, warnings: [] },
    })
  })

  test.each(['2.00', '3.00'] as const)(
    'of generation %s on a contactless slot is read by its card id, not by its UID',
    async version => {
      await reader.insert({ ...card, version, contactless: { uid: '04A1B2C3D4E5F6' } })
      expect(await driver().waitFor('data')).toMatchObject({
        data: { source: 'ssc-pcsc', cardId: card.cardId, full: version === '2.00' },
      })
    },
  )

  test('is announced as reading before its data, and each event has an id of its own', async () => {
    await reader.insert(card)
    const read = await driver().waitFor('data')
    const reading = await driver().waitFor('reading')
    expect(driver().heard.flatMap(({ type }) => (type === 'state' ? [] : [type]))).toEqual(['reading', 'data'])
    expect(reading.eventId).not.toBe(read.eventId)
    expect(driver().heard).toContainEqual(expect.objectContaining({ type: 'state', state: 'busy', media: 'present' }))
  })
})

describe('a card of another kind', () => {
  test.each(['7A003A12', '04A1B2C3D4E5F6', '04A1B2C3D4E5F6071829'])('with the UID %s is read by it', async uid => {
    await reader.insert({ kind: 'nfc', uid })
    expect((await driver().waitFor('data')).data).toEqual({
      source: 'uid',
      uid,
      warnings: [],
      readMilliseconds: expect.any(Number),
    })
    expect(faults()).toEqual([])
  })

  test('whose UID changes at each tap, as a phone does, is refused', async () => {
    await reader.insert({ kind: 'nfc', uid: '08A1B2C3' })
    expect((await driver().waitFor('fault')).code).toBe('UID_CHANGES')
    expect(data()).toEqual([])
  })

  test.each([
    ['a bank card in the contact slot', { kind: 'bank', uid: null }],
    ['another card that answers 6A82', { ...card, fault: { kind: 'not-social-security', status: 0x6a82 } }],
    ['another card that answers 6A81', { ...card, fault: { kind: 'not-social-security', status: 0x6a81 } }],
  ] as const)('%s is NOT_SSC, once', async (_, profile) => {
    await reader.insert(profile)
    expect((await driver().waitFor('fault')).code).toBe('NOT_SSC')
    await pause(aWhile)
    expect(faults()).toEqual(['NOT_SSC'])
    expect(data()).toEqual([])
  })
})

describe('the data gate', () => {
  test('shuts after one card: the next says nothing until enable, and then comes', async () => {
    await reader.insert(card)
    await dataOf(card.cardId)
    await reader.insert(nextCard)
    await pause(aWhile)
    expect(data()).toHaveLength(1)
    driver().send({ type: 'enable' })
    await dataOf(nextCard.cardId)
  })

  test('opened again does not report a card twice that was not taken out', async () => {
    await reader.insert(card)
    await dataOf(card.cardId)
    driver().send({ type: 'enable' })
    await pause(aWhile)
    expect(data()).toHaveLength(1)
    await reader.insert(card)
    await driver().waitFor('data', message => message.eventId !== data()[0]?.eventId)
  })

  test('shut by disable keeps a card waiting', async () => {
    driver().send({ type: 'disable' })
    await reader.insert(card)
    await pause(aWhile)
    expect(driver().heard.map(({ type }) => type)).not.toContain('reading')
    driver().send({ type: 'enable' })
    await dataOf(card.cardId)
  })
})
