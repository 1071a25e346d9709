import { z } from 'zod'
import { cardRead, codeRead } from '../../../shared/credential.ts'
import { deviceEventId } from '../../../shared/ids.ts'
import { slip } from '../../../shared/slip.ts'

/** The device axis: what the machine is doing (UPOS, CEN XFS). */
export const deviceState = z.enum(['closed', 'no-service', 'no-device', 'idle', 'busy', 'error'])
export type DeviceState = z.infer<typeof deviceState>

/** The media axis: what lies on or in the device. `mute` is a card put in the wrong way round. */
export const mediaState = z.enum(['absent', 'present', 'mute', 'unknown'])
export type MediaState = z.infer<typeof mediaState>

export const faultCode = z.enum([
  'NOT_SSC',
  'UID_CHANGES',
  'CARD_REMOVED',
  'CARD_MUTE',
  'TIMEOUT',
  'BAD_DATA',
  'CARD_ERROR',
  'SERVICE_DOWN',
  'READER_GONE',
  'READER_SETUP',
  'DRIVER_CRASHED',
  'IO',
])
export type FaultCode = z.infer<typeof faultCode>

/**
 * Core to driver process, in the words of UPOS: `open` gives the configuration, `claim` takes the device for this driver alone and begins to
 * watch it, `enable` opens the data gate for one `data`; `disable`, `release` and `close` undo them, `close` all at once. A driver whose
 * device cannot be shared anyway has nothing to do at `claim` and `release`.
 */
export const toDriver = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), config: z.json() }),
  z.object({ type: z.literal('claim') }),
  z.object({ type: z.literal('enable') }),
  z.object({ type: z.literal('disable') }),
  z.object({ type: z.literal('release') }),
  z.object({ type: z.literal('health') }),
  z.object({ type: z.literal('close') }),
  z.object({ type: z.literal('simulate'), data: z.union([cardRead, codeRead]) }),
  /** For a printer: one piece of paper, of which `printed` tells what became. One at a time. */
  z.object({ type: z.literal('print'), job: z.string(), slip }),
])
export type ToDriver = z.infer<typeof toDriver>

/** Driver process to core. Each `data` and each `fault` has an event id of its own, minted by the driver. */
export const fromDriver = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: deviceState, media: mediaState, detail: z.string().optional() }),
  z.object({ type: z.literal('reading'), eventId: deviceEventId, at: z.int() }),
  z.object({ type: z.literal('data'), eventId: deviceEventId, at: z.int(), data: z.union([cardRead, codeRead]) }),
  z.object({
    type: z.literal('fault'),
    eventId: deviceEventId,
    at: z.int(),
    code: faultCode,
    detail: z.string().optional(),
  }),
  /**
   * `not-begun`: nothing of it was printed. `unsure`: it stopped in the middle, or nobody knows how far it came. `text`: its lines, from a
   * simulated printer.
   */
  z.object({
    type: z.literal('printed'),
    job: z.string(),
    outcome: z.enum(['printed', 'unsure', 'not-begun']),
    text: z.array(z.string()).optional(),
  }),
])
export type FromDriver = z.infer<typeof fromDriver>

/** The drivers a host can start, each in a process of its own. */
export const driverName = z.enum([
  'card-reader-pcsc',
  'card-reader-vendor',
  'card-reader-simulated',
  'code-scanner-serial',
  'code-scanner-simulated',
  'receipt-printer',
  'receipt-printer-simulated',
])
export type DriverName = z.infer<typeof driverName>

/** A running driver process, as its host hands it to the core. `kill` ends it at once (SIGKILL). */
export interface DriverProcess {
  post(message: ToDriver): void
  kill(): void
}

/** The host's side: start a driver in a process of its own. `onMessage` gets raw messages, parsed by the core. */
export type SpawnDriver = (
  name: DriverName,
  events: { onMessage(message: unknown): void; onExit(): void },
) => DriverProcess
