import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideOneToOne, membersAllowed, mostFalseNames, searchMembers } from '../../../shared/face/decide.ts'
import { faceDistance } from '../../../shared/face/embedding.ts'
import { faceApiModel } from '../../../shared/face/face-api-networks.ts'
import { rateAtMost } from '../../../shared/face/intervals.ts'
import { faceThresholds } from '../../../shared/face/thresholds.ts'
import { runs } from '../../support/property-runs.ts'

const length = 4
const embedding = fc
  .array(fc.double({ min: -0.6, max: 0.6, noNaN: true }), { minLength: length, maxLength: length })
  .map(numbers => Float32Array.from(numbers))
const near = (one: Float32Array) =>
  fc
    .array(fc.double({ min: -0.15, max: 0.15, noNaN: true }), { minLength: length, maxLength: length })
    .map(change => one.map((value, index) => value + (change[index] ?? 0)))

/** A site, and three frames of somebody who may stand near one of its members. */
const visits = fc.array(embedding, { maxLength: 6 }).chain(templates => {
  const members = templates.map((template, index) => ({ id: index, template }))
  const frame = fc.oneof(embedding, ...templates.map(near))
  return fc.record({ members: fc.constant(members), frames: fc.tuple(frame, frame, frame), allowed: fc.nat(8) })
})

const thresholds = fc
  .tuple(...Array.from({ length: 6 }, () => fc.double({ min: 0.05, max: 1, noNaN: true })))
  .map(([a = 1, b = 1, c = 1, d = 1, e = 1, f = 1]) => ({
    oneToOne: { match: Math.min(a, b), staffCompares: Math.max(a, b) },
    oneToMany: {
      candidate: { distance: Math.min(c, d), margin: Math.max(e, f) },
      staffCompares: { distance: Math.max(c, d), margin: Math.min(e, f) },
    },
  }))

describe('a search among members', () => {
  test('never confirms: all it can say is whom to ask', () => {
    fc.assert(
      fc.property(visits, thresholds, (visit, own) => {
        const { outcome } = searchMembers({
          ...visit,
          model: { ...faceApiModel, thresholds: faceThresholds.parse(own) },
        })
        expect(['person-confirms', 'staff-compares', 'nobody', 'too-many-members']).toContain(outcome)
      }),
      runs(300),
    )
  })

  test('names only a member whom two of the frames find nearest, within the rule, with the margin', () => {
    fc.assert(
      fc.property(visits, thresholds, ({ members, frames }, own) => {
        const result = searchMembers({ members, frames, model: { ...faceApiModel, thresholds: own }, allowed: 100 })
        if (result.outcome === 'nobody' || result.outcome === 'too-many-members') return
        const rule = own.oneToMany[result.outcome === 'person-confirms' ? 'candidate' : 'staffCompares']
        const agreeing = frames.filter(frame => {
          const to = (template: Float32Array) => faceDistance(frame, template, 'euclidean')
          const named = members[result.id]
          if (named === undefined) return false
          const others = members.filter(({ id }) => id !== result.id).map(({ template }) => to(template))
          return (
            to(named.template) <= rule.distance && Math.min(...others, Infinity) - to(named.template) >= rule.margin
          )
        })
        expect(agreeing.length).toBeGreaterThanOrEqual(2)
      }),
      runs(300),
    )
  })

  test('is never made among more members than are allowed', () => {
    fc.assert(
      fc.property(visits, visit => {
        const { outcome } = searchMembers({ ...visit, model: faceApiModel })
        expect(outcome === 'too-many-members').toBe(visit.members.length > visit.allowed)
      }),
      runs(300),
    )
  })

  test('does not depend on the order of members and frames', () => {
    fc.assert(
      fc.property(visits, ({ members, frames: [a, b, c] }) => {
        const among = { model: faceApiModel, allowed: 100 }
        const turned = searchMembers({ ...among, members: members.toReversed(), frames: [c, a, b] })
        expect(turned).toEqual(searchMembers({ ...among, members, frames: [a, b, c] }))
      }),
      runs(300),
    )
  })
})

test('one person: the nearer a face, the less staff has to do, never the other way round', () => {
  const rank = { 'person-confirms': 0, 'staff-compares': 1, nobody: 2 }
  const distance = fc.double({ min: 0, max: 3, noNaN: true })
  fc.assert(
    fc.property(distance, distance, thresholds, (one, other, own) => {
      const [near, far] = [Math.min(one, other), Math.max(one, other)]
      expect(rank[decideOneToOne(near, own)]).toBeLessThanOrEqual(rank[decideOneToOne(far, own)])
    }),
    runs(500),
  )
})

test('members allowed times the false acceptance never passes a thousandth', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1, noNaN: true }), rate => {
      expect(membersAllowed(rate) * rate).toBeLessThanOrEqual(mostFalseNames * (1 + 1e-6))
      expect((membersAllowed(rate) + 1) * rate).toBeGreaterThan(mostFalseNames * (1 - 1e-6))
    }),
    runs(500),
  )
})

test('more hits or fewer trials never lower the rate that is not passed', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 100_000 }), (hits, more) => {
      const trials = hits + more
      expect(rateAtMost(hits, trials)).toBeGreaterThan(hits / trials)
      expect(rateAtMost(hits + 1, trials)).toBeGreaterThan(rateAtMost(hits, trials))
      expect(rateAtMost(hits, trials + 1)).toBeLessThan(rateAtMost(hits, trials))
    }),
    runs(200),
  )
})
