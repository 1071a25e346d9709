/** The short sounds of a state, each at most 200 ms, drawn by the page itself. */
export type Sound = 'tick' | 'confirmed' | 'knock' | 'fault'

interface Note {
  readonly wave: OscillatorType
  readonly hertz: number
  readonly from: number
  readonly seconds: number
  readonly level: number
}

const notes: Readonly<Record<Sound, readonly Note[]>> = {
  tick: [{ wave: 'triangle', hertz: 1400, from: 0, seconds: 0.025, level: 0.3 }],
  confirmed: [
    { wave: 'triangle', hertz: 659, from: 0, seconds: 0.1, level: 0.5 },
    { wave: 'triangle', hertz: 988, from: 0.09, seconds: 0.11, level: 0.5 },
  ],
  // Two close modes of a wooden bar, both dying away at once.
  knock: [
    { wave: 'sine', hertz: 420, from: 0, seconds: 0.07, level: 0.5 },
    { wave: 'sine', hertz: 1130, from: 0, seconds: 0.035, level: 0.2 },
  ],
  fault: [
    { wave: 'triangle', hertz: 262, from: 0, seconds: 0.1, level: 0.5 },
    { wave: 'triangle', hertz: 196, from: 0.09, seconds: 0.11, level: 0.5 },
  ],
}

/** Plays a sound; nothing where the page may not play yet. @param volume 0..1 */
export function playSound(context: AudioContext, sound: Sound, volume: number): void {
  if (context.state !== 'running' || volume === 0) return
  const begin = context.currentTime + 0.01
  for (const { wave, hertz, from, seconds, level } of notes[sound]) {
    const start = begin + from
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(0, start)
    gain.gain.linearRampToValueAtTime(level * volume, start + 0.004)
    gain.gain.exponentialRampToValueAtTime(0.001, start + seconds)
    const tone = new OscillatorNode(context, { type: wave, frequency: hertz })
    tone.connect(gain).connect(context.destination)
    tone.onended = () => gain.disconnect()
    tone.start(start)
    tone.stop(start + seconds)
  }
}
