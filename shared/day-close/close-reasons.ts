/** Why a drawer holds another amount than the records say, as the record says it. No money moves for it. */
export const differenceReasons = ['wrong change', 'taken to the bank', 'not found', 'other'] as const
