import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import type { TurnSeen } from '../../../shared/credential.ts'
import { faceNotice } from '../../../shared/face/consent.ts'
import { mostTries } from '../../../shared/face/decide.ts'
import { templateOf } from '../../../shared/face/embedding.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { ledgerRecord } from '../../../shared/record.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { allowFaces, clearLook, enrolFace, isAsking, switchOnFaces } from '../../support/face-till.ts'
import { findInFiles } from '../../support/find-in-files.ts'
import { eat, present } from '../../support/people.ts'
import { cameraFrame, cameraLook, syntheticFaces, syntheticSite } from '../../support/synthetic-faces.ts'
import { isPriced, isProblem, type Till } from '../../support/till.ts'

const faces = syntheticFaces(4)
const members = demoSeniors().filter(
  ({ homeSite, expected, cards }) => homeSite === 'demo-canteen' && expected.fen > 0 && cards.length > 0,
)
/** Calibrated so well that one face may be looked for among 400. */
const calibrated = {
  ...syntheticSite,
  oneToMany: true,
  calibration: {
    on: businessDate.parse('2026-11-01'),
    pairs: 2_000_000,
    far: 2.5e-6,
    thresholds: syntheticSite.thresholds,
  },
}
const unknownId = '01a1f5ee-4e70-70ec-ad4d-8532449f6db2'
let house: DemoHouse
let till: Till
let nextMember = 60

/** A member of the site who has not eaten yet; as a synthetic face they have their place in the list. */
function somebody(): { senior: SeniorId; face: number } {
  const face = nextMember++
  const member = members[face]
  if (!member) throw new Error('no demo members left')
  return { senior: member.id, face }
}

async function somebodyEnrolled(options: Parameters<typeof enrolFace>[3] = {}) {
  const one = somebody()
  const enrolled = await enrolFace(till.client, one.senior, () => faces.frame(one.face, 0.15), options)
  return { ...one, enrolled }
}

/** Somebody with a card comes in between: whoever looks after that is another visitor. */
async function nextVisitor() {
  await present(till, somebody().senior, 'card')
  await till.client.dismiss()
}

async function lookFor(face: number) {
  await till.client.face.look(cameraLook(clearLook(faces, face)))
  return await till.untilCashier(isAsking)
}

/** Asks again and again until there is something. */
async function until<T>(look: () => Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const found = await look()
    if (found) return found
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

/** What the province holds of a record. */
async function atProvince(id: string) {
  const row = await until(
    async () => (await house.province.rows('select record, verdict from ledger where record_id = $1', [id]))[0],
  )
  return { verdict: row.verdict, record: ledgerRecord.parse(JSON.parse(String(row.record))) }
}

async function askedOnPublicScreen() {
  for await (const view of await till.client.watchCustomer()) return view.atCamera
  throw new Error('no view of the public screen')
}

const codeOf = (answer: { result: string; notice?: { code: string } }) => answer.notice?.code ?? answer.result
const tinyJpeg = toBase64Url(
  Uint8Array.from([255, 216, 255, 224, ...Array.from({ length: 900 }, (_, at) => (at * 37) % 251), 255, 217]),
)

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
})
afterAll(() => house?.close())
afterEach(() => till.client.dismiss())

describe('while faces are off', () => {
  it('no call about faces works, and the province has to allow them first', async () => {
    const { face } = till.client
    const { senior } = somebody()
    const frame = cameraFrame(faces.frame(1))
    await allowFaces(house.province, null)
    await till.untilTerminal(view => view.face === null)
    const answers = [
      await face.switch({ on: true }),
      await face.begin({ senior, checked: 'card' }),
      await face.consent({
        enrolment: unknownId,
        notice: faceNotice.version,
        heardAll: true,
        by: { who: 'senior' },
        what: ['face'],
      }),
      await face.photo({ enrolment: unknownId, frame }),
      await face.tryOut({ enrolment: unknownId, frame }),
      await face.takePortrait({ enrolment: unknownId, jpeg: tinyJpeg }),
      await face.finish({ enrolment: unknownId }),
      await face.look(cameraLook(clearLook(faces, 1))),
    ]
    expect(answers.map(codeOf)).toEqual(['FACE_NOT_ALLOWED', ...Array.from({ length: 7 }, () => 'FACE_OFF')])
  })

  it('they stay off until staff switch them on, with a record of who did', async () => {
    await switchOnFaces(house, till, calibrated)
    expect(till.terminal().face).toMatchObject({ on: true, enrolled: 0, oneToMany: true, mostMembers: 400 })
    await until(() => house.province.number("select count(*) from ledger where kind = 'override'"))
    const rows = await house.province.rows("select record from ledger where kind = 'override'")
    const payloads = rows.map(row => JSON.parse(String(row.record)).payload)
    expect(payloads).toMatchObject([{ what: 'face-on', operator: till.terminal().operator?.id }])
  })
})

