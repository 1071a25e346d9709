import { mostTries } from '../../../shared/face/decide.ts'
import type { FaceToConfirmView } from '../../../shared/face-api.ts'
import { checkInId, type SeniorId } from '../../../shared/ids.ts'
import { maskName } from '../../../shared/person-names.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { CheckInState, FaceToConfirm } from '../check-in-state.ts'
import { createFaceDesk, type FaceDesk } from '../face/face-desk.ts'
import type { VisitDeskState } from './desk-state.ts'
import type { ShownBy } from './open-visit.ts'
import type { VisitHouse } from './visit-house.ts'

/** What faces need of the station's desk. */
export interface FacePlace {
  isOpen(): boolean
  inQueue<T>(work: () => Promise<T> | T): Promise<T>
  /** A person said that it is they; like a card of theirs from here on. */
  arrive(senior: SeniorId, by: ShownBy): Promise<void>
  tell(code: ProblemCode, values?: Notice['values']): void
  onChange(): void
}

export interface VisitFaces {
  readonly desk: FaceDesk
  /** Who was found and waits for staff to say whether it is they; null where nobody is. */
  asked(): FaceToConfirm | null
  /** Another person, or another screen: what was found by the face is nobody's any more. */
  forget(): void
}

/** Faces at the station: the till's own way of looking, with the station's desk in place of the check-in. */
export function createVisitFaces(house: VisitHouse, place: FacePlace): VisitFaces {
  const { clock } = house
  let state: CheckInState = { state: 'ready' }

  const desk = createFaceDesk(house.face, {
    state: () => state,
    set(next) {
      state = next
      place.onChange()
    },
    inQueue: place.inQueue,
    makesWay: async () => place.isOpen(),
    obstacle() {
      const hand = house.hand()
      return 'result' in hand ? hand.notice : null
    },
    // Whoever shows their face again signs out, or is told that the visit has just begun.
    tellRepeat: () => false,
    // No meal is chosen here: of a check-in a face carries who came, and how.
    blank: () => ({
      ...{ id: checkInId.parse(clock.mint()), at: clock.now(), set: '', channel: 'dine-in', held: true },
      ...{ tender: house.site()?.defaultTender ?? 'cash', first: null, paid: null, more: [] },
      ...{ parked: false, proxy: null },
    }),
    begin: () => undefined,
    // What staff compared is written with the visit, under its own id.
    compared: async () => ({ result: 'done' }),
    async arrive({ senior, assurance, device }) {
      state = { state: 'ready' }
      if (senior === null || device === null) return
      const shown = { id: device.id, eventId: device.eventId }
      const compared = assurance === 'verified'
      await place.arrive(senior, {
        ...{ means: 'face', assurance: assurance ?? 'presented', device: shown, compared, proxy: null },
      })
    },
    problem(code, { faceTries = 0, values = {} }) {
      const none = { stranger: null, already: null, another: null }
      state = { state: 'problem', code, values, means: 'face', faceTries, ...none, at: clock.now() }
      place.tell(code, values)
    },
  })

  return {
    desk,
    asked: () => (state.state === 'face-to-confirm' ? state : null),
    forget() {
      state = { state: 'ready' }
    },
  }
}

/** Whose face may be looked at for this screen: one person's where it is about one, all members' on the list; null where a face adds nothing. */
export function faceWantedOf(house: VisitHouse, desk: VisitDeskState): 'members' | SeniorId | null {
  const rules = house.face.setting.rules()
  if (rules === null || desk.state === 'rating') return null
  if (desk.state === 'list') return 'members'
  const visit = desk.state === 'visit' ? house.openVisits.of(desk.visit) : null
  const byName = desk.state === 'arriving' && desk.draft.by.means === 'manual' ? desk.draft.senior : null
  const senior = visit?.senior ?? byName
  // Whom the roster has no more, or who agreed to nothing, is not looked at.
  if (senior === null || !house.roster.isMember(senior)) return null
  return house.face.faces.templateOf(senior, rules) === null ? null : senior
}

/** The question to staff; null where nobody was found, or who was found has left the roster since. */
export function faceAskedView(house: VisitHouse, asked: FaceToConfirm | null): FaceToConfirmView | null {
  const senior = asked?.open.senior ? house.member(asked.open.senior) : null
  if (asked === null || senior === null) return null
  return {
    state: 'face-to-confirm',
    look: asked.open.id,
    name: maskName(senior.name),
    sex: senior.sex,
    confirmBy: asked.result === 'person-confirms' ? 'anybody' : 'staff',
    portrait: house.face.faces.portraitOf(senior.id) !== null,
    triesLeft: Math.max(0, mostTries - asked.tries - 1),
    at: asked.at,
  }
}
