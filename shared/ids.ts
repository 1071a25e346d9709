import { z } from 'zod'

const uuidText = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)

/** 32 bytes (a key, a hash, a salt) as base64url: 43 letters, the last one without stray bits, so that it always decodes. */
export const bytes32 = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)

/** Id of a check-in, minted when a person is identified; the id of the sale record that may follow from it. UUIDv7 text. */
export const checkInId = uuidText.brand<'CheckInId'>()
export type CheckInId = z.infer<typeof checkInId>

/** Id of a ledger record. UUIDv7 text; for a sale it equals the check-in id. */
export const recordId = uuidText.brand<'RecordId'>()
export type RecordId = z.infer<typeof recordId>

/** Id of one event of a device driver or of the camera; every credential carries one. UUIDv7 text. */
export const deviceEventId = uuidText.brand<'DeviceEventId'>()
export type DeviceEventId = z.infer<typeof deviceEventId>

/** The province's id of a senior, 32 hex digits; the reference (16 bytes) that an elder code carries. Never derived from a citizen number. */
export const seniorId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'SeniorId'>()
export type SeniorId = z.infer<typeof seniorId>

/** Id of somebody who collects meals for seniors: 32 hex digits, one for one person whomever they collect for; see `proxyIdOf`. */
export const proxyId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'ProxyId'>()
export type ProxyId = z.infer<typeof proxyId>

export const siteId = name.brand<'SiteId'>()
export type SiteId = z.infer<typeof siteId>

export const terminalId = name.brand<'TerminalId'>()
export type TerminalId = z.infer<typeof terminalId>

export const operatorId = name.brand<'OperatorId'>()
export type OperatorId = z.infer<typeof operatorId>

export const fundId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/)
  .brand<'FundId'>()
export type FundId = z.infer<typeof fundId>
