declare const fenBrand: unique symbol

/** An amount of money in fen (1 yuan = 100 fen): always a safe integer. */
export type Fen = number & { readonly [fenBrand]: true }

function isFen(value: number): value is Fen {
  return Number.isSafeInteger(value)
}

/** Brands an integer as fen. Throws a RangeError on anything but a safe integer, so that no fraction of a fen can enter. */
export function fen(value: number): Fen {
  const amount = value === 0 ? 0 : value
  if (!isFen(amount)) throw new RangeError(`not a whole number of fen: ${value}`)
  return amount
}

export const zeroFen: Fen = fen(0)

export function addFen(...amounts: readonly Fen[]): Fen {
  return fen(amounts.reduce((sum: number, amount) => sum + amount, 0))
}

export function subtractFen(from: Fen, amount: Fen): Fen {
  return fen(from - amount)
}

/** Fen as yuan with two decimals: `750` is `7.50`, `-150` is `−1.50` with U+2212, as tills, slips and reports show it. */
export function formatYuan(amount: Fen): string {
  const absolute = Math.abs(amount)
  const text = `${Math.floor(absolute / 100)}.${String(absolute % 100).padStart(2, '0')}`
  return amount < 0 ? `\u2212${text}` : text
}
