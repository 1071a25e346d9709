import type { Random } from './random.ts'
import type { SocialSecurityProfile, VirtualCardProfile } from './virtual-card.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const digits = (random: Random, count: number) => Array.from({ length: count }, () => random.below(10)).join('')
const hexDigits = (random: Random, count: number) =>
  Array.from({ length: count }, () => random.below(16).toString(16).toUpperCase()).join('')

function citizenNumber(random: Random): string {
  // 99 is no province of GB/T 2260, so that no real person has such a number.
  const head = `9901011940010${1 + random.below(9)}${digits(random, 3)}`
  const sum = weights.reduce((total, weight, place) => total + weight * Number(head[place]), 0)
  return `${head}${'10X98765432'[sum % 11]}`
}

function madeUpName(random: Random): string {
  const given = () => random.oneOf('喆', '镕', '𠮷', '㛃', '淑', '芬', '国', '强')
  // With two characters before it, 26 bytes: the longest that a card without an extension holds in full.
  const long = random.chance(0.1) ? '·阿依古丽买买提' : ''
  return `${random.oneOf('王', '李', '张', '欧阳')}${given()}${random.chance(0.6) ? given() : ''}${long}`
}

/** A made-up social-security card: any generation, contact or contactless, with any way to ask for its records. */
export function madeUpCard(random: Random): SocialSecurityProfile {
  return {
    cardId: `990101D156000005${hexDigits(random, 16)}`,
    cardNumber: `X${digits(random, 8)}`,
    citizenNumber: citizenNumber(random),
    name: madeUpName(random),
    version: random.oneOf('1.00', '2.00', '3.00'),
    validUntil: `20${30 + random.below(10)}-06-01`,
    numberedRecords: random.chance(0.2),
    selectsFilesBy: random.chance(0.2) ? 0x00 : 0x02,
    longCardNumber: random.chance(0.2),
    ...(random.chance(0.3) ? { contactless: { uid: `04${hexDigits(random, 12)}` } } : {}),
  }
}

/** A made-up card of any kind that a canteen binds: three of four are social-security cards, the others plain NFC cards. */
export function madeUpCardOfAnyKind(random: Random): VirtualCardProfile {
  if (random.chance(0.75)) return madeUpCard(random)
  return { kind: 'nfc', uid: random.chance(0.5) ? `04${hexDigits(random, 12)}` : `7A${hexDigits(random, 6)}` }
}

/** What a driver must say of this card, apart from how long it took. */
export function rightReading(profile: VirtualCardProfile): Record<string, unknown> {
  if ('kind' in profile) return { source: 'uid', uid: profile.uid, warnings: [] }
  const full = profile.version !== '3.00'
  const { cardId, cardNumber, version, validUntil } = profile
  const person = { citizenNumber: profile.citizenNumber, name: profile.name }
  const fields = { cardId, cardNumber, version, validUntil, ...(full ? person : {}) }
  return { source: 'ssc-pcsc', ...fields, full, warnings: [] }
}
