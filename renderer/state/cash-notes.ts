import { dueFen as coinsOf } from '../../shared/payments.ts'
import type { PricedView } from '../../shared/terminal-api.ts'
import { confirmSale } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'

/** The notes that a key stands for (fen), and their keys. */
export const notes = [
  { fen: 500, cap: 'Z' },
  { fen: 1000, cap: 'X' },
  { fen: 2000, cap: 'C' },
  { fen: 5000, cap: 'V' },
  { fen: 10_000, cap: 'B' },
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

/** What the notes' keys stand for at an amount due: single notes, and above 100 yuan the sums that people lay down for it, the smallest first (fen). */
export function sumsFor(dueFen: number): { readonly fen: number; readonly cap: string }[] {
  if (dueFen <= 10_000) return [...notes]
  const upTo = (step: number) => Math.ceil(dueFen / step) * step
  const sums = [...new Set([upTo(500), upTo(1000), upTo(2000), upTo(5000), upTo(10_000), upTo(10_000) + 10_000])]
  sums.sort((one, other) => one - other)
  return notes.flatMap(({ cap }, place) => {
    const fen = sums[place]
    return fen === undefined ? [] : [{ fen, cap }]
  })
}

/** What is due in cash (fen), whole or as a part, be it the first or the last; 0 where there is none. */
export function cashDueFen({ parts, tender, dueFen }: Pick<PricedView, 'parts' | 'tender' | 'dueFen'>): number {
  const part = parts.find(({ kind }) => kind === 'cash')
  return part?.fen ?? (parts.length === 0 && tender === 'cash' ? dueFen : 0)
}

/** True where some of the sale is paid in cash now, and nothing else is asked first. */
export function takesNotes(priced: PricedView): boolean {
  return priced.needs === null && cashDueFen(priced) > 0
}

/** The note was taken: records the sale, and says what goes back. Nothing happens with a note that does not reach. */
export function takeNote(priced: PricedView, givenFen: number): void {
  const dueFen = cashDueFen(priced)
  if (!takesNotes(priced) || givenFen < dueFen) return
  useCashier.setState({ cashGiven: { checkIn: priced.checkIn, givenFen, dueFen } })
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
  const note = sumsFor(cashDueFen(priced)).find(({ cap }) => code === `Key${cap}`)
  if (note) takeNote(priced, note.fen)
  else if (code === `Key${otherCap}`) openGivenPad(priced)
  else return false
  return true
}
