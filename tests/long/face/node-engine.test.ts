import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'jpeg-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runFaceCalibrate } from '../../../electron/core/face/calibrate.ts'
import { startNodeFaceEngine } from '../../../electron/core/face/node-engine.ts'
import type { FoundFace } from '../../../shared/face/analyse-face.ts'
import { decideOneToOne } from '../../../shared/face/decide.ts'
import { type Embedding, faceDistance, templateOf } from '../../../shared/face/embedding.ts'
import type { FaceEngine } from '../../../shared/face/face-engine.ts'
import type { Frame } from '../../../shared/face/frame.ts'
import { headTurned } from '../../../shared/face/head-turn.ts'
import { cutPatch, letterbox } from '../../../shared/face/resample.ts'
import { facePicture, groupPicture, otherPeople, sameMan, secondPictures } from '../../support/face-pictures.ts'

let engine: FaceEngine
const embeddings = new Map<string, Embedding>()

beforeAll(async () => {
  const started = await startNodeFaceEngine()
  if (!started.ok) throw new Error(started.detail)
  engine = started.engine
  for (const name of [...sameMan, ...otherPeople, ...secondPictures.map(([, second]) => second)])
    embeddings.set(name, embeddingIn(await found(facePicture(name))))
})

afterAll(() => engine.stop())

async function look(frame: Frame) {
  const answer = await engine.analyse(frame)
  if (!answer.ok) throw new Error(answer.detail)
  return answer.findings
}

async function found(frame: Frame): Promise<FoundFace> {
  const findings = await look(frame)
  if (!findings.found) throw new Error('no face')
  return findings
}

function embeddingIn({ embedding }: FoundFace): Embedding {
  if (embedding === null) throw new Error('no embedding')
  return embedding
}

const of = (name: string) => embeddings.get(name) ?? new Float32Array()
const apart = (one: string, other: string) => faceDistance(of(one), of(other), engine.model.metric)
const decide = (distance: number) => decideOneToOne(distance, engine.model.thresholds)
const template = () => templateOf(sameMan.slice(0, 3).map(of))

describe('eleven pictures of one man', () => {
  test('are there, with twenty other people', () => {
    expect([sameMan.length, otherPeople.length]).toEqual([11, 20])
    expect([...embeddings.values()].every(each => each.length === engine.model.numbers)).toBe(true)
  })

  test('match one another at the 1:1 threshold, each with each', () => {
    const pairs = sameMan.flatMap((one, index) => sameMan.slice(index + 1).map(other => decide(apart(one, other))))
    expect(pairs).toHaveLength(55)
    expect(new Set(pairs)).toEqual(new Set(['person-confirms']))
  })

  test('match a template of three of them', () => {
    const outcomes = sameMan.slice(3).map(name => decide(faceDistance(template(), of(name), engine.model.metric)))
    expect(new Set(outcomes)).toEqual(new Set(['person-confirms']))
  })
})

describe('twenty other people', () => {
  test('do not match the man, nor are they put before staff', () => {
    const taken = otherPeople.filter(
      name => decide(faceDistance(template(), of(name), engine.model.metric)) !== 'nobody',
    )
    expect(taken).toEqual([])
  })

  test('match no one of each other', () => {
    const pairs = otherPeople.flatMap((one, index) => otherPeople.slice(index + 1).map(other => ({ one, other })))
    expect(pairs.filter(({ one, other }) => decide(apart(one, other)) === 'person-confirms')).toEqual([])
  })

  test('match their own second pictures', () => {
    expect(secondPictures.map(([first, second]) => decide(apart(first, second)))).toEqual(
      secondPictures.map(() => 'person-confirms'),
    )
  })
})

describe('what a frame is good for', () => {
  const plain = () => facePicture('franck_02045.jpg')
  const changed = ({ data, width, height }: Frame, change: (value: number) => number): Frame => ({
    data: Uint8Array.from(data, (value, index) => (index % 4 === 3 ? value : change(value))),
    width,
    height,
  })

  /** The frame made `scale` times as large, in the middle of a black one of the same size. */
  function scaled(frame: Frame, scale: number): Frame {
    const size = Math.max(frame.width, frame.height)
    const box = letterbox(frame.width, frame.height, size)
    const middle = (size / 2) * (1 - scale)
    const { data } = cutPatch(
      frame,
      { a: box.a * scale, b: 0, dx: box.dx * scale + middle, dy: box.dy * scale + middle },
      size,
    )
    return {
      data: Uint8Array.from({ length: size * size * 4 }, (_, index) =>
        index % 4 === 3 ? 255 : Math.round(data[Math.floor(index / 4) * 3 + (index % 4)] ?? 0),
      ),
      width: size,
      height: size,
    }
  }

  test('nothing is wrong with a good one', async () => {
    expect(await found(plain())).toMatchObject({ others: 0, hints: [] })
  })

  test('a dark, a bright, a far and a blurred one are named', async () => {
    expect((await found(changed(plain(), value => value * 0.2))).hints).toContain('too-dark')
    expect((await found(changed(plain(), value => 190 + value * 0.25))).hints).toContain('too-bright')
    expect((await found(scaled(plain(), 0.22))).hints).toContain('too-small')
    expect((await found(scaled(scaled(plain(), 0.1), 10))).hints).toContain('blurred')
  })

  test('several people are named', async () => {
    const face = await found(groupPicture('sample6.jpg'))
    expect(face.hints).toContain('several-faces')
    expect(face.others).toBeGreaterThanOrEqual(2)
  })

  test('an empty one has no face', async () => {
    const grey = { data: new Uint8Array(640 * 480 * 4).fill(120), width: 640, height: 480 }
    expect(await look(grey)).toEqual({ found: false, hints: ['no-face'] })
  })
})

