import { type ClipId, clipFile, clipIds } from '../../shared/voice/phrases.ts'
import type { Piece } from '../../shared/voice/sentences.ts'
import type { Speak } from './speaker.ts'

export type Clips = ReadonlyMap<ClipId, AudioBuffer>

/** Seconds of silence between two clips, and for a rest in the sentence. */
const gap = 0.03
const rest = 0.2
/** A start a little ahead, so that the first sample is not late. */
const lead = 0.03
/** A sentence that is cut off fades so fast that it does not click. */
const fade = 0.015

/** Fetches a whole set of clips. Null where one is missing: a till does not mix voices. */
export async function loadClips(context: BaseAudioContext, own: boolean): Promise<Clips | null> {
  const folder = own ? './voice/own' : './voice/placeholder'
  try {
    const loaded = await Promise.all(
      clipIds.map(async (clip): Promise<[ClipId, AudioBuffer]> => {
        const answer = await fetch(`${folder}/${clipFile(clip)}`)
        if (!answer.ok) throw new Error(`${clip}: ${answer.status}`)
        return [clip, await context.decodeAudioData(await answer.arrayBuffer())]
      }),
    )
    return new Map(loaded)
  } catch (error) {
    console.info('no clips:', error instanceof Error ? error.message : String(error))
    return null
  }
}

/** Says sentences by clips that follow each other to the sample. A name has no clip and is left out. */
export function speakByClips(context: AudioContext, clips: Clips): Speak {
  return (sentence, volume, onEnd) => {
    // Without the right to play, a clip would wait and speak to somebody else.
    if (context.state !== 'running') {
      onEnd()
      return () => undefined
    }
    const gain = new GainNode(context, { gain: volume })
    gain.connect(context.destination)
    const sources = schedule(context, clips, sentence, gain)
    const last = sources.at(-1)
    if (last === undefined) onEnd()
    else
      last.onended = () => {
        gain.disconnect()
        onEnd()
      }
    return () => {
      if (last !== undefined) last.onended = () => gain.disconnect()
      gain.gain.setTargetAtTime(0, context.currentTime, fade / 3)
      for (const source of sources) source.stop(context.currentTime + fade)
    }
  }
}

function schedule(context: AudioContext, clips: Clips, sentence: readonly Piece[], gain: GainNode) {
  let at = context.currentTime + lead
  const sources: AudioBufferSourceNode[] = []
  for (const piece of sentence) {
    if (piece.kind === 'rest') at += rest
    const buffer = piece.kind === 'clip' ? clips.get(piece.clip) : undefined
    if (buffer === undefined) continue
    const source = new AudioBufferSourceNode(context, { buffer })
    source.connect(gain)
    source.start(at)
    sources.push(source)
    at += buffer.duration + gap
  }
  return sources
}
