import type { Payment } from '../../shared/payments.ts'
import type { Words } from '../i18n/catalogue.ts'
import { yuan } from '../i18n/money.ts'

/** One part of a payment, as every screen writes it. */
export const partText =
  (words: Words) =>
  ({ kind, fen }: Payment): string =>
    words.part(words[kind], yuan(fen))

/** Both parts of a payment in one line; empty where it is one. */
export function partsText({ parts }: { readonly parts: readonly Payment[] }, words: Words): string {
  const [first, second] = parts.map(partText(words))
  return first === undefined || second === undefined ? '' : words.partsJoined(first, second)
}