describe('an enrolment', () => {
  it('goes step by step, and stores nothing before the trial has recognised the person', async () => {
    const { face } = till.client
    const { senior, face: own } = somebody()
    const begun = await face.begin({ senior, checked: 'document' })
    if (begun.result !== 'done') throw new Error('not begun')
    const { enrolment } = begun
    const photo = (person: number) => face.photo({ enrolment, frame: cameraFrame(faces.frame(person, 0.15)) })
    const tryOut = (person: number) => face.tryOut({ enrolment, frame: cameraFrame(faces.frame(person, 0.15)) })
    expect(codeOf(await photo(own))).toBe('ENROLMENT_STEP')
    const consent = { enrolment, heardAll: true as const, by: { who: 'senior' as const } }
    expect(codeOf(await face.consent({ ...consent, notice: '2', what: ['face'] }))).toBe('NOTICE_OLD')
    expect(codeOf(await face.consent({ ...consent, notice: faceNotice.version, what: ['away'] }))).toBe('CONSENT_UNFIT')
    expect(codeOf(await face.consent({ ...consent, notice: faceNotice.version, what: ['face'] }))).toBe('done')
    expect(codeOf(await tryOut(own))).toBe('ENROLMENT_STEP')
    expect(await photo(own)).toMatchObject({ taken: 1, needed: 3 })
    expect(codeOf(await photo(own + 500))).toBe('FACE_PHOTO_DIFFERS')
    const twoFaces = cameraFrame(faces.frame(own), { hints: ['several-faces'] })
    expect(codeOf(await face.photo({ enrolment, frame: twoFaces }))).toBe('FACE_UNCLEAR')
    await photo(own)
    expect(await photo(own)).toMatchObject({ taken: 3 })
    expect(codeOf(await face.finish({ enrolment }))).toBe('ENROLMENT_STEP')
    expect(codeOf(await tryOut(own + 500))).toBe('FACE_TRIAL_MISSED')
    expect(till.terminal().face?.enrolled).toBe(0)
    expect(codeOf(await face.takePortrait({ enrolment, jpeg: tinyJpeg }))).toBe('ENROLMENT_STEP')
    expect(codeOf(await tryOut(own))).toBe('done')
    const finished = await face.finish({ enrolment })
    expect(finished).toMatchObject({ result: 'done' })
    expect(JSON.stringify(finished)).toContain('关掉人脸')
    await till.untilTerminal(view => view.face?.enrolled === 1)
    expect(codeOf(await face.finish({ enrolment }))).toBe('ENROLMENT_OVER')
    expect(await face.status({ senior })).toMatchObject({ what: ['face'], notice: faceNotice.version, outdated: false })
  })

  it('is recorded without a number of the face or the name of whoever acted, and the province takes the record', async () => {
    const by = { who: 'agent' as const, name: '钱守义', relation: '儿子' }
    const { enrolled } = await somebodyEnrolled({ by, what: ['face', 'portrait'], portrait: tinyJpeg })
    const { verdict, record } = await atProvince(enrolled.record)
    expect(verdict).toBe('accepted')
    expect(record).toMatchObject({
      kind: 'consent',
      payload: {
        ...{
          event: 'given',
          what: ['face', 'portrait'],
          notice: faceNotice.version,
          by: 'agent',
          relation: '儿子',
          checked: 'card',
        },
        operator: till.terminal().operator?.id,
        agentCommitment: expect.any(String),
      },
    })
    expect(JSON.stringify(record)).not.toContain('钱守义')
    expect(Object.keys(record.payload).sort()).toEqual([
      ...[
        'agentCommitment',
        'by',
        'checked',
        'event',
        'notice',
        'operator',
        'reason',
        'relation',
        'senior',
        'site',
        'what',
      ],
    ])
  })

  it('is for members of the site only', async () => {
    const visitor = demoSeniors().find(({ homeSite }) => homeSite !== 'demo-canteen')
    if (!visitor) throw new Error('no visitor')
    expect(codeOf(await till.client.face.begin({ senior: visitor.id, checked: 'known' }))).toBe('FACE_MEMBERS_ONLY')
  })
})

