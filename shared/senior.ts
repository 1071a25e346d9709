import { z } from 'zod'
import { deviceKey } from './code-keys.ts'
import { seniorId } from './ids.ts'
import { personFacts } from './policy/facts.ts'
import { mostProxies, rosterProxy } from './proxy.ts'

/** The key of a card (`cardKey`): EF05 record 01 of a social-security card, 16 bytes as upper-case hex, or `uid:` and the number of another card. */
export const cardId = z.string().regex(/^(?:[0-9A-F]{32}|uid:(?:[0-9A-F]{2}){3,10})$/)

/** What a terminal holds of a member of its site, or of a visitor of the last 90 days. */
export const fullSenior = z.object({
  kind: z.literal('full'),
  id: seniorId,
  name: z.string().min(1).max(64),
  sex: z.enum(['female', 'male']),
  person: personFacts,
  /** The site is this senior's home: its terminal holds the rights. */
  home: z.boolean(),
  entitledUntil: z.iso.date().optional(),
  cards: z.array(cardId),
  /** Those of `cards` that staff bound, and may take off again; the others are the roster's. */
  boundCards: z.array(cardId).optional(),
  /** Paper codes issued before this time (s) no longer count. */
  codesSince: z.int().nonnegative(),
  /** Keys of the senior's own phones, which sign dynamic codes without a network. */
  deviceKeys: z.array(deviceKey).max(5).optional(),
  /** The last four signs of the citizen number, for staff to find a person by. */
  numberTail: z
    .string()
    .regex(/^\d{3}[\dX]$/)
    .optional(),
  /** Who may collect this senior's meals. */
  proxies: z.array(rosterProxy).max(mostProxies).optional(),
  /** Of a member of another site: the last day on which this one holds them in full. */
  visitorUntil: z.iso.date().optional(),
})

/** What a terminal holds of everybody else: enough to tell that the person is known, nothing to read. */
export const thinSenior = z.object({
  kind: z.literal('thin'),
  id: seniorId,
  cards: z.array(cardId),
  codesSince: z.int().nonnegative(),
  /** Keys of the senior's own phones, which sign dynamic codes without a network. */
  deviceKeys: z.array(deviceKey).max(5).optional(),
})

export const goneSenior = z.object({ kind: z.literal('gone'), id: seniorId })

export const rosterEntry = z.discriminatedUnion('kind', [fullSenior, thinSenior, goneSenior])
export type RosterEntry = z.infer<typeof rosterEntry>
export type FullSenior = z.infer<typeof fullSenior>
export type ThinSenior = z.infer<typeof thinSenior>

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** True where an 18-character citizen number carries the right check character (GB 11643, ISO 7064 MOD 11-2). */
export function citizenNumberIsSound(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text.charAt(index)), 0)
  return '10X98765432'.charAt(sum % 11) === text.charAt(17)
}
