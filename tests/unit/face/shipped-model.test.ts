import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { demoSites } from '../../../province/demo-people.ts'
import { sha256, toBase64Url } from '../../../shared/bytes.ts'
import { faceApiModel } from '../../../shared/face/face-api-networks.ts'
import { shippedModel } from '../../../shared/face/shipped-model.ts'
import { root } from '../../support/source-files.ts'

const weights = readFileSync(join(root, 'node_modules', 'face-api.js', 'model', 'face_recognition_model.bin'))

test('the shipped network is named by the hash of its weights', () => {
  expect(shippedModel).toEqual({ engine: faceApiModel.id, modelHash: toBase64Url(sha256(weights)) })
})

test('the demo’s canteen allows faces with the shipped network and its measures, and its other site does not', () => {
  const [canteen, other] = demoSites()
  const { numbers, metric, thresholds } = faceApiModel
  expect(canteen?.face).toEqual({ ...shippedModel, numbers, metric, thresholds, calibration: null, oneToMany: true })
  expect(other?.face).toBeUndefined()
})
