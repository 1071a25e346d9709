import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { operatorId } from '../../../shared/ids.ts'
import { carerAnswer, carerAnswerText } from '../../../shared/visit/carer-answer.ts'
import { type CarerKey, carerKeyIn } from '../../../shared/visit/carer-link.ts'
import { carerId } from '../../../shared/visit/service.ts'
import type { StationView } from '../../../shared/visit-api.ts'
import { type Counter, members, openCounter, untilShown } from '../check-in/counter.ts'
import { holdBeforeCamera } from '../check-in/film-queue.ts'

const pin = '840215'
const approval = { operator: operatorId.parse('sun-min'), pin }
const done = { result: 'done' }
const folder = mkdtempSync(join(tmpdir(), 'aixin-phone-film-'))
const nextMember = members()
let counter: Counter
const visit = () => counter.till.client.visit

async function untilStation<T>(look: (now: StationView) => T | null): Promise<T> {
  for await (const now of await visit().watch()) {
    const found = look(now)
    if (found !== null) return found
  }
  throw new Error('the station says nothing more')
}

/** A lead gives this carer's phone a key. */
async function phoneOf(carer: string): Promise<CarerKey> {
  const given = await visit().setCarerPhone({ carer: carerId.parse(carer), give: true, approval })
  const key = given.result === 'done' && given.link !== null ? carerKeyIn(new URL(given.link).hash) : null
  if (key === null) throw new Error(`no link: ${JSON.stringify(given)}`)
  return key
}

/** The phone reads the station's code as it is now, and its answer is held before the till's camera. */
async function holdUp(carer: string, { key, terminal }: CarerKey): Promise<void> {
  const code = await untilStation(({ station }) => station?.code.text ?? null)
  await holdBeforeCamera(counter, folder, [carerAnswerText(carer, carerAnswer(fromBase64Url(key), terminal, code))])
}

const carerNow = () => untilStation(({ desk }) => (desk.state === 'arriving' ? desk.carer : null))

beforeAll(async () => {
  counter = await openCounter()
  const { house, till } = counter
  await house.province.rows(
    `update site set body = jsonb_set(body::jsonb, '{station,carerPage}', to_jsonb('https://elder.example/carer/'::text))::text,
      change = nextval('feed_change') where site_id = 'demo-canteen'`,
  )
  await till.client.syncNow()
  expect(await till.client.afterwards.setPin({ pin })).toEqual(done)
  expect(await visit().open()).toEqual(done)
  await untilStation(({ station }) => (station?.phones ? station : null))
}, 240_000)
afterAll(async () => {
  await counter?.close()
  rmSync(folder, { recursive: true, force: true })
})

test("the till's camera reads a carer's phone, in place of their PIN; another phone that it sees takes nobody's place, and is named", async () => {
  const [phone, other] = [await phoneOf('zheng-xiuying'), await phoneOf('wu-cuilan')]
  expect(await visit().choose({ senior: nextMember().id })).toEqual(done)
  expect(await visit().chooseService({ service: 'bathing' })).toEqual(done)
  await holdUp('zheng-xiuying', phone)
  await untilShown(counter.cashier.page, '护理员手机扫码')
  const first = await carerNow()
  expect(first).toMatchObject({ carer: 'zheng-xiuying' })
  await holdUp('wu-cuilan', other)
  await untilShown(counter.cashier.page, `这次已经由${first.name}来做`)
  expect(await carerNow()).toMatchObject({ carer: 'zheng-xiuying' })
  expect(await visit().begin({ seen: null, note: null })).toEqual(done)
  const begun = await untilStation(({ desk }) => (desk.state === 'visit' ? desk.visit : null))
  expect(begun).toMatchObject({
    carer: { name: first.name },
    place: { evidence: 'rotating-code', reference: `${phone.terminal}/phone` },
  })
})
