import type { BusinessDate } from '../../../shared/business-day.ts'
import { tightened } from '../../../shared/face/calibration.ts'
import { type Embedding, faceDistance } from '../../../shared/face/embedding.ts'
import {
  binOf,
  type Counts,
  comparisonsNeeded,
  looksNeeded,
  looksPerPerson,
  reportOnCounts,
} from '../../../shared/face/measured.ts'
import type { FaceReport } from '../../../shared/face-api.ts'
import type { CheckInId, SeniorId } from '../../../shared/ids.ts'
import type { Site } from '../../../shared/site.ts'
import type { FaceDistances } from '../store/face-distances.ts'
import { engineName, type Faces } from '../store/faces.ts'
import type { Db } from '../store/open-database.ts'
import type { Roster } from '../store/roster.ts'
import type { FaceSetting } from './face-setting.ts'

export interface FaceMeasureParts {
  readonly faces: Faces
  readonly setting: FaceSetting
  readonly roster: Roster
  readonly distances: FaceDistances
  readonly db: Db
  site(): Site | null
  today(): BusinessDate
}

type Report =
  | { result: 'done'; report: FaceReport }
  | { result: 'refused'; notice: { code: 'FACE_OFF'; values: Record<string, never> } }

/**
 * Learns from the daily work how far apart faces lie at this site. Of a look whose person somebody confirmed, only bins are counted: of the
 * distance to that person's template, and of those to the other members'. Nothing of it leads back to anybody.
 */
export interface FaceMeasure {
  /** Keeps in memory what a look would count, until somebody says whose face it was. The next look takes its place. */
  hold(look: CheckInId, senior: SeniorId, frames: readonly Embedding[]): void
  /** The person of this look is who they were taken for. */
  confirmed(look: CheckInId): void
  report(): Report
}

export function createFaceMeasure({
  faces,
  setting,
  roster,
  distances,
  db,
  site,
  today,
}: FaceMeasureParts): FaceMeasure {
  let held: { look: CheckInId; senior: SeniorId; engine: string; genuine: number; impostor: number[] } | null = null

  return {
    hold(look, senior, frames) {
      held = null
      const rules = setting.rules()
      // One frame stands for the look: those of one moment are alike, and would only seem to be more.
      const [frame] = frames
      if (rules === null || frame === undefined) return
      const members = faces.gallery(rules).filter(({ id }) => roster.isMember(id))
      const own = members.find(({ id }) => id === senior)
      if (own === undefined) return
      const binTo = (template: Embedding) => binOf(faceDistance(frame, template, rules.metric))
      const impostor = members.flatMap(({ id, template }) => (id === senior ? [] : [binTo(template)]))
      held = { look, senior, engine: engineName(rules), genuine: binTo(own.template), impostor }
    },
    confirmed(look) {
      const found = held?.look === look ? held : null
      held = null
      const consent = found && faces.consentOf(found.senior)
      const measuredOn = consent?.measuredOn ?? []
      if (!found || !consent || measuredOn.length >= looksPerPerson || measuredOn.includes(today())) return
      db.transaction(() => {
        distances.add(found.engine, 'genuine', [found.genuine])
        distances.add(found.engine, 'impostor', found.impostor)
        faces.note({ ...consent, measuredOn: [...measuredOn, today()] })
      }).immediate()
    },
    report() {
      const rules = setting.rules()
      if (rules === null) return { result: 'refused', notice: { code: 'FACE_OFF', values: {} } }
      const engine = engineName(rules)
      const [genuine, impostor] = [distances.countsOf(engine, 'genuine'), distances.countsOf(engine, 'impostor')]
      // Those in force may come of an earlier calibration: nothing is measured against its own outcome.
      const thresholds = site()?.face?.thresholds ?? rules.thresholds
      const report = reportOnCounts({ genuine, impostor }, thresholds, faces.count().enrolled)
      const suggested = report.measured?.suggested
      const adopt =
        report.enough && suggested
          ? {
              on: today(),
              pairs: report.comparisons,
              far: suggested.falseAcceptance.atMost,
              thresholds: tightened(thresholds, suggested.distance),
            }
          : null
      const { modelHash } = rules
      const bins = { genuine: listed(genuine), impostor: listed(impostor) }
      const needed = { looksNeeded, comparisonsNeeded }
      return { result: 'done', report: { engine: rules.engine, modelHash, ...report, ...needed, ...bins, adopt } }
    },
  }
}

const listed = (counts: Counts) => [...counts].map(([bin, count]) => ({ bin, count }))
