import { concatBytes } from '../../../../shared/bytes.ts'
import type { FaultCode } from '../driver-protocol.ts'

/** Sends one command APDU; resolves to the answer with its status word, or to nothing at all where the card is gone. */
export type Transmit = (command: Uint8Array) => Promise<Uint8Array>

/** `detail` names the step and the status word, never what the card holds. */
export type CardFailure = {
  readonly ok: false
  readonly code: Extract<FaultCode, 'NOT_SSC' | 'CARD_REMOVED' | 'BAD_DATA' | 'CARD_ERROR' | 'UID_CHANGES'>
  readonly detail: string
}

export type Answer = { readonly ok: true; readonly data: Uint8Array; readonly status: number } | CardFailure

export const success = 0x9000
export const badData = (detail: string): CardFailure => ({ ok: false, code: 'BAD_DATA', detail })
/** A status word as it is written: 6A82. */
export const statusText = (status: number) => status.toString(16).toUpperCase().padStart(4, '0')

/** One command with what T=0 asks for: 61xx fetches the waiting answer, 6Cxx repeats with the right length (ISO/IEC 7816-3). */
export async function sendCommand(transmit: Transmit, command: readonly number[]): Promise<Answer> {
  let next = command
  let data = new Uint8Array()
  for (let step = 0; step < 8; step++) {
    const answer = await transmit(Uint8Array.from(next))
    if (answer.length === 0) return { ok: false, code: 'CARD_REMOVED', detail: 'the card gave no answer at all' }
    if (answer.length === 1) return badData('an answer of one byte')
    const high = answer[answer.length - 2] ?? 0
    const low = answer[answer.length - 1] ?? 0
    data = concatBytes(data, answer.subarray(0, -2))
    if (high === 0x61) next = [0x00, 0xc0, 0x00, 0x00, low]
    else if (high === 0x6c && next.length === 5) next = [...next.slice(0, 4), low]
    else return { ok: true, data, status: (high << 8) | low }
  }
  return { ok: false, code: 'CARD_ERROR', detail: 'the card asks for the same command without end' }
}
