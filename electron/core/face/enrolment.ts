import { toBase64Url } from '../../../shared/bytes.ts'
import type { FaceFrame } from '../../../shared/credential.ts'
import {
  type ConsentGiver,
  type ConsentKind,
  consentSlip,
  consentsFit,
  type EnrolmentCheck,
  faceNotice,
} from '../../../shared/face/consent.ts'
import { type Embedding, faceDistance, photosForTemplate, templateOf } from '../../../shared/face/embedding.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { Bilingual } from '../../../shared/site.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { ConsentActs } from './consent-acts.ts'
import { type FaceDeskParts, numbersIn } from './face-parts.ts'
import { judgeOne } from './judge.ts'

/** An enrolment that nobody goes on with is forgotten after this long (ms). */
const patience = 15 * 60_000
const mostPortraitBytes = 20 * 1024

interface Session {
  readonly id: string
  readonly at: number
  readonly senior: SeniorId
  readonly checked: EnrolmentCheck
  consent: { notice: string; by: ConsentGiver; what: ConsentKind[] } | null
  /** See `ConsentActs.withdrawals`, when the senior consented. */
  withdrawals: number
  photos: { eventId: string; numbers: Embedding }[]
  tried: boolean
  portrait: Uint8Array | null
}

type Refused = { result: 'refused'; notice: Notice }
type Answer<T = object> = ({ result: 'done' } & T) | Refused

/** One enrolment at a time, held in memory until it is whole: what is broken off leaves nothing. */
export interface FaceEnrolment {
  begin(senior: SeniorId, checked: EnrolmentCheck): Answer<{ enrolment: string }>
  consent(id: string, given: { notice: string; by: ConsentGiver; what: ConsentKind[] }): Answer
  photo(id: string, frame: FaceFrame): Answer<{ taken: number; needed: number }>
  tryOut(id: string, frame: FaceFrame): Answer
  takePortrait(id: string, jpeg: Uint8Array): Answer
  finish(id: string): Promise<Answer<{ record: string; slip: Bilingual[] }>>
  cancel(id: string): Answer
}

const done = { result: 'done' } as const

export function createFaceEnrolment(parts: FaceDeskParts, acts: ConsentActs): FaceEnrolment {
  const { roster, setting, clock } = parts
  let session: Session | null = null

  const refuse = (code: ProblemCode, values: Notice['values'] = {}): Refused => ({
    result: 'refused',
    notice: { code, values },
  })

  function at(id: string): { session: Session } | Refused {
    if (setting.rules() === null) {
      session = null
      return refuse('FACE_OFF')
    }
    const isWithdrawn =
      session !== null && session.consent !== null && acts.withdrawals(session.senior) !== session.withdrawals
    if (session?.id !== id || isWithdrawn || clock.now() - session.at > patience) {
      session = null
      return refuse('ENROLMENT_OVER')
    }
    return { session }
  }

  /** A frame of an enrolment whose consent covers the face. */
  function frameAt(id: string, frame: FaceFrame) {
    const place = at(id)
    if ('result' in place) return place
    if (!place.session.consent?.what.includes('face')) return refuse('ENROLMENT_STEP')
    const rules = setting.rules()
    const numbers = rules && numbersIn(rules, frame, [frame.embedding])
    if (!rules || !numbers) return refuse('FACE_ENGINE_DIFFERS')
    const [only] = numbers
    if (only === undefined || frame.hints.some(hint => hint === 'no-face' || hint === 'several-faces'))
      return refuse('FACE_UNCLEAR')
    const again = place.session.photos.some(({ eventId }) => eventId === frame.eventId)
    return again ? refuse('FACE_UNCLEAR') : { session: place.session, rules, numbers: only }
  }

  return {
    begin(senior, checked) {
      session = null
      if (setting.rules() === null) return refuse('FACE_OFF')
      const stopped = parts.stopped()
      if (stopped) return { result: 'refused', notice: stopped }
      if (parts.operator() === null) return refuse('NO_SHIFT')
      if (!roster.isMember(senior)) return refuse('FACE_MEMBERS_ONLY')
      session = {
        ...{ id: clock.mint(), at: clock.now(), senior, checked },
        ...{ consent: null, withdrawals: 0, photos: [], tried: false, portrait: null },
      }
      return { ...done, enrolment: session.id }
    },
    consent(id, given) {
      const place = at(id)
      if ('result' in place) return place
      if (given.notice !== faceNotice.version) return refuse('NOTICE_OLD', { version: faceNotice.version })
      if (!consentsFit(given.what)) return refuse('CONSENT_UNFIT')
      const withdrawals = acts.withdrawals(place.session.senior)
      Object.assign(place.session, { consent: given, withdrawals, photos: [], tried: false, portrait: null })
      return done
    },
    photo(id, frame) {
      const place = frameAt(id, frame)
      if ('result' in place) return place
      const { rules, numbers } = place
      const { photos } = place.session
      const [metric, limit] = [rules.metric, rules.thresholds.oneToOne.staffCompares]
      if (photos.length >= photosForTemplate) return refuse('ENROLMENT_STEP')
      // The very same numbers are the same frame, from which no mean is made.
      const distances = photos.map(photo => faceDistance(photo.numbers, numbers, metric))
      if (distances.some(distance => distance > limit || distance === 0)) return refuse('FACE_PHOTO_DIFFERS')
      photos.push({ eventId: frame.eventId, numbers })
      return { ...done, taken: photos.length, needed: photosForTemplate }
    },
    tryOut(id, frame) {
      const place = frameAt(id, frame)
      if ('result' in place) return place
      const { photos } = place.session
      if (photos.length < photosForTemplate) return refuse('ENROLMENT_STEP')
      const template = templateOf(photos.map(({ numbers }) => numbers))
      if (judgeOne([place.numbers], template, place.rules) !== 'person-confirms') return refuse('FACE_TRIAL_MISSED')
      place.session.tried = true
      return done
    },
    takePortrait(id, jpeg) {
      const place = at(id)
      if ('result' in place) return place
      if (!place.session.consent?.what.includes('portrait')) return refuse('ENROLMENT_STEP')
      if (!isSmallJpeg(jpeg)) return refuse('PORTRAIT_BAD')
      place.session.portrait = jpeg
      return done
    },
    async finish(id) {
      const place = at(id)
      if ('result' in place) return place
      const { senior, checked, consent, photos, tried, portrait } = place.session
      const engine = setting.rules()
      if (parts.operator() === null) return refuse('NO_SHIFT')
      const wants = (kind: ConsentKind) => consent?.what.includes(kind) === true
      if (!consent || !engine || (wants('face') && !tried) || (wants('portrait') && portrait === null))
        return refuse('ENROLMENT_STEP')
      session = null
      const template = wants('face')
        ? {
            engine: { engine: engine.engine, modelHash: engine.modelHash },
            numbers: templateOf(photos.map(({ numbers }) => numbers)),
          }
        : null
      const given = await acts.give({ senior, checked, ...consent, template, portrait })
      if (given.result === 'refused') return given
      const slip = consentSlip({ siteName: parts.site()?.name ?? '', date: parts.today(), what: consent.what })
      return { ...done, record: given.record, slip }
    },
    cancel(id) {
      if (session?.id === id) session = null
      return done
    },
  }
}

function isSmallJpeg(bytes: Uint8Array): boolean {
  const ends = toBase64Url(Uint8Array.of(...bytes.subarray(0, 3), ...bytes.subarray(-2)))
  return (
    bytes.length <= mostPortraitBytes &&
    bytes.length > 100 &&
    ends === toBase64Url(Uint8Array.of(255, 216, 255, 255, 217))
  )
}
