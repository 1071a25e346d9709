import type { KioskView } from '../../shared/kiosk-api.ts'
import type { CustomerView } from '../../shared/terminal-api.ts'
import { sampleSentence, textOf, waitingSentence } from '../../shared/voice/sentences.ts'
import { volumeAt } from '../../shared/voice/volume.ts'
import { localVoice, onVoices, readAloud } from '../state/read-aloud.ts'
import { type Clips, loadClips, speakByClips } from './clips.ts'
import { mayWait, nextSaying } from './next-saying.ts'
import { playSound, type Sound } from './sounds.ts'
import { createSpeaker, type Speak } from './speaker.ts'

/** How long somebody waits before the greeting until it is said to them, once. */
const waitingMilliseconds = 20_000

/** What the voice goes by. */
type Seen = Pick<CustomerView | KioskView, 'now' | 'atCamera' | 'voice' | 'sampleAt'>

/** The till's voice on this page. Chinese, whatever the language of the screen. */
export interface TillVoice {
  /** Says what a new view of the public screen or of the kiosk calls for, where the till speaks through this page. */
  see(view: Seen): void
  /** A short sound, where sounds are on. */
  play(sound: Sound): void
  /** Somebody touched the public screen. */
  touched(): void
}

/** @param onVoice told whether sentences are said here, so that a screen reader does not say them once more */
export function createTillVoice(onVoice: (speaks: boolean) => void): TillVoice {
  const context = new AudioContext({ latencyHint: 'interactive' })
  let view: Seen | null = null
  let clips: { own: boolean; loaded: Clips | null } | null = null
  /** A voice of the machine that could not speak is not asked again. */
  let broken = false
  let voice = localVoice('zh')
  let waiting: ReturnType<typeof setTimeout> | undefined

  /** A site that recorded its own voice wants that one. */
  const machineVoice = () => (broken || view?.voice.own ? null : voice)
  const speaker = createSpeaker(speak, () => performance.now())

  function speak(...[sentence, volume, onEnd]: Parameters<Speak>): () => void {
    const by = machineVoice()
    if (by !== null) {
      const ended = (spoken: boolean) => {
        if (!spoken) broken = true
        onEnd()
      }
      return readAloud(textOf(sentence), by, ended, volume)
    }
    if (clips?.loaded) return speakByClips(context, clips.loaded)(sentence, volume, onEnd)
    onEnd()
    return () => undefined
  }

  const speaks = () => view?.voice.on === true && view.voice.speaks
  const tell = () => onVoice(speaks() && (machineVoice() !== null || (clips?.loaded ?? null) !== null))
  const volume = () => (view === null ? 0 : volumeAt(view.voice.volumes, Date.now()))

  async function loadInto(set: { loaded: Clips | null }, own: boolean): Promise<void> {
    // Own recordings that went away since the start leave the till its placeholders.
    set.loaded = (await loadClips(context, own)) ?? (own ? await loadClips(context, false) : null)
    tell()
  }

  function load(own: boolean): void {
    if (clips?.own === own) return
    const set = { own, loaded: null }
    clips = set
    void loadInto(set, own)
  }

  function wait(): void {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      if (speaks()) speaker.say({ sentence: waitingSentence, cuts: true, hint: true }, volume())
    }, waitingMilliseconds)
  }

  function play(sound: Sound): void {
    if (view?.voice.sounds) playSound(context, sound, volume())
  }

  onVoices(() => {
    voice = localVoice('zh')
    tell()
  })
  // In a browser of its own, not the kiosk, a page may play only once somebody touched it.
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, () => void context.resume())

  return {
    play,
    touched() {
      if (view?.now.state === 'idle') wait()
    },
    see(next) {
      const before = view
      view = next
      if (next.now.state !== 'idle' || next.atCamera !== null) clearTimeout(waiting)
      else if (mayWait(before, next)) wait()
      if (next.voice.speaks && next.voice.on) load(next.voice.own)
      tell()
      if (!next.voice.speaks) return speaker.hush()
      soundOf(before, next)
      if (!next.voice.on) return
      if (before !== null && next.sampleAt !== null && next.sampleAt !== before.sampleAt)
        speaker.say({ sentence: sampleSentence, cuts: true, hint: false }, volume())
      // A name is said where the voice can say every name: clips cannot, so that they say nobody's.
      const aloud = { names: next.voice.names && machineVoice() !== null, amounts: next.voice.amounts }
      const saying = nextSaying(before, next, aloud)
      if (saying === 'hush') speaker.hush()
      else if (saying !== null) speaker.say(saying, volume())
    },
  }

  function soundOf(before: Seen | null, next: Seen): void {
    if (before === null || before.now.state === next.now.state) return
    if (next.now.state === 'reading') play('tick')
    if (next.now.state === 'confirmed') play('confirmed')
  }
}
