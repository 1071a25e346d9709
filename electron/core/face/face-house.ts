import { fromBase64Url, toBase64Url } from '../../../shared/bytes.ts'
import { consentEndsOn } from '../../../shared/face/consent.ts'
import type { StaffApi } from '../staff-api.ts'
import type { ConsentActs } from './consent-acts.ts'
import type { FaceEnrolment } from './enrolment.ts'
import type { FaceDesk } from './face-desk.ts'
import type { FaceDeskParts } from './face-parts.ts'
import type { FaceMeasure } from './measure.ts'
import type { SiteModel } from './site-model.ts'

/** Everything about faces that pages can ask for. */
export interface FaceHouse {
  readonly parts: FaceDeskParts
  readonly acts: ConsentActs
  readonly enrolment: FaceEnrolment
  readonly desk: FaceDesk
  /** Where the station's screen stands in place of the till's, it is the station that is asked; else null. */
  atStation(): FaceDesk | null
  readonly measure: FaceMeasure
  readonly model: SiteModel
}

/** The part of the terminal API that is about faces. */
export function createFaceRouter(api: StaffApi['face'], house: FaceHouse) {
  const { parts, acts, enrolment, desk, measure, model } = house
  const { faces, setting } = parts
  const here = () => house.atStation() ?? desk
  return {
    switch: api.switch.handler(({ input }) => setting.switch(input.on)),
    adoptCalibration: api.adoptCalibration.handler(({ input }) => setting.adopt(input)),
    report: api.report.handler(() => measure.report()),
    model: api.model.handler(() => siteModelOf({ parts, model })),
    modelPart: api.modelPart.handler(({ input }) => siteModelPart({ model }, input.offset)),
    begin: api.begin.handler(({ input }) => enrolment.begin(input.senior, input.checked)),
    consent: api.consent.handler(({ input }) => enrolment.consent(input.enrolment, input)),
    photo: api.photo.handler(({ input }) => enrolment.photo(input.enrolment, input.frame)),
    tryOut: api.tryOut.handler(({ input }) => enrolment.tryOut(input.enrolment, input.frame)),
    takePortrait: api.takePortrait.handler(({ input }) => {
      const jpeg = bytesIn(input.jpeg)
      return enrolment.takePortrait(input.enrolment, jpeg)
    }),
    finish: api.finish.handler(({ input }) => enrolment.finish(input.enrolment)),
    cancel: api.cancel.handler(({ input }) => enrolment.cancel(input.enrolment)),
    status: api.status.handler(({ input }) => {
      const held = faces.consentOf(input.senior)
      const rules = setting.rules()
      if (held === null) return null
      const { what, givenOn, usedOn, notice } = held
      const outdated = rules !== null && faces.templateOf(input.senior, rules) === 'other-engine'
      return { what, givenOn, usedOn, notice, endsOn: consentEndsOn(usedOn), outdated }
    }),
    withdraw: api.withdraw.handler(({ input }) => acts.withdraw(input.senior, input.what, input.by)),
    look: api.look.handler(({ input }) => here().look(input)),
    atCamera: api.atCamera.handler(({ input }) => desk.setAtCamera(input.stage)),
    confirm: api.confirm.handler(({ input }) => here().confirm(input.look, input.by)),
    notThem: api.notThem.handler(({ input }) => here().notThem(input.look)),
    portrait: api.portrait.handler(({ input }) => {
      const jpeg = here().portrait(input.checkIn)
      return { jpeg: jpeg && toBase64Url(jpeg) }
    }),
  }
}

/** The network that this site brings, as pages ask for it. */
export async function siteModelOf({ parts, model }: Pick<FaceHouse, 'parts' | 'model'>) {
  return parts.setting.rules() === null
    ? { result: 'refused' as const, notice: { code: 'FACE_OFF' as const, values: {} } }
    : await model.describe()
}

export async function siteModelPart({ model }: Pick<FaceHouse, 'model'>, offset: number): Promise<{ bytes: string }> {
  return { bytes: toBase64Url(await model.part(offset)) }
}

/** No bytes at all for a text that is no base64url: the desk refuses them as no picture. */
function bytesIn(text: string): Uint8Array {
  try {
    return fromBase64Url(text)
  } catch (error) {
    if (error instanceof SyntaxError) return new Uint8Array(0)
    throw error
  }
}
