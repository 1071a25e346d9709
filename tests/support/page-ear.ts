import type { Page } from 'playwright-core'

/** One thing that a page started in its audio graph: a clip by the end of its address, or a tone by its pitch. */
export interface Heard {
  readonly what: string
  /** By the clock of its audio context (s); `until` is earlier than its end where it was cut off. */
  readonly from: number
  until: number
}

declare global {
  interface Window {
    /** Filled by the tests' own script in the page. */
    ear?: { heard: Heard[]; loudest: number; spoken: { text: string; volume: number }[] }
  }
}

/** Listens to the audio graph of a page from its first script on: what is started and stopped when, and what comes out at its end. */
export async function listenTo(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const ear: NonNullable<Window['ear']> = { heard: [], loudest: 0, spoken: [] }
    window.ear = ear
    const addresses = new WeakMap<ArrayBuffer, string>()
    const clips = new WeakMap<AudioBuffer, string>()
    const started = new WeakMap<AudioScheduledSourceNode, Heard>()

    const readBytes = Response.prototype.arrayBuffer
    Response.prototype.arrayBuffer = async function () {
      const bytes = await readBytes.call(this)
      addresses.set(bytes, new URL(this.url).pathname)
      return bytes
    }
    const decode = BaseAudioContext.prototype.decodeAudioData
    BaseAudioContext.prototype.decodeAudioData = async function (bytes) {
      const address = addresses.get(bytes) ?? ''
      const buffer = await decode.call(this, bytes)
      clips.set(buffer, address)
      return buffer
    }
    const note = (source: AudioScheduledSourceNode, what: string, from: number, until: number) => {
      const entry = { what, from, until }
      started.set(source, entry)
      ear.heard.push(entry)
    }
    const startClip = AudioBufferSourceNode.prototype.start
    AudioBufferSourceNode.prototype.start = function (when = 0) {
      note(this, (this.buffer && clips.get(this.buffer)) ?? '', when, when + (this.buffer?.duration ?? 0))
      startClip.call(this, when)
    }
    const startTone = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (when = 0) {
      note(this, `${this.frequency.value} Hz`, when, Number.POSITIVE_INFINITY)
      startTone.call(this, when)
    }
    const stop = AudioScheduledSourceNode.prototype.stop
    AudioScheduledSourceNode.prototype.stop = function (when = 0) {
      const entry = started.get(this)
      if (entry) entry.until = Math.max(entry.from, Math.min(entry.until, when))
      stop.call(this, when)
    }

    const analysers = new WeakMap<BaseAudioContext, AnalyserNode>()
    const connect = AudioNode.prototype.connect
    const tap = (node: AudioNode) => {
      const known = analysers.get(node.context)
      if (known) return known
      const analyser = new AnalyserNode(node.context, { fftSize: 32_768 })
      analysers.set(node.context, analyser)
      const samples = new Float32Array(analyser.fftSize)
      setInterval(() => {
        analyser.getFloatTimeDomainData(samples)
        ear.loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), ear.loudest)
      }, 100)
      return analyser
    }
    Object.defineProperty(AudioNode.prototype, 'connect', {
      value(this: AudioNode, ...to: unknown[]) {
        if (to[0] instanceof AudioDestinationNode) Reflect.apply(connect, this, [tap(this)])
        return Reflect.apply(connect, this, to)
      },
    })
  })
}

/** Gives a page a Chinese voice of its machine, which writes down what it is asked to say. `able: false`: it cannot speak after all. */
export async function giveMachineVoice(page: Page, able = true): Promise<void> {
  await page.addInitScript(can => {
    class Utterance extends EventTarget {
      volume = 1
      rate = 1
      lang = ''
      voice: unknown = null
      text: string
      constructor(text: string) {
        super()
        this.text = text
      }
    }
    const voices = [{ localService: true, lang: 'zh-CN', name: 'paper', default: true, voiceURI: 'paper' }]
    const synthesis = Object.assign(new EventTarget(), {
      getVoices: () => voices,
      cancel: () => undefined,
      speak(said: Utterance) {
        window.ear?.spoken.push({ text: said.text, volume: said.volume })
        setTimeout(() => said.dispatchEvent(new Event(can ? 'end' : 'error')), 50)
      },
    })
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
    Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance })
  }, able)
}
