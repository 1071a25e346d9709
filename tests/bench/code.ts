import { createPrivateKey, sign } from 'node:crypto'
import jsqr from 'jsqr'
import { loadCodeDecoder } from '../../electron/code-decoder.ts'
import { readCodes } from '../../shared/code-reading/code-decoder.ts'
import { createLibraryDecoder } from '../../shared/code-reading/library-decoder.ts'
import type { Picture } from '../../shared/code-reading/picture.ts'
import { encodeElderCode } from '../../shared/elder-code.ts'
import { seniorId } from '../../shared/ids.ts'
import { elderCodeClaims } from '../support/elder-code-maker.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { type Effect, renderFrame } from './code-frames.ts'
import { type Rate, wilsonRate } from './wilson.ts'

const seed = 20_261_121
const framesALevel = 60

/** Each effect with its levels, from what a counter sees daily to what nobody can read. */
const effects: Readonly<Record<string, readonly (readonly [level: number, effect: Effect])[]>> = {
  plain: [[0, {}]],
  tilt: [20, 35, 45, 55, 62].map(tiltDegrees => [tiltDegrees, { tiltDegrees }]),
  blur: [1.2, 1.6, 2, 2.4].map(blur => [blur, { blur }]),
  motion: [3, 5, 7].map(motion => [motion, { motion }]),
  light: [0.4, 0.2, 0.1, 0.06].map(light => [light, { light, noise: 5 }]),
  contrast: [0.5, 0.25, 0.12].map(contrast => [contrast, { contrast, noise: 5 }]),
  small: [160, 140, 120, 110, 100, 90].map(width => [width, { width }]),
  glare: [0.04, 0.06, 0.08, 0.1].map(glare => [glare, { glare }]),
  moire: [0.2, 0.3, 0.4, 0.5, 0.6].map(moire => [moire, { moire }]),
  inverted: [1, 0.25].map(contrast => [contrast, { contrast, inverted: true }]),
}

/** A frame as it is and, for a decoder that takes nothing else, in four bytes a pixel. */
interface Frame {
  readonly grey: Picture
  readonly colours: Uint8ClampedArray
}

type Reader = (frame: Frame) => Promise<string | undefined>

async function readers(): Promise<Readonly<Record<string, Reader>>> {
  const wasm = await loadCodeDecoder()
  const library = createLibraryDecoder()
  return {
    ours: async ({ grey }) => (await readCodes(wasm, grey))[0],
    zxingWasm: async ({ grey }) => (await wasm.decode(grey, 'local'))[0],
    zxingLibrary: async ({ grey }) => (await library.decode(grey, 'local'))[0],
    jsqr: async ({ grey, colours }) =>
      jsqr(colours, grey.width, grey.height, { inversionAttempts: 'attemptBoth' })?.data,
  }
}

/**
 * Decode rates per effect and level, with their 95 % intervals, of four decoders on the same drawn frames, each with an elder code of its
 * own. `below` names each level at which another decoder read more frames than ours, and whether the intervals part.
 */
export async function benchCode(): Promise<object> {
  const random = randomFrom(seed)
  const mint = elderCodesFrom(random)
  const all = await readers()
  const names = Object.keys(all)
  const times = new Map(names.map(name => [name, [] as number[]]))
  const levels: { effect: string; level: number; n: number; rates: Record<string, Rate> }[] = []
  const wrong = new Map(names.map(name => [name, 0]))
  for (const [effect, steps] of Object.entries(effects)) {
    for (const [level, change] of steps) {
      const hits = new Map(names.map(name => [name, 0]))
      for (let turn = 0; turn < framesALevel; turn++) {
        const text = await mint()
        const grey = renderFrame(text, change, random.below(2 ** 32))
        const frame = { grey, colours: coloursOf(grey) }
        for (const [name, read] of Object.entries(all)) {
          const startedAt = performance.now()
          const found = await read(frame)
          times.get(name)?.push(performance.now() - startedAt)
          if (found === text) hits.set(name, (hits.get(name) ?? 0) + 1)
          else if (found !== undefined && found !== '') wrong.set(name, (wrong.get(name) ?? 0) + 1)
        }
      }
      const rates = Object.fromEntries([...hits].map(([name, count]) => [name, wilsonRate(count, framesALevel)]))
      levels.push({ effect, level, n: framesALevel, rates })
    }
  }
  const below = levels.flatMap(({ effect, level, rates }) =>
    Object.entries(rates).flatMap(([name, { rate, low }]) =>
      rates.ours !== undefined && rates.ours.rate < rate
        ? [{ effect, level, other: name, withinInterval: rates.ours.high >= low }]
        : [],
    ),
  )
  const medianMs = Object.fromEntries([...times].map(([name, list]) => [name, median(list)]))
  return {
    ...{ bench: 'code', frame: '480x480', frames: levels.length * framesALevel },
    wrong: Object.fromEntries(wrong),
    medianMs,
    below,
    levels,
  }
}

function coloursOf({ data }: Picture): Uint8ClampedArray {
  const colours = new Uint8ClampedArray(data.length * 4)
  for (const [at, brightness] of data.entries()) colours.fill(brightness, at * 4, at * 4 + 4)
  return colours
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other)
  return Math.round((sorted[sorted.length >> 1] ?? 0) * 100) / 100
}

/** Elder codes as the province issues them, 216 signs of base32, signed with a key that follows from the seed. */
function elderCodesFrom(random: Random): () => Promise<string> {
  const hex = (bytes: number) =>
    Array.from({ length: bytes }, () => random.below(256).toString(16).padStart(2, '0')).join('')
  // The frame of an Ed25519 key in PKCS #8 (RFC 8410), before its 32 bytes.
  const der = Buffer.from(`302e020100300506032b657004220420${hex(32)}`, 'hex')
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const pen = (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, key))
  const keyId = hex(4)
  return () =>
    encodeElderCode({ ...elderCodeClaims({ serial: hex(8), seniorId: seniorId.parse(hex(16)) }), keyId }, pen, 'base32')
}
