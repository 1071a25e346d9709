import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { businessDate } from '../../../shared/business-day.ts'
import { mostTries } from '../../../shared/face/decide.ts'
import type { RecordId } from '../../../shared/ids.ts'
import { allowFaces, clearLook, enrolFace } from '../../support/face-till.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { carer, memberOf, openStationHouse, type StationHouse } from '../../support/station-house.ts'
import { cameraLook, syntheticFaces, syntheticSite } from '../../support/synthetic-faces.ts'

const day = '2026-09-14'
const done = { result: 'done' }
const faces = syntheticFaces(7)
const amongMembers = {
  ...syntheticSite,
  oneToMany: true,
  calibration: {
    on: businessDate.parse('2026-09-01'),
    ...{ pairs: 2_000_000, far: 2.5e-6, thresholds: syntheticSite.thresholds },
  },
}
const [one, other, silent] = [memberOf(1, '李桂兰', {}), memberOf(2, '陈秀芳', {}), memberOf(3, '王素珍', {})]
/** Whose synthetic face is whose. */
const [faceOfOne, faceOfOther, faceOfNobody] = [11, 12, 13]

let house: StationHouse
const client = () => house.client()
const refused = (code: string) => ({ result: 'refused', notice: { code } })
const look = (face: number, senior: typeof one | null = null) =>
  client().face.look({ ...cameraLook(clearLook(faces, face)), senior: senior?.id ?? null })
const asked = () => house.until(view => view.asked)

/** The face is looked at, and staff say that it is they. */
async function shows(face: number, senior: typeof one | null = null): Promise<void> {
  expect(await look(face, senior)).toEqual(done)
  const { look: found } = await asked()
  expect(await client().face.confirm({ look: found, by: 'staff' })).toEqual(done)
}

async function begin(clock: string, by = 'zheng-xiuying'): Promise<RecordId> {
  expect(await client().visit.chooseService({ service: 'bathing' })).toEqual(done)
  const given = { carer: carer(by), pin: house.carerPin }
  expect(await client().visit.carer(given)).toEqual(done)
  house.at(clock)
  return await house.begin()
}

/** The visit that the senior is in. */
async function goingOnOf({ id }: typeof one): Promise<RecordId> {
  await client().visit.choose({ senior: id })
  return (await house.step('visit')).visit.visit
}

async function records(kind: string) {
  const { records: all, findings } = await readLedger(house.dataDir)
  expect(findings).toEqual([])
  return all.filter(record => record.kind === kind)
}

beforeAll(async () => {
  house = await openStationHouse(day, [one, other, silent])
  house.at('08:00')
}, 120_000)
afterAll(() => house?.close())
beforeEach(async () => {
  await client().visit.back()
})

it('while faces are off, no face is looked at and the screen offers none', async () => {
  expect(await look(faceOfOne)).toMatchObject(refused('FACE_OFF'))
  expect(house.view()).toMatchObject({ face: null, asked: null })
})

it('on the list all members may be looked at, and at one person’s desk only they, if they agreed', async () => {
  await allowFaces(house.province, amongMembers)
  await house.synced()
  await house.till().untilTerminal(({ face }) => face?.calibration != null)
  expect(await client().face.switch({ on: true })).toEqual(done)
  await enrolFace(client(), one.id, () => faces.frame(faceOfOne, 0.15))
  await enrolFace(client(), other.id, () => faces.frame(faceOfOther, 0.15))
  expect(await house.until(({ face }) => face)).toBe('members')
  await client().visit.choose({ senior: one.id })
  await house.step('arriving')
  expect(house.view().face).toBe(one.id)
  await client().visit.choose({ senior: silent.id })
  await house.until(({ desk }) => (desk.state === 'arriving' && desk.person.senior === silent.id ? desk : null))
  expect(house.view().face).toBeNull()
})

it('a face alone brings nobody to the desk: staff are asked with a masked name, and may say no', async () => {
  expect(await look(faceOfOne)).toEqual(done)
  const question = await asked()
  expect(question).toMatchObject({ confirmBy: 'anybody', name: '李＊兰' })
  expect(house.view().desk).toEqual({ state: 'list' })
  expect(await client().face.notThem({ look: question.look })).toEqual(done)
  expect(await house.until(({ notice, asked: still }) => (still === null ? notice : null))).toMatchObject({
    code: 'FACE_TRY_AGAIN',
  })
  expect(house.view().desk).toEqual({ state: 'list' })
})

