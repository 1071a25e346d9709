import { fen, formatYuan } from '../../shared/money.ts'

/** An amount in fen as screens show it: `7.50`, `−1.50`. */
export function yuan(amount: number): string {
  return formatYuan(fen(amount))
}
