import { describe, expect, test } from 'vitest'
import { addDays, businessDate } from '../../../shared/business-day.ts'
import { consentKind } from '../../../shared/face/consent.ts'
import { seniorId } from '../../../shared/ids.ts'
import { syntheticEngine, syntheticFaces } from '../../support/synthetic-faces.ts'
import { openFaces, senior } from './face-kit.ts'

describe('a consent that was given', () => {
  test('keeps the name of whoever acted sealed, and only committed to in the record', async () => {
    const { sealed, given, last } = await openFaces()
    expect(sealed.readAgent(given.record)?.inputs).toEqual({ v: 1, senior, agent: '钱守义' })
    expect(JSON.stringify(last())).not.toContain('钱守义')
  })

  test('ends after a year without use, and not a day before', async () => {
    const { acts, kept, setToday, last } = await openFaces()
    const today = businessDate.parse('2026-11-20')
    setToday(addDays(today, 364))
    await acts.sweep()
    expect(kept.count().enrolled).toBe(1)
    setToday(addDays(today, 365))
    await acts.sweep()
    expect(kept.count().enrolled).toBe(0)
    expect(last()).toMatchObject({ event: 'ended', reason: 'unused', by: 'terminal', what: ['face'] })
  })

  test('ends when the senior left the roster, or has another home; the sweep writes it once', async () => {
    const { acts, kept, roster, last, ledger } = await openFaces()
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

describe('a consent whose face is not here, as after a restored backup', () => {
  test('ends with a record, and what it still has stays', async () => {
    const { acts, kept, last, loseCells } = await openFaces()
    loseCells()
    expect(await acts.sweep()).toBe(true)
    expect(kept.consentOf(senior)).toBeNull()
    expect(last()).toMatchObject({ event: 'ended', reason: 'lost', by: 'terminal', what: ['face'] })
  })
})

describe('a withdrawal at another terminal', () => {
  const everything = consentKind.options

  test('ends what was given here before, with a record and the proof of it', async () => {
    const { acts, kept, last, erasures, clock, given } = await openFaces()
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
    const { acts, kept, last, clock, given, ledger } = await openFaces()
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
    const { acts, kept, clock, stop } = await openFaces()
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

describe('a withdrawal', () => {
  test('takes the face out of a search at once, though it was opened before', async () => {
    const { acts, kept } = await openFaces()
    expect(kept.gallery(syntheticEngine)).toHaveLength(1)
    await acts.withdraw(senior, ['face'], { who: 'senior' })
    expect(kept.gallery(syntheticEngine)).toEqual([])
  })

  test('that comes while an enrolment is being written ends that one, too', async () => {
    const { acts, kept } = await openFaces()
    const template = { engine: syntheticEngine, numbers: Float32Array.from(syntheticFaces(3).frame(1)) }
    const [given, withdrawn] = await Promise.all([
      acts.give({
        ...{ senior, checked: 'card' as const, notice: '4', what: ['face' as const], by: { who: 'senior' as const } },
        ...{ template, portrait: null },
      }),
      acts.withdraw(senior, ['face'], { who: 'senior' }),
    ])
    expect([given.result, withdrawn.result]).toEqual(['done', 'done'])
    expect(kept.consentOf(senior)).toBeNull()
  })
})

describe('a withdrawal by somebody of whom nothing is kept here', () => {
  test('is recorded with all kinds, and says that nothing was here', async () => {
    const { acts, last } = await openFaces()
    await acts.withdraw(senior, ['face'], { who: 'senior' })
    const answer = await acts.withdraw(senior, ['face'], { who: 'senior' })
    expect(answer).toMatchObject({ result: 'done', erasure: { what: [], found: 0 } })
    expect(last()).toMatchObject({ event: 'withdrawn', what: consentKind.options, by: 'senior' })
  })

  test('is not taken of somebody who is known nowhere', async () => {
    const { acts } = await openFaces()
    const answer = await acts.withdraw(seniorId.parse('f'.repeat(32)), ['face'], { who: 'senior' })
    expect(answer).toMatchObject({ result: 'refused', notice: { code: 'SENIOR_UNKNOWN' } })
  })
})
