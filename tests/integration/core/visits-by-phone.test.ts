import { afterEach, beforeEach, expect, test } from 'vitest'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { credential } from '../../../shared/credential.ts'
import { operatorId } from '../../../shared/ids.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { carerAnswer, carerAnswerText } from '../../../shared/visit/carer-answer.ts'
import { type CarerKey, carerKeyIn } from '../../../shared/visit/carer-link.ts'
import type { CarerId } from '../../../shared/visit/service.ts'
import { houseSeniors } from '../../support/sale-house.ts'
import { openVisitDeskHouse, type VisitDeskHouse, visitCarers } from '../../support/visit-desk-house.ts'

const approval = { operator: operatorId.parse('lead-1'), pin: '840215' }
const done = { result: 'done' }
const refusedAs = (code: string) => ({ result: 'refused', notice: { code } })
const [wu, xu] = visitCarers
const [senior, other] = houseSeniors.map(one => one.senior.id)
if (wu === undefined || xu === undefined || senior === undefined || other === undefined)
  throw new Error('nobody is here')

let house: VisitDeskHouse
beforeEach(async () => {
  house = await openVisitDeskHouse()
  await house.desk.open()
})
afterEach(() => house.close())

/** A lead gives this carer's phone a key. */
async function given(carer: CarerId): Promise<CarerKey> {
  const said = await house.desk.setCarerPhone(carer, true, approval)
  const key = said.result === 'done' && said.link !== null ? carerKeyIn(new URL(said.link).hash) : null
  if (key === null) throw new Error(`no link: ${JSON.stringify(said)}`)
  return key
}

/** What the phone answers to the code that stands on the screen. */
function answerOf({ key, terminal }: CarerKey): string {
  return carerAnswer(fromBase64Url(key), terminal, house.view().station?.code.text ?? '')
}

async function arrive(who = senior, service = 'bath') {
  await house.desk.back()
  if (who === undefined) throw new Error('nobody')
  expect(await house.desk.choose(who)).toEqual(done)
  expect(await house.desk.chooseService(service)).toEqual(done)
}

const scan = (text: string, by: 'scanner' | 'camera' = 'scanner') =>
  house.desk.take(
    credential.parse({
      ...{ means: 'code', device: by, at: 1, code: { source: by, text } },
      eventId: uuidV7(Date.now(), new Uint8Array(10)),
    }),
  )
const arriving = () => {
  const { desk } = house.view()
  if (desk.state !== 'arriving') throw new Error(`the desk shows ${desk.state}`)
  return desk
}
const records = () => house.sales.ledger.after({ generation: 1, seq: 0 }, 1000).map(({ record }) => record)

test('a phone answers in place of the PIN, and the visit begins with the station code as its evidence', async () => {
  const phone = await given(wu)
  await arrive()
  expect(await house.desk.answer(answerOf(phone))).toEqual(done)
  expect(arriving()).toMatchObject({ carer: { carer: wu }, place: { evidence: 'rotating-code' } })
  expect(await house.desk.begin(null, null)).toEqual(done)
  expect(records().find(({ kind }) => kind === 'visit-in')).toMatchObject({
    payload: { carer: wu, location: { evidence: 'rotating-code', reference: 'till-1/phone' } },
  })
})

test('its square code is taken by the scanner, and once more by a camera that still sees it', async () => {
  const phone = await given(wu)
  await arrive()
  const text = carerAnswerText(wu, answerOf(phone))
  for (const _ of [1, 2]) {
    expect(await scan(text)).toBe(true)
    expect(house.view().notice).toBeNull()
    expect(arriving().carer).toMatchObject({ carer: wu })
  }
  await house.desk.begin(null, null)
  await scan(text)
  expect(house.view().notice).toBeNull()
})

test('a phone held up after another carer’s PIN or phone takes nobody’s place, says so, and still counts where it is asked for', async () => {
  const [phone, first] = [await given(xu), await given(wu)]
  const theirs = { carer: { carer: wu }, place: { evidence: 'rotating-code', reference: 'till-1/phone' } }
  for (const by of ['scanner', 'camera'] as const) {
    await arrive()
    expect(await house.desk.carer(wu, '305917')).toEqual(done)
    await scan(carerAnswerText(xu, answerOf(phone)), by)
    expect(house.view().notice).toEqual({ code: 'CARER_ANSWER_OTHER', values: { carer: 'wu', other: 'xu' } })
    expect(arriving()).toMatchObject({ carer: { carer: wu }, place: { evidence: 'unproven' } })
  }
  await scan(carerAnswerText(wu, answerOf(first)))
  await scan(carerAnswerText(xu, answerOf(phone)))
  expect(house.view().notice).toMatchObject({ code: 'CARER_ANSWER_OTHER' })
  expect(arriving()).toMatchObject(theirs)
  expect(await house.desk.answer(answerOf(phone))).toEqual(done)
  expect(arriving()).toMatchObject({ carer: { carer: xu } })
})

