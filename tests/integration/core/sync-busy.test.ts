import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { SeniorId } from '../../../shared/ids.ts'
import { canteenMembers } from '../../support/afterwards-house.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { openTerminalInProcess } from '../../support/terminal-in-process.ts'
import { handOver, isPriced, type Till } from '../../support/till.ts'

/** The second till of a site, which holds no leases and asks for each visit; before the province stands a front that can send away or hold up. */
const dataDir = mkdtempSync(join(tmpdir(), 'aixin-busy-'))
const realNow = Date.now
let house: ProvinceHouse
let front: Server
let terminal: Awaited<ReturnType<typeof openTerminalInProcess>>
let till: Till
/** Paths that are sent away with 503. */
let away: (path: string) => boolean = () => false
/** Requests for feeds wait for this. */
let held: Promise<void> | null = null
let holds = 0
/** Requests for feeds so far. */
let feeds = 0
let next = 40

beforeAll(async () => {
  house = await openProvinceHouse({ lunchAllDay: true })
  await house.terminal()
  const code = await house.code()
  front = createServer(async (request, response) => {
    const body: Buffer[] = []
    for await (const chunk of request) body.push(chunk)
    const path = request.url ?? ''
    if (path === '/v1/feed') feeds += 1
    if (away(path)) return void response.writeHead(503, { 'retry-after': '1' }).end('{}')
    if (held !== null && path === '/v1/feed') {
      holds += 1
      await held
    }
    try {
      const headers = { 'content-type': 'application/json' }
      const reply = await fetch(code.address + path, { method: 'POST', headers, body: Buffer.concat(body) })
      response.writeHead(reply.status, headers).end(await reply.text())
    } catch {
      response.destroy()
    }
  })
  await new Promise<void>(done => front.listen(0, '127.0.0.1', done))
  const address = front.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const enrolmentCode = { ...code, address: `http://127.0.0.1:${port}` }
  terminal = await openTerminalInProcess({ dataDir, enrolmentCode, watchClock: true })
  till = terminal.till
  await till.untilTerminal(view => view.roster.members > 0 && view.menu.length > 0 && !view.roster.stale)
  const [who] = till.terminal().operators
  if (who === undefined) throw new Error('the site has no operator')
  await handOver(till)
  await till.client.openShift({ operator: who.id, date: till.terminal().businessDate })
}, 240_000)
afterEach(() => {
  Date.now = realNow
  away = () => false
  held = null
})
afterAll(async () => {
  await terminal?.stop()
  front?.closeAllConnections()
  front?.close()
  await house?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const online = () => till.untilTerminal(view => view.network.state === 'online')

/** A meal of somebody who has not eaten yet; what of its subsidy is left to be decided (fen). */
async function pendingOfAMeal(): Promise<number> {
  const senior: SeniorId | undefined = canteenMembers[next++]?.id
  if (senior === undefined) throw new Error('too few members')
  await till.client.openDesk()
  await till.client.chooseSenior({ senior })
  await till.client.serveSenior()
  const priced = await till.untilCashier(isPriced)
  await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
  await till.client.dismiss()
  expect(priced.subsidyFen + priced.pendingFen).toBeGreaterThan(0)
  return priced.pendingFen
}

it('asks for the visit before it though its feeds are sent away', async () => {
  await online()
  away = path => path === '/v1/feed'
  void till.client.syncNow()
  await till.untilTerminal(view => view.network.state === 'offline')
  expect(await pendingOfAMeal()).toBe(0)
})

it('asks for the visit before it while a page of a feed is on its way', async () => {
  await online()
  const [before, release] = [holds, Promise.withResolvers<void>()]
  held = release.promise
  void till.client.syncNow()
  while (holds === before) await new Promise(resolve => setTimeout(resolve, 20))
  expect(await pendingOfAMeal()).toBe(0)
  held = null
  release.resolve()
  // The page was overtaken, and was asked for again: nothing of it looks like a copied disk.
  await till.untilTerminal(view => view.network.state === 'online' && view.unsent.count === 0)
  expect(till.terminal().notices.map(({ code }) => code)).not.toContain('CHAIN_FORKED')
})

it('that was told to come later goes on round after round though its clock is set back then', async () => {
  await online()
  away = () => true
  void till.client.syncNow()
  await till.untilTerminal(view => view.network.state === 'offline')
  Date.now = () => realNow() - 2 * 86_400_000
  away = () => false
  await online()
  for (const until = feeds + 40; feeds < until; ) await new Promise(resolve => setTimeout(resolve, 50))
}, 60_000)
