import { wordsOf } from '../i18n/words.ts'
import { useCashier } from './cashier-store.ts'
import { useClose } from './close-store.ts'

/** Why a count or a float is put right, most often, and the keys for it. */
export const correctionWhys = [
  { why: 'missed', cap: 'Z' },
  { why: 'twice', cap: 'X' },
  { why: 'typed', cap: 'C' },
  { why: 'found', cap: 'V' },
] as const

/** True where the key was one of these: its words become the note, in the language of the screen. */
export function actOnWhys(code: string): boolean {
  const chosen = correctionWhys.find(({ cap }) => code === `Key${cap}`)
  if (chosen) useClose.setState({ note: wordsOf(useCashier.getState().language).correctWhys[chosen.why] })
  return chosen !== undefined
}
