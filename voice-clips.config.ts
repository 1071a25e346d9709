import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { noticeClips } from './shared/voice/notice-clips.ts'
import { type ClipId, clipFile, clipIds, clipText } from './shared/voice/phrases.ts'
import { loudness, readWav, type Wav, writeWav } from './shared/voice/wav.ts'

/**
 * Placeholder clips for tills without a Chinese voice and without recordings: spoken by espeak-ng, a formant synthesiser, when the pages are
 * built. Robotic and hard on seniors' ears; their folder and the note in it say so. espeak-ng (GPL-3.0-or-later) runs here and is not shipped.
 */

const folder = 'voice/placeholder'
/** Words a minute as espeak-ng counts them: about 200 Chinese signs a minute once the clips are joined. */
const speed = '172'
const pitch = '45'
/** Each clip is brought to this root mean square (-20 dB of full scale), as far as its peak stays under `peak`. */
const level = 0.1
const peak = 0.95
/** Softer than this share of the peak at either end is not speech. */
const edge = 0.01
const margin = 0.012

/** Seconds: a sentence of the notice on faces takes longer than anything a till says. */
const longest = 30

const require = createRequire(import.meta.url)
const cache = fileURLToPath(new URL('node_modules/.cache/aixin-voice/', import.meta.url))

const note = `占位语音 / Placeholder voice

这里的每一条都是 espeak-ng 合成的机器音，只是占位：生硬，老人不容易听懂。请换成本站自己的录音，稿子在 docs/voice-recording.md。
Every clip here was synthesised by espeak-ng as a placeholder: robotic and hard on seniors. Replace them by the site's own recordings.
`

type Run = (text: string) => Promise<Uint8Array>

/** The program, compiled once. It is imported only where a clip is missing. */
async function espeak(): Promise<Run> {
  const { default: speak } = await import('espeak-ng')
  const program = await WebAssembly.compile(readFileSync(require.resolve('espeak-ng').replace(/\.js$/, '.wasm')))
  return async text => {
    const run = await speak({
      arguments: ['-v', 'cmn', '-s', speed, '-p', pitch, '-w', 'clip.wav', text],
      instantiateWasm(imports, ready) {
        void WebAssembly.instantiate(program, imports).then(instance => ready(instance, program))
        return {}
      },
    })
    return run.FS.readFile('clip.wav')
  }
}

function trimmed({ rate, samples }: Wav): Wav {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const isSpeech = (sample: number) => Math.abs(sample) > loudest * edge
  const around = Math.round(margin * rate)
  const from = Math.max(0, samples.findIndex(isSpeech) - around)
  return { rate, samples: samples.slice(from, samples.findLastIndex(isSpeech) + around) }
}

function evenedOut(wav: Wav): Wav {
  const loudest = wav.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const gain = Math.min(level / loudness(wav), peak / loudest)
  return { rate: wav.rate, samples: wav.samples.map(sample => sample * gain) }
}

async function makeClip(text: string, run: Run): Promise<Uint8Array> {
  const spoken = readWav(await run(text), longest)
  if (!spoken.ok) throw new Error(`espeak-ng spoke no clip for ${text}: ${spoken.why}`)
  return writeWav(evenedOut(trimmed(spoken.wav)))
}

/** Each text spoken, by the name of its file; made once and kept under `node_modules/.cache` by all that they depend on. */
async function spokenFiles(texts: ReadonlyMap<string, string>): Promise<Map<string, Uint8Array>> {
  const { version } = require('espeak-ng/package.json')
  const own = readFileSync(fileURLToPath(import.meta.url), 'utf8')
  mkdirSync(cache, { recursive: true })
  const made = new Map<string, Uint8Array>()
  let run: Run | undefined
  for (const [name, text] of texts) {
    const key = createHash('sha256').update([version, own, text].join('\n')).digest('hex').slice(0, 32)
    const file = join(cache, name.replace(/\.wav$/, `-${key}.wav`))
    if (!existsSync(file)) {
      run ??= await espeak()
      // Builds may run beside each other: no one reads half a clip of another.
      const half = `${file}.${randomUUID()}`
      writeFileSync(half, await makeClip(text, run))
      renameSync(half, file)
    }
    made.set(name, readFileSync(file))
  }
  return made
}

/** All placeholder clips of what a till says. */
export async function placeholderClips(): Promise<Map<ClipId, Uint8Array>> {
  const files = await spokenFiles(new Map(clipIds.map(clip => [clipFile(clip), clipText(clip)])))
  return new Map(clipIds.map(clip => [clip, files.get(clipFile(clip)) ?? new Uint8Array()]))
}

/** The placeholder clips of the notice on faces, by the names of their files. */
export function noticePlaceholders(): Promise<Map<string, Uint8Array>> {
  return spokenFiles(new Map(noticeClips.map(({ file, text }) => [file, text])))
}

/** Lays the placeholder clips beside the pages, under a name that says what they are. */
export const voiceClips: Plugin = {
  name: 'voice-clips',
  apply: 'build',
  async generateBundle() {
    for (const [clip, source] of await placeholderClips())
      this.emitFile({ type: 'asset', fileName: `${folder}/${clipFile(clip)}`, source })
    for (const [file, source] of await noticePlaceholders())
      this.emitFile({ type: 'asset', fileName: `${folder}/${file}`, source })
    this.emitFile({ type: 'asset', fileName: `${folder}/README.txt`, source: note })
  },
}
