import { z } from 'zod'
import {
  askBody,
  askReply,
  faceDeposit,
  faceDeposited,
  faceFetch,
  faceFetched,
  historyBody,
  historyReply,
  lookupBody,
  lookupReply,
  pullBody,
  pullReply,
  pushBody,
  pushReply,
  resolveBody,
  resolveReply,
  statementBody,
  statementReply,
  statementRevokeBody,
  statementRevokeReply,
  waitBody,
  waitReply,
} from '../shared/province-api.ts'
import { backKinds, usbEnd, usbOpen, usbRecords } from '../shared/usb.ts'

interface Sealed {
  readonly asks: { readonly kind: string; readonly body: z.ZodType }
  readonly tells: { readonly kind: string; readonly body: z.ZodType }
}

const sealed = (asks: string, body: z.ZodType, tells: string, reply: z.ZodType): Sealed => ({
  asks: { kind: asks, body },
  tells: { kind: tells, body: reply },
})

/** What travels sealed in the envelopes of each route: the kind that its envelope names, and the form of its body. */
export const sealedBodies: Readonly<Record<string, Sealed>> = {
  '/v1/ledger': sealed('push', pushBody, 'pushed', pushReply),
  '/v1/feed': sealed('pull', pullBody, 'pulled', pullReply),
  '/v1/rights': sealed('ask', askBody, 'told', askReply),
  '/v1/news': sealed('wait', waitBody, 'news', waitReply),
  '/v1/history': sealed('history', historyBody, 'history', historyReply),
  '/v1/usb': sealed(
    ...(['usb-open, usb-records or usb-end', z.union([usbOpen, usbRecords, usbEnd])] as const),
    ...(['usb-history, usb-pushed, usb-page or usb-closed', z.union(Object.values(backKinds))] as const),
  ),
  '/v1/resolve': sealed('resolve', resolveBody, 'resolved', resolveReply),
  '/v1/lookup': sealed('lookup', lookupBody, 'found', lookupReply),
  '/v1/statement': sealed('statement', statementBody, 'statement-told', statementReply),
  '/v1/statement/revoke': sealed(
    ...(['statement-revoke', statementRevokeBody] as const),
    ...(['statement-revoked', statementRevokeReply] as const),
  ),
  '/v1/face/deposit': sealed('face-deposit', faceDeposit, 'face-deposited', faceDeposited),
  '/v1/face/fetch': sealed('face-fetch', faceFetch, 'face-fetched', faceFetched),
}

/** The sealed bodies of a route as its OpenAPI entry says them (`x-sealed`); undefined where none travel there. */
export function sealedSchemas(route: string): object | undefined {
  const found = Object.hasOwn(sealedBodies, route) ? sealedBodies[route] : undefined
  if (found === undefined) return undefined
  const said = ({ kind, body }: Sealed['asks']) => ({ kind, body: z.toJSONSchema(body, { io: 'input' }) })
  return { request: said(found.asks), reply: said(found.tells) }
}