describe('a face alone', () => {
  it('only asks who it is: nothing is priced before somebody says so, and then it counts as presented', async () => {
    const { senior, face } = await somebodyEnrolled()
    const asking = await lookFor(face)
    expect(asking).toMatchObject({ confirmBy: 'anybody', triesLeft: 1, name: expect.stringContaining('＊') })
    await till.client.face.confirm({ look: asking.look, by: 'person' })
    const priced = await till.untilCashier(isPriced)
    expect(priced).toMatchObject({ means: 'face', assurance: 'presented', entry: { seconds: null } })
    expect(priced.person?.name).toBe(members.find(({ id }) => id === senior)?.name)
    const sold = await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
    expect(sold).toMatchObject({ result: 'recorded', sale: { means: 'face' } })
    const again = await lookFor(face)
    await till.client.face.confirm({ look: again.look, by: 'person' })
    expect((await till.untilCashier(isProblem)).notice.code).toBe('DUPLICATE_TAP')
  })

  it('that was priced stays when a card is read: staff and the public screen are told, and one meal is recorded', async () => {
    const { face } = await somebodyEnrolled()
    const asking = await lookFor(face)
    await till.client.face.confirm({ look: asking.look, by: 'person' })
    const priced = await till.untilCashier(isPriced)
    const [newest] = till.terminal().lastSales
    await till.client.simulate({ senior: somebody().senior, present: 'card' })
    const told = await till.untilCashier((view): view is typeof priced => isPriced(view) && view.another !== null)
    expect(told).toEqual({ ...priced, another: expect.any(Number) })
    for await (const { now } of await till.client.watchCustomer()) {
      expect(now).toMatchObject({ state: 'priced', surname: priced.person?.name[0], another: told.another })
      break
    }
    const sold = await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
    expect(sold).toMatchObject({ result: 'recorded', repeated: false })
    const { lastSales } = await till.untilTerminal(view => view.lastSales[0]?.record !== newest?.record)
    expect(lastSales.slice(0, 2).map(({ record }) => record)).toEqual([priced.checkIn, newest?.record])
  })

  it('that is withdrawn while the question stands there names nobody any more', async () => {
    const { senior, face } = await somebodyEnrolled()
    const asking = await lookFor(face)
    const ended = await till.client.face.withdraw({ senior, what: ['face'], by: { who: 'senior' } })
    expect(codeOf(ended)).toBe('done')
    expect(codeOf(await till.client.face.confirm({ look: asking.look, by: 'person' }))).toBe('FACE_NOT_ENROLLED')
    expect((await till.untilCashier(isProblem)).notice.code).toBe('FACE_NOT_ENROLLED')
    await nextVisitor()
  })

  it('is verified only where staff compared the person, which is recorded', async () => {
    const { face } = await somebodyEnrolled()
    const asking = await lookFor(face)
    await till.client.face.confirm({ look: asking.look, by: 'compared' })
    expect(await till.untilCashier(isPriced)).toMatchObject({ means: 'face', assurance: 'verified' })
    await till.client.dismiss()
    const count = () =>
      house.province.number(
        "select count(*) from ledger where kind = 'override' and position($1 in encode(record, 'escape')) > 0",
        [`"of":"${asking.look}"`],
      )
    await until(count)
    expect(await count()).toBe(1)
  })

  it('has two tries, then other means; a card goes on at once', async () => {
    const { face } = await somebodyEnrolled()
    const nobody = () => till.client.face.look(cameraLook(clearLook(faces, 900)))
    await nobody()
    expect((await till.untilCashier(isProblem)).notice.code).toBe('FACE_TRY_AGAIN')
    const asking = await lookFor(face)
    expect(asking.triesLeft).toBe(0)
    await till.client.face.notThem({ look: asking.look })
    const over = await till.untilCashier(
      (view): view is never => isProblem(view) && view.notice.code === 'FACE_NO_MATCH',
    )
    expect(over).toMatchObject({ means: 'face' })
    expect(codeOf(await nobody())).toBe('FACE_NO_MATCH')
    expect(await present(till, somebody().senior, 'card')).toMatchObject({ means: 'card' })
  })

  it('is looked for twice under one name, whatever stood on the screen in between, until they ate or showed a card', async () => {
    const { senior } = await somebodyEnrolled()
    async function looks(count: number) {
      const answers: string[] = []
      for (let look = 0; look < count; look += 1) {
        answers.push(codeOf(await till.client.face.look({ ...cameraLook(clearLook(faces, 900)), senior })))
        await till.client.dismiss()
      }
      return answers
    }
    expect(await looks(4)).toEqual(['done', 'done', 'FACE_NO_MATCH', 'FACE_NO_MATCH'])
    await present(till, senior, 'card')
    await till.client.dismiss()
    expect(await looks(3)).toEqual(['done', 'done', 'FACE_NO_MATCH'])
    await eat(till, senior, 'card')
    await till.client.dismiss()
    expect(await looks(1)).toEqual(['done'])
  })

  it('is looked for twice under one name, and then not among all either, as whom nobody proposes that person any more', async () => {
    await nextVisitor()
    const { senior, face } = await somebodyEnrolled()
    for (const _ of ['once', 'twice']) {
      await till.client.face.look({ ...cameraLook(clearLook(faces, 900)), senior })
      await till.client.dismiss()
    }
    const look = () => till.client.face.look(cameraLook(clearLook(faces, face)))
    expect(codeOf(await look())).toBe('FACE_NO_MATCH')
    await present(till, somebody().senior, 'card')
    await till.client.dismiss()
    expect(codeOf(await look())).toBe('done')
    expect((await till.untilCashier(isProblem)).notice.code).toBe('FACE_TRY_AGAIN')
    await nextVisitor()
  })

  it('is looked for twice among all, whatever stood on the screen in between, until somebody came by card', async () => {
    const nobody = async () => {
      const code = codeOf(await till.client.face.look(cameraLook(clearLook(faces, 900))))
      await till.client.dismiss()
      return code
    }
    await nextVisitor()
    expect([await nobody(), await nobody(), await nobody()]).toEqual(['done', 'done', 'FACE_NO_MATCH'])
    await nextVisitor()
    expect(await nobody()).toBe('done')
  })

  it('is asked for on the public screen while the look goes on, and no longer', async () => {
    for (const stage of [null, 'ahead', 'turning', null] as const) {
      expect(codeOf(await till.client.face.atCamera({ stage }))).toBe('done')
      expect(await askedOnPublicScreen()).toBe(stage)
    }
  })

  it('that is near but not near enough is for staff to compare', async () => {
    const { face } = await somebodyEnrolled()
    const frames = [1, 2, 3].map(() => faces.frame(face, 0.425))
    await till.client.face.look(cameraLook(frames))
    const asking = await till.untilCashier(isAsking)
    expect(asking.confirmBy).toBe('staff')
    for await (const view of await till.client.watchCustomer()) {
      expect(view.now.state).toBe('helping')
      break
    }
    expect(codeOf(await till.client.face.confirm({ look: asking.look, by: 'person' }))).toBe('FACE_STAFF_COMPARES')
    expect(codeOf(await till.client.face.confirm({ look: asking.look, by: 'staff' }))).toBe('FACE_STAFF_COMPARES')
    expect(codeOf(await till.client.face.confirm({ look: asking.look, by: 'compared' }))).toBe('done')
  })

  it('of another network is not compared', async () => {
    const { face } = await somebodyEnrolled()
    const look = cameraLook(clearLook(faces, face))
    expect(codeOf(await till.client.face.look({ ...look, engine: 'another/1' }))).toBe('FACE_ENGINE_DIFFERS')
    expect(codeOf(await till.client.face.look({ ...look, modelHash: 'A'.repeat(43) }))).toBe('FACE_ENGINE_DIFFERS')
    expect(codeOf(await till.client.face.look({ ...look, frames: [Array(512).fill(0.1)] }))).toBe('FACE_ENGINE_DIFFERS')
  })

  it('is compared with one person whom staff found by name, with one frame', async () => {
    const { senior, face } = await somebodyEnrolled()
    await till.client.face.look({ ...cameraLook([faces.frame(face, 0.12)]), senior })
    expect(await till.untilCashier(isAsking)).toMatchObject({ confirmBy: 'anybody' })
    await present(till, senior, 'card')
    await till.client.dismiss()
    await till.client.face.look({ ...cameraLook([faces.frame(901, 0.12)]), senior })
    expect((await till.untilCashier(isProblem)).notice.code).toBe('FACE_TRY_AGAIN')
    expect(codeOf(await till.client.face.look({ ...cameraLook([faces.frame(1)]), senior: somebody().senior }))).toBe(
      'FACE_NOT_ENROLLED',
    )
  })
})

