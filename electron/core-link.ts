import { z } from 'zod'
import { notice } from '../shared/terminal-api.ts'
import { driverName, toDriver } from './core/devices/driver-protocol.ts'

const connection = z.int().positive()
const driver = z.int().positive()
const frame = z.custom<string | Uint8Array>(
  value => typeof value === 'string' || value instanceof Uint8Array,
  'a frame is text or bytes',
)

export const pageRole = z.enum(['staff', 'customer', 'kiosk'])

/**
 * Host to core. In Electron `connect` carries the page's own port and `page` is never used; the browser host has no ports to hand over and
 * relays each frame of the socket by `page`.
 */
export const toCore = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), config: z.unknown() }),
  z.object({ type: z.literal('connect'), connection, role: pageRole }),
  z.object({ type: z.literal('page'), connection, data: frame }),
  z.object({ type: z.literal('disconnect'), connection }),
  z.object({ type: z.literal('driver-message'), driver, data: z.unknown() }),
  z.object({ type: z.literal('driver-exit'), driver }),
  z.object({ type: z.literal('stop') }),
])
export type ToCore = z.infer<typeof toCore>

/** Core to host. The core numbers its drivers; a number is never used twice in one run of the core. */
export const fromCore = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('failed'), notice }),
  z.object({ type: z.literal('page'), connection, data: frame }),
  z.object({ type: z.literal('disconnect'), connection }),
  z.object({ type: z.literal('spawn'), driver, name: driverName }),
  z.object({ type: z.literal('driver-post'), driver, data: toDriver }),
  z.object({ type: z.literal('driver-kill'), driver }),
  z.object({
    type: z.literal('log'),
    level: z.enum(['info', 'warn', 'error']),
    event: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
])
export type FromCore = z.infer<typeof fromCore>

export type PageFrame = z.infer<typeof frame>
