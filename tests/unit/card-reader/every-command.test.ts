import { describe, expect, test } from 'vitest'
import type { Transmit } from '../../../electron/core/devices/card-reader/apdu.ts'
import { readUid } from '../../../electron/core/devices/card-reader/plain-card.ts'
import { readSocialSecurityCard } from '../../../electron/core/devices/card-reader/social-security-card.ts'
import { type SocialSecurityProfile, type VirtualCardProfile, virtualCard } from '../../support/virtual-card.ts'

const card: SocialSecurityProfile = {
  cardId: '639900D15600000500BF7C7A48FB4966',
  cardNumber: 'A00000019',
  citizenNumber: '11010519491231002X',
  name: '王喆镕𠮷㛃·阿依古丽买买提艾则孜',
  version: '2.00',
  validUntil: '2028-06-01',
}

const kinds: [string, SocialSecurityProfile][] = [
  ['a 1.00 card', { ...card, version: '1.00', name: '张三丰' }],
  ['a 2.00 card', card],
  ['a 3.00 card', { ...card, version: '3.00' }],
  ['a contactless 3.00 card', { ...card, version: '3.00', contactless: { uid: '04A1B2C3D4E5F6' } }],
  ['a card with numbered records', { ...card, numberedRecords: true }],
  ['a card that selects by P1 00', { ...card, selectsFilesBy: 0x00 }],
  ['a card with a long card number', { ...card, longCardNumber: true }],
]

/** The card on the wire; `spoil` may change the answer to the command of this number. */
function wire(
  profile: VirtualCardProfile,
  spoil: (answer: Uint8Array, command: number) => Uint8Array = answer => answer,
) {
  const played = virtualCard(profile)
  const count = { commands: 0 }
  const transmit: Transmit = async command => {
    const answer = played.answer(command)
    return spoil(answer.kind === 'bytes' ? answer.bytes : new Uint8Array(), count.commands++)
  }
  return { transmit, count }
}

async function commandsOf(profile: VirtualCardProfile): Promise<number> {
  const { transmit, count } = wire(profile)
  await readSocialSecurityCard(transmit)
  return count.commands
}

describe.each(kinds)('%s', (_, profile) => {
  test('is read', async () => {
    const full = profile.version !== '3.00'
    expect(await readSocialSecurityCard(wire(profile).transmit)).toMatchObject({
      ok: true,
      card: { cardId: card.cardId, version: profile.version, full, ...(full ? { name: profile.name } : {}) },
    })
  })

  test('pulled at any command is CARD_REMOVED', async () => {
    for (let atCommand = await commandsOf(profile); atCommand-- > 0; ) {
      const { transmit } = wire({ ...profile, fault: { kind: 'removed', atCommand } })
      expect(await readSocialSecurityCard(transmit), `at ${atCommand}`).toMatchObject({ code: 'CARD_REMOVED' })
    }
  })

  test('with one byte as the answer to any command is BAD_DATA', async () => {
    for (let place = await commandsOf(profile); place-- > 0; ) {
      const { transmit } = wire(profile, (answer, command) => (command === place ? Uint8Array.of(0x90) : answer))
      expect(await readSocialSecurityCard(transmit), `at ${place}`).toMatchObject({ code: 'BAD_DATA' })
    }
  })

  test('swapped for another card at any command is never a mixture of the two', async () => {
    const other: SocialSecurityProfile = {
      ...profile,
      cardId: '639900D15600000500BF7C7A48FB4967',
      cardNumber: 'B00000027',
      citizenNumber: '110105195001010027',
      name: '李四',
    }
    for (let place = await commandsOf(profile); place-- > 0; ) {
      const [first, second] = [wire(profile), wire(other)]
      let commands = 0
      const result = await readSocialSecurityCard(async command => {
        // The second card hears everything, as if both had been selected alike: the worst case.
        const [one, two] = [await first.transmit(command), await second.transmit(command)]
        return commands++ < place ? one : two
      })
      if (!result.ok) continue
      const owner = result.card.cardId === profile.cardId ? profile : other
      expect([result.card.cardNumber, result.card.name ?? owner.name], `at ${place}`).toEqual([
        owner.cardNumber,
        owner.name,
      ])
    }
  })
})

test.each<[string, VirtualCardProfile]>([
  ['a bank card in a contact slot', { kind: 'bank', uid: null }],
  ['a bank card over the air', { kind: 'bank', uid: '04A1B2C3D4E5F6' }],
  ['a plain NFC card', { kind: 'nfc', uid: '7A003A12' }],
])('%s is no social-security card', async (_, profile) => {
  expect(await readSocialSecurityCard(wire(profile).transmit)).toMatchObject({ code: 'NOT_SSC' })
})

test('a UID is told over the air only', async () => {
  expect(await readUid(wire({ kind: 'nfc', uid: '7A003A12' }).transmit, 'air')).toEqual({ ok: true, uid: '7A003A12' })
  expect(await readUid(wire({ kind: 'bank', uid: null }).transmit, 'air')).toMatchObject({ code: 'NOT_SSC' })
})