describe('a face beside a card', () => {
  it('that matches lifts nothing: the card still counts as presented', async () => {
    const { senior, face } = await somebodyEnrolled()
    const priced = await present(till, senior, 'card')
    await till.client.face.look({ ...cameraLook(clearLook(faces, face)), checkIn: priced.checkIn })
    const beside = await till.untilCashier((view): view is never => isPriced(view) && view.face !== null)
    expect(beside).toMatchObject({
      assurance: 'presented',
      face: { result: 'match' },
      attention: [],
      digest: priced.digest,
    })
  })

  it('that does not stops the bar and asks staff to compare; nobody is turned away', async () => {
    const { senior } = await somebodyEnrolled()
    const priced = await present(till, senior, 'card')
    const beside = () => till.client.face.look({ ...cameraLook(clearLook(faces, 902)), checkIn: priced.checkIn })
    await beside()
    const view = await till.untilCashier((now): now is never => isPriced(now) && now.face !== null)
    expect(view).toMatchObject({ face: { result: 'differs', triesLeft: 1 }, entry: { seconds: null, held: true } })
    expect(view).toMatchObject({ attention: [{ code: 'FACE_DIFFERS' }] })
    await beside()
    expect(codeOf(await beside())).toBe('FACE_NO_MATCH')
    const sold = await till.client.confirm({ checkIn: priced.checkIn, digest: priced.digest })
    expect(sold.result).toBe('recorded')
  })
})

