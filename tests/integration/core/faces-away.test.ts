import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type BrowserHost, startBrowserHost } from '../../../electron/browser-host.ts'
import { fromNumbers } from '../../../electron/core/store/faces.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { templateOf } from '../../../shared/face/embedding.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { faceContext } from '../../../shared/province-api.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { allowFaces, clearLook, enrolFace, switchOnFaces } from '../../support/face-till.ts'
import { present } from '../../support/people.ts'
import { openProvinceEar } from '../../support/province-ear.ts'
import { cameraFrame, cameraLook, syntheticFaces, syntheticSite } from '../../support/synthetic-faces.ts'
import { isPriced, logInTo, openTill, type Till } from '../../support/till.ts'

const faces = syntheticFaces(21)
const members = demoSeniors().filter(
  ({ homeSite, expected, cards }) => homeSite === 'demo-canteen' && expected.fen > 0 && cards.length > 0,
)
const ear = openProvinceEar()
let house: DemoHouse
let home: Till
let other: { host: BrowserHost; till: Till; dataDir: string }

function member(place: number): SeniorId {
  const found = members[place]
  if (!found) throw new Error('no demo members left')
  return found.id
}

async function until<T>(look: () => Promise<T> | T): Promise<void> {
  while (!(await look())) await new Promise(resolve => setTimeout(resolve, 50))
}

/** A till of the other site, in a data folder of its own. */
async function openOther(): Promise<typeof other> {
  const dataDir = mkdtempSync(join(tmpdir(), 'aixin-terminal-'))
  const host = await startBrowserHost({
    config: {
      dataDir,
      enrolmentCode: await house.province.code('demo-riverside'),
      devices: [{ id: 'simulated-reader', driver: 'card-reader-simulated' }],
      simulator: { address: house.province.province.address },
      syncSeconds: 0.5,
    },
    rendererDir: dataDir,
    log: () => undefined,
  })
  const till = await openTill(host.origin, await logInTo(host.url))
  const view = await till.untilTerminal(now => now.menu.length > 0 && !now.roster.stale)
  const [operator] = view.operators
  if (operator) await till.client.openShift({ operator: operator.id, date: view.businessDate })
  await till.untilTerminal(now => now.face !== null)
  await till.client.face.switch({ on: true })
  return { host, till, dataDir }
}

/** Numbers of a face as they could go over the wire: each frame as text, and the template as the floats that are kept. */
function needlesOf(frames: readonly number[][]): Buffer[] {
  const mean = templateOf(frames.map(frame => Float32Array.from(frame)))
  const bytes = fromNumbers(mean)
  return [
    ...frames.flatMap(frame => frame.slice(0, 8).map(value => Buffer.from(String(value).slice(0, 9)))),
    ...[...mean.slice(0, 8)].map(value => Buffer.from(String(value).slice(0, 9))),
    bytes.subarray(0, 24),
    ...[0, 1, 2].map(shift => Buffer.from(bytes.subarray(shift, shift + 48).toString('base64url'))),
    Buffer.from(bytes.subarray(0, 24).toString('hex')),
  ]
}

/** Enrols somebody, and gives what must not leave of them. */
async function enrol(place: number, what: ('face' | 'away')[]) {
  const senior = member(place)
  const frames: number[][] = []
  const frame = () => {
    const taken = faces.frame(place, 0.15)
    frames.push(taken)
    return taken
  }
  const { record } = await enrolFace(home.client, senior, frame, { what })
  await until(() => house.province.number('select count(*) from ledger where record_id = $1', [record]))
  return { senior, place, record, needles: needlesOf(frames.slice(0, 3)) }
}

const isHeard = async (needles: Buffer[]) => {
  const all = await ear.heard(house.province)
  return needles.some(needle => all.includes(needle))
}
const deposits = (senior: SeniorId) =>
  house.province.number('select count(*) from face_template where senior_id = $1', [senior])

/** At the other site: the card, and then a look. */
async function lookAway(senior: SeniorId, place: number) {
  await present(other.till, senior, 'card')
  const priced = await other.till.untilCashier(isPriced)
  const answer = await other.till.client.face.look({
    ...cameraLook(clearLook(faces, place)),
    checkIn: priced.checkIn,
  })
  return answer.result === 'refused'
    ? answer.notice.code
    : (await other.till.untilCashier((view): view is typeof priced => isPriced(view) && view.face !== null)).face
        ?.result
}

beforeAll(async () => {
  house = await openDemoHouse({ reachableAt: ear.listen })
  home = await house.openTill()
  await switchOnFaces(house, home, syntheticSite)
  other = await openOther()
})
afterAll(async () => {
  await other?.host.stop()
  if (other) rmSync(other.dataDir, { recursive: true, force: true })
  await house?.close()
  await ear.close()
})
afterEach(() => other.till.client.dismiss())

