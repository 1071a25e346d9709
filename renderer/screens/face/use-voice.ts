import { useEffect, useState } from 'react'
import { faceNotice } from '../../../shared/face/consent.ts'
import type { Language } from '../../i18n/dates.ts'
import { sentenceRead } from '../../state/face-enrolment.ts'
import { localVoice, onVoices, readAloud } from '../../state/read-aloud.ts'

/** Reads the sentence aloud that is marked, and then marks the next. False where this machine has no voice: staff read. */
export function useVoice(reading: number, language: Language): boolean {
  const [voice, setVoice] = useState(() => localVoice(language))
  const [broken, setBroken] = useState(false)
  useEffect(() => onVoices(() => setVoice(localVoice(language))), [language])
  useEffect(() => {
    const sentence = faceNotice.sentences[reading]
    if (voice === null || broken || sentence === undefined) return
    const text = [sentence.main, sentence.more].map(part => part?.[language] ?? '').join(' ')
    return readAloud(text, voice, spoken => (spoken ? sentenceRead(reading) : setBroken(true)))
  }, [voice, broken, reading, language])
  return voice !== null && !broken
}
