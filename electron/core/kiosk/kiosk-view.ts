import type { KioskNow, KioskView } from '../../../shared/kiosk-api.ts'
import { surnameOf } from '../../../shared/person-names.ts'
import type { Site } from '../../../shared/site.ts'
import type { OpenCheckIn } from '../check-in-state.ts'
import { customerViewOf, type ViewParts } from '../views.ts'
import { turnOf } from './kiosk-desk.ts'
import { hasToChoose } from './kiosk-rules.ts'

/** The kiosk's page: what the public screen may show, and the ids that its keys need. @param speaks as of the public screen */
export function kioskViewOf(parts: ViewParts, speaks: boolean): KioskView {
  const { siteName, fictional, meal, now, atCamera, voice, sampleAt } = customerViewOf(parts, speaks)
  const site = parts.site()
  const set = defaultSet(parts, site)
  const face = parts.faces.view()
  const kiosk = parts.kiosk()
  return {
    ...{ siteName, fictional, meal, atCamera, voice, sampleAt },
    front: kiosk?.front ?? 'kiosk',
    set: set && { name: set.name, dish: set.dish, priceFen: set.priceFen },
    closed: closedOf(parts),
    face:
      face?.on && face.oneToMany ? { engine: face.engine, modelHash: face.modelHash, headTurn: face.headTurn } : null,
    helpSince: kiosk?.helpSince ?? null,
    staff: (site?.operators ?? []).map(({ id, name }) => ({ id, name })),
    turn: turnOf(parts.checkIns.state()),
    now: kioskNow(parts, now),
  }
}

function defaultSet({ checkIns }: ViewParts, site: Site | null) {
  const { set } = checkIns.choice()
  return site?.menu.find(({ id }) => id === set) ?? null
}

function closedOf({ obstacle: obstacleNow }: ViewParts): KioskView['closed'] {
  const obstacle = obstacleNow()
  if (obstacle === null) return null
  const { time } = obstacle.values
  return { code: obstacle.code, values: time === undefined ? {} : { time: String(time) } }
}

function kioskNow(parts: ViewParts, shown: ReturnType<typeof customerViewOf>['now']): KioskNow {
  const state = parts.checkIns.state()
  if (state.state === 'problem' && state.stranger !== null) return choosing(parts, state.stranger, state.another)
  if (state.state === 'priced' && hasToChoose(state)) return choosing(parts, state.open, state.another)
  if (state.state === 'face-to-confirm') {
    // Nobody is here who could compare the person.
    if (state.result !== 'person-confirms')
      return { state: 'problem', code: 'FACE_NO_MATCH', values: {}, looksAgain: false, at: state.at }
    return { state: 'asking', look: state.open.id, ...somebody(parts, state.open), at: state.at }
  }
  if (shown.state === 'problem')
    return { ...shown, looksAgain: shown.code === 'FACE_TRY_AGAIN' || shown.code === 'FACE_NO_TURN' }
  if (shown.state === 'asking') return { state: 'helping' }
  if (!('ownPayFen' in shown)) return shown
  if (state.state === 'confirmed') return { ...shown, state: 'confirmed' }
  // What one payer pays for several is the staff's.
  if (state.state !== 'priced') return { state: 'idle' }
  const already = state.attention.some(({ code }) => code === 'DUPLICATE_TAP')
  return { ...shown, state: 'priced', checkIn: state.open.id, digest: state.priced.shown, already }
}

function choosing(parts: ViewParts, open: OpenCheckIn, another: number | null): KioskNow {
  const set = parts.site()?.menu.find(({ id }) => id === open.set)
  if (set === undefined) return { state: 'helping' }
  const { name, priceFen } = set
  const shown = { ...somebody(parts, open), set: name, listFen: priceFen, at: open.at }
  return { state: 'choosing', checkIn: open.id, ...shown, ...(another === null ? {} : { another }) }
}

function somebody({ roster }: ViewParts, { senior }: OpenCheckIn) {
  const person = senior === null ? null : roster.bySenior(senior)
  return person?.kind === 'full'
    ? { surname: surnameOf(person.name), title: person.sex }
    : { surname: null, title: null }
}
