import type { TenderKind } from './site.ts'

/** The words of a sale in Chinese: one source for the senior's screen and for the paper. */
export const saleZh = {
  fictional: '演示数据',
  breakfast: '早餐',
  lunch: '午餐',
  dinner: '晚餐',
  listPrice: '原价',
  ownPay: '实付',
  helloSet: (set: string) => `您好，${set}`,
  personSet: (person: string, set: string) => `${person}，${set}`,
  madam: (surname: string) => `${surname}女士`,
  sir: (surname: string) => `${surname}先生`,
  off: '优惠和补贴',
  paid: (tender: string) => `${tender}已付`,
  payment: (tender: string) => tender,
  madeGoodLater: '查实后补给您',
  madeGoodNow: (amount: string) => `之前少补的 ${amount} 元，今天补给您`,
  account: '社保卡',
  cash: '现金',
  outside: '扫码付',
  agreement: '协议',
  undone: '已撤销',
}

/** The same in English. */
export const saleEn: typeof saleZh = {
  fictional: 'Demo data',
  breakfast: 'Breakfast',
  lunch: 'Lunch',
  dinner: 'Dinner',
  listPrice: 'List price',
  ownPay: 'To pay',
  helloSet: set => `Hello, ${set}`,
  personSet: (person, set) => `${person}, ${set}`,
  madam: surname => `Ms ${surname}`,
  sir: surname => `Mr ${surname}`,
  off: 'Discount, subsidy',
  paid: tender => `paid by ${tender}`,
  payment: tender => `by ${tender}`,
  madeGoodLater: 'the difference will be paid back to you',
  madeGoodNow: amount => `${amount} yuan from before are paid back to you today`,
  account: 'card',
  cash: 'cash',
  outside: 'phone',
  agreement: 'agreement',
  undone: 'Undone',
}

/**
 * How a sale was paid. A phone payment is called paid only once it was confirmed, at the counter or later; one of nothing never is, so that
 * those who owe something and those who do not read the same.
 */
export function paidText(words: typeof saleZh, kind: TenderKind, phoneSettled: boolean): string {
  return (kind === 'outside' && !phoneSettled ? words.payment : words.paid)(words[kind])
}
