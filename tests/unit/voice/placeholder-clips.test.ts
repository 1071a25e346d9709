import { beforeAll, expect, test } from 'vitest'
import { faceNotice } from '../../../shared/face/consent.ts'
import { type ClipId, clipIds, clipText } from '../../../shared/voice/phrases.ts'
import { loudness, readWav, type Wav } from '../../../shared/voice/wav.ts'
import { noticePlaceholders, placeholderClips } from '../../../voice-clips.config.ts'

let clips: Map<ClipId, Wav>
beforeAll(async () => {
  const made = await placeholderClips()
  clips = new Map(
    [...made].map(([clip, bytes]) => {
      const read = readWav(bytes)
      if (!read.ok) throw new Error(`${clip}: ${read.why}`)
      return [clip, read.wav]
    }),
  )
}, 300_000)

const decibels = (level: number) => 20 * Math.log10(level)
const seconds = ({ rate, samples }: Wav) => samples.length / rate

test('each clip of the set is made, 16-bit mono at the rate of espeak-ng, and not silent', () => {
  expect([...clips.keys()]).toEqual([...clipIds])
  expect(new Set([...clips.values()].map(({ rate }) => rate))).toEqual(new Set([22_050]))
})

test('all clips are equally loud, within half a decibel, and none is clipped', () => {
  const levels = [...clips.values()].map(clip => decibels(loudness(clip)))
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(0.5)
  const peaks = [...clips.values()].map(({ samples }) =>
    samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0),
  )
  expect(Math.max(...peaks)).toBeLessThan(0.96)
})

test('no clip begins or ends with silence of more than 50 ms', () => {
  for (const [clip, { rate, samples }] of clips) {
    const loud = samples.findIndex(sample => Math.abs(sample) > 0.005)
    const last = samples.findLastIndex(sample => Math.abs(sample) > 0.005)
    expect(loud / rate, clip).toBeLessThan(0.05)
    expect((samples.length - last) / rate, clip).toBeLessThan(0.05)
  }
})

test('all sentences together are spoken at 180 to 220 signs a minute, and none far from it', () => {
  const paceOf = (ids: readonly ClipId[]) => {
    const signs = ids.flatMap(id => [...clipText(id)]).filter(sign => sign !== '，').length
    const length = ids.map(id => clips.get(id)).reduce((sum, clip) => sum + (clip === undefined ? 0 : seconds(clip)), 0)
    return (signs / length) * 60
  }
  const sentences = clipIds.filter(id => clipText(id).length > 2)
  expect(paceOf(sentences)).toBeGreaterThan(180)
  expect(paceOf(sentences)).toBeLessThan(220)
  for (const id of sentences) {
    expect(paceOf([id]), id).toBeGreaterThan(165)
    expect(paceOf([id]), id).toBeLessThan(270)
  }
})

test('each sentence of the notice on faces has a clip of its version, long enough to be all of it', async () => {
  const made = [...(await noticePlaceholders())]
  expect(made.map(([file]) => file)).toEqual(
    faceNotice.sentences.map((_, index) => `face-notice-${faceNotice.version}-${index + 1}.wav`),
  )
  for (const [index, [file, bytes]] of made.entries()) {
    const read = readWav(bytes, 30)
    if (!read.ok) throw new Error(`${file}: ${read.why}`)
    const { main, more } = faceNotice.sentences[index] ?? { main: { zh: '' }, more: null }
    const signs = [...`${main.zh}${more?.zh ?? ''}`].filter(sign => !/[，。]/.test(sign)).length
    expect((signs / seconds(read.wav)) * 60, file).toBeGreaterThan(150)
    expect((signs / seconds(read.wav)) * 60, file).toBeLessThan(280)
  }
}, 300_000)
