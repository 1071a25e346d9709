import { beforeEach, expect, test } from 'vitest'
import { createSpeaker, type Speaker } from '../../../renderer/voice/speaker.ts'
import type { ClipId } from '../../../shared/voice/phrases.ts'
import type { Piece } from '../../../shared/voice/sentences.ts'

const sentence = (clip: ClipId): Piece[] => [{ kind: 'clip', clip }]
const now = (clip: ClipId) => ({ sentence: sentence(clip), cuts: true, hint: false })
const after = (clip: ClipId) => ({ sentence: sentence(clip), cuts: false, hint: false })
const hint = (clip: ClipId) => ({ sentence: sentence(clip), cuts: true, hint: true })

let log: string[]
let ends: (() => void)[]
let time: number
let speaker: Speaker

beforeEach(() => {
  log = []
  ends = []
  time = 0
  speaker = createSpeaker(
    (said, volume, onEnd) => {
      const name = said.map(piece => (piece.kind === 'clip' ? piece.clip : '')).join('')
      log.push(`${name} ${volume}`)
      ends.push(onEnd)
      return () => log.push(`stop ${name}`)
    },
    () => time,
  )
})

test('the next person cuts off what is said: never two at once', () => {
  speaker.say(now('take-meal'), 1)
  speaker.say(now('look-at-price'), 1)
  expect(log).toEqual(['take-meal 1', 'stop take-meal', 'look-at-price 1'])
})

test("the same person's next sentence follows the last", () => {
  speaker.say(now('look-at-price'), 1)
  speaker.say(after('take-meal'), 1)
  expect(log).toEqual(['look-at-price 1'])
  ends[0]?.()
  expect(log).toEqual(['look-at-price 1', 'take-meal 1'])
})

test('a sentence that waited is forgotten with the person', () => {
  speaker.say(now('look-at-price'), 1)
  speaker.say(after('take-meal'), 1)
  speaker.say(now('one-moment'), 0.5)
  ends[1]?.()
  expect(log).toEqual(['look-at-price 1', 'stop look-at-price', 'one-moment 0.5'])
})

test('a hint is not repeated within three seconds, a price is', () => {
  speaker.say(hint('lay-card-flat'), 1)
  time = 2900
  speaker.say(hint('lay-card-flat'), 1)
  speaker.say(now('look-at-price'), 1)
  speaker.say(now('look-at-price'), 1)
  time = 6000
  speaker.say(hint('lay-card-flat'), 1)
  expect(log.filter(line => !line.startsWith('stop'))).toEqual([
    'lay-card-flat 1',
    'look-at-price 1',
    'look-at-price 1',
    'lay-card-flat 1',
  ])
})

test('a means that cannot speak leaves the next sentence its turn', () => {
  const mute = createSpeaker(
    (_said, _volume, onEnd) => {
      log.push('asked')
      onEnd()
      return () => log.push('stop')
    },
    () => time,
  )
  mute.say(now('look-at-price'), 1)
  mute.say(after('take-meal'), 1)
  expect(log).toEqual(['asked', 'asked'])
})
