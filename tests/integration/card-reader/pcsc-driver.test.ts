import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Pcscd, startPcscd } from '../../support/pcscd.ts'
import { type VirtualCardProfile, virtualReader } from '../../support/virtual-card.ts'
import { type ForkedDriver, forkDriver, pcscDriver } from './driver-process.ts'

const card: VirtualCardProfile = {
  cardId: '639900D15600000500BF7C7A48FB4966',
  cardNumber: 'A00000019',
  citizenNumber: '11010519491231002X',
  name: '张三丰',
  version: '2.00',
  validUntil: '2028-06-01',
}
const nextCard: VirtualCardProfile = { ...card, cardId: '639900D15600000500BF7C7A48FB4967' }
/** Longer than the driver needs to look at its reader again, several times over. */
const aWhile = 1_500

const reader = virtualReader(0)
let service: Pcscd
let driver: ForkedDriver

beforeAll(async () => {
  service = await startPcscd()
  driver = forkDriver(pcscDriver)
  driver.send({ type: 'open', config: { reader: '00 00' } })
  await driver.waitFor('state', state => state.state === 'idle')
})

afterAll(async () => {
  await driver?.end()
  await service?.stop()
})

beforeEach(() => {
  driver.forget()
  driver.send({ type: 'enable' })
})

afterEach(async () => {
  await reader.remove()
})

const dataHeard = () => driver.heard.filter(message => message.type === 'data')
const faultsHeard = () => driver.heard.flatMap(message => (message.type === 'fault' ? [message.code] : []))
const dataOf = (cardId: string) => driver.waitFor('data', ({ data }) => 'cardId' in data && data.cardId === cardId)

test('the driver runs on the Node of the project', () => {
  expect(process.versions.node).toMatch(/^24\./)
  expect(driver.child.spawnfile).toBe(process.execPath)
})

describe('a card', () => {
  test('of the second generation is read with name and citizen number', async () => {
    await reader.insert(card)
    const { data } = await driver.waitFor('data')
    expect(data).toEqual({
      source: 'ssc-pcsc',
      cardId: card.cardId,
      cardNumber: 'A00000019',
      citizenNumber: '11010519491231002X',
      name: '张三丰',
      version: '2.00',
      validUntil: '2028-06-01',
      full: true,
      warnings: [],
      readMilliseconds: expect.any(Number),
    })
  })

  test('of the third generation is read without name and citizen number', async () => {
    await reader.insert({ ...card, version: '3.00' })
    const { data } = await driver.waitFor('data')
    expect(data).toMatchObject({ cardId: card.cardId, version: '3.00', full: false, warnings: [] })
    expect(data).not.toHaveProperty('name')
    expect(data).not.toHaveProperty('citizenNumber')
  })

  test('with a rare name, long enough for the extension, is read letter by letter', async () => {
    const name = '王喆镕𠮷㛃·阿依古丽买买提艾则孜'
    await reader.insert({ ...card, name })
    expect(await driver.waitFor('data')).toMatchObject({ data: { name } })
  })

  test('is announced as reading before its data, and each event has an id of its own', async () => {
    await reader.insert(card)
    const data = await driver.waitFor('data')
    const reading = await driver.waitFor('reading')
    expect(driver.heard.map(message => message.type).filter(type => type !== 'state')).toEqual(['reading', 'data'])
    expect(reading.eventId).not.toBe(data.eventId)
    expect(driver.heard).toContainEqual(expect.objectContaining({ type: 'state', state: 'busy', media: 'present' }))
  })
})

describe('the data gate', () => {
  test('shuts after one card: the next says nothing until enable, and then comes', async () => {
    await reader.insert(card)
    await dataOf(card.cardId)
    await reader.insert(nextCard)
    await pause(aWhile)
    expect(dataHeard()).toHaveLength(1)
    driver.send({ type: 'enable' })
    await dataOf(nextCard.cardId)
  })

  test('opened again does not report a card twice that was not taken out', async () => {
    await reader.insert(card)
    await dataOf(card.cardId)
    driver.send({ type: 'enable' })
    await pause(aWhile)
    expect(dataHeard()).toHaveLength(1)
    await reader.insert(card)
    await driver.waitFor('data', message => message.eventId !== dataHeard()[0]?.eventId)
  })

  test('shut by disable keeps a card waiting', async () => {
    driver.send({ type: 'disable' })
    await reader.insert(card)
    await pause(aWhile)
    expect(driver.heard.map(message => message.type)).not.toContain('reading')
    driver.send({ type: 'enable' })
    await dataOf(card.cardId)
  })
})

