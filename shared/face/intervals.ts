/** What counts say about a rate, when they are few. Each trial is taken to be independent of the others. */
export interface Interval {
  readonly low: number
  readonly high: number
}

const confidence = 0.95
const normalQuantile = 1.959964

/** 95 % interval of a rate by Wilson (1927), both sides. */
export function wilson(hits: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 }
  const square = normalQuantile ** 2
  const rate = hits / trials
  const middle = (rate + square / (2 * trials)) / (1 + square / trials)
  const reach =
    (normalQuantile / (1 + square / trials)) * Math.sqrt((rate * (1 - rate)) / trials + square / (4 * trials * trials))
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

/**
 * The rate that, with 95 % confidence, is not passed, by Clopper and Pearson (1934), one side. Without a hit this is about 3 / trials ("rule
 * of three"); without a trial it is 1.
 */
export function rateAtMost(hits: number, trials: number): number {
  if (hits >= trials) return 1
  let [low, high] = [hits / trials, 1]
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2
    // The chance of so few hits at this rate: 1 - I(hits + 1, trials - hits).
    if (1 - betaPart(middle, hits + 1, trials - hits) > 1 - confidence) low = middle
    else high = middle
  }
  return high
}

/** The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz's way). */
export function betaPart(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const notZero = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let change = 1
    for (const numerator of [even, odd]) {
      d = 1 / notZero(1 + numerator * d)
      c = notZero(1 + numerator / c)
      change = c * d
      fraction *= change
    }
    if (Math.abs(change - 1) < 1e-13) break
  }
  return fraction
}

const lanczos = [
  76.1800917294715, -86.5053203294168, 24.0140982408309, -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5,
]

/** Logarithm of the gamma function (Lanczos), for arguments above 0. */
function logGamma(x: number): number {
  const shifted = x + 5.5 - (x + 0.5) * Math.log(x + 5.5)
  const series = lanczos.reduce((sum, coefficient, index) => sum + coefficient / (x + 1 + index), 1.000000000190015)
  return -shifted + Math.log((2.50662827463101 * series) / x)
}
