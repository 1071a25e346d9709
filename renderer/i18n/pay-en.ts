import type { Said } from './catalogue.ts'
import type { payZh } from './pay-zh.ts'

/** Words about payments in parts, references and the undo of an undo. */
export const payEn: Said<typeof payZh> = {
  split: 'Split',
  splitTitle: 'How much first?',
  splitBounds: 'More than 0, less than the whole; cash in steps of 0.10',
  splitRest: (tender, amount) => `${amount} is left for ${tender}`,
  splitTake: 'Take this first',
  part: (tender, amount) => `${tender}\u00a0${amount}`,
  partsJoined: (first, second) => `${first}, ${second}`,
  payingParts: parts => `in two parts: ${parts}`,
  paidParts: parts => `paid: ${parts}`,
  reference: 'Reference',
  referenceNone: 'Without it: pending',
  referenceIs: tail => `ends in ${tail}, confirmed`,
  referenceTitle: 'Payment reference',
  referenceNote: "On the payment device's slip; at least the last 4 digits",
  referenceTake: 'Keep',
  givenOther: 'Other',
  givenDue: due => `${due} yuan are due`,
  givenBack: change => `Change: ${change} yuan`,
  givenBounds: (least, most) => `${least} to ${most} yuan, in steps of 0.10`,
  givenTake: 'Take and record',
  restore: 'Restore',
  takenBack: (who, amount) => `Voided: ${who}, ${amount} yuan`,
  takenBackWaiting: amount => `${amount} yuan by phone: give it back only if the payment device shows it`,
  takenBackNothing: 'Nothing was taken, so nothing goes back',
  takenBackChange: given => `If the change was not given yet: ${given} in all, change included`,
  letterKeys: 'Initials and last digits',
  clearText: 'Clear',
  letters: 'ABC',
}
