import type { FaultCode } from '../driver-protocol.ts'
import { type PcscContext, PcscError, pcscCode } from './pcsc-binding.ts'

const serviceLost = new Set<number>([
  pcscCode.noService,
  pcscCode.serviceStopped,
  pcscCode.communication,
  pcscCode.invalidHandle,
  pcscCode.systemCancelled,
])
const readerLost = new Set<number>([pcscCode.readerUnavailable, pcscCode.unknownReader])
const faultOfCode = new Map<number, FaultCode>([
  [pcscCode.removedCard, 'CARD_REMOVED'],
  [pcscCode.noSmartCard, 'CARD_REMOVED'],
  [pcscCode.unresponsiveCard, 'CARD_MUTE'],
  [pcscCode.unpoweredCard, 'CARD_MUTE'],
  [pcscCode.unsupportedCard, 'CARD_MUTE'],
  [pcscCode.resetCard, 'CARD_ERROR'],
  [pcscCode.notTransacted, 'CARD_ERROR'],
  [pcscCode.communicationLost, 'CARD_ERROR'],
  [pcscCode.protocolMismatch, 'CARD_ERROR'],
])

/** The fault that a failed PC/SC call means by its code alone; `IO` where the code says nothing. */
export function faultOf(error: unknown): FaultCode {
  if (!(error instanceof PcscError)) return 'IO'
  if (serviceLost.has(error.code)) return 'SERVICE_DOWN'
  if (readerLost.has(error.code)) return 'READER_GONE'
  return faultOfCode.get(error.code) ?? 'IO'
}

/** Like `faultOf`; but a call that dies with the service fails with any code at all, so the service itself is asked whether it lives. */
export async function causeOf(error: unknown, service: PcscContext): Promise<FaultCode> {
  const code = faultOf(error)
  try {
    await service.listReaders()
    return code
  } catch (silence) {
    return faultOf(silence) === 'IO' ? code : 'SERVICE_DOWN'
  }
}
