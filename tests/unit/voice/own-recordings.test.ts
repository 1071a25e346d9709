import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lookAtRecordings, recordingNotices, recordingsFolder } from '../../../electron/core/own-recordings.ts'
import { clipFile, clipIds } from '../../../shared/voice/phrases.ts'
import { readWav, writeWav } from '../../../shared/voice/wav.ts'

const tone = (level: number, seconds = 0.5, rate = 48_000) =>
  writeWav({ rate, samples: Float32Array.from({ length: seconds * rate }, (_, index) => level * Math.sin(index / 20)) })

let dataDir: string
const file = (name: string) => join(recordingsFolder(dataDir), name)

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'voice-'))
  mkdirSync(recordingsFolder(dataDir))
  for (const clip of clipIds) writeFileSync(file(clipFile(clip)), tone(0.3))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

describe("a site's own recordings", () => {
  test('are used when they are whole', () => {
    expect(lookAtRecordings(dataDir)).toEqual({ state: 'whole' })
    expect(recordingNotices(lookAtRecordings(dataDir))).toEqual([])
  })

  test('that are not there are nothing to speak of', () => {
    rmSync(recordingsFolder(dataDir), { recursive: true })
    expect(lookAtRecordings(dataDir)).toEqual({ state: 'none' })
    expect(recordingNotices(lookAtRecordings(dataDir))).toEqual([])
  })

  test('with one missing are not used, and staff read which', () => {
    unlinkSync(file('take-meal.wav'))
    expect(lookAtRecordings(dataDir)).toEqual({ state: 'partial', faults: [{ file: 'take-meal.wav', why: 'missing' }] })
    expect(recordingNotices(lookAtRecordings(dataDir))).toEqual([
      { code: 'VOICE_PARTIAL', values: { count: 1, file: 'take-meal.wav' } },
    ])
  })

  const stereo = () => {
    const bytes = tone(0.3)
    bytes[22] = 2
    return bytes
  }
  test.each([
    ['another kind of file', () => new TextEncoder().encode('ID3 no wave at all'), 'not-wav'],
    ['two channels', stereo, 'not-16-bit-mono'],
    ['a low rate', () => tone(0.3, 0.5, 8000), 'rate'],
    ['hardly any length', () => tone(0.3, 0.05), 'length'],
    ['too great a length', () => tone(0.3, 9, 16_000), 'length'],
    ['silence', () => tone(0.001), 'silent'],
    ['more bytes than a clip can have', () => new Uint8Array(3 * 1024 * 1024), 'too-big'],
  ])('with %s are not used', (_what, bytes, why) => {
    writeFileSync(file('hello.wav'), bytes())
    expect(lookAtRecordings(dataDir)).toEqual({ state: 'partial', faults: [{ file: 'hello.wav', why }] })
  })
})

test('a wave file with parts of its own between format and data is read', () => {
  const plain = tone(0.3)
  const list = new Uint8Array([...new TextEncoder().encode('LIST'), 3, 0, 0, 0, 1, 2, 3, 0])
  const read = readWav(new Uint8Array([...plain.subarray(0, 36), ...list, ...plain.subarray(36)]))
  expect(read.ok && read.wav.samples.length).toBe(24_000)
})

test('no cut of a wave file is read beyond its end', () => {
  const whole = tone(0.3, 0.2)
  for (let length = 0; length < 60; length += 1) expect(readWav(whole.subarray(0, length)).ok).toBe(false)
})