describe('the portrait', () => {
  it('is shown only while staff compare', async () => {
    const { face } = await somebodyEnrolled({ what: ['face', 'portrait'], portrait: tinyJpeg })
    const asking = await lookFor(face)
    const portrait = async (checkIn: typeof asking.look) => (await till.client.face.portrait({ checkIn })).jpeg
    expect(asking.portrait).toBe(true)
    expect(await portrait(asking.look)).toBe(tinyJpeg)
    await till.client.face.confirm({ look: asking.look, by: 'compared' })
    await till.untilCashier(isPriced)
    expect(await portrait(asking.look)).toBeNull()
    await till.client.dismiss()
    expect(await portrait(asking.look)).toBeNull()
  })

  it('is a small JPEG, or none', async () => {
    const { senior } = somebody()
    const large = Uint8Array.from({ length: 20 * 1024 + 1 }, (_, at) => [255, 216, 255][at] ?? 7)
    large.set([255, 217], large.length - 2)
    for (const bytes of [large, Buffer.from('<svg>'.repeat(50))])
      await expect(
        enrolFace(till.client, senior, () => faces.frame(1), { what: ['portrait'], portrait: toBase64Url(bytes) }),
      ).rejects.toThrow('PORTRAIT_BAD')
  })
})

describe('what the looks of the day say about distances', () => {
  const reported = async () => {
    const answer = await till.client.face.report()
    if (answer.result !== 'done') throw new Error(answer.notice.code)
    return answer.report
  }
  const counted = async () => {
    const { looks, comparisons } = await reported()
    return { looks, comparisons }
  }

  it('is counted where somebody said that it is them, once a person and day, against the other members', async () => {
    const { face } = await somebodyEnrolled()
    const before = await counted()
    const others = (till.terminal().face?.enrolled ?? 0) - 1
    const refused = await lookFor(face)
    await till.client.face.notThem({ look: refused.look })
    expect(await counted()).toEqual(before)
    await till.client.dismiss()
    for (const by of ['staff', 'compared'] as const) {
      const asking = await lookFor(face)
      await till.client.face.confirm({ look: asking.look, by })
      await till.untilCashier(isPriced)
      await till.client.dismiss()
    }
    expect(await counted()).toEqual({ looks: before.looks + 1, comparisons: before.comparisons + others })
  })

  it('is counted beside a card once staff compared, also where the face did not fit', async () => {
    const { senior, face } = await somebodyEnrolled()
    const before = await reported()
    const priced = await present(till, senior, 'card')
    const far = [faces.frame(face, 0.75)]
    await till.client.face.look({ ...cameraLook(far), checkIn: priced.checkIn })
    expect((await reported()).looks).toBe(before.looks)
    await till.client.comparePerson({ checkIn: priced.checkIn })
    const after = await reported()
    const bins = ({ genuine }: typeof after) => genuine.filter(({ bin }) => bin >= 60).map(({ count }) => count)
    expect([after.looks, bins(before).length, bins(after).length]).toEqual([before.looks + 1, 0, 1])
    await till.client.dismiss()
  })

  it('is too little here to be taken over, holds nobody’s numbers, and outlives the withdrawal of those counted', async () => {
    const { senior, face } = await somebodyEnrolled()
    const asking = await lookFor(face)
    await till.client.face.confirm({ look: asking.look, by: 'staff' })
    await till.untilCashier(isPriced)
    const before = await reported()
    expect(before).toMatchObject({ enough: false, adopt: null, looksNeeded: 30 })
    expect(Object.keys(before.genuine[0] ?? {}).sort()).toEqual(['bin', 'count'])
    await till.client.dismiss()
    const withdrawn = await till.client.face.withdraw({ senior, what: ['face'], by: { who: 'senior' } })
    expect(withdrawn).toMatchObject({ result: 'done', erasure: { found: 0 } })
    expect(await counted()).toEqual({ looks: before.looks, comparisons: before.comparisons })
  })
})

