import type { ConsentGiver, ConsentKind } from '../../shared/face/consent.ts'
import { faceNotice } from '../../shared/face/consent.ts'
import type { FaceEngineRef, SiteFace } from '../../shared/face/site-face.ts'
import type { SeniorId } from '../../shared/ids.ts'
import type { CashierView, Notice } from '../../shared/terminal-api.ts'
import type { DemoHouse } from './demo-house.ts'
import { cameraFrame, type SyntheticFaces, syntheticEngine } from './synthetic-faces.ts'
import type { Till, TillClient } from './till.ts'

/** The province allows faces at all its sites, or takes that back. */
export async function allowFaces(house: DemoHouse['province'], face: SiteFace | null): Promise<void> {
  await house.rows(
    "update site set body = ((body::jsonb - 'face') || $1::jsonb)::text, change = nextval('feed_change')",
    [JSON.stringify(face ? { face } : {})],
  )
}

/** The province allows faces, and staff switch them on. */
export async function switchOnFaces(house: DemoHouse, till: Till, face: SiteFace): Promise<void> {
  await allowFaces(house.province, face)
  const is = JSON.stringify([face.engine, face.calibration])
  await till.untilTerminal(({ face }) => face !== null && JSON.stringify([face.engine, face.calibration]) === is)
  await till.client.face.switch({ on: true })
  await till.untilTerminal(view => view.face?.on === true)
}

export interface EnrolOptions {
  what?: ConsentKind[]
  by?: ConsentGiver
  portrait?: string
  /** Whose numbers the frames are; else the synthetic ones. */
  engine?: FaceEngineRef
}

type Refused = { result: 'refused'; notice: Notice }

/** The answer to a step that must work. */
function done<A extends { result: 'done' }>(answer: A | Refused): A {
  if ('notice' in answer) throw new Error(`refused: ${answer.notice.code}`)
  return answer
}

/** Enrols a senior with a synthetic face, step by step as the screens do. */
export async function enrolFace(
  client: TillClient,
  senior: SeniorId,
  frames: () => number[],
  { what = ['face'], by = { who: 'senior' }, portrait, engine = syntheticEngine }: EnrolOptions = {},
) {
  const { face } = client
  const { enrolment } = done(await face.begin({ senior, checked: 'card' }))
  done(await face.consent({ enrolment, notice: faceNotice.version, heardAll: true, by, what }))
  if (what.includes('face')) {
    for (let photo = 0; photo < 3; photo += 1)
      done(await face.photo({ enrolment, frame: cameraFrame(frames(), engine) }))
    done(await face.tryOut({ enrolment, frame: cameraFrame(frames(), engine) }))
  }
  if (portrait !== undefined) done(await face.takePortrait({ enrolment, jpeg: portrait }))
  return done(await face.finish({ enrolment }))
}

/** Three frames near the true face of a person. */
export function clearLook(faces: SyntheticFaces, person: number): number[][] {
  return [1, 2, 3].map(() => faces.frame(person, 0.12))
}

export function isAsking(view: CashierView): view is Extract<CashierView, { state: 'face-to-confirm' }> {
  return view.state === 'face-to-confirm'
}
