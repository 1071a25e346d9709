import { canonicalUid, type UidOrder } from '../../../../shared/card-uid.ts'
import { badData, type CardFailure, sendCommand, statusText, success, type Transmit } from './apdu.ts'

/**
 * The UID of a contactless card that is no social-security card, canonical hex in air order (PC/SC part 3, GET DATA FF CA; answered by the
 * reader, not by the card). A card that has none, as any in a contact slot, is NOT_SSC; one whose UID changes at each tap is UID_CHANGES.
 * Rejects only where `transmit` rejects.
 */
export async function readUid(transmit: Transmit, order: UidOrder): Promise<{ ok: true; uid: string } | CardFailure> {
  const answer = await sendCommand(transmit, [0xff, 0xca, 0x00, 0x00, 0x00])
  if (!answer.ok) return answer
  if (answer.status !== success)
    return { ok: false, code: 'NOT_SSC', detail: `GET DATA UID: ${statusText(answer.status)}` }
  const judged = canonicalUid(answer.data, order)
  if (judged.ok) return judged
  return judged.why === 'random'
    ? { ok: false, code: 'UID_CHANGES', detail: 'this card gives another UID at each tap' }
    : badData(`a UID of ${answer.data.length} bytes: ${judged.why}`)
}
