import type { UidOrder } from '../../../../shared/card-uid.ts'
import type { CardRead } from '../../../../shared/credential.ts'
import type { FaultCode } from '../driver-protocol.ts'
import type { CardFailure, Transmit } from './apdu.ts'
import { type PcscCard, type PcscContext, PcscError, pcscCode } from './pcsc-binding.ts'
import { causeOf } from './pcsc-fault.ts'
import { readUid } from './plain-card.ts'
import { readSocialSecurityCard } from './social-security-card.ts'

/** A read that takes longer (ms) ends in TIMEOUT. */
export const readDeadline = 2_000

export type Outcome = { kind: 'card'; card: CardRead } | { kind: 'fault'; code: FaultCode; detail: string }

export interface ReadOptions {
  /** Byte order of this reader's UIDs; where absent, cards that have nothing else are not read. */
  readonly uidOrder?: UidOrder
  /** Unix time in ms. */
  now(): number
}

export const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
const pause = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

/** One read. After the deadline `hanging` is what is still under way; the command that comes next in it is not sent. */
export async function readWithDeadline(
  service: PcscContext,
  reader: string,
  options: ReadOptions & { isRetry: boolean },
): Promise<{ outcome: Outcome; hanging?: never } | { outcome?: never; hanging: Promise<Outcome> }> {
  const over = new AbortController()
  const work = readCard(service, reader, options, over.signal)
  let timeout: NodeJS.Timeout | undefined
  const late = new Promise<undefined>(resolve => {
    timeout = setTimeout(() => resolve(undefined), readDeadline)
  })
  const outcome = await Promise.race([work, late])
  clearTimeout(timeout)
  if (outcome !== undefined) return { outcome }
  over.abort()
  return { hanging: work }
}

async function readCard(
  service: PcscContext,
  reader: string,
  options: ReadOptions & { isRetry: boolean },
  over: AbortSignal,
): Promise<Outcome> {
  const startedAt = options.now()
  const faultFrom = async (error: unknown): Promise<Outcome> => ({
    kind: 'fault',
    code: await causeOf(error, service),
    detail: wordsOf(error),
  })
  try {
    const card = await connectAlone(service, reader, over)
    const transmit: Transmit = command => {
      over.throwIfAborted()
      return card.transmit(command)
    }
    const outcome = await readAnyCard(transmit, options.uidOrder).then(
      (result): Outcome =>
        result.ok
          ? { kind: 'card', card: { ...result.card, readMilliseconds: Math.max(0, options.now() - startedAt) } }
          : { kind: 'fault', code: result.code, detail: result.detail },
      faultFrom,
    )
    // A card that was put in unseen, in the place of one that failed, may lie there without power.
    const needsPower = options.isRetry && outcome.kind === 'fault' && outcome.code !== 'CARD_REMOVED'
    await card.disconnect(needsPower ? 'reset' : 'leave')
    return outcome
  } catch (error) {
    return faultFrom(error)
  }
}

type Untimed<Card> = Card extends CardRead ? Omit<Card, 'readMilliseconds'> : never

/** A social-security card first: over the air it has a UID as well, which says less than its card id. */
async function readAnyCard(
  transmit: Transmit,
  uidOrder: UidOrder | undefined,
): Promise<{ ok: true; card: Untimed<CardRead> } | CardFailure> {
  const result = await readSocialSecurityCard(transmit)
  if (result.ok) return { ok: true, card: { ...result.card, source: 'ssc-pcsc' } }
  if (result.code !== 'NOT_SSC' || uidOrder === undefined) return result
  const found = await readUid(transmit, uidOrder)
  return found.ok ? { ok: true, card: { source: 'uid', uid: found.uid, warnings: [] } } : found
}

/** Other programs look at a new card for a moment (Windows itself does): wait for them. */
async function connectAlone(service: PcscContext, reader: string, over: AbortSignal): Promise<PcscCard> {
  for (;;) {
    over.throwIfAborted()
    try {
      return await service.connect(reader)
    } catch (error) {
      if (!(error instanceof PcscError) || error.code !== pcscCode.sharingViolation) throw error
      await pause(50)
    }
  }
}
