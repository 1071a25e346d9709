import { createServer, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { createHttpLink } from '../../../electron/core/sync/http-link.ts'
import { envelope } from '../../../shared/envelope.ts'

const token = 'A'.repeat(43)
const sent = envelope.parse({
  ...{ v: 1, to: 'province', from: 'till-1', counter: 1, nonce: token, replyTo: null, kind: 'pull' },
  ...{ bodyHash: token, sig: token, body: token },
})
let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** What the link makes of an answer 503 with these headers. */
async function answered(headers: Record<string, string>): Promise<unknown> {
  server = createServer((_, response) => response.writeHead(503, headers).end('{}'))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return await createHttpLink(`http://127.0.0.1:${address.port}`).exchange('pull', sent)
}
const busy = (retryAfterSeconds: number) => ({ ok: false, reason: 'busy', retryAfterSeconds })

test('Retry-After in seconds is heard, an hour at most', async () => {
  expect(await answered({ 'retry-after': '8' })).toEqual(busy(8))
  expect(await answered({ 'retry-after': '86400' })).toEqual(busy(3600))
})

test('Retry-After as a date counts from the date of the answer, whatever the clock here says', async () => {
  const headers = { date: 'Mon, 02 Mar 2026 04:00:00 GMT', 'retry-after': 'Mon, 02 Mar 2026 04:00:30 GMT' }
  expect(await answered(headers)).toEqual(busy(30))
})

test('without a Retry-After that can be read, or with one that is over, some seconds are waited', async () => {
  expect(await answered({})).toEqual(busy(5))
  expect(await answered({ 'retry-after': 'soon' })).toEqual(busy(5))
  expect(await answered({ 'retry-after': '0' })).toEqual(busy(5))
})
