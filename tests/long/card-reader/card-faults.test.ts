import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { readSocialSecurityCard } from '../../../electron/core/devices/card-reader/social-security-card.ts'
import { aWhile, card, nextCard, pcscBench } from '../../support/pcsc-bench.ts'
import { virtualCard } from '../../support/virtual-card.ts'
import { virtualReader } from '../../support/virtual-reader.ts'

const { reader, driver, data, faults, dataOf } = pcscBench()

/** How many commands a whole read of this card takes. */
async function commandsOf(profile: typeof card): Promise<number> {
  const played = virtualCard(profile)
  let commands = 0
  await readSocialSecurityCard(async command => {
    commands += 1
    const answer = played.answer(command)
    return answer.kind === 'bytes' ? answer.bytes : new Uint8Array()
  })
  return commands
}

const everyCommand = Array.from({ length: await commandsOf(card) }, (_, command) => command)

describe('a card that is pulled while it is read', () => {
  test('takes 13 commands, each of which is tried below', () => {
    expect(everyCommand).toHaveLength(13)
  })

  test.each(everyCommand)('at command %i is CARD_REMOVED, and the next card reads', async atCommand => {
    await reader.insert({ ...card, fault: { kind: 'removed', atCommand } })
    expect((await driver().waitFor('fault')).code).toBe('CARD_REMOVED')
    await reader.insert(nextCard)
    await dataOf(nextCard.cardId)
    expect(data()).toHaveLength(1)
    expect(faults()).toEqual(['CARD_REMOVED'])
  })

  test('and put in again is read as the same card, once', async () => {
    await reader.insert({ ...card, fault: { kind: 'removed', atCommand: 6 } })
    await driver().waitFor('fault')
    await reader.insert(card)
    await dataOf(card.cardId)
    driver().send({ type: 'enable' })
    await pause(aWhile)
    expect(data()).toHaveLength(1)
    expect(faults()).toEqual(['CARD_REMOVED'])
  })

  test('and is put in again at once, before the service looked, is read all the same', async () => {
    await reader.insert({ ...card, fault: { kind: 'removed', atCommand: 6 } })
    await driver().waitFor('fault')
    const otherHand = virtualReader(0)
    await otherHand.insert(card)
    await dataOf(card.cardId)
    expect(data()).toHaveLength(1)
    await otherHand.remove()
  })
})

describe('a card that cannot be read', () => {
  test.each([1, 2, 3])('since it answers garbage (%i) is a fault and never data', async seed => {
    await reader.insert({ ...card, fault: { kind: 'garbage', seed } })
    expect(['BAD_DATA', 'CARD_ERROR']).toContain((await driver().waitFor('fault')).code)
    await pause(aWhile)
    expect(data()).toEqual([])
  })

  test('since it answers with one byte is BAD_DATA, once, though it is left in and tried again', async () => {
    await reader.insert({ ...card, fault: { kind: 'one-byte' } })
    await driver().waitFor('fault')
    await pause(3 * aWhile)
    expect(faults()).toEqual(['BAD_DATA'])
  })

  test('since it is a plain NFC card is NOT_SSC, where nobody set the byte order of UIDs', async () => {
    await reader.insert({ kind: 'nfc', uid: '7A003A12' })
    expect((await driver().waitFor('fault')).code).toBe('NOT_SSC')
    expect(data()).toEqual([])
  })

  test.each([0, 7])(
    'since it falls silent at command %i is TIMEOUT; the driver stays in touch and the next card reads',
    async atCommand => {
      await reader.insert({ ...card, fault: { kind: 'silent', atCommand } })
      expect((await driver().waitFor('fault')).code).toBe('TIMEOUT')
      driver().forget()
      driver().send({ type: 'health' })
      expect(await driver().waitFor('state')).toMatchObject({ state: 'error', media: 'present' })
      await reader.insert(nextCard)
      await dataOf(nextCard.cardId)
    },
  )

  test('since it is far too slow is TIMEOUT, once', async () => {
    await reader.insert({ ...card, fault: { kind: 'slow', milliseconds: 300 } })
    await driver().waitFor('fault')
    await pause(3 * aWhile)
    expect(faults()).toEqual(['TIMEOUT'])
    expect(data()).toEqual([])
  })

  test('and is swapped faster than the service looks makes way for the next', async () => {
    await reader.insert({ ...card, fault: { kind: 'garbage', seed: 7 } })
    await driver().waitFor('fault')
    const taken = reader.remove()
    const otherHand = virtualReader(0)
    await otherHand.insert(nextCard)
    await dataOf(nextCard.cardId)
    await taken
    await otherHand.remove()
  })
})