describe('one person, one limit', () => {
  it('is subsidised once within a meal period, by card, code and face', async () => {
    const { senior, face } = await somebodyEnrolled()
    const { priced: first } = await eat(till, senior, 'card')
    const { priced: second } = await eat(till, senior, 'dynamic-code')
    const asking = await lookFor(face)
    await till.client.face.confirm({ look: asking.look, by: 'staff' })
    const third = await till.untilCashier(isPriced)
    await till.client.confirm({ checkIn: third.checkIn, digest: third.digest })
    expect([first, second, third].map(({ means }) => means)).toEqual(['card', 'code', 'face'])
    expect(first.subsidyFen).toBeGreaterThan(0)
    expect([second.subsidyFen, third.subsidyFen]).toEqual([0, 0])
    expect(third.attention.map(({ code }) => code)).toContain('LIMIT_MEAL')
    await till.untilTerminal(view => view.unsent.count === 0)
    const claimed = await house.province.number('select sum(fen) from claim_line where senior_id = $1', [senior])
    expect(claimed).toBe(first.subsidyFen)
  })
})

describe('what lies in the data folder', () => {
  it('holds no number of a face in plain, while it is enrolled and after it is withdrawn; and the proof says so', async () => {
    const one = somebody()
    const taken: number[][] = []
    const frames = () => {
      const frame = faces.frame(one.face, 0.15)
      taken.push(frame)
      return frame
    }
    await enrolFace(till.client, one.senior, frames, { what: ['face', 'portrait'], portrait: tinyJpeg })
    const before = till.terminal().face?.enrolled
    const numbers = taken.map(frame => Float32Array.from(frame))
    const secrets = [...numbers, templateOf(numbers.slice(0, 3))].flatMap(secretsOf)
    secrets.push({ what: 'portrait', text: tinyJpeg, bytes: Buffer.from(tinyJpeg, 'base64url') })
    const search = () => findInFiles(house.dataDir, secrets).findings.map(({ what, file }) => `${what} in ${file}`)
    expect(search()).toEqual([])
    const answer = await till.client.face.withdraw({
      senior: one.senior,
      what: ['face', 'portrait'],
      by: { who: 'senior' },
    })
    if (answer.result !== 'done') throw new Error('not withdrawn')
    expect(answer.erasure).toMatchObject({ what: ['face', 'portrait'], found: 0 })
    expect(answer.erasure.files).toBeGreaterThan(1)
    expect(answer.erasure.bytes).toBeGreaterThan(100_000)
    expect(answer.erasure.statement.map(({ zh }) => zh).join()).toContain('没有留下')
    expect(search()).toEqual([])
    await till.untilTerminal(view => view.face?.enrolled === (before ?? 0) - 1)
    await till.client.face.look(cameraLook(clearLook(faces, one.face)))
    expect((await till.untilCashier(isProblem)).notice.code).toBe('FACE_TRY_AGAIN')
    expect(await atProvince(answer.record)).toMatchObject({
      verdict: 'accepted',
      record: { payload: { event: 'withdrawn', what: ['face', 'portrait'], by: 'senior', notice: null } },
    })
  })

  it('is searched for what does stand there: the same search finds what is planted', async () => {
    const numbers = Float32Array.from(faces.frame(77))
    writeFileSync(join(house.dataDir, 'planted'), Buffer.from(numbers.buffer))
    const found = findInFiles(house.dataDir, secretsOf(numbers)).findings
    expect(found.map(({ file }) => file)).toContain('planted')
  })
})

