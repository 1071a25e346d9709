import { fen, formatYuan } from '../../shared/money.ts'

/** An amount in fen as screens show it: `7.50`, `−1.50`. */
export function yuan(amount: number): string {
  return formatYuan(fen(amount))
}

const thousands = /\B(?=(\d{3})+\.)/g

/** An amount in fen as reports show it, with commas: `2,918.00`, `−260.30`. */
export function reportYuan(amount: number): string {
  return yuan(amount).replace(thousands, ',')
}

/** Menu boards may drop the decimals of whole yuan. */
export function menuPrice(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : yuan(fen)
}
