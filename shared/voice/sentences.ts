import type { KioskView } from '../kiosk-api.ts'
import { problems } from '../problems.ts'
import type { CustomerView } from '../terminal-api.ts'
import { type ClipId, clipText, phraseOf, signClip } from './phrases.ts'
import { spokenAmountZh, spokenTimeZh } from './spoken-amount.ts'

/** A part of a sentence: a clip, a name (which no clip says), or a short rest. */
export type Piece =
  | { readonly kind: 'clip'; readonly clip: ClipId }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'rest' }

/** What is said aloud beside the bare sentences; for everybody or for nobody. */
export interface Aloud {
  readonly names: boolean
  readonly amounts: boolean
}

/** What stands on a public screen, or on a kiosk. */
export type Shown = Pick<CustomerView | KioskView, 'now' | 'atCamera'>

const clip = (id: ClipId): Piece => ({ kind: 'clip', clip: id })
const rest: Piece = { kind: 'rest' }

/** Words for the senior about who pays what, later or before: they stand on the screen for whom they concern and are said to nobody. */
export const unspoken: readonly string[] = [
  '这一餐按优惠价',
  '今天按优惠价',
  '带走按优惠价',
  '查实后补给您',
  '之前少补的，今天补给您',
]

/** One clip a sign. Throws where a sign has no clip: a fault of the phrases, found by their tests. */
function signs(text: string): Piece[] {
  return [...text].map(sign => {
    const id = signClip(sign)
    if (id === null) throw new Error(`no clip says ${sign}`)
    return clip(id)
  })
}

function address(surname: string | null, title: 'female' | 'male' | null): Piece {
  if (surname === null || title === null) return clip('hello')
  return { kind: 'name', text: `${surname}${title === 'female' ? '女士' : '先生'}` }
}

function hint({ code, values }: Extract<Shown['now'], { state: 'problem' }>): Piece[] {
  const text = problems[code].senior?.zh ?? null
  if (text === '{time} 开始')
    return typeof values.time === 'string'
      ? [...signs(spokenTimeZh(values.time)), clip('starts')]
      : [clip('one-moment')]
  return [clip((text === null ? null : phraseOf(text)) ?? 'one-moment')]
}

/**
 * What the till says of what the public screen or a kiosk shows; empty: nothing. The same for everybody but a name and an amount, and those only where
 * `aloud` has them on for all. Says nothing that is not on that screen.
 */
export function sentenceOf({ now, atCamera }: Shown, aloud: Aloud): readonly Piece[] {
  if (atCamera !== null) return [clip(atCamera === 'ahead' ? 'look-into-camera' : 'turn-head')]
  switch (now.state) {
    case 'idle':
    case 'reading':
    case 'helping':
    case 'choosing':
      return []
    case 'asking':
      return [clip('is-it-you'), ...(aloud.names ? [rest, address(now.surname, now.title)] : [])]
    case 'priced':
      if ('already' in now && now.already) return [clip('already-recorded')]
      return [
        ...(aloud.names ? [address(now.surname, now.title), rest] : []),
        clip('look-at-price'),
        ...(aloud.amounts ? [rest, clip('own-pay'), ...signs(spokenAmountZh(now.ownPayFen))] : []),
      ]
    case 'confirmed':
      return 'visit' in now && now.visit !== undefined ? [] : [clip('take-meal')]
    case 'problem':
      return hint(now)
  }
}

/** Said once, to somebody who waits before a till that shows its greeting. */
export const waitingSentence: readonly Piece[] = [clip('card-or-code-or-call')]

/** Said where staff try the loudspeaker. */
export const sampleSentence: readonly Piece[] = [clip('hello'), rest, clip('look-at-price')]

/** A sentence as a voice of the machine reads it. */
export function textOf(sentence: readonly Piece[]): string {
  const said = sentence.map(piece =>
    piece.kind === 'rest' ? '，' : piece.kind === 'name' ? piece.text : clipText(piece.clip),
  )
  return `${said.join('')}。`
}
