import { shippedModel } from '../../../shared/face/shipped-model.ts'
import { checkInId, operatorId } from '../../../shared/ids.ts'
import type { KioskNow, KioskView } from '../../../shared/kiosk-api.ts'
import { tenderKind } from '../../../shared/site.ts'
import { customerView, menu, noon } from './fixtures.ts'

export const kioskCheckIn = checkInId.parse('01a1f5ee-4e70-70ec-ad4d-8532449f6db2')
const zhang = { surname: '张', title: 'female' } as const
const setA = menu[0]?.name ?? { zh: '套餐 A', en: 'Set A' }

let turns = 0

/** A kiosk at lunch, with what stands on it. */
export function kioskView(now: KioskNow = { state: 'idle' }, change: Partial<KioskView> = {}): KioskView {
  turns += 1
  const { siteName, fictional, meal, voice, atCamera, sampleAt } = customerView()
  const [set] = menu
  return {
    ...{ siteName, fictional, meal, now, voice, atCamera, sampleAt },
    front: 'kiosk',
    set: set
      ? { name: set.name, dish: { zh: '红烧鸡腿、炒青菜、米饭', en: 'Braised chicken, greens, rice' }, priceFen: 1500 }
      : null,
    closed: null,
    face: { ...shippedModel, headTurn: false },
    helpSince: null,
    staff: [
      { id: operatorId.parse('sun'), name: '孙敏' },
      { id: operatorId.parse('li'), name: '李建华' },
    ],
    turn: now.state === 'idle' ? 'ready' : `turn ${turns}`,
    ...change,
  }
}

export const choosing: Extract<KioskNow, { state: 'choosing' }> = {
  ...{ state: 'choosing', checkIn: kioskCheckIn, ...zhang, set: setA, listFen: 1500, at: noon },
}

const meal = {
  ...{ ...zhang, set: setA, listFen: 1500, offFen: 750, ownPayFen: 750, tender: tenderKind.enum.account },
  ...{ pending: false, madeGoodFen: 0, at: noon },
} as const

export function pricedNow(change: Partial<Extract<KioskNow, { state: 'priced' }>> = {}): KioskNow {
  return { state: 'priced', checkIn: kioskCheckIn, digest: 'digest', already: false, ...meal, ...change }
}

export const confirmedNow: KioskNow = { state: 'confirmed', ...meal }

/** Every state of the kiosk that the core can bring about. */
export const kioskStates: readonly { readonly name: string; readonly view: () => KioskView; readonly shows: string }[] =
  [
    { name: 'kiosk-welcome', view: () => kioskView(), shows: '请选一种方式' },
    { name: 'kiosk-no-face', view: () => kioskView({ state: 'idle' }, { face: null }), shows: '请选一种方式' },
    { name: 'kiosk-reading', view: () => kioskView({ state: 'reading' }), shows: '正在读，请稍等' },
    { name: 'kiosk-choosing', view: () => kioskView(choosing), shows: '输密码' },
    { name: 'kiosk-priced', view: () => kioskView(pricedNow()), shows: '就这份，请出餐' },
    {
      name: 'kiosk-list-price',
      view: () => kioskView(pricedNow({ offFen: 0, ownPayFen: 1500, pending: true })),
      shows: '查实后补给您',
    },
    { name: 'kiosk-confirmed', view: () => kioskView(confirmedNow), shows: '好了，请取餐' },
    { name: 'kiosk-already', view: () => kioskView(pricedNow({ already: true })), shows: '这一餐已经登记好了' },
    {
      name: 'kiosk-asking',
      view: () => kioskView({ state: 'asking', look: kioskCheckIn, ...zhang, at: noon }),
      shows: '是我',
    },
    { name: 'kiosk-helping', view: () => kioskView({ state: 'helping' }), shows: '请稍等，我们来办' },
    {
      name: 'kiosk-unread',
      view: () => kioskView({ state: 'problem', code: 'CARD_UNREAD', values: {}, looksAgain: false, at: noon }),
      shows: '请把卡平放，停两秒',
    },
    {
      name: 'kiosk-look-again',
      view: () => kioskView({ state: 'problem', code: 'FACE_TRY_AGAIN', values: {}, looksAgain: true, at: noon }),
      shows: '再看一次',
    },
    {
      name: 'kiosk-lost-card',
      view: () => kioskView({ state: 'problem', code: 'CARD_LOST', values: {}, looksAgain: false, at: noon }),
      shows: '我们来办',
    },
    {
      name: 'kiosk-not-meal-time',
      view: () =>
        kioskView(
          { state: 'idle' },
          { closed: { code: 'NOT_MEAL_TIME', values: { time: '16:30' } }, set: null, meal: null },
        ),
      shows: '16:30',
    },
    {
      name: 'kiosk-closed',
      view: () => kioskView({ state: 'idle' }, { closed: { code: 'DISK_LOW', values: {} } }),
      shows: '自助取餐先歇一会儿',
    },
    {
      name: 'kiosk-help-called',
      view: () => kioskView({ state: 'idle' }, { helpSince: noon }),
      shows: '已经叫了工作人员',
    },
  ]
