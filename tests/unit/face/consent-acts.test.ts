import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createConsentActs } from '../../../electron/core/face/consent-acts.ts'
import { createErasures } from '../../../electron/core/face/erasures.ts'
import type { FaceDeskParts } from '../../../electron/core/face/face-parts.ts'
import { createFaceSetting } from '../../../electron/core/face/face-setting.ts'
import { createFolderSearch } from '../../../electron/core/face/search-folder.ts'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createFaces } from '../../../electron/core/store/faces.ts'
import { createRoster } from '../../../electron/core/store/roster.ts'
import { createSealedInputs } from '../../../electron/core/store/sealed-inputs.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { demoSeniors, demoSites } from '../../../province/demo-people.ts'
import { addDays, type BusinessDate, businessDate } from '../../../shared/business-day.ts'
import { consentKind } from '../../../shared/face/consent.ts'
import { seniorId } from '../../../shared/ids.ts'
import { seniorRefOf } from '../../../shared/senior-ref.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { syntheticEngine, syntheticFaces } from '../../support/synthetic-faces.ts'
import { enrolledChain, openStore, tempFolder } from '../store/store-kit.ts'

const faces = syntheticFaces(3)
const [member] = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
const [site] = demoSites()
if (!member || !site) throw new Error('the demo has people and sites')
const senior = member.id
const siteKey = randomBytes(32)

async function open() {
  const folder = tempFolder()
  const { db } = openStore(folder)
  const vault = createVault(randomBytes(32))
  const { ledger, clock } = await enrolledChain(db)
  const kept = createFaces(db, vault)
  const sealed = createSealedInputs(db, vault)
  const roster = createRoster(db, vault)
  const { homeSite: _, expected: __, cardNumber: ___, ...person } = member ?? {}
  let stopped = false
  let today: BusinessDate = businessDate.parse('2026-11-20')
  const documents = createDocuments(db, vault)
  const erasures = createErasures(documents)
  const common = {
    ...{ ledger, clock, faces: kept, erasures },
    site: () => site ?? null,
    operator: () => null,
    stopped: () => (stopped ? { code: 'DISK_LOW' as const, values: {} } : null),
    onChange: () => undefined,
    onRecorded: () => undefined,
  }
  const parts: FaceDeskParts = {
    ...common,
    setting: createFaceSetting({ ...common, documents }),
    folder: createFolderSearch(folder),
    ...{ sealed, roster, suite: standardSuite },
    today: () => today,
    refOf: ({ id }) => seniorRefOf(siteKey, id),
  }
  const acts = createConsentActs(parts)
  roster.apply([{ kind: 'full', home: true, ...memberEntry(person) }])
  const given = await acts.give({
    ...{ senior, checked: 'card' as const, notice: '3', what: ['face' as const] },
    by: { who: 'agent', name: '钱守义', relation: '儿子' },
    template: { engine: syntheticEngine, numbers: Float32Array.from(faces.frame(1)) },
    portrait: null,
  })
  if (given.result !== 'done') throw new Error(given.notice.code)
  return {
    ...{ acts, kept, sealed, roster, ledger, given, erasures, clock },
    setToday(date: BusinessDate) {
      today = date
    },
    stop(is: boolean) {
      stopped = is
    },
    last() {
      const record = ledger.after({ generation: 1, seq: 0 }, 100).at(-1)?.record
      return record?.kind === 'consent' ? record.payload : null
    },
  }
}

function memberEntry(person: object) {
  if (!member) throw new Error('no member')
  return { ...person, id: senior, name: member.name, sex: member.sex, person: member.person, cards: [], codesSince: 0 }
}