test('the phone of the carer who entered their PIN adds where they are, and their PIN once more takes nothing of it away', async () => {
  const phone = await given(wu)
  const there = { carer: { carer: wu }, place: { evidence: 'rotating-code', reference: 'till-1/phone' } }
  await arrive()
  await house.desk.carer(wu, '305917')
  await scan(carerAnswerText(wu, answerOf(phone)), 'camera')
  expect(house.view().notice).toBeNull()
  expect(arriving()).toMatchObject(there)
  expect(await house.desk.carer(wu, '305917')).toEqual(done)
  expect(arriving()).toMatchObject(there)
})

test('an answer counts once, also where nothing came of it and after a restart', async () => {
  const phone = await given(wu)
  await arrive()
  const answer = answerOf(phone)
  expect(await house.desk.answer(answer)).toEqual(done)
  await arrive(other)
  expect(await house.desk.answer(answer)).toMatchObject(refusedAs('CARER_ANSWER_USED'))
  house.restart()
  await arrive(other)
  expect(await house.desk.answer(answer)).toMatchObject(refusedAs('CARER_ANSWER_USED'))
  house.pass(1)
  expect(await house.desk.answer(answerOf(phone))).toEqual(done)
})

test('an answer counts once, also where the clock was ahead in between and was put right', async () => {
  const phone = await given(wu)
  await arrive()
  const answer = answerOf(phone)
  expect(await house.desk.answer(answer)).toEqual(done)
  house.pass(30)
  await arrive(other)
  expect(await house.desk.answer(answerOf(phone))).toEqual(done)
  house.pass(-30)
  await arrive()
  expect(await house.desk.answer(answer)).toMatchObject(refusedAs('CARER_ANSWER_USED'))
})

test('an answer of three minutes ago is stale, and one of another key is not known', async () => {
  const phone = await given(wu)
  const before = answerOf(phone)
  house.pass(3)
  await arrive()
  expect(await house.desk.answer(before)).toMatchObject(refusedAs('CARER_ANSWER_STALE'))
  await given(wu)
  expect(await house.desk.answer(answerOf(phone))).toMatchObject(refusedAs('CARER_ANSWER_UNKNOWN'))
})

test('a key that was withdrawn answers no more, and the PIN works as before', async () => {
  const phone = await given(wu)
  expect(await house.desk.setCarerPhone(wu, false, approval)).toEqual({ result: 'done', link: null })
  await arrive()
  await scan(carerAnswerText(wu, answerOf(phone)))
  expect(house.view().notice).toMatchObject({ code: 'CARER_ANSWER_NONE' })
  expect(await house.desk.carer(wu, '305917')).toEqual(done)
  expect(arriving().place).toMatchObject({ evidence: 'unproven' })
  expect(records().flatMap(({ kind, payload }) => (kind === 'override' ? [payload] : []))).toMatchObject([
    { what: 'carer-phone', reason: wu, operator: 'op-1', approver: 'lead-1' },
    { what: 'carer-phone-withdrawn', reason: wu },
  ])
})

test("the PIN of another carer takes the phone's evidence away: it was the first one who was there", async () => {
  const phone = await given(wu)
  await arrive()
  await house.desk.answer(answerOf(phone))
  expect(await house.desk.carer(xu, '305917')).toEqual(done)
  expect(arriving()).toMatchObject({ carer: { carer: xu }, place: { evidence: 'unproven' } })
})

test('a carer who takes a visit over may answer by phone; held up to the scanner unasked it changes nobody', async () => {
  const phone = await given(xu)
  await arrive()
  await house.desk.carer(wu, '305917')
  await house.desk.begin(null, null)
  await scan(carerAnswerText(xu, answerOf(phone)))
  expect(house.view().notice).toMatchObject({ code: 'CARER_ANSWER_WHERE' })
  expect(house.view().desk).toMatchObject({ visit: { carer: { name: 'wu' } } })
  expect(await house.desk.answer(answerOf(phone))).toEqual(done)
  expect(house.view().desk).toMatchObject({ visit: { carer: { name: 'xu', changes: 1 } } })
})

test('at a home the phone says who it is and proves no place', async () => {
  const phone = await given(wu)
  await arrive(senior, 'clean')
  expect(await house.desk.answer(answerOf(phone))).toEqual(done)
  expect(arriving()).toMatchObject({ carer: { carer: wu }, place: { evidence: 'unproven' } })
})

test('after ten wrong answers they rest for minutes, also over a restart, and then count again', async () => {
  const phone = await given(wu)
  await arrive()
  for (let tries = 0; tries < 10; tries += 1)
    expect(await house.desk.answer('00000000')).toMatchObject(refusedAs('CARER_ANSWER_UNKNOWN'))
  house.restart()
  await arrive()
  expect(await house.desk.answer(answerOf(phone))).toMatchObject(refusedAs('CARER_ANSWER_REST'))
  house.pass(5)
  expect(await house.desk.answer(answerOf(phone))).toEqual(done)
})

test('nobody waits for an answer while nobody stands here', async () => {
  const phone = await given(wu)
  expect(await house.desk.answer(answerOf(phone))).toMatchObject(refusedAs('CARER_ANSWER_WHERE'))
  await scan(carerAnswerText(wu, answerOf(phone)))
  expect(house.view().notice).toMatchObject({ code: 'CARER_ANSWER_WHERE' })
})
