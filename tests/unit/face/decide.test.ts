import { describe, expect, test } from 'vitest'
import { decideOneToOne, membersAllowed, searchMembers, stepAfter } from '../../../shared/face/decide.ts'
import { faceApiModel } from '../../../shared/face/face-api-networks.ts'
import { defaultThresholds, faceThresholds } from '../../../shared/face/thresholds.ts'

/** On a line, distances can be read off. */
const at = (place: number) => Float32Array.of(place)
const member = (id: string, place: number) => ({ id, template: at(place) })
const members = [member('Li', 0), member('Wang', 0.5), member('Zhao', 9)]
const search = (places: readonly number[], among = members, allowed = 100) =>
  searchMembers({ frames: places.map(at), members: among, model: faceApiModel, allowed })

describe('one person, by card or code or name first', () => {
  test.each([
    [0.52, 'person-confirms'],
    [0.5201, 'staff-compares'],
    [0.6, 'staff-compares'],
    [0.6001, 'nobody'],
  ])('at a distance of %f: %s', (distance, outcome) => {
    expect(decideOneToOne(distance, defaultThresholds)).toBe(outcome)
  })
})

describe('after a try', () => {
  test('without an outcome there is one more, then the other means', () => {
    expect([1, 2, 3].map(tries => stepAfter('nobody', tries))).toEqual(['try-again', 'other-means', 'other-means'])
  })

  test('with an outcome a person is asked', () => {
    expect(stepAfter('person-confirms', 1)).toBe('person-confirms')
    expect(stepAfter('staff-compares', 2)).toBe('staff-compares')
  })
})

describe('a search among all members', () => {
  test('names the one whom all three frames find near and alone', () => {
    expect(search([-0.1, -0.2, -0.05])).toEqual({
      outcome: 'person-confirms',
      id: 'Li',
      distance: expect.closeTo(0.05, 5),
    })
  })

  test('names one whom two of three frames find', () => {
    expect(search([-0.1, 5, -0.2])).toMatchObject({ outcome: 'person-confirms', id: 'Li' })
  })

  test('names nobody whom only one frame finds', () => {
    expect(search([-0.1, 5, 5])).toEqual({ outcome: 'nobody' })
  })

  test('names nobody where two frames find two people', () => {
    expect(search([-0.1, 0.6, 5])).toEqual({ outcome: 'nobody' })
  })

  test('leaves it to staff where the face is less near', () => {
    expect(search([-0.41, -0.42, 5])).toEqual({
      outcome: 'staff-compares',
      id: 'Li',
      distance: expect.closeTo(0.41, 5),
    })
    expect(search([-0.47, -0.47, -0.47])).toEqual({ outcome: 'nobody' })
  })

  test('leaves it to staff where another member is nearly as near, and to nobody where as near', () => {
    expect(search([0.215, 0.215, 0.215])).toMatchObject({ outcome: 'staff-compares', id: 'Li' })
    expect(search([0.24, 0.24, 0.24])).toEqual({ outcome: 'nobody' })
  })

  test('is not made where the calibration allows fewer members', () => {
    expect(search([0, 0, 0], members, 2)).toEqual({ outcome: 'too-many-members', allowed: 2 })
    expect(search([0, 0, 0], members, 3)).toMatchObject({ outcome: 'person-confirms' })
  })

  test('finds nobody where there are no members', () => {
    expect(search([0, 0, 0], [], 0)).toEqual({ outcome: 'nobody' })
  })

  test('takes three frames, no more and no fewer', () => {
    expect(() => search([0, 0])).toThrow(RangeError)
    expect(() => search([0, 0, 0, 0])).toThrow(RangeError)
  })
})

test('members are allowed while members x false acceptance is at most a thousandth', () => {
  expect(membersAllowed(1e-4)).toBe(10)
  expect(membersAllowed(1e-3)).toBe(1)
  expect(membersAllowed(1.1e-3)).toBe(0)
  expect(membersAllowed(3.3e-6)).toBe(303)
})

test('a rate that is no upper bound allows nobody', () => {
  expect([membersAllowed(0), membersAllowed(Number.NaN), membersAllowed(-1)]).toEqual([0, 0, 0])
})

test('thresholds that contradict one another are refused', () => {
  const { oneToOne, oneToMany } = defaultThresholds
  expect(faceThresholds.safeParse(defaultThresholds).success).toBe(true)
  for (const wrong of [
    { oneToMany, oneToOne: { match: 0.7, staffCompares: 0.6 } },
    { oneToOne, oneToMany: { ...oneToMany, candidate: { distance: 0.5, margin: 0.08 } } },
    { oneToOne, oneToMany: { ...oneToMany, candidate: { distance: 0.4, margin: 0.01 } } },
    { oneToOne: { match: Number.NaN, staffCompares: 0.6 }, oneToMany },
  ])
    expect(faceThresholds.safeParse(wrong).success).toBe(false)
})
