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

/** True where the key was a note's. */
export function actOnNotes(code: string, priced: PricedView): boolean {
  const note = sumsFor(priced.dueFen).find(({ cap }) => code === `Key${cap}`)
  if (note === undefined || !takesNotes(priced)) return false
  takeNote(priced, note.fen)
  return true
}
