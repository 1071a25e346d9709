import { randomBytes } from 'node:crypto'
import { hexToBytes } from '../../../../shared/bytes.ts'
import { type KnownCard, type UidOrderFound, uidOrderFrom } from '../../../../shared/card-uid.ts'
import { deviceEventId } from '../../../../shared/ids.ts'
import { uuidV7 } from '../../../../shared/uuid.ts'
import { claimDevice } from '../device-claim.ts'
import { runCardReader } from './card-reader-loop.ts'
import { establishPcsc } from './pcsc-binding.ts'

/** `no-card`: none came in time; `no-number`: a social-security card, or one whose number cannot be used. */
export type Tapped = UidOrderFound | { ok: false; why: 'no-card' | 'no-number' }

/**
 * Waits up to `patience` ms for one tap of a known card on a PC/SC reader (pattern `reader`), and tells the byte order of that reader. Other
 * drivers must not hold it meanwhile.
 */
export async function tapKnownCard(known: KnownCard, reader: string | undefined, patience: number): Promise<Tapped> {
  const { promise, resolve } = Promise.withResolvers<Tapped>()
  const timer = setTimeout(() => resolve({ ok: false, why: 'no-card' }), patience)
  const loop = runCardReader({
    establish: establishPcsc,
    claim: claimDevice,
    ...(reader === undefined ? {} : { reader }),
    // As it comes: what order it is in is the question.
    uidOrder: 'air',
    now: Date.now,
    newEventId: () => deviceEventId.parse(uuidV7(Date.now(), randomBytes(10))),
    post(message) {
      if (message.type === 'fault' && (message.code === 'NOT_SSC' || message.code === 'UID_CHANGES'))
        resolve({ ok: false, why: 'no-number' })
      if (message.type !== 'data' || 'text' in message.data) return
      const { data } = message
      resolve(
        data.source === 'uid'
          ? uidOrderFrom(hexToBytes(data.uid.toLowerCase()), known)
          : { ok: false, why: 'no-number' },
      )
    },
  })
  loop.enable()
  const tapped = await promise
  clearTimeout(timer)
  await loop.close()
  return tapped
}
