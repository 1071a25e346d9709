import type { FaceToConfirmView } from '../../shared/face-api.ts'
import type { StationView } from '../../shared/visit-api.ts'
import { openAfterwards } from './afterwards-actions.ts'
import { switchLanguage, syncNow } from './cashier-actions.ts'
import { useCashier } from './cashier-store.ts'
import { openClose } from './close-actions.ts'
import { confirmFace } from './face-actions.ts'
import {
  type Arriving,
  allSeen,
  asksToCompare,
  asksWhatWasSeen,
  backToKinds,
  backToList,
  begin,
  chooseAnew,
  chooseKind,
  chooseOrder,
  chooseSeen,
  chooseService,
  chooseVisitTender,
  closeStation,
  compare,
  earlyReasons,
  endFollowUp,
  finish,
  type Leaving,
  lastDone,
  leave,
  leaveEarly,
  lookAt,
  pauseOrGoOn,
  pressCarer,
  pressLine,
  type Running,
  rate,
  showNine,
  showPanel,
  takeBack,
  takeVisitListPrice,
} from './station-actions.ts'
import {
  goingOn,
  isAnsweredByPhone,
  isNext,
  kindKeys,
  kindsOf,
  nextNine,
  nineOf,
  offersBegin,
  stepOf,
} from './station-choices.ts'
import { notThisFaceHere, pressStationFace } from './station-face.ts'
import {
  enterLateVisit,
  lateService,
  lateServices,
  lateTender,
  nextLateApprover,
  nextLateCarer,
  nextLateReason,
  nextLateVisit,
  openLateVisit,
  stepLateDay,
} from './station-late.ts'
import { closePhones, openPhones, phonesOf, setUpPhone } from './station-phones.ts'
import { openProxies, pressProxy, proxiesAt } from './station-proxies.ts'
import { useStation } from './station-store.ts'

const { getState: state, setState } = useStation
const isEnter = (code: string) => code === 'Enter' || code === 'NumpadEnter'
const isFind = (code: string) => code === 'Slash' || code === 'NumpadDivide'
const tenderKeys = ['KeyQ', 'KeyW', 'KeyE']

/** What a key does on the station's screen, which has the keys to itself. False where it does not stand there. */
export function actOnStation(code: string, digit: number | null): boolean {
  const { view, panel } = state()
  const { terminal, syncOpen, cameraOpen } = useCashier.getState()
  if (view === null || !view.open || !terminal?.shift || syncOpen || cameraOpen) return false
  if (code === 'KeyL') switchLanguage()
  else if (code === 'F12') openClose()
  else if (code === 'F10') openAfterwards()
  else if (view.asked !== null) actOnFaceAsked(code, view.asked)
  else if (code === 'F1' && panel === 'desk') pressStationFace(view)
  else if (panel === 'late') actOnLate(code, digit)
  else if (panel === 'follow-ups') actOnFollowUps(code, digit)
  else if (panel === 'line') actOnLine(code)
  else if (panel === 'phones') actOnPhones(code, digit, view)
  else if (actOnProxies(code, digit, view.desk)) return true
  else if (view.desk.state === 'arriving') actOnArriving(code, digit, view, view.desk)
  else if (view.desk.state === 'visit') actOnVisit(code, digit, view, view.desk)
  else if (view.desk.state === 'leaving') actOnLeaving(code, digit, view.desk)
  else if (view.desk.state === 'rating') actOnRating(code, digit, view.desk.visit.visit)
  else actOnList(code, digit, view)
  return true
}

function actOnFaceAsked(code: string, asked: FaceToConfirmView): void {
  if (isEnter(code)) confirmFace(asked)
  else if (code === 'Escape') void notThisFaceHere(asked)
}

/** The search of the screen that stands there. */
export const toSearch = () => document.querySelector<HTMLInputElement>('[data-sale-search]')?.focus()

function lookAtPlace(view: StationView, digit: number): void {
  const { visit } = goingOn(view.day)[digit - 1] ?? {}
  if (visit) lookAt(visit)
}

