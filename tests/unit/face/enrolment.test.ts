import { expect, test } from 'vitest'
import { createFaceEnrolment } from '../../../electron/core/face/enrolment.ts'
import { consentKind, faceNotice } from '../../../shared/face/consent.ts'
import { cameraFrame, syntheticEngine, syntheticFaces, syntheticSite } from '../../support/synthetic-faces.ts'
import { openFaces, senior } from './face-kit.ts'

const { match, staffCompares } = syntheticSite.thresholds.oneToOne
const bySenior = { who: 'senior' } as const

/** An enrolment up to the consent; `frame` is one at a distance from the person's true face. */
async function begun() {
  const house = await openFaces()
  await house.parts.setting.switch(true)
  const faces = syntheticFaces(5)
  const enrolment = createFaceEnrolment(house.parts, house.acts)
  const started = enrolment.begin(senior, 'card')
  if (started.result === 'refused') throw new Error(started.notice.code)
  const id = started.enrolment
  enrolment.consent(id, { notice: faceNotice.version, by: bySenior, what: ['face'] })
  const frame = (distance = 0.05) => cameraFrame(faces.frame(1, distance))
  const photos = () => [1, 2, 3].map(() => enrolment.photo(id, frame()))
  return { ...house, enrolment, id, frame, photos }
}

type Answer = { result: string; notice?: { code: string } }
const said = (answer: Answer) => answer.notice?.code ?? answer.result

test('the numbers of one frame are one photo, whatever they are called', async () => {
  const { enrolment, id, frame } = await begun()
  const { embedding } = frame()
  expect(said(enrolment.photo(id, cameraFrame(embedding)))).toBe('done')
  expect(said(enrolment.photo(id, cameraFrame(embedding)))).toBe('FACE_PHOTO_DIFFERS')
})

test('a trial that would be for staff to compare is no trial that worked', async () => {
  const { enrolment, id, frame, photos } = await begun()
  expect(photos().map(said)).toEqual(['done', 'done', 'done'])
  expect(said(enrolment.tryOut(id, frame((match + staffCompares) / 2)))).toBe('FACE_TRIAL_MISSED')
  expect(said(await enrolment.finish(id))).toBe('ENROLMENT_STEP')
  expect(said(enrolment.tryOut(id, frame()))).toBe('done')
  expect(said(await enrolment.finish(id))).toBe('done')
})

test.each(['here', 'at another counter'])(
  'one whose senior withdraws %s before its end ends without a face',
  async where => {
    const { enrolment, id, frame, photos, acts, kept, clock } = await begun()
    photos()
    enrolment.tryOut(id, frame())
    if (where === 'here') await acts.withdraw(senior, ['face'], bySenior)
    else acts.hear([{ kind: 'face', senior, what: consentKind.options, at: clock.now() }])
    expect(said(await enrolment.finish(id))).toBe('ENROLMENT_OVER')
    await acts.sweep()
    expect(kept.templateOf(senior, syntheticEngine)).toBeNull()
  },
)