/** Numbers as they could lie about: raw floats in both widths, and the first digits of their text. */
function secretsOf(numbers: Float32Array) {
  const text = String(numbers[3] ?? 0).slice(0, 9)
  const wide = Float64Array.from(numbers)
  return [
    { what: 'floats', text, bytes: Buffer.from(numbers.buffer.slice(0, 32)) },
    { what: 'doubles', text, bytes: Buffer.from(wide.buffer.slice(0, 64)) },
    { what: 'template as text', text: Buffer.from(numbers.buffer.slice(0, 33)).toString('base64url').slice(0, 40) },
  ]
}

describe('a consent that ends by itself', () => {
  it('goes with the senior who leaves the roster, with a record', async () => {
    const { senior, face } = await somebodyEnrolled()
    expect(await till.client.face.status({ senior })).not.toBeNull()
    await house.province.rows("update senior set gone = true, change = nextval('feed_change') where senior_id = $1", [
      senior,
    ])
    await until(async () => (await till.client.face.status({ senior })) === null)
    await nextVisitor()
    await till.client.face.look(cameraLook(clearLook(faces, face)))
    expect((await till.untilCashier(isProblem)).notice.code).toBe('FACE_TRY_AGAIN')
    const ended = async () => {
      const rows = await house.province.rows(
        "select record from ledger where kind = 'consent' order by seq desc limit 1",
      )
      const payload = rows.map(row => JSON.parse(String(row.record)).payload)[0]
      return payload?.event === 'ended' ? payload : null
    }
    expect(await until(ended)).toMatchObject({ event: 'ended', reason: 'left', by: 'terminal', what: ['face'] })
  })
})