describe('a face without a consent named away', () => {
  it('never leaves the terminal: of all bytes on the wire, opened with the province’s key, none is of it', async () => {
    const { senior, place, needles } = await enrol(100, ['face'])
    await present(home, senior, 'card')
    await home.client.dismiss()
    await home.client.syncNow()
    expect(ear.kinds()).toContain('push')
    expect(ear.kinds()).not.toContain('face-deposit')
    expect(await isHeard(needles)).toBe(false)
    expect(await deposits(senior)).toBe(0)
    expect(await lookAway(senior, place)).toBe('FACE_NOT_ENROLLED')
  })

  it('is not taken by the province either, whoever sends it', async () => {
    const { senior, record } = await enrol(101, ['face'])
    const [row] = await house.province.rows("select public_key from province_key where name = 'sealing'")
    const key = new Uint8Array(z.instanceof(Buffer).parse(row?.public_key))
    const { engine, modelHash } = syntheticSite
    const plain = utf8ToBytes(JSON.stringify({ senior, numbers: 'AAAA' }))
    const sealed = await standardSuite.seal(key, plain, faceContext(senior, { engine, modelHash }))
    const paper = await house.province.terminal()
    const deposit = { senior, engine, modelHash, consent: record, template: toBase64Url(sealed) }
    const envelope = await paper.envelopeFor('face-deposit', deposit)
    const said = await paper.send('/v1/face/deposit', envelope, body => body)
    expect(said).toMatchObject({ ok: false, refusal: { code: 'FACE_CONSENT_MISSING' } })
    expect(await deposits(senior)).toBe(0)
  })
})

describe('a face with a consent named away', () => {
  it('goes by a call of its own, lies sealed at the province, and is known at another site for one look', async () => {
    const { senior, place, needles } = await enrol(102, ['face', 'away'])
    await until(() => deposits(senior))
    expect(ear.kinds()).toContain('face-deposit')
    expect(await isHeard(needles)).toBe(true)
    const [row] = await house.province.rows('select sealed from face_template where senior_id = $1', [senior])
    const stored = Buffer.from(JSON.stringify(row))
    expect(needles.some(needle => stored.includes(needle))).toBe(false)
    expect(await lookAway(senior, place)).toBe('match')
    expect(await other.till.client.face.status({ senior })).toBeNull()
    expect(other.till.terminal().face?.enrolled).toBe(0)
    await other.till.client.dismiss()
    expect(await lookAway(senior, place + 700)).toBe('differs')
    const asked = await house.province.rows('select found from face_fetch where senior_id = $1', [senior])
    expect(asked).toEqual([{ found: true }, { found: true }])
  })

  it('is deleted at the province when it is withdrawn, and the other site knows it no more', async () => {
    const { senior, place } = await enrol(103, ['face', 'away'])
    await until(() => deposits(senior))
    const sent = ear.kinds().filter(kind => kind === 'face-deposit').length
    const answer = await home.client.face.withdraw({ senior, what: ['away'], by: { who: 'senior' } })
    expect(answer).toMatchObject({ result: 'done', erasure: { what: ['away'] } })
    await until(async () => (await deposits(senior)) === 0)
    expect(await home.client.face.status({ senior })).toMatchObject({ what: ['face'] })
    expect(await lookAway(senior, place)).toBe('FACE_NOT_ENROLLED')
    await home.client.syncNow()
    expect(ear.kinds().filter(kind => kind === 'face-deposit')).toHaveLength(sent)
  })

  it('goes with the face itself, and with the senior who enrols anew without it', async () => {
    const first = await enrol(104, ['face', 'away'])
    const second = await enrol(105, ['face', 'away'])
    await until(async () => (await deposits(first.senior)) + (await deposits(second.senior)) === 2)
    await home.client.face.withdraw({ senior: first.senior, what: ['face'], by: { who: 'senior' } })
    await enrol(105, ['face'])
    await until(async () => (await deposits(first.senior)) + (await deposits(second.senior)) === 0)
    expect(
      await house.province.number('select count(*) from face_consent where record_id = any($1)', [
        [first.record, second.record],
      ]),
    ).toBe(0)
  })
})

it('gives no template to a site where faces are not allowed', async () => {
  const { senior } = await enrol(106, ['face', 'away'])
  await until(() => deposits(senior))
  await allowFaces(house.province, null)
  const paper = await house.province.terminal('demo-riverside')
  const { engine, modelHash } = cameraFrame([])
  const reply = await paper.send(
    '/v1/face/fetch',
    await paper.envelopeFor('face-fetch', { senior, engine, modelHash }),
    body => body,
  )
  expect(reply).toMatchObject({ ok: true, body: { template: null } })
  await allowFaces(house.province, syntheticSite)
})
