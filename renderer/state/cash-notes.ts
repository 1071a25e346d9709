import { dueFen as coinsOf } from '../../shared/payments.ts'
import type { PricedView } from '../../shared/terminal-api.ts'
import { confirmSale } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'

/** The notes that a key stands for (fen), and their keys. */
export const notes = [
  { fen: 1000, cap: 'Z' },
  { fen: 2000, cap: 'X' },
  { fen: 5000, cap: 'C' },
  { fen: 10_000, cap: 'V' },
] as const

/** The key for a sum that no note's key stands for. */
export const otherCap = 'N'

/** More goes back on no sale (fen): a typed sum beyond it is a slip of the finger. */
export const mostChangeFen = 100_000

/** True where people lay down such a sum (fen) for an amount due: it reaches, has no fen coins, and the change is no mistake. */
export function isGivenFor(givenFen: number, dueFen: number): boolean {
  const isCoins = Number.isSafeInteger(givenFen) && givenFen === coinsOf('cash', givenFen)
  return isCoins && givenFen >= dueFen && givenFen - dueFen <= mostChangeFen
}

/** What four notes' keys stand for at an amount due: single notes, and above 100 yuan the sums that people lay down for it, the smallest first (fen). */
export function sumsFor(dueFen: number): { readonly fen: number; readonly cap: string }[] {
  if (dueFen <= 10_000) return [...notes]
  const upTo = (step: number) => Math.ceil(dueFen / step) * step
  const sums = [...new Set([upTo(1000), upTo(2000), upTo(5000), upTo(10_000), upTo(10_000) + 10_000])]
  sums.sort((one, other) => one - other)
  return notes.flatMap(({ cap }, place) => {
    const fen = sums[place]
    return fen === undefined ? [] : [{ fen, cap }]
  })
}

/** True where the sale is paid in cash now, and nothing else is asked first. */
export function takesNotes(priced: PricedView): boolean {
  const isApart = priced.parts.some(({ kind }) => kind === 'outside')
  return priced.tender === 'cash' && priced.needs === null && priced.dueFen > 0 && !isApart
}

/** The note was taken: records the sale, and says what goes back. Nothing happens with a note that does not reach. */
export function takeNote(priced: PricedView, givenFen: number): void {
  if (!takesNotes(priced) || givenFen < priced.dueFen) return
  useCashier.setState({ cashGiven: { checkIn: priced.checkIn, givenFen, dueFen: priced.dueFen } })
  void confirmSale(priced)
}

/** Asks for the sum that was handed over, digit by digit. */
export function openGivenPad(priced: PricedView): void {
  if (takesNotes(priced))
    useCashier.setState({ paymentPad: { checkIn: priced.checkIn, asks: 'given' }, adding: false, answer: null })
}

/** True where the key was a note's, or the one for another sum. */
export function actOnNotes(code: string, priced: PricedView): boolean {
  if (!takesNotes(priced)) return false
  const note = sumsFor(priced.dueFen).find(({ cap }) => code === `Key${cap}`)
  if (note) takeNote(priced, note.fen)
  else if (code === `Key${otherCap}`) openGivenPad(priced)
  else return false
  return true
}
