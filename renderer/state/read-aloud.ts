import type { Language } from '../i18n/dates.ts'

/** A voice of this machine for the language, for Chinese the standard one first; null where there is none. A voice that sends the text to some other place is none. */
export function localVoice(language: Language): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in window)) return null
  const spoken = window.speechSynthesis.getVoices()
  const local = spoken.filter(({ localService, lang }) => localService && lang.toLowerCase().startsWith(language))
  return local.find(({ lang }) => /^zh[-_]cn/i.test(lang)) ?? local[0] ?? null
}

/** Calls back whenever the machine's voices have become known; returns how to stop. */
export function onVoices(heard: () => void): () => void {
  if (!('speechSynthesis' in window)) return () => undefined
  const { speechSynthesis } = window
  speechSynthesis.addEventListener('voiceschanged', heard)
  return () => speechSynthesis.removeEventListener('voiceschanged', heard)
}

/** Reads a text aloud, a little slower than usual; `onEnd(false)` where it could not. Returns how to stop. @param volume 0..1 */
export function readAloud(
  text: string,
  voice: SpeechSynthesisVoice,
  onEnd: (spoken: boolean) => void,
  volume = 1,
): () => void {
  const { speechSynthesis } = window
  const said = new SpeechSynthesisUtterance(text)
  let over = false
  const end = (spoken: boolean) => {
    if (over) return
    over = true
    onEnd(spoken)
  }
  said.voice = voice
  said.lang = voice.lang
  said.rate = 0.85
  said.volume = volume
  said.addEventListener('end', () => end(true))
  said.addEventListener('error', () => end(false))
  speechSynthesis.cancel()
  speechSynthesis.speak(said)
  return () => {
    over = true
    speechSynthesis.cancel()
  }
}
