import type { BusinessDate } from '../../../shared/business-day.ts'
import type { Embedding } from '../../../shared/face/embedding.ts'
import { type FaceEngineRef, isSameEngine } from '../../../shared/face/site-face.ts'
import type { OperatorId, SeniorId } from '../../../shared/ids.ts'
import type { SeniorRef } from '../../../shared/record.ts'
import type { Site } from '../../../shared/site.ts'
import type { Suite } from '../../../shared/suite.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { Clock } from '../clock.ts'
import type { Faces } from '../store/faces.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Roster } from '../store/roster.ts'
import type { SealedInputsStore } from '../store/sealed-inputs.ts'
import type { Erasures } from './erasures.ts'
import type { FaceRules, FaceSetting } from './face-setting.ts'
import type { FolderSearch } from './search-folder.ts'

/** What everything about faces is built on. */
export interface FaceDeskParts {
  readonly faces: Faces
  readonly setting: FaceSetting
  readonly erasures: Erasures
  readonly folder: FolderSearch
  readonly ledger: Ledger
  readonly sealed: SealedInputsStore
  readonly roster: Roster
  readonly suite: Suite
  readonly clock: Clock
  site(): Site | null
  today(): BusinessDate
  operator(): OperatorId | null
  refOf(senior: { id: SeniorId }): SeniorRef | null
  stopped(): Notice | null
  onChange(): void
  onRecorded(): void
}

/** Frames as embeddings of the network in force; null where they are of another one, or no such numbers. */
export function numbersIn(
  rules: FaceRules,
  from: FaceEngineRef,
  frames: readonly (readonly number[])[],
): Embedding[] | null {
  if (!isSameEngine(rules, from) || frames.some(frame => frame.length !== rules.numbers)) return null
  const numbers = frames.map(frame => Float32Array.from(frame))
  // All zeros is what a network gives that was not loaded.
  return numbers.some(each => each.every(value => value === 0)) ? null : numbers
}
