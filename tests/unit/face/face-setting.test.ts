import { expect, test } from 'vitest'
import type { FaceThresholds } from '../../../shared/face/thresholds.ts'
import { syntheticEngine, syntheticSite } from '../../support/synthetic-faces.ts'
import { openFaces } from './face-kit.ts'

const { thresholds } = syntheticSite

/** Thresholds of a person's face and of a search, all this much nearer than the province's. */
function nearer(by: number, from: FaceThresholds = thresholds): FaceThresholds {
  const { oneToOne, oneToMany } = from
  const rule = ({ distance, margin }: { distance: number; margin: number }) => ({ distance: distance - by, margin })
  return {
    oneToOne: { match: oneToOne.match - by, staffCompares: oneToOne.staffCompares - by },
    oneToMany: { candidate: rule(oneToMany.candidate), staffCompares: rule(oneToMany.staffCompares) },
  }
}

const measured = (own: FaceThresholds, far = 1e-5) => ({
  ...syntheticEngine,
  calibration: { on: '2026-11-19' as const, pairs: 400_000, far, thresholds: own },
})

async function open() {
  const house = await openFaces()
  const { setting } = house.parts
  await setting.switch(true)
  return {
    ...house,
    setting,
    adopt: (own: FaceThresholds, far?: number) => {
      const { calibration, ...engine } = measured(own, far)
      return setting.adopt({ ...engine, calibration: { ...calibration, on: house.parts.today() } })
    },
  }
}

test('a stricter calibration of the site is in force, a laxer one no further than the province allows', async () => {
  const { setting, adopt } = await open()
  await adopt(nearer(0.05))
  expect(setting.rules()?.thresholds).toEqual(nearer(0.05))
  await adopt(nearer(-0.2))
  expect(setting.rules()?.thresholds).toEqual(thresholds)
})

test('what the province makes stricter later holds at once, whatever the site measured before', async () => {
  const { setting, adopt, allow } = await open()
  await adopt(nearer(0))
  allow({ thresholds: nearer(0.1) })
  expect(setting.rules()?.thresholds).toEqual(nearer(0.1))
  expect(setting.view()?.calibration?.thresholds).toEqual(nearer(0.1))
})

test('a face is looked for among members only where the province allows it and a calibration carries so many', async () => {
  const { setting, adopt, allow } = await open()
  await adopt(nearer(0))
  expect(setting.mostMembers()).toBe(0)
  allow({ oneToMany: true })
  expect(setting.mostMembers()).toBe(100)
  await adopt(nearer(0), 2e-3)
  expect(setting.mostMembers()).toBe(0)
})
