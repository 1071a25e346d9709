import { expect, test } from 'vitest'
import { parseConfig } from '../../../electron/core/config.ts'
import { voiceSettings } from '../../../shared/voice/settings.ts'
import { volumeAt } from '../../../shared/voice/volume.ts'

const at = (clock: string) => Date.parse(`2026-11-20T${clock}:00+08:00`)

test('without settings sentences, sounds and names are on, and amounts are off', () => {
  expect(voiceSettings.parse({})).toMatchObject({ on: true, sounds: true, names: true, amounts: false })
})

test.each([
  ['05:59', 0.3],
  ['06:00', 1],
  ['19:59', 1],
  ['20:00', 0.3],
  ['23:59', 0.3],
  ['00:30', 0.3],
])('at %s the volume is %f', (clock, volume) => {
  const volumes = [
    { from: '20:00', volume: 30 },
    { from: '06:00', volume: 100 },
  ]
  expect(volumeAt(volumes, at(clock))).toBe(volume)
})

test.each([
  [{ volumes: [] }, 'voice.volumes'],
  [{ volumes: [{ from: '24:00', volume: 50 }] }, 'voice.volumes.0.from'],
  [{ volumes: [{ from: '06:00', volume: 101 }] }, 'voice.volumes.0.volume'],
  [{ amount: true }, 'voice.amount'],
])('%j is not taken from terminal.json', (voice, path) => {
  const parsed = parseConfig({ dataDir: '/data', voice })
  expect(parsed.ok ? null : parsed.notice.values.path).toBe(path)
})
