import { availableParallelism, loadavg } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDateOf } from '../../../shared/business-day.ts'
import { siteId, terminalId } from '../../../shared/ids.ts'
import type { PushItem } from '../../../shared/province-api.ts'
import { enrolPaperTerminal, paperKeys } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { persistent, spawnProvince, spread, startLunch } from '../../support/storm.ts'

const terminals = 300
/** Records that each has kept, of guests and of one member a terminal. */
const kept = Number(process.env.AIXIN_STORM_RECORDS ?? 100)
/** The lunch of a terminal that is online all the time: a sale and a question so often (ms), for so long before the storm (ms). */
const rhythm = 400
const calm = 20_000
/** What the province may take at its greatest, whatever comes (MB). */
const memoryBound = 700

let house: ProvinceHouse
let province: Awaited<ReturnType<typeof spawnProvince>>
const members = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen > 0)
const member = (index: number) => {
  const found = members[index % members.length]
  if (found === undefined) throw new Error('no members')
  return found
}

beforeAll(async () => {
  house = await openProvinceHouse()
  province = await spawnProvince(house.databaseUrl)
}, 300_000)
afterAll(async () => {
  await province?.stop()
  await house?.close()
})

const codeOf = (name: string) =>
  house.province.createEnrolmentCode(terminalId.parse(name), siteId.parse('demo-canteen'), province.address)
const enrolled = async (name: string) => persistent(await enrolPaperTerminal(await codeOf(name), await paperKeys()))

test(`${terminals} terminals come back at once with ${kept} records each: all are kept once, memory stays bounded, and another till goes on`, async () => {
  const returning: { till: Awaited<ReturnType<typeof enrolled>>; items: PushItem[] }[] = []
  for (let number = 0; number < terminals; number += 1) {
    const till = await enrolled(`storm-${number}`)
    const items: PushItem[] = []
    const date = businessDateOf(Date.now() - 86_400_000 * (1 + Math.floor(number / 100)))
    const at = Date.parse(`${date}T04:00:00Z`)
    for (let sale = 0; sale < kept; sale += 1)
      items.push(
        await till.terminal.sale(member(number), { date, at: at + sale * 6000, who: sale === 0 ? 'member' : 'guest' }),
      )
    returning.push({ till, items })
  }

  // They have been in service for longer than they were away.
  await house.rows('update terminal set enrolled_on = null')

  let isOver = false
  let [peak, atRest] = [0, 0]
  const watching = (async () => {
    while (!isOver) {
      const bytes = await province.metric('process_resident_memory_bytes')
      if (atRest === 0) atRest = bytes
      peak = Math.max(peak, bytes)
      await new Promise(resolve => setTimeout(resolve, 250))
    }
  })()

  const lunch = await startLunch(await codeOf('lunch'), rhythm)
  await new Promise(resolve => setTimeout(resolve, calm))
  const before = lunch.taken()

  const startedAt = performance.now()
  const heard = await Promise.all(
    returning.map(async ({ till, items }) => {
      const verdicts = []
      for (let from = 0; from < items.length; from += 200)
        verdicts.push(...(await till.push(items.slice(from, from + 200))).verdicts)
      let pulled = 0
      for (const feed of ['site', 'policies', 'roster', 'revocations', 'leases'] as const)
        pulled += await till.pullAll(feed)
      return { verdicts, pulled, doneAt: performance.now() - startedAt }
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  isOver = true
  const during = lunch.taken()
  const { meals, sentAway, cut } = await lunch.stop()
  await watching
  const sum = (count: 'sentAway' | 'cut') => returning.reduce((all, { till }) => all + till.counts()[count], 0)
  console.log(
    JSON.stringify({
      ...{ storm: terminals, records: terminals * kept, seconds: Math.round(seconds * 10) / 10 },
      recordsASecond: Math.round((terminals * kept) / seconds),
      terminalDone: spread(heard.map(({ doneAt }) => doneAt)),
      ...{ sentAway: sum('sentAway'), cut: sum('cut') },
      lunch: { before, during, meals, sentAway, cut },
      machine: { cores: availableParallelism(), load: Math.round((loadavg()[0] ?? 0) * 10) / 10 },
      memoryMB: { atRest: Math.round(atRest / 1e6), peak: Math.round(peak / 1e6) },
    }),
  )

  const sent = returning.flatMap(({ items }) => items.map(({ record }) => String(JSON.parse(record).id))).sort()
  const held = await house.rows(
    'select record_id from ledger where terminal_id like \'storm-%\' order by record_id collate "C"',
  )
  expect(held.map(row => row.record_id)).toEqual(sent)
  expect(await house.number("select count(*) from ledger where terminal_id = 'lunch'")).toBe(meals)
  const verdicts = heard.flatMap(({ verdicts: said }) => said.map(({ verdict, code }) => code ?? verdict))
  // A reply that was lost makes a duplicate of what was taken; a meal that two terminals sold, or that another was leased meanwhile, is flagged, and counted.
  expect(new Set(verdicts)).toEqual(
    new Set(verdicts.filter(said => ['accepted', 'duplicate', 'CAP_EXCEEDED', 'RIGHT_NOT_HELD'].includes(said))),
  )
  expect(await house.number('select count(*) from forked_record')).toBe(0)
  expect(heard.every(({ pulled }) => pulled >= 300)).toBe(true)
  expect(peak / 1e6).toBeLessThan(memoryBound)
})
