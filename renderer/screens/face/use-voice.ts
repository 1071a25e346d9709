import { useEffect, useState } from 'react'
import { faceNotice } from '../../../shared/face/consent.ts'
import { noticeClips } from '../../../shared/voice/notice-clips.ts'
import type { Language } from '../../i18n/dates.ts'
import { sentenceRead } from '../../state/face-enrolment.ts'
import { playFile } from '../../state/play-file.ts'
import { localVoice, onVoices, readAloud } from '../../state/read-aloud.ts'

/**
 * Reads the sentence aloud that is marked, and then marks the next: by a voice of this machine, else, in Chinese, by the placeholder clips.
 * False where neither can be heard: staff read.
 */
export function useVoice(reading: number, language: Language): boolean {
  const [voice, setVoice] = useState(() => localVoice(language))
  const [broken, setBroken] = useState({ voice: false, clips: false })
  useEffect(() => onVoices(() => setVoice(localVoice(language))), [language])
  const byVoice = voice !== null && !broken.voice
  const byClips = !byVoice && language === 'zh' && !broken.clips
  useEffect(() => {
    const sentence = faceNotice.sentences[reading]
    const clip = noticeClips[reading]
    if (sentence === undefined || clip === undefined) return
    const ended = (means: 'voice' | 'clips') => (spoken: boolean) =>
      spoken ? sentenceRead(reading) : setBroken(known => ({ ...known, [means]: true }))
    const text = [sentence.main, sentence.more].map(part => part?.[language] ?? '').join(' ')
    if (byVoice && voice !== null) return readAloud(text, voice, ended('voice'))
    if (byClips) return playFile(`./voice/placeholder/${clip.file}`, ended('clips'))
  }, [voice, byVoice, byClips, reading, language])
  return byVoice || byClips
}
