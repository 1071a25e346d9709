import type { DateRange } from '../../../shared/evidence.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import type { Gathered } from '../../../shared/policy/replay/gather.ts'
import type { Replay } from '../../../shared/policy/replay/replay.ts'
import type { Sums } from '../../../shared/policy/replay/sums.ts'

/** All that a replay has to tell. */
export interface ReplayResult {
  readonly draft: PolicyPack
  readonly range: DateRange
  readonly gathered: Gathered
  readonly replay: Replay
  readonly sums: Sums
}