it('a senior signs in and out by face: both records say face and presented, and no comparison is written', async () => {
  await shows(faceOfOne)
  expect(await house.step('arriving')).toMatchObject({ means: 'face', person: { senior: one.id } })
  const compared = (await records('override')).length
  const begun = await begin('08:05')
  house.at('08:55')
  await shows(faceOfOne, one)
  const { visit } = await house.step('leaving')
  expect(visit).toMatchObject({ visit: begun, means: 'face', assurance: 'presented' })
  expect(await client().visit.finish({ visit: begun, digest: visit.price?.digest ?? null })).toMatchObject({
    result: 'recorded',
  })
  const [start] = (await records('visit-in')).slice(-1)
  const [end] = (await records('visit-out')).slice(-1)
  const said = { means: 'face', assurance: 'presented', device: 'camera:test' }
  expect([start?.payload, end?.payload]).toMatchObject([said, said])
  expect((await records('override')).length).toBe(compared)
  await client().visit.rate({ visit: begun, rating: null })
  await house.synced()
  await vi.waitFor(async () => {
    const sql = "select verdict from ledger where kind in ('visit-in', 'visit-out')"
    expect(await house.province.rows(sql)).toEqual([{ verdict: 'accepted' }, { verdict: 'accepted' }])
  }, 20_000)
})

it('the face of another senior at a running visit does not end it', async () => {
  await client().visit.choose({ senior: one.id })
  const begun = await begin('10:00')
  house.at('10:50')
  expect(await look(faceOfOther, one)).toEqual(done)
  expect(await house.until(({ notice }) => notice)).toMatchObject({ code: 'FACE_TRY_AGAIN' })
  expect(house.view()).toMatchObject({ asked: null, desk: { state: 'visit', visit: { visit: begun } } })
  await client().visit.back()
  // Looked for among all members it is they themselves who come, and the visit goes on.
  await shows(faceOfOther)
  expect(await house.step('arriving')).toMatchObject({ person: { senior: other.id } })
  await client().visit.look({ visit: begun })
  expect((await house.step('visit')).visit.visit).toBe(begun)
})

it('whom staff compared where the face was not sure enough is verified, and the comparison stands beside the visit', async () => {
  expect(await client().face.look(cameraLook([1, 2, 3].map(() => faces.frame(faceOfOther, 0.425))))).toEqual(done)
  expect((await asked()).confirmBy).toBe('staff')
  const { look: found } = await asked()
  expect(await client().face.confirm({ look: found, by: 'staff' })).toMatchObject(refused('FACE_STAFF_COMPARES'))
  expect(await client().face.confirm({ look: found, by: 'compared' })).toEqual(done)
  expect(
    await house.until(({ desk }) => (desk.state === 'arriving' && desk.means === 'face' ? desk : null)),
  ).toBeTruthy()
  const begun = await begin('11:00', 'wu-cuilan')
  expect((await house.step('visit')).visit).toMatchObject({ means: 'face', assurance: 'verified' })
  const [said] = (await records('override')).slice(-1)
  expect(said?.payload).toMatchObject({ of: begun, what: 'assurance', reason: 'compared' })
})

it('a consent that is withdrawn between in and out leaves the visit on, and the other ways to end it', async () => {
  const begun = await goingOnOf(one)
  await client().visit.look({ visit: begun })
  const { visit } = await house.step('visit')
  const { senior } = visit.person
  expect(house.view().face).toBe(senior)
  const withdrawn = await client().face.withdraw({ senior, what: ['face'], by: { who: 'senior' } })
  expect(withdrawn.result).toBe('done')
  await house.until(({ face }) => (face === null ? true : null))
  expect(await look(faceOfOne, one)).toMatchObject(refused('FACE_NOT_ENROLLED'))
  expect(house.view().desk).toMatchObject({ state: 'visit', visit: { visit: begun } })
  await house.signOut('11:55', begun)
})

it('after the tries of a meal period other ways are named, at the till as at the station', async () => {
  for (let tries = 0; tries < mostTries; tries += 1) await look(faceOfNobody, other)
  expect(await look(faceOfNobody, other)).toMatchObject(refused('FACE_NO_MATCH'))
  await client().visit.close()
  expect(await look(faceOfOther, other)).toMatchObject(refused('FACE_NO_MATCH'))
})