function actOnList(code: string, digit: number | null, view: StationView): void {
  if (digit !== null) lookAtPlace(view, digit)
  else if (isFind(code) || isEnter(code)) toSearch()
  else if (code === 'KeyB') void openLateVisit()
  else if (code === 'KeyF') showPanel('follow-ups')
  else if (code === 'KeyP') openPhones()
  else if (code === 'F9') {
    const last = lastDone()
    if (last) pressLine(last)
  } else if (code === 'KeyS') void syncNow()
  else if (code === 'Escape') closeStation()
}

function actOnArriving(code: string, digit: number | null, view: StationView, desk: Arriving): void {
  const { choosing, seen } = state()
  const step = stepOf(desk, choosing)
  if (code === 'KeyS') chooseAnew('service')
  else if (code === 'KeyC') chooseAnew('carer')
  else if (code === 'KeyM') chooseAnew('code')
  else if (code === 'KeyA' && step === 'carer' && isAnsweredByPhone(view)) chooseAnew('answer')
  else if (isEnter(code)) {
    if (offersBegin(desk, step)) begin(desk)
  } else if (step === 'service') actOnServices(code, digit, view, desk)
  else if (code === 'Escape') backToList()
  else if (step === 'carer') actOnCarers(code, digit, view)
  else if (digit !== null && desk.service && asksWhatWasSeen(desk.service)) {
    const chosen = allSeen[digit - 1]
    if (chosen !== undefined && chosen !== seen) chooseSeen(chosen)
  }
}

/** The key of the registered proxies, and their list while it stands there. False where the key is another's. */
function actOnProxies(code: string, digit: number | null, desk: StationView['desk']): boolean {
  const proxies = proxiesAt(desk)
  if (proxies === null) return false
  const isListed = state().choosing === 'proxy'
  const proxy = isListed && digit !== null ? proxies[digit - 1] : undefined
  if (code === 'KeyD') openProxies(desk)
  else if (isListed && code === 'Escape') chooseAnew('proxy')
  else if (proxy) pressProxy(proxy)
  // As they come and as they leave the keys beside the list stay; in a running visit it has the screen to itself.
  else return isListed && (digit !== null || desk.state === 'visit')
  return true
}

function actOnServices(code: string, digit: number | null, view: StationView, desk: Arriving): void {
  const { kind, nine } = state()
  const kinds = kindsOf(view.station?.services ?? [])
  if (kind === null) {
    const order = digit === null ? undefined : desk.orders[digit - 1]
    const chosen = kinds[kindKeys.indexOf(code.replace('Key', ''))]
    if (order) chooseOrder(order.order)
    else if (chosen) chooseKind(chosen.kind, chosen.services)
    else if (code === 'Escape') backToList()
    return
  }
  const services = kinds.find(choice => choice.kind === kind)?.services ?? []
  const service = digit === null ? undefined : nineOf(services, nine).shown[digit - 1]
  if (service) chooseService(service)
  else if (isNext(code)) showNine(nextNine(services.length, nine))
  else if (code === 'Escape') backToKinds()
}

function actOnCarers(code: string, digit: number | null, view: StationView): void {
  const { nine } = state()
  const carers = view.station?.carers ?? []
  const carer = digit === null ? undefined : nineOf(carers, nine).shown[digit - 1]
  if (carer) pressCarer(carer)
  else if (isNext(code)) showNine(nextNine(carers.length, nine))
}

function actOnVisit(code: string, digit: number | null, view: StationView, desk: Running): void {
  const { choosing } = state()
  if (code === 'Escape') {
    if (choosing === null) backToList()
    else setState({ choosing: null })
  } else if (code === 'KeyE') chooseAnew('early')
  else if (code === 'KeyC') chooseAnew('carer')
  else if (code === 'KeyP') pauseOrGoOn(desk)
  else if (choosing === 'early') {
    const reason = digit === null ? undefined : earlyReasons[digit - 1]
    if (reason) leaveEarly(desk.visit.visit, reason)
  } else if (choosing === 'carer' && code === 'KeyA' && isAnsweredByPhone(view)) chooseAnew('answer')
  else if (choosing === 'carer') actOnCarers(code, digit, view)
  else if (choosing === 'answer') return
  else if (isEnter(code)) leave(desk)
  else if (digit !== null) lookAtPlace(view, digit)
}