describe('where the site asks for a turn of the head', () => {
  const turnTo = (face: number, change: Partial<TurnSeen> = {}): TurnSeen => {
    return { asked: 'right', side: 0.4, shift: 0.2, frame: faces.frame(face, 0.3), ...change }
  }
  const gone = (tries: number) => Math.max(0, mostTries - tries)

  beforeAll(async () => {
    await allowFaces(house.province, { ...calibrated, headTurn: true })
    await till.untilTerminal(view => view.face?.headTurn === true)
  })
  afterAll(async () => {
    await allowFaces(house.province, calibrated)
    await till.untilTerminal(view => view.face?.headTurn === false)
  })

  it('an enrolment asks for none, and a look with the turn of the same face asks who it is', async () => {
    await nextVisitor()
    const { face } = await somebodyEnrolled()
    await till.client.face.look({ ...cameraLook(clearLook(faces, face)), turn: turnTo(face) })
    expect(await till.untilCashier(isAsking)).toMatchObject({ confirmBy: 'anybody', triesLeft: 1 })
  })

  it.each<[string, (face: number) => TurnSeen | null]>([
    ['without a turn', () => null],
    ['with a turn to the other side', face => turnTo(face, { asked: 'left' })],
    ['with the measures of a flat picture', face => turnTo(face, { shift: 0.02 })],
    ['with too small a turn', face => turnTo(face, { side: 0.2 })],
    ['with the turn of somebody else', face => turnTo(face + 500)],
    ['with a turned face of another network', face => turnTo(face, { frame: Array(512).fill(0.1) })],
    ['with a turned face that is no numbers', face => turnTo(face, { frame: Array(128).fill(0) })],
  ])('a look %s is refused and compares nothing, though the face would match', async (_what, turn) => {
    const { senior, face } = await somebodyEnrolled()
    const look = { ...cameraLook(clearLook(faces, face)), turn: turn(face), senior }
    expect(codeOf(await till.client.face.look(look))).toBe('FACE_NO_TURN')
    expect((await till.untilCashier(isProblem)).notice.code).toBe('FACE_NO_TURN')
  })

  it('it is one of the two tries, and a turn in the second is taken', async () => {
    await nextVisitor()
    const { face } = await somebodyEnrolled()
    const look = cameraLook(clearLook(faces, face))
    await till.client.face.look(look)
    await till.untilCashier(isProblem)
    await till.client.face.look({ ...look, turn: turnTo(face) })
    const asking = await till.untilCashier(isAsking)
    expect(asking.triesLeft).toBe(gone(2))
    await till.client.face.notThem({ look: asking.look })
    await till.untilCashier((view): view is never => isProblem(view) && view.notice.code === 'FACE_NO_MATCH')
  })

  it('after two without a turn the other means are used, and a card goes on at once', async () => {
    await nextVisitor()
    const { senior, face } = await somebodyEnrolled()
    const look = () => till.client.face.look(cameraLook(clearLook(faces, face)))
    await look()
    await look()
    await till.untilCashier((view): view is never => isProblem(view) && view.notice.code === 'FACE_NO_MATCH')
    expect(codeOf(await till.client.face.look({ ...cameraLook(clearLook(faces, face)), turn: turnTo(face) }))).toBe(
      'FACE_NO_MATCH',
    )
    expect(await present(till, senior, 'card')).toMatchObject({ means: 'card', face: null })
  })

  it('beside a card it stops the bar, staff compare instead, and nobody is turned away', async () => {
    const { senior, face } = await somebodyEnrolled()
    const priced = await present(till, senior, 'card')
    const look = { ...cameraLook(clearLook(faces, face)), checkIn: priced.checkIn }
    expect(codeOf(await till.client.face.look(look))).toBe('FACE_NO_TURN')
    const view = await till.untilCashier((now): now is never => isPriced(now) && now.face !== null)
    expect(view).toMatchObject({
      ...{ face: { result: 'no-turn', triesLeft: gone(1) }, entry: { seconds: null, held: true } },
      ...{ attention: [{ code: 'FACE_NO_TURN' }], assurance: 'presented', digest: priced.digest },
    })
    expect(codeOf(await till.client.face.look(look))).toBe('FACE_NO_TURN')
    expect(codeOf(await till.client.face.look({ ...look, turn: turnTo(face) }))).toBe('FACE_NO_MATCH')
    await till.client.comparePerson({ checkIn: priced.checkIn })
    const compared = await till.untilCashier((now): now is never => isPriced(now) && now.assurance === 'verified')
    expect(compared).toMatchObject({ checkIn: priced.checkIn })
  })
})

describe('one face among many', () => {
  it('is looked for only as far as the calibration carries; then a card, a code or a name comes first', async () => {
    const { face } = await somebodyEnrolled()
    const { engine, modelHash } = syntheticSite
    const weak = { ...calibrated.calibration, on: till.terminal().businessDate, far: 5e-4 }
    expect(codeOf(await till.client.face.adoptCalibration({ engine, modelHash, calibration: weak }))).toBe('done')
    expect(await till.untilTerminal(view => view.face?.oneToMany === false)).toMatchObject({ face: { mostMembers: 2 } })
    const answer = await till.client.face.look(cameraLook(clearLook(faces, face)))
    expect(codeOf(answer)).toBe('FACE_ONLY_WITH_OTHER')
  })
})

it('withdraws while faces are off, too', async () => {
  const { senior } = await somebodyEnrolled()
  await till.client.face.switch({ on: false })
  expect(codeOf(await till.client.face.look(cameraLook(clearLook(faces, 1))))).toBe('FACE_OFF')
  const answer = await till.client.face.withdraw({
    senior,
    what: ['face'],
    by: { who: 'agent', name: '孙敏', relation: '女儿' },
  })
  expect(answer).toMatchObject({ result: 'done', erasure: { found: 0 } })
})
