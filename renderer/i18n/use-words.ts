import type { QualityHint } from '../../shared/face/quality.ts'
import type { Bilingual } from '../../shared/site.ts'
import { useCashier } from '../state/cashier-store.ts'
import type { Words } from './catalogue.ts'
import type { Language } from './dates.ts'
import { hintsEn } from './face-en.ts'
import { hintsZh } from './face-zh.ts'
import { wordsOf } from './words.ts'

export interface Speech {
  readonly language: Language
  readonly words: Words
  readonly hints: Readonly<Record<QualityHint, string>>
  /** The text of a name or title in the language of the screen. */
  say(text: Bilingual): string
}

export function speechIn(language: Language): Speech {
  const hints = language === 'zh' ? hintsZh : hintsEn
  return { language, words: wordsOf(language), hints, say: text => text[language] }
}

/** The words of the cashier's screen. */
export function useSpeech(): Speech {
  return speechIn(useCashier(state => state.language))
}