describe('a card that cannot be read', () => {
  test.each([0, 1, 3, 9, 12])('pulled at command %i is CARD_REMOVED, and the next card reads', async atCommand => {
    await reader.insert({ ...card, fault: { kind: 'removed', atCommand } })
    const fault = await driver.waitFor('fault')
    expect(fault.code).toBe('CARD_REMOVED')
    await reader.insert(nextCard)
    await dataOf(nextCard.cardId)
    expect(dataHeard()).toHaveLength(1)
    expect(faultsHeard()).toEqual(['CARD_REMOVED'])
  })

  test.each([1, 2, 3])('that answers garbage (%i) is a fault and never data', async seed => {
    await reader.insert({ ...card, fault: { kind: 'garbage', seed } })
    const fault = await driver.waitFor('fault')
    expect(['BAD_DATA', 'CARD_ERROR']).toContain(fault.code)
    await pause(aWhile)
    expect(dataHeard()).toEqual([])
  })

  test('and is left in tells its fault once, though it is tried again', async () => {
    await reader.insert({ ...card, fault: { kind: 'one-byte' } })
    await driver.waitFor('fault')
    await pause(3 * aWhile)
    expect(faultsHeard()).toEqual(['BAD_DATA'])
  })

  test('since it is another kind of card is NOT_SSC', async () => {
    await reader.insert({ ...card, fault: { kind: 'not-social-security' } })
    expect((await driver.waitFor('fault')).code).toBe('NOT_SSC')
  })

  test.each([0, 7])(
    'since it falls silent at command %i is TIMEOUT; the driver stays in touch and the next card reads',
    async atCommand => {
      await reader.insert({ ...card, fault: { kind: 'silent', atCommand } })
      expect((await driver.waitFor('fault')).code).toBe('TIMEOUT')
      driver.forget()
      driver.send({ type: 'health' })
      expect(await driver.waitFor('state')).toMatchObject({ state: 'error', media: 'present' })
      await reader.insert(nextCard)
      await dataOf(nextCard.cardId)
    },
  )

  test('since it is far too slow is TIMEOUT, once', async () => {
    await reader.insert({ ...card, fault: { kind: 'slow', milliseconds: 300 } })
    await driver.waitFor('fault')
    await pause(3 * aWhile)
    expect(faultsHeard()).toEqual(['TIMEOUT'])
    expect(dataHeard()).toEqual([])
  })

  test('and is swapped faster than the service looks makes way for the next', async () => {
    await reader.insert({ ...card, fault: { kind: 'garbage', seed: 7 } })
    await driver.waitFor('fault')
    const taken = reader.remove()
    const otherHand = virtualReader(0)
    await otherHand.insert(nextCard)
    await dataOf(nextCard.cardId)
    await taken
    await otherHand.remove()
  })
})

describe('the reader and its service', () => {
  test('a service that is killed shows as no-service; when it is back, cards read again', async () => {
    expect(service.started, 'this test kills pcscd and so must start it: stop the one that runs').toBe(true)
    await service.kill()
    await driver.waitFor('state', state => state.state === 'no-service')
    // An idle from before the kill is not the one to wait for.
    driver.forget()
    service = await startPcscd()
    await driver.waitFor('state', state => state.state === 'idle')
    await reader.insert(nextCard)
    await dataOf(nextCard.cardId)
  })

  test('a service killed during a read is SERVICE_DOWN, and heals', async () => {
    expect(service.started, 'this test kills pcscd and so must start it: stop the one that runs').toBe(true)
    await reader.insert({ ...card, fault: { kind: 'silent', atCommand: 4 } })
    await driver.waitFor('reading')
    await service.kill()
    expect((await driver.waitFor('fault')).code).toBe('SERVICE_DOWN')
    service = await startPcscd()
    await reader.insert(nextCard)
    await dataOf(nextCard.cardId)
  })

  test('a name that no reader has is no-device', async () => {
    const other = forkDriver(pcscDriver)
    other.send({ type: 'open', config: { reader: 'ACME 9000' } })
    expect(await other.waitFor('state')).toMatchObject({ state: 'no-device', media: 'unknown' })
    await other.end()
  })
})

describe('the driver process', () => {
  test('with a wrong configuration says what is wrong', async () => {
    const other = forkDriver(pcscDriver)
    other.send({ type: 'open', config: { raeder: '00 00' } })
    const fault = await other.waitFor('fault')
    expect(fault).toMatchObject({ code: 'IO', detail: expect.stringContaining('raeder') })
    await other.end()
  })

  test('closes, and can be opened again', async () => {
    const other = forkDriver(pcscDriver)
    other.send({ type: 'open', config: { reader: '00 01' } })
    await other.waitFor('state', state => state.state === 'idle')
    other.send({ type: 'close' })
    await other.waitFor('state', state => state.state === 'closed')
    other.forget()
    other.send({ type: 'open', config: { reader: '00 01' } })
    await other.waitFor('state', state => state.state === 'idle')
    await other.end()
  })

  test('ends when its parent goes', async () => {
    const other = forkDriver(pcscDriver)
    other.send({ type: 'open', config: {} })
    await other.waitFor('state', state => state.state === 'idle')
    const exited = new Promise(resolve => other.child.once('exit', resolve))
    other.child.disconnect()
    await exited
  })
})
