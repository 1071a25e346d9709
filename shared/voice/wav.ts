/** A clip of one channel: samples -1..1. */
export interface Wav {
  readonly rate: number
  readonly samples: Float32Array
}

export type WavReading =
  | { readonly ok: true; readonly wav: Wav }
  | { readonly ok: false; readonly why: 'not-wav' | 'not-16-bit-mono' | 'rate' | 'length' | 'silent' }

const leastRate = 16_000
const greatestRate = 48_000
const leastSeconds = 0.1
/** The longest that a clip of what a till says may be. */
const greatestSeconds = 8
const frameSeconds = 0.02
/** Frames softer than this share of the loudest do not count as speech. */
const speechShare = 0.1
/** -50 dB: a recording whose loudest part is softer holds no voice. */
const silence = 0.003

/**
 * A RIFF/WAVE file of 16-bit PCM with one channel, at 16 to 48 kHz, 0.1 s long at least and not silent; else why it is none.
 * @param most seconds that it may be long, 8 for what a till says
 */
export function readWav(bytes: Uint8Array, most = greatestSeconds): WavReading {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (at: number) => (at + 4 <= bytes.length ? String.fromCharCode(...bytes.subarray(at, at + 4)) : '')
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') return { ok: false, why: 'not-wav' }
  let rate = 0
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true)
    const body = at + 8
    if (word(at) === 'fmt ' && body + 16 <= bytes.length) {
      const plain = view.getUint16(body, true) === 1 && view.getUint16(body + 2, true) === 1
      if (!plain || view.getUint16(body + 14, true) !== 16) return { ok: false, why: 'not-16-bit-mono' }
      rate = view.getUint32(body + 4, true)
      if (rate < leastRate || rate > greatestRate) return { ok: false, why: 'rate' }
    }
    if (word(at) === 'data' && rate > 0) {
      // Some writers give no size or one beyond the end: what is there counts.
      const count = Math.floor(Math.min(size, bytes.length - body) / 2)
      const samples = Float32Array.from({ length: count }, (_, index) => view.getInt16(body + 2 * index, true) / 32_768)
      const seconds = count / rate
      if (seconds < leastSeconds || seconds > most) return { ok: false, why: 'length' }
      const wav = { rate, samples }
      return loudness(wav) < silence ? { ok: false, why: 'silent' } : { ok: true, wav }
    }
    at = body + size + (size % 2)
  }
  return { ok: false, why: 'not-wav' }
}

/** The root mean square of the parts that hold speech, 0..1. */
export function loudness({ rate, samples }: Wav): number {
  const length = Math.round(rate * frameSeconds)
  const powers: number[] = []
  for (let at = 0; at + length <= samples.length; at += length)
    powers.push(samples.subarray(at, at + length).reduce((sum, sample) => sum + sample * sample, 0) / length)
  const floor = Math.max(0, ...powers) * speechShare ** 2
  const speech = powers.filter(power => power > 0 && power >= floor)
  return Math.sqrt(speech.reduce((sum, power) => sum + power, 0) / Math.max(1, speech.length))
}

/** A clip as a RIFF/WAVE file of 16-bit PCM. */
export function writeWav({ rate, samples }: Wav): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44 + 2 * samples.length)
  const view = new DataView(bytes.buffer)
  const put = (at: number, text: string) => {
    for (const [index, sign] of [...text].entries()) bytes[at + index] = sign.charCodeAt(0)
  }
  put(0, 'RIFF')
  view.setUint32(4, 36 + 2 * samples.length, true)
  put(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, 2 * rate, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  put(36, 'data')
  view.setUint32(40, 2 * samples.length, true)
  for (const [index, sample] of samples.entries())
    view.setInt16(44 + 2 * index, Math.round(Math.min(1, Math.max(-1, sample)) * 32_767), true)
  return bytes
}
