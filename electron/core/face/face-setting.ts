import { z } from 'zod'
import { businessDateOf } from '../../../shared/business-day.ts'
import {
  type FaceCalibration,
  type FaceEngineRef,
  faceCalibration,
  faceEngineRef,
  isSameEngine,
  mostMembers,
  noLaxer,
  type SiteFace,
} from '../../../shared/face/site-face.ts'
import type { FaceView } from '../../../shared/face-api.ts'
import { type OperatorId, recordId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { Site } from '../../../shared/site.ts'
import type { Done, Notice } from '../../../shared/terminal-api.ts'
import type { Clock } from '../clock.ts'
import type { Documents } from '../store/documents.ts'
import type { Faces } from '../store/faces.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Erasures } from './erasures.ts'

const faceSwitch = z.strictObject({ on: z.boolean() })
const ownCalibration = faceEngineRef.extend({ calibration: faceCalibration })

/** What is in force for faces now: `thresholds` are those of the calibration, where there is one. */
export type FaceRules = SiteFace

export interface FaceSetting {
  /** Null while faces are off, for whatever reason. */
  rules(): FaceRules | null
  /** Among how many members one face may be looked for now; 0 where it may not. */
  mostMembers(): number
  switch(on: boolean): Promise<Done>
  adopt(measured: FaceEngineRef & { calibration: FaceCalibration }): Promise<Done>
  view(): FaceView | null
}

export interface FaceSettingParts {
  readonly documents: Documents
  readonly ledger: Ledger
  readonly clock: Clock
  readonly faces: Faces
  readonly erasures: Erasures
  site(): Site | null
  operator(): OperatorId | null
  stopped(): Notice | null
  onChange(): void
  onRecorded(): void
}

/**
 * Two hands switch faces on: the province allows them in the site's feed, with network and measures, and staff of the site switch them on.
 * Either alone switches them off.
 */
export function createFaceSetting(parts: FaceSettingParts): FaceSetting {
  const { documents, ledger, clock, faces } = parts
  const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })

  /** The newer of the province's calibration and the site's own, of the same network. The own one is never laxer than what the province says now. */
  function calibrationOf(allowed: SiteFace): FaceCalibration | null {
    const own = documents.read('face-calibration', ownCalibration)
    if (own === null || !isSameEngine(own, allowed)) return allowed.calibration
    return allowed.calibration !== null && allowed.calibration.on > own.calibration.on
      ? allowed.calibration
      : noLaxer(own.calibration, allowed.thresholds, own.calibration.on)
  }

  function allowedHere(): FaceRules | null {
    const allowed = parts.site()?.face
    if (!allowed) return null
    const calibration = calibrationOf(allowed)
    return { ...allowed, calibration, thresholds: calibration?.thresholds ?? allowed.thresholds }
  }

  const isOn = () => documents.read('face-switch', faceSwitch)?.on === true
  const rules = () => (isOn() ? allowedHere() : null)

  function membersNow(): number {
    const now = rules()
    return now?.oneToMany === true ? mostMembers(now.calibration) : 0
  }

  /** A decision of staff, with its record, in one transaction. */
  async function decide(what: string, reason: string, write: () => void): Promise<Done> {
    const [operator, stopped] = [parts.operator(), parts.stopped()]
    if (stopped) return { result: 'refused', notice: stopped }
    if (operator === null) return refuse('NO_SHIFT')
    await ledger.inTurn(() =>
      ledger.append(
        {
          kind: 'override',
          id: recordId.parse(clock.mint()),
          at: clock.now(),
          payload: { of: null, what, reason, operator, approver: null },
        },
        {
          also() {
            write()
            return true
          },
        },
      ),
    )
    parts.onRecorded()
    parts.onChange()
    return { result: 'done' }
  }

  return {
    rules,
    mostMembers: membersNow,
    async switch(on) {
      const allowed = allowedHere()
      if (on && allowed === null) return refuse('FACE_NOT_ALLOWED')
      if (on === isOn()) return { result: 'done' }
      const reason = allowed === null ? 'not allowed' : allowed.engine
      return await decide(on ? 'face-on' : 'face-off', reason, () => documents.write('face-switch', { on }))
    },
    async adopt(measured) {
      const now = rules()
      if (now === null) return refuse('FACE_OFF')
      if (!isSameEngine(measured, now)) return refuse('FACE_ENGINE_DIFFERS')
      const than = parts.site()?.face?.thresholds ?? now.thresholds
      const calibration = noLaxer(measured.calibration, than, businessDateOf(clock.now()))
      const { on, far, pairs } = calibration
      const reason = `${measured.engine}: ${on}, far <= ${far} of ${pairs}, up to ${mostMembers(calibration)}`
      return await decide('face-calibration', reason, () =>
        documents.write('face-calibration', { ...measured, calibration }),
      )
    },
    view() {
      const allowed = allowedHere()
      if (allowed === null) return null
      const { engine, modelHash, calibration } = allowed
      const { enrolled, portraits } = faces.count()
      const on = isOn()
      const [last] = parts.erasures.all()
      return {
        ...{ engine, modelHash, on, enrolled, portraits, calibration },
        erased: last ? { on: last.on, people: last.records.length, files: last.files, found: last.found } : null,
        oneToMany: membersNow() >= Math.max(enrolled, 1),
        mostMembers: mostMembers(calibration),
        headTurn: allowed.headTurn === true,
      }
    },
  }
}
