import { z } from 'zod'
import { addDays, type BusinessDate } from '../business-day.ts'
import type { Bilingual } from '../site.ts'

/** What a senior can agree to, each apart: `face` to be recognised here, `away` elsewhere too, `portrait` a picture for staff to compare. */
export const consentKind = z.enum(['face', 'away', 'portrait'])
export type ConsentKind = z.infer<typeof consentKind>
/** All of them. */
export const everyConsent: readonly ConsentKind[] = consentKind.options

/** Who agrees: the senior, or whoever may act for them by law (法定代理人), with name and relation. */
export const consentGiver = z.discriminatedUnion('who', [
  z.strictObject({ who: z.literal('senior') }),
  z.strictObject({
    who: z.literal('agent'),
    name: z.string().trim().min(1).max(64),
    relation: z.string().trim().min(1).max(32),
  }),
])
export type ConsentGiver = z.infer<typeof consentGiver>

/** How staff made sure who is to be enrolled. */
export const enrolmentCheck = z.enum(['card', 'code', 'document', 'known'])
export type EnrolmentCheck = z.infer<typeof enrolmentCheck>

/** `away` is about the template that `face` allows. */
export function consentsFit(what: readonly ConsentKind[]): boolean {
  return what.length > 0 && new Set(what).size === what.length && (!what.includes('away') || what.includes('face'))
}

/** What ends with the withdrawal of a consent: without a face nothing is left to send away. */
export function endsWith(what: readonly ConsentKind[], held: readonly ConsentKind[]): ConsentKind[] {
  return held.filter(kind => what.includes(kind) || (kind === 'away' && what.includes('face')))
}

/** Days after which a face that nobody used is deleted. */
const daysUnused = 365

/** The first day on which a consent is over that was last used on a day. */
export function consentEndsOn(usedOn: BusinessDate): BusinessDate {
  return addDays(usedOn, daysUnused)
}

interface Sentence {
  readonly main: Bilingual
  readonly more: Bilingual | null
}

const say = (zh: string, en: string): Bilingual => ({ zh, en })

/** The notice: read aloud sentence by sentence and shown, before anybody can choose. A changed sentence is a new version. */
export const faceNotice: {
  readonly version: string
  readonly inForceFrom: string
  readonly sentences: readonly Sentence[]
  readonly asks: Readonly<Record<ConsentKind, Bilingual>>
} = {
  version: '4',
  inForceFrom: '2026-11-22',
  sentences: [
    {
      main: say(
        '用您的脸认出您，只为吃饭和办服务时不带卡。',
        'Your face tells us who you are, only so that you need no card for meals and services.',
      ),
      more: say('不用来做别的事。', 'It is used for nothing else.'),
    },
    {
      main: say(
        '脸的特征只存在这台机器里，加了密，不上传。',
        'The numbers of your face stay in this machine, encrypted, and are not sent anywhere.',
      ),
      more: say(
        '画面认完就丢。要留小照片、要送到别的站点，都另外问您。',
        'Pictures are dropped at once. To keep a small one, or to be known elsewhere, is asked apart.',
      ),
    },
    {
      main: say(
        '一年不用，或您说不用了，当天就删。',
        'Unused for a year, or when you say so, it is deleted the same day.',
      ),
      more: say('删好了给您看证明，写明删了什么。', 'You are shown what was deleted, in writing.'),
    },
    {
      main: say('不开通也一样吃饭、一样补贴。', 'Without it you eat and are subsidised just the same.'),
      more: say('刷卡、扫码、报姓名，永远都可以。', 'Card, code or your name will always do.'),
    },
    {
      main: say(
        '听不懂可以不选，可以叫家里人来一起听。',
        'You need not choose; somebody of your family can listen with you.',
      ),
      more: null,
    },
  ],
  asks: {
    face: say('我同意开通人脸', 'I agree to be recognised by my face'),
    away: say(
      '我去别的站点也想刷脸：特征加密后经平台送到那里，认完就丢',
      'At other sites too: the numbers go there through the province, encrypted, and are dropped after use',
    ),
    portrait: say(
      '我同意留一张小照片，只给工作人员核对我本人时看',
      'A small picture may be kept, for staff to look at when they compare',
    ),
  },
}

/** The lines of the slip that the senior takes home: what was agreed to and how to end it. */
export function consentSlip(slip: { siteName: string; date: BusinessDate; what: readonly ConsentKind[] }): Bilingual[] {
  return [
    say(`${slip.siteName} 人脸开通回执 ${slip.date}`, `${slip.siteName}: face enrolment, ${slip.date}`),
    ...slip.what.map(kind => faceNotice.asks[kind]),
    say(`说明书第 ${faceNotice.version} 版`, `Notice, version ${faceNotice.version}`),
    say(
      '不想用了：到任何一个窗口说一声“关掉人脸”，当天就删，不用写理由；没联网的机器，一联网就删。',
      'To end it: say so at any counter. It is deleted the same day, in a machine without network once it has one; no reason is needed.',
    ),
    say(
      '家里人也可以陪您来，或替您的法定代理人来办。',
      'Somebody of your family, or whoever acts for you by law, can come too.',
    ),
    say(
      '关掉以后，刷卡、扫码、报姓名照常，补贴不变。',
      'Card, code and name go on as before, and so does the subsidy.',
    ),
  ]
}

/** What a look through the data folder after a deletion found. */
export interface ErasureSearch {
  readonly files: number
  readonly bytes: number
  readonly found: number
}

/** The lines that the screen shows after a withdrawal, and the slip prints. `what` was deleted here; nothing where nothing was kept here. */
export function erasureStatement(erased: {
  siteName: string
  date: BusinessDate
  what: readonly ConsentKind[]
  search: ErasureSearch
}): Bilingual[] {
  const names: Record<ConsentKind, Bilingual> = {
    face: say('人脸特征', 'the numbers of the face'),
    away: say('别的站点刷脸', 'recognition at other sites'),
    portrait: say('小照片', 'the picture'),
  }
  const list = (language: 'zh' | 'en') =>
    erased.what.map(kind => names[kind][language]).join(language === 'zh' ? '、' : ', ')
  return [
    say(`${erased.siteName} 删除凭条 ${erased.date}`, `${erased.siteName}: deletion, ${erased.date}`),
    ...(erased.what.length === 0
      ? [say('本机没有存这位的人脸。已记下：全部关掉。', 'Nothing of this face was kept here. Noted: all of it ends.')]
      : [say(`已删除：${list('zh')}`, `Deleted: ${list('en')}`), whatSearchFound(erased.search)]),
    say(
      '在别的窗口、别的站点开通过的，也关掉：平台收到后马上删，那里的机器下次联网就删。',
      'At other counters and sites it ends too: the province deletes its copy when it hears of this, each other till at its next sync.',
    ),
  ]
}

function whatSearchFound(search: ErasureSearch): Bilingual {
  return search.found === 0
    ? say(
        `删除后查了本机 ${search.files} 个文件，没有留下。密钥也已销毁。`,
        `Afterwards ${search.files} files of this machine were searched: nothing is left, and the key is destroyed.`,
      )
    : say(
        `已删除，密钥已销毁；本机还有 ${search.found} 处残留，已打不开，请维护人员看一下。`,
        `Deleted and its key destroyed; ${search.found} traces that nobody can open are left: support should look.`,
      )
}