describe('a consent that was given', () => {
  test('keeps the name of whoever acted sealed, and only committed to in the record', async () => {
    const { sealed, given, last } = await open()
    expect(sealed.readAgent(given.record)?.inputs).toEqual({ v: 1, senior, agent: '钱守义' })
    expect(JSON.stringify(last())).not.toContain('钱守义')
  })

  test('ends after a year without use, and not a day before', async () => {
    const { acts, kept, setToday, last } = await open()
    const today = businessDate.parse('2026-11-20')
    setToday(addDays(today, 364))
    await acts.sweep()
    expect(kept.count().enrolled).toBe(1)
    setToday(addDays(today, 365))
    await acts.sweep()
    expect(kept.count().enrolled).toBe(0)
    expect(last()).toMatchObject({ event: 'ended', reason: 'unused', by: 'terminal', what: ['face'], operator: null })
  })

  test('ends when the senior left the roster, or has another home; the sweep writes it once', async () => {
    const { acts, kept, roster, last, ledger } = await open()
    roster.apply([{ kind: 'thin', id: senior, cards: [], codesSince: 0 }])
    await acts.sweep()
    await acts.sweep()
    expect(kept.consentOf(senior)).toBeNull()
    expect(last()).toMatchObject({ event: 'ended', reason: 'left' })
    expect(ledger.after({ generation: 1, seq: 0 }, 100).filter(({ record }) => record.kind === 'consent')).toHaveLength(
      2,
    )
  })
})

describe('a withdrawal at another terminal', () => {
  const everything = consentKind.options

  test('ends what was given here before, with a record and the proof of it', async () => {
    const { acts, kept, last, erasures, clock, given } = await open()
    acts.hear([{ kind: 'face', senior, what: everything, at: clock.now() }])
    expect(kept.templateOf(senior, syntheticEngine)).toBeNull()
    expect(kept.gallery(syntheticEngine)).toEqual([])
    expect(await acts.sweep()).toBe(true)
    expect(kept.consentOf(senior)).toBeNull()
    expect(last()).toMatchObject({ event: 'ended', reason: 'elsewhere', by: 'terminal', what: ['face'] })
    const [proof] = erasures.all()
    expect(proof).toMatchObject({ what: ['face'], found: 0, records: [expect.not.stringMatching(given.record)] })
    expect(proof?.files).toBeGreaterThan(0)
  })

  test('leaves alone what was given here after it', async () => {
    const { acts, kept, last, clock, given, ledger } = await open()
    const at = ledger.byId(given.record)?.record.at ?? 0
    acts.hear([{ kind: 'face', senior, what: everything, at: at - 1 }])
    await acts.sweep()
    expect(kept.templateOf(senior, syntheticEngine)).not.toBeNull()
    acts.hear([{ kind: 'face', senior, what: ['portrait'], at: clock.now() }])
    await acts.sweep()
    expect(kept.templateOf(senior, syntheticEngine)).not.toBeNull()
    expect(last()).toMatchObject({ event: 'given' })
  })

  test('is kept in mind until its record can be written, and the face serves nobody meanwhile', async () => {
    const { acts, kept, clock, stop } = await open()
    stop(true)
    acts.hear([{ kind: 'face', senior, what: everything, at: clock.now() }])
    expect(await acts.sweep()).toBe(false)
    expect(kept.consentOf(senior)).not.toBeNull()
    expect(kept.templateOf(senior, syntheticEngine)).toBeNull()
    stop(false)
    expect(await acts.sweep()).toBe(true)
    expect(kept.consentOf(senior)).toBeNull()
  })
})

describe('a withdrawal by somebody of whom nothing is kept here', () => {
  test('is recorded with all kinds, and says that nothing was here', async () => {
    const { acts, last } = await open()
    await acts.withdraw(senior, ['face'], { who: 'senior' })
    const answer = await acts.withdraw(senior, ['face'], { who: 'senior' })
    expect(answer).toMatchObject({ result: 'done', erasure: { what: [], found: 0 } })
    expect(last()).toMatchObject({ event: 'withdrawn', what: consentKind.options, by: 'senior' })
  })

  test('is not taken of somebody who is known nowhere', async () => {
    const { acts } = await open()
    const answer = await acts.withdraw(seniorId.parse('f'.repeat(32)), ['face'], { who: 'senior' })
    expect(answer).toMatchObject({ result: 'refused', notice: { code: 'SENIOR_UNKNOWN' } })
  })
})
