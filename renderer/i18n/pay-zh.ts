/** Words about payments in parts, references and the undo of an undo. */
export const payZh = {
  split: '分开付',
  splitTitle: '先收多少',
  splitBounds: '要大于 0、小于实付；现金按 0.10 元一档',
  splitRest: (tender: string, amount: string) => `余下 ${amount} 元，${tender}`,
  splitTake: '先收这些',
  part: (tender: string, amount: string) => `${tender}\u00a0${amount}`,
  partsJoined: (first: string, second: string) => `${first}，${second}`,
  payingParts: (parts: string) => `分开付：${parts}`,
  paidParts: (parts: string) => `已付：${parts}`,
  reference: '付款单号',
  referenceNone: '没输也可入账，记为待确认',
  referenceIs: (tail: string) => `尾号 ${tail}，已确认`,
  referenceTitle: '付款单号',
  referenceNote: '看收款设备的小票，至少输后 4 位',
  referenceTake: '记下',
  restore: '恢复',
}