function actOnLeaving(code: string, digit: number | null, desk: Leaving): void {
  const reason = digit === null || desk.early === null ? undefined : earlyReasons[digit - 1]
  if (code === 'KeyV' && desk.proof !== 'enough') compare(desk)
  else if (code === 'KeyB' && asksToCompare(desk)) takeVisitListPrice(desk)
  else if (isEnter(code)) {
    if (!asksToCompare(desk)) finish(desk)
  } else if (reason) leaveEarly(desk.visit.visit, reason)
  else if (code === 'Escape') backToList()
  else if (tenderKeys.includes(code) && !asksToCompare(desk)) chooseVisitTender(desk, tenderKeys.indexOf(code))
}

function actOnRating(code: string, digit: number | null, visit: string): void {
  if (digit === 1) rate(visit, 3)
  else if (digit === 2) rate(visit, 2)
  else if (digit === 3) rate(visit, 1)
  else if (code === 'Escape') rate(visit, null)
}

function actOnLate(code: string, digit: number | null): void {
  const { late, view, nine } = state()
  const services = lateServices(view)
  const service = digit === null ? undefined : nineOf(services, nine).shown[digit - 1]
  const tender = useCashier.getState().terminal?.tenders[tenderKeys.indexOf(code)]
  if (code === 'Escape') showPanel('desk')
  else if (isEnter(code)) late?.recorded ? nextLateVisit() : enterLateVisit()
  else if (late?.recorded) return
  else if (isFind(code)) toSearch()
  else if (service) lateService(service.id)
  else if (isNext(code)) showNine(nextNine(services.length, nine))
  else if (tender) lateTender(tender.kind)
  else if (code === 'KeyT') document.querySelector<HTMLInputElement>('[data-late-from]')?.focus()
  else lateKeys[code]?.()
}

const lateKeys: Readonly<Record<string, () => void>> = {
  KeyA: () => stepLateDay(-1),
  KeyD: () => stepLateDay(1),
  KeyC: nextLateCarer,
  KeyR: nextLateReason,
  KeyV: nextLateApprover,
}

function actOnLine(code: string): void {
  const { line } = state()
  if (code === 'Escape') showPanel('desk')
  else if (isEnter(code) && line?.takesBack) takeBack(line)
}

function actOnPhones(code: string, digit: number | null, view: StationView): void {
  const { phoneOf, phoneLink, nine } = state()
  const carers = phonesOf(view)
  const carer = digit === null ? undefined : nineOf(carers, nine).shown[digit - 1]
  const chosen = carers.find(one => one.carer === phoneOf)
  if (phoneLink !== null) {
    if (isEnter(code) || code === 'Escape') closePhones()
  } else if (code === 'Escape') showPanel('desk')
  else if (carer) setState({ phoneOf: carer.carer })
  else if (isNext(code)) showNine(nextNine(carers.length, nine))
  else if (chosen && isEnter(code)) void setUpPhone(chosen.carer, true)
  else if (chosen?.phone && code === 'KeyX') void setUpPhone(chosen.carer, false)
}

function actOnFollowUps(code: string, digit: number | null): void {
  const { view, followUp } = state()
  if (code === 'Escape') followUp ? setState({ followUp: null, note: '' }) : showPanel('desk')
  else if (followUp !== null) {
    if (digit === 1) void endFollowUp('well')
    if (digit === 2) void endFollowUp('unwell')
  } else if (digit !== null) setState({ followUp: view?.followUps[digit - 1] ?? null })
}
