import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { availableParallelism, loadavg } from 'node:os'
import { demoSeniors } from '../../province/demo-people.ts'
import { openOfflineTill } from '../support/offline-till.ts'
import { openProvinceHouse, type ProvinceHouse } from '../support/province-house.ts'
import { openSlowLine } from '../support/slow-line.ts'

/** Five days of a site: 4,500 meals. */
const sales = 4500
const slowBits = 1_000_000
const budget = { lanSeconds: 10, slowSeconds: 60 }

/**
 * How long five days offline take to reach the province, all acknowledged, over the machine's own network and over a line of 1 Mbit/s. The
 * floor of each is the same number of bytes sent over the same line to a server that reads and forgets them.
 */
export async function benchSync(): Promise<object> {
  const house = await openProvinceHouse({ lunchAllDay: true })
  try {
    const lan = await measure(house, null)
    const slow = await measure(house, slowBits)
    return {
      ...{ bench: 'sync', records: sales, lan, slow, slowBitsPerSecond: slowBits, budget },
      machine: { cores: availableParallelism(), load: rounded(loadavg()[0] ?? 0) },
      withinBudget: lan.seconds <= budget.lanSeconds && slow.seconds <= budget.slowSeconds,
    }
  } finally {
    await house.close()
  }
}

async function measure(house: ProvinceHouse, bitsPerSecond: number | null) {
  const line = await openSlowLine(house.province.address, bitsPerSecond)
  const till = await openOfflineTill({ ...(await house.code()), address: line.address })
  try {
    await till.sync.round()
    const members = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
    for (let at = 0; at < sales; at += 1) await till.sell(members[at]?.id ?? null)
    const before = line.bytes.up
    const startedAt = performance.now()
    while (till.acknowledged() < till.head()) await till.sync.round()
    const seconds = rounded((performance.now() - startedAt) / 1000)
    const bytes = line.bytes.up - before
    const floorSeconds = await sendPlain(bytes, bitsPerSecond)
    return {
      ...{ seconds, floorSeconds, ratio: rounded(seconds / floorSeconds) },
      ...{ bytes, bytesARecord: Math.round(bytes / sales), recordsASecond: Math.round(sales / seconds) },
    }
  } finally {
    await till.close()
    await line.close()
  }
}

/** The same bytes in pieces like those of the pushes, to a server that only counts them. */
async function sendPlain(bytes: number, bitsPerSecond: number | null): Promise<number> {
  const sink = createServer((request, reply) => {
    request.resume().on('end', () => reply.end('{}'))
  })
  await new Promise<void>(resolve => sink.listen(0, '127.0.0.1', resolve))
  const { port } = sink.address() as AddressInfo
  const line = await openSlowLine(`http://127.0.0.1:${port}`, bitsPerSecond)
  const pieces = Math.ceil(sales / 200)
  const startedAt = performance.now()
  for (let at = 0; at < pieces; at += 1)
    await (await fetch(line.address, { method: 'POST', body: Buffer.alloc(Math.floor(bytes / pieces), 65) })).text()
  const seconds = (performance.now() - startedAt) / 1000
  await line.close()
  sink.closeAllConnections()
  sink.close()
  return rounded(seconds)
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
