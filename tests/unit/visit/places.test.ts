import { expect, test } from 'vitest'
import { createLateVisits } from '../../../electron/core/visit/late-visit.ts'
import { houseSeniors } from '../../support/sale-house.ts'
import { openVisitDeskHouse, type VisitDeskHouse, visitCarers } from '../../support/visit-desk-house.ts'

const [chen, wang] = houseSeniors.map(({ senior }) => senior.id)
const [wu] = visitCarers
if (chen === undefined || wang === undefined || wu === undefined) throw new Error('nobody')
const done = { result: 'done' }
const refusedAs = (code: string) => ({ result: 'refused', notice: { code } })

/** Comes for a service, given by the first carer. */
async function begin({ desk }: VisitDeskHouse, senior: typeof chen, service: string) {
  if (senior === undefined || wu === undefined) throw new Error('nobody')
  await desk.choose(senior)
  await desk.chooseService(service)
  await desk.carer(wu, '305917')
  return await desk.begin(null, null)
}

test('who is here for the day is not signed in for the day once more', async () => {
  const now = await openVisitDeskHouse()
  expect(await begin(now, chen, 'stay')).toEqual(done)
  now.pass(5)
  expect(await begin(now, chen, 'stay')).toMatchObject(refusedAs('SENIOR_IN_VISIT'))
  expect(await begin(now, chen, 'bath')).toEqual(done)
  expect(now.house.openVisits.count()).toBe(2)
  now.close()
})

test('a carer who is with somebody when the business day turns is not in another home as well', async () => {
  const now = await openVisitDeskHouse()
  now.pass(20 * 60 + 30)
  const first = now.house.today()
  expect(await begin(now, chen, 'clean')).toEqual(done)
  now.pass(45)
  expect(now.house.today()).not.toBe(first)
  expect(await begin(now, wang, 'clean')).toMatchObject(refusedAs('CARER_BUSY'))
  now.close()
})

test('a visit over the turn of the day is ended without a charge and entered late by its true times, which bind on both days', async () => {
  const now = await openVisitDeskHouse()
  now.pass(20 * 60 + 30)
  const servedOn = now.house.today()
  await begin(now, chen, 'clean')
  now.pass(45)
  const visit = onlyVisit(now)
  await now.desk.leave(visit, null)
  expect(leavingOf(now)).toMatchObject({ early: 'needed', attention: [{ code: 'VISIT_FORGOTTEN' }] })
  await now.desk.leave(visit, 'other')
  const digest = leavingOf(now).visit.price?.digest ?? null
  expect(await now.desk.finish(visit, digest)).toMatchObject({ result: 'recorded' })
  const late = createLateVisits(now.house, { check: () => null })
  const given = {
    senior: chen,
    service: 'clean',
    carer: wu,
    servedOn,
    from: '03:30',
    until: '04:15',
    tender: 'cash' as const,
  }
  const [word, most] = [
    { reason: '过了四点', approval: null, digest: null },
    { ...given, from: '05:00', until: '04:15' },
  ]
  expect(await late.enter(given, word)).toEqual(done)
  expect(now.house.recorded(servedOn).at(-1)).toMatchObject({ kind: 'late', minutes: 45 })
  const sameHour = { ...given, servedOn: now.house.today(), senior: wang, from: '04:05', until: '04:15' }
  expect(await late.price(sameHour)).toMatchObject(refusedAs('LATE_VISIT_OVERLAP'))
  expect(await late.price({ ...most, senior: wang })).toMatchObject(refusedAs('LATE_VISIT_TIMES'))
  now.close()
})

test('a sign-out that was shown stands still: the power fails, and the next morning it costs and lasts the same', async () => {
  const now = await openVisitDeskHouse()
  const day = now.house.today()
  await begin(now, chen, 'bath')
  const visit = onlyVisit(now)
  now.pass(30)
  await now.desk.leave(visit, null)
  now.pass(24 * 60)
  now.restart()
  const shown = leavingOf(now)
  expect(shown).toMatchObject({ early: null, attention: [], visit: { minutes: 30, price: { listFen: 3700 } } })
  expect(await now.desk.finish(visit, shown.visit.price?.digest ?? null)).toMatchObject({ result: 'recorded' })
  const [recorded] = now.house.recorded(day)
  expect(recorded).toMatchObject({ minutes: 30, forgotten: false, endedEarly: null })
  expect((recorded?.until ?? 0) - (recorded?.from ?? 0)).toBe(30 * 60_000)
  now.close()
})

test('a carer is free from when the senior signed out, not from when the money was counted', async () => {
  const now = await openVisitDeskHouse()
  await begin(now, chen, 'bath')
  const visit = onlyVisit(now)
  now.pass(15)
  await now.desk.pause(visit)
  now.pass(10)
  await now.desk.goOn(visit)
  now.pass(15)
  await now.desk.leave(visit, null)
  now.pass(20)
  expect(await begin(now, wang, 'bath')).toEqual(done)
  now.pass(20)
  await now.desk.look(visit)
  const shown = leavingOf(now)
  expect(await now.desk.finish(visit, shown.visit.price?.digest ?? null)).toMatchObject({ result: 'recorded' })
  const [first, second] = now.house.placed(now.house.today())
  expect([first?.minutes, minutes(first), minutes(first?.carers[0])]).toEqual([30, 40, 40])
  expect(second).toMatchObject({ until: null })
  now.close()
})

test('a visit whose carer has gone to somebody else does not go on any more', async () => {
  const now = await openVisitDeskHouse()
  await begin(now, chen, 'bath')
  const visit = onlyVisit(now)
  now.pass(30)
  await now.desk.leave(visit, null)
  expect(await begin(now, wang, 'bath')).toEqual(done)
  await now.desk.look(visit)
  await now.desk.back()
  expect(now.desk.now()).toMatchObject({ desk: { state: 'list' }, notice: { code: 'CARER_BUSY' } })
  now.pass(30)
  await now.desk.look(visit)
  expect(leavingOf(now).visit.minutes).toBe(30)
  now.close()
})

test('the minutes of a visit that is entered late count towards the most that its carer gives on a day', async () => {
  const now = await openVisitDeskHouse()
  now.pass(13 * 60)
  const late = createLateVisits(now.house, { check: () => null })
  const given = {
    senior: chen,
    service: 'clean',
    carer: wu,
    servedOn: now.house.today(),
    from: '07:00',
    tender: 'cash' as const,
  }
  expect(await late.price({ ...given, until: '17:01' })).toMatchObject({
    result: 'refused',
    notice: { code: 'CARER_DAY_FULL', values: { minutes: 601, most: 600 } },
  })
  expect(await late.enter({ ...given, until: '17:00' }, { reason: '停电', approval: null, digest: null })).toEqual(done)
  const more = { ...given, senior: wang, from: '17:15', until: '17:20' }
  expect(await late.price(more)).toMatchObject(refusedAs('CARER_DAY_FULL'))
  expect(await begin(now, wang, 'bath')).toMatchObject(refusedAs('CARER_DAY_FULL'))
  now.close()
})

function onlyVisit({ house }: VisitDeskHouse) {
  const [visit] = house.openVisits.all()
  if (visit === undefined) throw new Error('it did not begin')
  return visit.id
}

function leavingOf(now: VisitDeskHouse) {
  const { desk } = now.view()
  if (desk.state !== 'leaving') throw new Error(`nobody leaves: ${desk.state}`)
  return desk
}

function minutes(span?: { readonly from: number; readonly until: number | null }) {
  return span === undefined || span.until === null ? null : (span.until - span.from) / 60_000
}
