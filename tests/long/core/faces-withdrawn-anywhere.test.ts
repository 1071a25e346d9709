import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { demoSeniors } from '../../../province/demo-people.ts'
import { toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { type ConsentKind, consentKind } from '../../../shared/face/consent.ts'
import type { RecordId, SeniorId } from '../../../shared/ids.ts'
import { faceContext } from '../../../shared/province-api.ts'
import { ledgerRecord } from '../../../shared/record.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { clearLook, enrolFace, isAsking, switchOnFaces } from '../../support/face-till.ts'
import { findInFiles } from '../../support/find-in-files.ts'
import { openSecondSite, type SecondSite } from '../../support/second-site.ts'
import { cameraLook, syntheticFaces, syntheticSite } from '../../support/synthetic-faces.ts'
import type { Till } from '../../support/till.ts'

const faces = syntheticFaces(31)
const members = demoSeniors().filter(
  ({ homeSite, expected, cards }) => homeSite === 'demo-canteen' && expected.fen > 0 && cards.length > 0,
)
const portrait = toBase64Url(
  Uint8Array.from([255, 216, 255, 224, ...Array.from({ length: 900 }, (_, at) => (at * 37) % 251), 255, 217]),
)
const bySenior = { who: 'senior' } as const
let house: DemoHouse
let first: Till
/** Another till of the same site, and one of another site. */
let second: SecondSite
let riverside: SecondSite
let next = 40

function somebody(): { senior: SeniorId; face: number } {
  const face = next++
  const member = members[face]
  if (!member) throw new Error('no demo members left')
  return { senior: member.id, face }
}

async function until<T>(look: () => Promise<T> | T): Promise<NonNullable<T>> {
  for (;;) {
    const found = await look()
    if (found) return found
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

const deposits = (senior: SeniorId) =>
  house.province.number('select count(*) from face_template where senior_id = $1', [senior])

async function enrol(till: Till, { senior, face }: { senior: SeniorId; face: number }, what: ConsentKind[]) {
  const options = what.includes('portrait') ? { what, portrait } : { what }
  const { record } = await enrolFace(till.client, senior, () => faces.frame(face, 0.15), options)
  if (what.includes('away')) await until(() => deposits(senior))
  return record
}

/** The newest record of a consent that the province holds of a senior at a till. */
async function lastConsent(senior: SeniorId, event: string) {
  const records = await house.province.rows(
    "select record, verdict from ledger where kind = 'consent' order by received_at desc, seq desc",
  )
  const refs = await house.province.rows('select ref from senior_ref where senior_id = $1', [senior])
  for (const { record, verdict } of records) {
    const parsed = ledgerRecord.parse(JSON.parse(String(record)))
    if (
      parsed.kind === 'consent' &&
      parsed.payload.event === event &&
      refs.some(({ ref }) => ref === parsed.payload.senior)
    )
      return { verdict, terminal: parsed.terminal, payload: parsed.payload }
  }
  return null
}

/** What lies in the cells of a till's database, encrypted as it is. */
function cellsIn(dataDir: string): Buffer[] {
  const db = new Database(join(dataDir, 'terminal.db'), { readonly: true })
  const rows = db.prepare<[], { body: Buffer; wrapped: Buffer }>('SELECT body, wrapped FROM face_cell').all()
  db.close()
  return rows.flatMap(({ body, wrapped }) => [body, wrapped])
}

function traces(dataDir: string, cells: readonly Buffer[]): string[] {
  const secrets = cells.map((cell, at) => ({ what: 'cell', text: `cell number ${at}`, bytes: cell.subarray(8, 40) }))
  return findInFiles(dataDir, secrets).findings.map(({ text, file }) => `${text} in ${file}`)
}

const statusAt = (till: Till, senior: SeniorId) => till.client.face.status({ senior })
const lookAt = (till: Till, { senior, face }: { senior: SeniorId; face: number }) =>
  till.client.face.look({ ...cameraLook(clearLook(faces, face)), senior })

beforeAll(async () => {
  house = await openDemoHouse()
  first = await house.openTill()
  await switchOnFaces(house, first, syntheticSite)
  second = await openSecondSite(house.province, 'demo-canteen')
  riverside = await openSecondSite(house.province)
  for (const { till } of [second, riverside]) {
    await till().untilTerminal(({ face }) => face !== null)
    await till().client.face.switch({ on: true })
  }
})
afterAll(async () => {
  await second?.close()
  await riverside?.close()
  await house?.close()
})

describe('a face that is withdrawn at a till that never enrolled it', () => {
  it('is known no more at the till that did, whose stored bytes are gone, and at the province', async () => {
    const one = somebody()
    const { senior } = one
    const before = first.terminal().face?.enrolled ?? 0
    await enrol(first, one, ['face', 'away', 'portrait'])
    const cells = cellsIn(house.dataDir)
    expect(traces(house.dataDir, cells).length).toBeGreaterThanOrEqual(4)
    expect(await statusAt(second.till(), senior)).toBeNull()

    const answer = await second.till().client.face.withdraw({ senior, what: ['face'], by: bySenior })
    if (answer.result !== 'done') throw new Error(answer.notice.code)
    expect(answer.erasure).toMatchObject({ what: [], found: 0 })
    const words = answer.erasure.statement.map(({ zh }) => zh).join()
    expect(words).toContain('本机没有存这位的人脸')
    expect(words).toContain('那里的机器下次联网就删')

    await until(async () => (await deposits(senior)) === 0)
    await until(async () => (await statusAt(first, senior)) === null)
    await first.untilTerminal(({ face }) => face?.enrolled === before)
    expect(await lookAt(first, one)).toMatchObject({ notice: { code: 'FACE_NOT_ENROLLED' } })
    const { face } = await first.untilTerminal(view => view.face?.erased != null)
    expect(face?.erased).toMatchObject({ people: 1, found: 0 })
    expect(face?.erased?.files).toBeGreaterThan(1)
    expect(traces(house.dataDir, cells)).toEqual([])
    expect(await lastConsent(senior, 'withdrawn')).toMatchObject({
      verdict: 'accepted',
      payload: { what: consentKind.options, by: 'senior', site: 'demo-canteen' },
    })
    const ended = await until(() => lastConsent(senior, 'ended'))
    expect(ended).toMatchObject({ terminal: first.terminal().terminal, verdict: 'accepted' })
    expect(ended.payload).toMatchObject({ reason: 'elsewhere', by: 'terminal', what: ['face', 'away', 'portrait'] })
  })

  it('ends at a till of another site, too, where the person is known as somebody else’s member', async () => {
    const one = somebody()
    await enrol(first, one, ['face', 'away'])
    const answer = await riverside.till().client.face.withdraw({ senior: one.senior, what: ['face'], by: bySenior })
    expect(answer).toMatchObject({ result: 'done' })
    await until(async () => (await deposits(one.senior)) === 0)
    await until(async () => (await statusAt(first, one.senior)) === null)
  })

  it('takes the question whether it is them off the screen of another till at once', async () => {
    const one = somebody()
    await enrol(first, one, ['face', 'away'])
    expect(await lookAt(first, one)).toMatchObject({ result: 'done' })
    await first.untilCashier(isAsking)
    await riverside.till().client.face.withdraw({ senior: one.senior, what: ['face'], by: bySenior })
    const gone = await first.untilCashier((view): view is never => view.state === 'problem')
    expect(gone).toMatchObject({ notice: { code: 'FACE_NOT_ENROLLED' } })
    await first.client.dismiss()
  })

  it('ends at both tills that enrolled it, whichever hears of it; a picture is taken off alone', async () => {
    const one = somebody()
    await enrol(first, one, ['face', 'portrait'])
    await enrol(second.till(), one, ['face', 'portrait'])
    await first.client.face.withdraw({ senior: one.senior, what: ['portrait'], by: bySenior })
    await until(async () => (await statusAt(second.till(), one.senior))?.what.join() === 'face')
    expect(await statusAt(first, one.senior)).toMatchObject({ what: ['face'] })
    await first.client.face.withdraw({ senior: one.senior, what: ['face'], by: bySenior })
    await until(async () => (await statusAt(second.till(), one.senior)) === null)
  })
})

describe('a withdrawal that arrives late', () => {
  it('leaves alone what was agreed to after it, at the till and at the province', async () => {
    const one = somebody()
    const before = Date.now()
    await enrol(first, one, ['face', 'away'])
    const paper = await house.province.terminal('demo-riverside')
    const { verdicts } = await paper.push([await paper.decideOnFace({ id: one.senior }, 'withdrawn', before)])
    expect(verdicts).toMatchObject([{ verdict: 'accepted' }])
    const heard = first.terminal().roster.syncedAt
    await first.client.syncNow()
    await first.untilTerminal(({ roster }) => roster.syncedAt !== heard)
    expect(await statusAt(first, one.senior)).toMatchObject({ what: ['face', 'away'] })
    expect(await deposits(one.senior)).toBe(1)
    expect(await lookAt(first, one)).toMatchObject({ result: 'done' })
    await first.client.dismiss()

    // The same from a later moment does end it: the test can see.
    await paper.push([await paper.decideOnFace({ id: one.senior }, 'withdrawn', Date.now())])
    await until(async () => (await statusAt(first, one.senior)) === null)
    expect(await deposits(one.senior)).toBe(0)
  })

  it('does not reach what is agreed to later, from a clock that runs ahead', async () => {
    const one = somebody()
    const paper = await house.province.terminal()
    const nextWeek = Date.now() + 7 * 24 * 3_600_000
    await paper.push([await paper.decideOnFace({ id: one.senior }, 'withdrawn', nextWeek)])
    await first.client.syncNow()
    await enrol(first, one, ['face', 'away'])
    expect(await statusAt(first, one.senior)).toMatchObject({ what: ['face', 'away'] })
  })
})

describe('an agreement that arrives late', () => {
  it('lets no template through that was withdrawn meanwhile at another counter', async () => {
    const one = somebody()
    const [earlier, later] = [await house.province.terminal(), await house.province.terminal('demo-riverside')]
    const { senior } = one
    const given = await earlier.decideOnFace({ id: senior }, 'given', Date.now() - 60_000)
    await later.push([await later.decideOnFace({ id: senior }, 'withdrawn', Date.now() - 30_000)])
    await earlier.push([given])
    expect(await deposit(earlier, senior, given.id)).toMatchObject({ refusal: { code: 'FACE_CONSENT_MISSING' } })
    const anew = await earlier.decideOnFace({ id: senior }, 'given', Date.now())
    await earlier.push([anew])
    expect(await deposit(earlier, senior, anew.id)).toMatchObject({ ok: true })
  })
})

/** A template as a terminal would send it. */
async function deposit(
  paper: Awaited<ReturnType<DemoHouse['province']['terminal']>>,
  senior: SeniorId,
  consent: RecordId,
) {
  const [row] = await house.province.rows("select public_key from province_key where name = 'sealing'")
  const key = new Uint8Array(z.instanceof(Buffer).parse(row?.public_key))
  const { engine, modelHash } = syntheticSite
  const plain = utf8ToBytes(JSON.stringify({ senior, numbers: 'AAAA' }))
  const sealed = await standardSuite.seal(key, plain, faceContext(senior, { engine, modelHash }))
  const body = { senior, engine, modelHash, consent, template: toBase64Url(sealed) }
  return await paper.send('/v1/face/deposit', await paper.envelopeFor('face-deposit', body), said => said)
}

describe('after the loss of the disk that held it', () => {
  it('a face that is known elsewhere can be withdrawn at any till: the province’s copy is gone', async () => {
    const one = somebody()
    await enrol(first, one, ['face', 'away'])
    await house.restart({ onEmptyDisk: true })
    first = await house.openTill()
    expect(await statusAt(first, one.senior)).toBeNull()
    expect(await deposits(one.senior)).toBe(1)
    const answer = await second.till().client.face.withdraw({ senior: one.senior, what: ['face'], by: bySenior })
    expect(answer).toMatchObject({ result: 'done', erasure: { what: [] } })
    await until(async () => (await deposits(one.senior)) === 0)
  })
})
