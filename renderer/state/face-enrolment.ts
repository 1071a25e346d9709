import { type ConsentGiver, type ConsentKind, type EnrolmentCheck, faceNotice } from '../../shared/face/consent.ts'
import { answerOf, ask, calls } from './cashier-actions.ts'
import { type Enrolment, type FacePerson, type GiverDraft, useCashier } from './cashier-store.ts'
import { captureFace } from './face-capture.ts'
import { cutPortrait } from './face-portrait.ts'
import { readFaceStatus } from './face-status.ts'

const { getState: state, setState, subscribe } = useCashier

export const checks: readonly EnrolmentCheck[] = ['document', 'card', 'code', 'known']
export const self: GiverDraft = { who: 'senior', name: '', relation: '' }

/** Who agrees; null while name or relation of an agent are missing. */
export function giverOf({ who, name, relation }: GiverDraft): ConsentGiver | null {
  if (who === 'senior') return { who }
  const agent = { who, name: name.trim(), relation: relation.trim() }
  return agent.name === '' || agent.relation === '' ? null : agent
}

let taking: AbortController | null = null

export function changeEnrolment(change: Partial<Enrolment>): void {
  const { enrolment } = state()
  if (enrolment !== null) setState({ enrolment: { ...enrolment, ...change } })
}

export function startEnrolment(person: FacePerson): void {
  const enrolment: Enrolment = {
    ...{ person, step: 'check', giver: self, id: null, checked: null, heard: 0, reading: 0, large: false },
    ...{ away: null, portrait: null, portraitJpeg: null, taken: 0, taking: false, quality: 0, hint: null, slip: [] },
  }
  setState({ personFace: null, answer: null, enrolment })
}

/** The document was looked at, and it is clear who decides: the core opens a session. */
export async function beginEnrolment(): Promise<void> {
  const { enrolment } = state()
  if (!enrolment?.checked || giverOf(enrolment.giver) === null) return
  const { person, checked } = enrolment
  const begun = await answerOf(calls.face.begin({ senior: person.senior, checked }))
  if (begun !== null) changeEnrolment({ id: begun.enrolment, step: 'notice' })
}

/** A sentence of the notice was read to its end; the next one is marked. @param place of the sentence, from 0 */
export function sentenceRead(place: number): void {
  const { enrolment } = state()
  if (enrolment?.step !== 'notice' || place !== enrolment.reading || place >= faceNotice.sentences.length) return
  changeEnrolment({ reading: place + 1, heard: Math.max(enrolment.heard, place + 1) })
}

export const heardAll = ({ heard }: Enrolment) => heard >= faceNotice.sentences.length

/** They agree to be known by the face; what goes beyond is asked apart. */
export function agreeToFace(): void {
  const { enrolment } = state()
  if (enrolment?.step === 'notice' && heardAll(enrolment)) changeEnrolment({ step: 'extras' })
}

function agreedIn({ away, portrait }: Enrolment): ConsentKind[] {
  return ['face', ...(away ? (['away'] as const) : []), ...(portrait ? (['portrait'] as const) : [])]
}

/** Hands the choices over: all of them were made, each for itself. Again from the trial, it begins the photos anew. */
export async function giveConsent(): Promise<void> {
  const { enrolment } = state()
  const by = enrolment && giverOf(enrolment.giver)
  if (!enrolment?.id || by === null || enrolment.taking) return
  if (enrolment.away === null || enrolment.portrait === null || !heardAll(enrolment)) return
  const { id, person } = enrolment
  const given = { enrolment: id, notice: faceNotice.version, heardAll: true as const, by, what: agreedIn(enrolment) }
  if ((await ask(calls.face.consent(given))) && isStill(person))
    changeEnrolment({ step: 'photos', taken: 0, portraitJpeg: null, quality: 0, hint: null })
}

function isStill(person: FacePerson): boolean {
  return state().enrolment?.person === person
}

/** Runs one capture at a time, begun by a key; leaving the enrolment ends it. */
async function take(options: Omit<Parameters<typeof captureFace>[0], 'signal' | 'onSeen'>): Promise<boolean> {
  const { enrolment } = state()
  if (!enrolment || enrolment.taking) return false
  const mine = new AbortController()
  taking = mine
  setState({ answer: null })
  changeEnrolment({ taking: true, quality: 0, hint: null })
  const told = await captureFace({ ...options, signal: mine.signal, onSeen: changeEnrolment })
  if (taking !== mine) return false
  taking = null
  changeEnrolment({ taking: false })
  if (told !== null) setState({ answer: told })
  return told === null
}

/** One of the three photos; from the last one the small picture is cut, where it was agreed to. */
export async function takePhoto(): Promise<void> {
  const { enrolment } = state()
  const id = enrolment?.id
  if (!enrolment || !id) return
  let counted = enrolment.taken
  let isLast = false
  let portrait: string | null = null
  const counts = await take({
    async take(frame, { box }, picture) {
      const answer = await calls.face.photo({ enrolment: id, frame })
      if (answer.result === 'refused') {
        const again = answer.notice.code === 'FACE_PHOTO_DIFFERS' || answer.notice.code === 'FACE_UNCLEAR'
        return again ? { more: answer.notice } : { told: answer.notice }
      }
      counted = answer.taken
      isLast = answer.taken >= answer.needed
      if (isLast && enrolment.portrait) portrait = await cutPortrait(picture, box)
      return 'enough'
    },
  })
  if (!counts) return
  if (isLast && enrolment.portrait && !(await keepPortrait(id, portrait))) {
    await giveConsent()
    setState({ answer: { code: 'PORTRAIT_BAD', values: {} } })
    return
  }
  if (state().enrolment?.id === id) changeEnrolment({ taken: counted, ...(isLast ? { step: 'trial' } : {}) })
}

async function keepPortrait(id: string, jpeg: string | null): Promise<boolean> {
  const kept = jpeg !== null && (await ask(calls.face.takePortrait({ enrolment: id, jpeg })))
  if (kept) changeEnrolment({ portraitJpeg: jpeg })
  return kept
}

/** One more frame must be known again; then all is stored at once, and not before. */
export async function tryOut(): Promise<void> {
  const id = state().enrolment?.id
  if (!id) return
  const known = await take({
    async take(frame) {
      const answer = await calls.face.tryOut({ enrolment: id, frame })
      return answer.result === 'done' ? 'enough' : { told: answer.notice }
    },
  })
  if (!known) return
  const finished = await answerOf(calls.face.finish({ enrolment: id }))
  if (finished !== null && state().enrolment?.id === id)
    changeEnrolment({ step: 'slip', slip: finished.slip, id: null, portraitJpeg: null })
}

/** Leaves the enrolment; what was taken and not yet stored is forgotten, here and in the core. */
export function leaveEnrolment(): void {
  const { enrolment } = state()
  taking?.abort()
  taking = null
  setState({ enrolment: null })
  if (enrolment?.id) void ask(calls.face.cancel({ enrolment: enrolment.id }))
  if (enrolment?.step === 'slip') void readFaceStatus(enrolment.person.senior)
}

/** A card, a code or anything else that leaves the person at the desk ends the enrolment of their face, too. */
export function watchEnrolment(): void {
  subscribe(({ view, enrolment, personFace }, before) => {
    if (view === before.view) return
    const senior = view.state === 'desk' ? view.person?.senior : undefined
    if (enrolment && enrolment.person.senior !== senior) leaveEnrolment()
    if (personFace && personFace.person.senior !== senior) setState({ personFace: null })
  })
}
