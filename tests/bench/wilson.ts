/** How often something happened, and the 95 % interval of Wilson's score for how often it does; all as shares, to three places. */
export interface Rate {
  readonly rate: number
  readonly low: number
  readonly high: number
}

/** E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927). */
export function wilsonRate(hits: number, tries: number): Rate {
  const z = 1.959964
  const share = hits / tries
  const spread = z ** 2 / tries
  const middle = (share + spread / 2) / (1 + spread)
  const half = (z * Math.sqrt((share * (1 - share)) / tries + spread / (4 * tries))) / (1 + spread)
  const places = (value: number) => Math.round(value * 1000) / 1000
  return { rate: places(share), low: places(Math.max(0, middle - half)), high: places(Math.min(1, middle + half)) }
}
