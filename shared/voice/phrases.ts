import type { Bilingual } from '../site.ts'

/** What the voice can say apart from names: each phrase one clip, by the name of its file. English is for staff. */
export const phrases = {
  'card-or-code-or-call': { zh: '请刷卡或扫码，也可以叫我们', en: 'Card or code, please; or call us' },
  hello: { zh: '您好', en: 'Hello' },
  'look-at-price': { zh: '请看价格', en: 'Please look at the price' },
  'own-pay': { zh: '实付', en: 'To pay' },
  'take-meal': { zh: '好了，请取餐', en: 'Done, please take your meal' },
  'is-it-you': { zh: '是您吗', en: 'Is it you' },
  'look-into-camera': { zh: '请看一下摄像头', en: 'Please look into the camera' },
  'turn-head': { zh: '请慢慢转一下头', en: 'Please turn your head slowly' },
  'one-moment': { zh: '请稍等，我们来办', en: 'One moment, please: we will see to it' },
  'please-wait': { zh: '请稍等', en: 'One moment, please' },
  'lay-card-flat': { zh: '请把卡平放，停两秒', en: 'Please lay the card flat for two seconds' },
  'turn-card': { zh: '请把卡翻过来', en: 'Please turn the card over' },
  'once-more': { zh: '请再放一次', en: 'Once more, please' },
  'another-way': { zh: '请换一种方式', en: 'Please use another way' },
  'another-way-we-help': { zh: '请用别的方式，我们来帮您', en: 'Please use another way; we will help' },
  'use-card': { zh: '请用社会保障卡', en: 'Please use the card' },
  'use-card-or-code': { zh: '请用社会保障卡或长者码', en: 'Please use the card or the elder code' },
  'show-card': { zh: '请刷社会保障卡', en: 'Please present the card' },
  'show-card-or-open-code': { zh: '请刷社会保障卡，或打开长者码', en: 'Please use the card, or open the elder code' },
  'card-or-code': { zh: '请刷卡或扫码', en: 'Card or code, please' },
  'never-mind-card-or-code': { zh: '没关系，请刷卡或扫码', en: 'Never mind: card or code will do' },
  'show-code': { zh: '请扫长者码', en: 'Please use the elder code' },
  'use-code-we-help': { zh: '请用长者码，我们来帮您', en: 'Please use the elder code; we will help' },
  'open-code': { zh: '请打开长者码', en: 'Please open the elder code' },
  'refresh-code': { zh: '请刷新一下码', en: 'Please refresh the code' },
  'use-new-code': { zh: '请用新的长者码', en: 'Please use the new code' },
  'already-recorded': { zh: '已经登记好了', en: 'Already recorded' },
  'enter-pin-or-call': { zh: '请输密码，也可以叫我们', en: 'Please enter the PIN, or call us' },
  'circle-once-more': { zh: '请再看一次圆圈', en: 'Please look at the circle once more' },
  'one-person-in-circle': { zh: '请一个人看圆圈', en: 'One person in the circle, please' },
  'sold-out': { zh: '这份售完了，请换一种', en: 'Sold out: please choose another' },
  'look-at-new-price': { zh: '请看一下价格', en: 'Please look at the price' },
  'closed-ask-us': { zh: '今天已经收摊了，请问问我们', en: 'Closed for today; please ask us' },
  starts: { zh: '开始', en: 'starts' },
} as const satisfies Record<string, Bilingual>

/** The signs that numbers, amounts and times are put together of: each one clip. */
export const numberSigns = {
  'number-0': '零',
  'number-1': '一',
  'number-2': '二',
  'number-2-liang': '两',
  'number-3': '三',
  'number-4': '四',
  'number-5': '五',
  'number-6': '六',
  'number-7': '七',
  'number-8': '八',
  'number-9': '九',
  'number-10': '十',
  'number-100': '百',
  'number-1000': '千',
  'number-10000': '万',
  'unit-yuan': '元',
  'unit-jiao': '角',
  'unit-fen': '分',
  'unit-hour': '点',
} as const

export type PhraseId = keyof typeof phrases
export type ClipId = PhraseId | keyof typeof numberSigns

type SignId = keyof typeof numberSigns

const isPhrase = (id: string): id is PhraseId => Object.hasOwn(phrases, id)
const isSign = (id: string): id is SignId => Object.hasOwn(numberSigns, id)
const phraseIds = Object.keys(phrases).filter(isPhrase)
const signIds = Object.keys(numberSigns).filter(isSign)

/** Every clip that a whole set has. */
export const clipIds: readonly ClipId[] = [...phraseIds, ...signIds]

/** What a clip says. */
export function clipText(clip: ClipId): string {
  return isPhrase(clip) ? phrases[clip].zh : numberSigns[clip]
}

/** The phrase of exactly this text; null where the voice has none. */
export function phraseOf(text: string): PhraseId | null {
  return phraseIds.find(id => phrases[id].zh === text) ?? null
}

/** The clip of one sign of a number. */
export function signClip(sign: string): ClipId | null {
  return signIds.find(id => numberSigns[id] === sign) ?? null
}

/** The name of a clip's file, in a set of placeholders and in a site's own. */
export function clipFile(clip: ClipId): string {
  return `${clip}.wav`
}
