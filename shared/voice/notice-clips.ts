import { faceNotice } from '../face/consent.ts'

/** A sentence of the notice on faces as one clip. */
export interface NoticeClip {
  /** Names the version too: a recording of other words is never played. */
  readonly file: string
  readonly text: string
}

/** The notice on faces, sentence by sentence, in the Chinese that is read aloud. */
export const noticeClips: readonly NoticeClip[] = faceNotice.sentences.map(({ main, more }, index) => ({
  file: `face-notice-${faceNotice.version}-${index + 1}.wav`,
  text: `${main.zh}${more?.zh ?? ''}`,
}))
