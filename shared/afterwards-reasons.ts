/** Why money goes back, as the record says it; free text could name what nobody may read. */
export const refundReasons = ['meal spoiled', 'not handed out', 'charged by mistake', 'other'] as const

/** Why the terminal was not there when a meal was served, as the record says it. */
export const lateReasons = ['power cut', 'machine out of order', 'served elsewhere', 'other'] as const

/** What came of a phone payment that was not confirmed when the meal was handed out. */
export const paymentOutcomes = ['settled', 'not-paid'] as const
export type PaymentOutcome = (typeof paymentOutcomes)[number]
