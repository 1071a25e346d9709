import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { modelPartBytes } from '../../../electron/core/face/site-model.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { loadSiteModel } from '../../../renderer/face/site-model.ts'
import { bytesToHex, fromBase64Url } from '../../../shared/bytes.ts'
import { checkModel } from '../../../shared/face/model-manifest.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { switchOnFaces } from '../../support/face-till.ts'
import { manifestFor } from '../../support/own-model.ts'
import { eat } from '../../support/people.ts'
import { syntheticSite } from '../../support/synthetic-faces.ts'
import type { Till } from '../../support/till.ts'
import { tinyOnnx } from '../../support/tiny-onnx.ts'

const folder = mkdtempSync(join(tmpdir(), 'face-model-'))
/** The tests' tiny network, with so much behind it that it comes in several parts: only its bytes matter here. */
const model = Uint8Array.from([...tinyOnnx(112), ...new Uint8Array(2 * modelPartBytes)])
const manifest = manifestFor(model)
const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content)
let house: DemoHouse
let till: Till

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  house = await openDemoHouse({ faceModel: folder })
  till = await house.openTill()
})
afterAll(async () => {
  await house?.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  put('manifest.json', JSON.stringify(manifest))
  put(manifest.file, model)
})

const load = () => loadSiteModel(till.client.face)

describe('the network that a site brings', () => {
  it('stays where it is while faces are off', async () => {
    expect(await load()).toEqual({ ok: false, problem: 'FACE_OFF', values: {} })
  })

  it('reaches the page whole, with its manifest and its hash as the site’s feed names it', async () => {
    await switchOnFaces(house, till, syntheticSite)
    const loaded = await load()
    if (!loaded.ok || loaded.own === null) throw new Error('not loaded')
    expect(checkModel(loaded.own.manifest, new Uint8Array(loaded.own.model))).toMatchObject({ ok: true })
    expect(bytesToHex(fromBase64Url(loaded.modelHash ?? ''))).toBe(manifest.sha256)
  })

  it.each([
    ['was changed', () => put(manifest.file, model.subarray(1)), 'FACE_MODEL_CHANGED'],
    ['is gone', () => rmSync(join(folder, manifest.file)), 'FACE_MODEL_BAD'],
    ['has a manifest that is no JSON', () => put('manifest.json', '{'), 'FACE_MODEL_BAD'],
    [
      'has a manifest without a licence',
      () => put('manifest.json', JSON.stringify({ ...manifest, licence: undefined })),
      'FACE_MODEL_BAD',
    ],
    [
      'names a file elsewhere',
      () => put('manifest.json', JSON.stringify({ ...manifest, file: '../other.onnx' })),
      'FACE_MODEL_BAD',
    ],
  ] as const)('that %s is not served, and the till goes on', async (_, spoil, problem) => {
    spoil()
    expect(await load()).toMatchObject({ ok: false, problem })
    expect((await till.client.face.modelPart({ offset: 0 })).bytes).toBe('')
    const senior = demoSeniors().find(
      ({ homeSite, cards, id }) => homeSite === 'demo-canteen' && cards.length > 0 && !eaten.has(id),
    )
    if (!senior) throw new Error('no member left')
    eaten.add(senior.id)
    await eat(till, senior.id)
  })
})

const eaten = new Set<string>()
