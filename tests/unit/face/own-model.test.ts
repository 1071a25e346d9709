import { describe, expect, test } from 'vitest'
import { checkModel } from '../../../shared/face/model-manifest.ts'
import { numbersFor, onnxRecogniser } from '../../../shared/face/onnx-recogniser.ts'
import { manifestFor } from '../../support/own-model.ts'
import { tinyNumbers, tinyOnnx } from '../../support/tiny-onnx.ts'

const model = tinyOnnx(112)
const manifest = manifestFor(model)

describe('the manifest of an own model', () => {
  test('that is whole and names this very file is taken', () => {
    expect(checkModel(manifest, model)).toEqual({ ok: true, manifest })
  })

  test('with one changed byte in the file is refused', () => {
    const changed = model.map((byte, index) => (index === 9 ? byte ^ 1 : byte))
    expect(checkModel(manifest, changed)).toMatchObject({ ok: false, problem: 'FACE_MODEL_CHANGED' })
  })

  test.each(Object.keys(manifest))('without its %s is refused', name => {
    const rest = Object.fromEntries(Object.entries(manifest).filter(([key]) => key !== name))
    const checked = checkModel(rest, model)
    expect(checked).toMatchObject({ ok: false, problem: 'FACE_MODEL_BAD' })
    expect(JSON.stringify(checked)).toContain(name)
  })

  test.each([
    ['no licence', { licence: { name: '', source: 'x', trainingData: 'x' } }],
    ['a path instead of a name', { file: '../tiny.onnx' }],
    ['another alignment', { alignment: 'none' }],
    ['two numbers of mean', { input: { ...manifest.input, mean: [1, 2] } }],
    ['an unknown key', { extra: 1 }],
    ['no object', null],
  ])('with %s is refused', (_name, change) => {
    const wrong = change === null ? null : { ...manifest, ...change }
    expect(checkModel(wrong, model)).toMatchObject({ ok: false, problem: 'FACE_MODEL_BAD' })
  })
})

describe('what an own model is fed', () => {
  const patch = { size: 1, data: Float32Array.of(10, 20, 30) }
  const input = { size: 1, mean: [1, 2, 3] as [number, number, number], scale: [1, 2, 10] as [number, number, number] }
  const two = { size: 2, data: Float32Array.from({ length: 12 }, (_, index) => index) }
  const plain = {
    size: 2,
    channels: 'RGB' as const,
    mean: [0, 0, 0] as [number, number, number],
    scale: [1, 1, 1] as [number, number, number],
  }

  test('is less the mean and times the scale, by channel in its own order', () => {
    expect(Array.from(numbersFor(patch, { ...input, channels: 'RGB', layout: 'NHWC' }))).toEqual([9, 36, 270])
    expect(Array.from(numbersFor(patch, { ...input, channels: 'BGR', layout: 'NHWC' }))).toEqual([29, 36, 70])
  })

  test('lies pixel by pixel or channel by channel', () => {
    expect(Array.from(numbersFor(two, { ...plain, layout: 'NHWC' }))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(Array.from(numbersFor(two, { ...plain, layout: 'NCHW' }))).toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11])
  })

  test('and another count of numbers than the manifest names is not taken', async () => {
    const patch112 = { size: 112, data: new Float32Array(112 * 112 * 3) }
    const right = onnxRecogniser(manifest, async () => new Float32Array(tinyNumbers))
    expect(await right.embed([patch112, patch112])).toHaveLength(2)
    const wrong = onnxRecogniser(manifest, async () => new Float32Array(tinyNumbers - 1))
    await expect(wrong.embed([patch112])).rejects.toThrow(RangeError)
  })
})

test('embeddings of two files never go under one name', () => {
  const other = { ...manifest, sha256: '0'.repeat(64) }
  const idOf = (each: typeof manifest) => onnxRecogniser(each, async () => new Float32Array()).model.id
  expect(idOf(other)).not.toBe(idOf(manifest))
})
