import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { findDevices, makesFor } from '../../electron/core/devices/discovery.ts'
import { forkDriver, pcscDriver } from '../support/driver-process.ts'
import { aWhile, card, claimReader, keyOf, nextCard, pcscBench, serviceTellsOfCard } from '../support/pcsc-bench.ts'
import { virtualReader } from '../support/virtual-reader.ts'

const { reader, driver, service, restartService, dataOf } = pcscBench()
const secondSlot = virtualReader(1)
/** By so much (ms) a card may be read later than the service itself tells of it, once that is back. */
const healsWithin = 5_000

/**
 * Starts the service again, puts a card in, and gives how much later (ms) it was read than the new service told another client of it: what
 * the driver adds, whatever else keeps the machine busy.
 */
async function readAfterRestart(): Promise<number> {
  await restartService()
  const read = dataOf(nextCard.cardId).then(() => performance.now())
  await reader.insert(nextCard)
  await serviceTellsOfCard()
  const told = performance.now()
  return (await read) - told
}

describe('the service', () => {
  test('killed while idle shows as no-service; when it is back, cards are read again within 5 s', async () => {
    expect(service().started, 'this test kills pcscd and so must start it: stop the one that runs').toBe(true)
    await service().kill()
    await driver().waitFor('state', state => state.state === 'no-service')
    // An idle from before the kill is not the one to wait for.
    driver().forget()
    expect(await readAfterRestart()).toBeLessThanOrEqual(healsWithin)
  })

  test('killed during a read is SERVICE_DOWN; when it is back, cards are read again within 5 s', async () => {
    expect(service().started, 'this test kills pcscd and so must start it: stop the one that runs').toBe(true)
    await reader.insert({ ...card, fault: { kind: 'silent', atCommand: 4 } })
    await driver().waitFor('reading')
    await service().kill()
    expect((await driver().waitFor('fault')).code).toBe('SERVICE_DOWN')
    expect(await readAfterRestart()).toBeLessThanOrEqual(healsWithin)
  })
})

describe('two readers', () => {
  test('are found, each with the driver that fits it and the configuration that names it', async () => {
    const found = await findDevices()
    expect(found.map(({ name }) => name)).toEqual(['Virtual PCD 00 00', 'Virtual PCD 00 01'])
    expect(found.map(device => makesFor(device).map(make => [make.driver, make.configFor(device)]))).toEqual([
      [['card-reader-pcsc', { reader: 'Virtual PCD 00 00' }]],
      [['card-reader-pcsc', { reader: 'Virtual PCD 00 01' }]],
    ])
  })

  test('work side by side, each driver with the one that its pattern names', async () => {
    const other = claimReader({ reader: 'virtual*00 01' })
    await other.waitFor('state', state => state.state === 'idle')
    other.send({ type: 'enable' })
    await reader.insert(card)
    await secondSlot.insert(nextCard)
    await dataOf(card.cardId)
    const read = await other.waitFor('data')
    expect(keyOf(read)).toBe(nextCard.cardId)
    await secondSlot.remove()
    await other.end()
  })

  test('go to two drivers that name none, one each', async () => {
    const other = claimReader({})
    expect(await other.waitFor('state', state => state.state === 'idle')).toMatchObject({ detail: 'Virtual PCD 00 01' })
    await other.end()
  })
})

describe('a reader that another driver holds', () => {
  test('is an error with a word, its cards are read by the holder alone, and it passes on when the holder dies', async () => {
    const holder = claimReader({ reader: '00 01' })
    await holder.waitFor('state', state => state.state === 'idle')
    holder.send({ type: 'enable' })
    const second = claimReader({ reader: '00 01' })
    second.send({ type: 'enable' })
    const told = await second.waitFor('state')
    expect(told).toMatchObject({ state: 'error', detail: 'another driver holds Virtual PCD 00 01' })
    await secondSlot.insert(card)
    await holder.waitFor('data')
    await pause(aWhile)
    expect(second.heard.map(({ type }) => type)).not.toContain('reading')
    await holder.end()
    expect(keyOf(await second.waitFor('data'))).toBe(card.cardId)
    await secondSlot.remove()
    await second.end()
  })

  test('can be claimed as soon as the holder releases it, and the holder may claim it again later', async () => {
    const holder = claimReader({ reader: '00 01' })
    await holder.waitFor('state', state => state.state === 'idle')
    holder.send({ type: 'release' })
    await holder.waitFor('state', state => state.state === 'closed')
    const second = claimReader({ reader: '00 01' })
    expect(await second.waitFor('state')).toMatchObject({ state: 'idle' })
    holder.forget()
    holder.send({ type: 'claim' })
    expect(await holder.waitFor('state')).toMatchObject({ state: 'error' })
    second.send({ type: 'close' })
    await holder.waitFor('state', state => state.state === 'idle')
    await Promise.all([holder.end(), second.end()])
  })
})

test('a name that no reader has is no-device', async () => {
  const other = claimReader({ reader: 'ACME 9000' })
  expect(await other.waitFor('state')).toMatchObject({ state: 'no-device', media: 'unknown' })
  await other.end()
})

describe('the driver process', () => {
  test('opened with a wrong configuration says what is wrong', async () => {
    const other = forkDriver(pcscDriver)
    other.send({ type: 'open', config: { raeder: '00 00' } })
    const fault = await other.waitFor('fault')
    expect(fault).toMatchObject({ code: 'IO', detail: expect.stringContaining('raeder') })
    await other.end()
  })

  test('opened only watches nothing until it has claimed its reader', async () => {
    const other = forkDriver(pcscDriver)
    other.send({ type: 'open', config: { reader: '00 01' } })
    other.send({ type: 'enable' })
    await secondSlot.insert(card)
    await pause(aWhile)
    other.send({ type: 'health' })
    expect(await other.waitFor('state')).toMatchObject({ state: 'closed' })
    expect(other.heard).toHaveLength(1)
    await secondSlot.remove()
    await other.end()
  })

  test('closes, and can be opened again', async () => {
    const other = claimReader({ reader: '00 01' })
    await other.waitFor('state', state => state.state === 'idle')
    other.send({ type: 'close' })
    await other.waitFor('state', state => state.state === 'closed')
    other.forget()
    other.send({ type: 'open', config: { reader: '00 01' } })
    other.send({ type: 'claim' })
    await other.waitFor('state', state => state.state === 'idle')
    await other.end()
  })

  test('ends when its parent goes', async () => {
    const other = claimReader({ reader: '00 01' })
    await other.waitFor('state', state => state.state === 'idle')
    const exited = new Promise(resolve => other.child.once('exit', resolve))
    other.child.disconnect()
    await exited
  })
})
