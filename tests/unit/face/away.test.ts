import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { depositTemplates } from '../../../electron/core/face/away.ts'
import { createFaces, type FaceConsent } from '../../../electron/core/store/faces.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { recordId, type SeniorId, seniorId } from '../../../shared/ids.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { syntheticEngine, syntheticFaces, syntheticSite } from '../../support/synthetic-faces.ts'
import { openStore, tempFolder } from '../store/store-kit.ts'

const today = businessDate.parse('2026-11-20')
const frames = syntheticFaces(9)

/** Whose template goes to the province, of one senior with this consent. */
async function depositedOf(consent: Pick<FaceConsent, 'what' | 'over' | 'deposited'>): Promise<SeniorId[]> {
  const faces = createFaces(openStore(tempFolder()).db, createVault(randomBytes(32)))
  const senior = seniorId.parse('a'.repeat(32))
  const record = recordId.parse(uuidV7(1_795_000_000_000, randomBytes(10)))
  const template = { engine: syntheticEngine, numbers: Float32Array.from(frames.frame(1)) }
  faces.keep({ senior, notice: '4', record, givenOn: today, usedOn: today, ...consent }, { template, portrait: null })
  const sealing = toBase64Url((await standardSuite.generateSealingKey()).publicKey)
  const sent: SeniorId[] = []
  const parts = { faces, setting: { rules: () => syntheticSite }, suite: standardSuite }
  await depositTemplates({ ...parts, enrolment: { province: { keys: { sealing } } } }, async body => {
    sent.push(seniorId.parse(Object(body).senior))
    return { ok: true, body: {} }
  })
  return sent
}

test('a template goes to the province with a consent named away, once', async () => {
  expect(await depositedOf({ what: ['face', 'away'], deposited: false })).toHaveLength(1)
  expect(await depositedOf({ what: ['face', 'away'], deposited: true })).toEqual([])
  expect(await depositedOf({ what: ['face'], deposited: false })).toEqual([])
})

test('none goes whose consent was withdrawn elsewhere and is not ended here yet', async () => {
  expect(await depositedOf({ what: ['face', 'away'], over: ['away'], deposited: false })).toEqual([])
  expect(await depositedOf({ what: ['face', 'away'], over: ['face', 'away'], deposited: false })).toEqual([])
})
