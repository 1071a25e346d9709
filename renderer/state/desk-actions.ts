import type { DeskView, FoundSenior, PricedView } from '../../shared/terminal-api.ts'
import { afterHold, ask, calls } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { handOverStaffPin } from './late-actions.ts'
import { handOverProxyPin } from './proxy-actions.ts'
import { handOverProxyDeskPin } from './proxy-desk-actions.ts'
import { isResting } from './resting.ts'
import { unlock } from './settings-actions.ts'
import { handOverStationPin, isStationPad } from './station-pins.ts'

const { getState: state, setState } = useCashier

/** Opens the desk; with an unknown card on the screen, to find whose it is. */
export async function openDesk(): Promise<void> {
  const { view } = state()
  setState({ syncOpen: false, answer: null })
  await afterHold()
  if (view.state === 'problem' && view.stranger && view.means === 'card')
    await ask(calls.openDeskWithCard({ checkIn: view.stranger }))
  else await ask(calls.openDesk())
}

/** Members whom the text fits; none while there is no line to the core. */
export async function findSeniors(text: string): Promise<FoundSenior[]> {
  try {
    return await calls.findSeniors({ text })
  } catch (error) {
    console.info('not searched:', error instanceof Error ? error.message : String(error))
    return []
  }
}

export function chooseSenior(senior: string): void {
  void ask(calls.chooseSenior({ senior }))
}

/** A whole name followed by the last four signs of the citizen number, as the province wants it; null for less. */
export function nameQuestion(text: string): { name: string; numberTail: string } | null {
  const [, name, numberTail] =
    /^\s*([\p{Script=Han}·]{2,})\s*(\d{3}[\dX])\s*$/u.exec(text.normalize('NFKC').toUpperCase()) ?? []
  return name && numberTail ? { name, numberTail } : null
}

export function askProvinceByName(question: { name: string; numberTail: string }): void {
  void ask(calls.askProvinceByName(question))
}

/** What Enter does at the desk: binds the card that waits, else serves the person. */
export function deskEnter(desk: DeskView): void {
  if (!desk.person) return
  void ask(desk.card ? calls.bindCard() : calls.serveSenior())
}

/** Reports a card lost, or found again. @param place of the card in the list, from 0 */
export function switchCard(desk: DeskView, place: number): void {
  const card = desk.person?.cards[place]
  if (card && !isResting()) void ask(calls.reportCard({ handle: card.handle, lost: !card.lost }))
}

/** The card that staff are about to take off this person; null while they are about none. */
export function cardToUnbind(desk: DeskView, handle: string | null) {
  return desk.person?.cards.find(card => card.handle === handle && card.bound) ?? null
}

/** Asks staff whether a card is to be taken off. */
export function askToUnbind(handle: string): void {
  setState({ unbinding: handle })
}

/** The key for it: the first card that staff bound, at each press the next one. Where there is none, the core says why. */
export function askToUnbindNext(desk: DeskView): void {
  const { cards = [] } = desk.person ?? {}
  const bound = cards.filter(card => card.bound)
  const next = bound[bound.findIndex(card => card.handle === state().unbinding) + 1] ?? bound[0]
  const [any] = cards
  if (next) setState({ unbinding: next.handle })
  else if (any) void ask(calls.unbindCard({ handle: any.handle }))
}

export function keepCard(): void {
  setState({ unbinding: null })
}

export function unbindCard(desk: DeskView): void {
  const card = cardToUnbind(desk, state().unbinding)
  setState({ unbinding: null })
  if (card) void ask(calls.unbindCard({ handle: card.handle }))
}

export function askForNewPin(desk: DeskView): void {
  if (desk.person) setState({ pinPad: { asks: 'set' } })
}

export function clearPin(desk: DeskView): void {
  if (desk.person && desk.person.pin !== 'none') void ask(calls.clearPin())
}

export function askForPin(priced: PricedView): void {
  if (priced.needs?.ways.includes('pin')) setState({ pinPad: { asks: 'enter', checkIn: priced.checkIn } })
}

/** Hands over what was entered; the pad stays open while it was wrong. */
export async function handOverPin(pin: string): Promise<boolean> {
  const pad = state().pinPad
  if (!pad) return false
  if (pad.asks === 'lead') {
    const done = await unlock(pad.operator, pin)
    if (done) closePinPad()
    return done
  }
  if (pad.asks === 'proxy') {
    const done = await handOverProxyPin(pad.checkIn, pad.operator, pin)
    if (done) closePinPad()
    return done
  }
  if (pad.asks === 'proxy-desk') {
    const done = await handOverProxyDeskPin(pad.operator, pin)
    if (done) closePinPad()
    return done
  }
  if (pad.asks === 'approve' || pad.asks === 'set-own') {
    const done = await handOverStaffPin(pad, pin)
    if (done) closePinPad()
    return done
  }
  if (isStationPad(pad)) return handOverStationPin(pad, pin)
  const taken = await ask(pad.asks === 'set' ? calls.setPin({ pin }) : calls.enterPin({ checkIn: pad.checkIn, pin }))
  const { view } = state()
  const again = pad.asks === 'set' || (view.state === 'priced' && view.needs?.ways.includes('pin') === true)
  if (taken || !again) setState({ pinPad: null })
  return taken
}

export function closePinPad(): void {
  setState({ pinPad: null })
}

export function comparePerson(priced: PricedView): void {
  if (priced.needs?.ways.includes('staff')) void ask(calls.comparePerson({ checkIn: priced.checkIn }))
}

export function takeListPrice(priced: PricedView): void {
  if (priced.needs) void ask(calls.takeListPrice({ checkIn: priced.checkIn }))
}

/** Asks who the person on the screen is, where only the province can know. */
export function askProvince(): void {
  const { view } = state()
  const checkIn =
    view.state === 'problem' ? view.stranger : view.state === 'priced' && view.askable ? view.checkIn : null
  if (checkIn) void ask(calls.askProvince({ checkIn }))
}