describe('the head-turn challenge', () => {
  const turned = async (from: Frame, to: Frame) => {
    const [before, after] = [(await found(from)).landmarks, (await found(to)).landmarks]
    return { right: headTurned(before, after, 'right'), left: headTurned(before, after, 'left') }
  }

  /** A flat print of the frame, turned about its upright axis before a camera: its picture by perspective, on grey. */
  function flatPrint(frame: Frame, degrees: number): Frame {
    const { width, height } = frame
    const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
    const away = 1.5 * width
    const data = new Uint8Array(width * height * 4).fill(128)
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const [u, v] = [x - width / 2, y - height / 2]
        const across = (u * away) / (away * cos - u * sin)
        const sourceX = Math.round(width / 2 + across)
        const sourceY = Math.round(height / 2 + (v * (away + across * sin)) / away)
        if (sourceX < 0 || sourceY < 0 || sourceX >= width || sourceY >= height) continue
        const from = (sourceY * width + sourceX) * 4
        data.set(frame.data.subarray(from, from + 4), (y * width + x) * 4)
      }
    }
    return { data, width, height }
  }

  test('is passed by a man who turns his head, in that direction only', async () => {
    const [left, right] = [facePicture('franck_04000.jpg'), facePicture('franck_02683.jpg')]
    expect(await turned(left, right)).toEqual({ right: true, left: false })
    expect(await turned(right, left)).toEqual({ right: false, left: true })
  })

  test('is not passed by a flat print of his picture, however it is turned', async () => {
    const print = facePicture('franck_01829.jpg')
    const { landmarks } = await found(print)
    for (const degrees of [-40, -20, 20, 40]) {
      const after = (await found(flatPrint(print, degrees))).landmarks
      for (const asked of ['left', 'right'] as const)
        expect(headTurned(landmarks, after, asked), `${degrees}`).toBe(false)
    }
  })
})

describe('aixin face calibrate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'face-calibrate-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  function write(person: string, file: string, frame: Frame): void {
    mkdirSync(join(folder, person), { recursive: true })
    writeFileSync(join(folder, person, file), encode({ ...frame, data: Buffer.from(frame.data) }, 90).data)
  }

  test('tells what the photos of a folder prove, and which are no use', async () => {
    for (const name of sameMan.slice(0, 4)) write('man', name, facePicture(name))
    for (const [index, name] of otherPeople.slice(0, 3).entries()) write(`other-${index}`, 'one.jpg', facePicture(name))
    write('man', 'wall.jpg', { data: new Uint8Array(200 * 200 * 4).fill(90), width: 200, height: 200 })
    writeFileSync(join(folder, 'man', 'torn.jpg'), 'no picture')
    cpSync(join(folder, 'man', 'torn.jpg'), join(folder, 'man', 'notes.txt'))
    const { lines, exitCode } = await runFaceCalibrate({ folder, json: true })
    expect(exitCode).toBe(0)
    const report = z.looseObject({}).parse(JSON.parse(lines.join('')))
    expect(report).toMatchObject({
      enough: true,
      people: 4,
      photos: 7,
      photosGiven: 9,
      withoutFace: [join(folder, 'man', 'wall.jpg')],
      unreadable: [join(folder, 'man', 'torn.jpg')],
      genuine: { count: 4 },
      impostor: { count: 3 },
      suggested: { falseAcceptance: { hits: 0, trials: 3 }, members: { safe: 0 } },
      allowsAll: false,
    })
  })

  test('of a folder that is not there says so', async () => {
    expect(await runFaceCalibrate({ folder: join(folder, 'none'), json: false })).toMatchObject({ exitCode: 2 })
  })
})

test('an engine that was stopped says so to whoever asks', async () => {
  const started = await startNodeFaceEngine()
  if (!started.ok) throw new Error(started.detail)
  started.engine.stop()
  const grey = { data: new Uint8Array(16), width: 2, height: 2 }
  expect(await started.engine.analyse(grey)).toMatchObject({ ok: false, problem: 'FACE_ENGINE_LOST' })
})
