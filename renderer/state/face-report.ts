import { useEffect, useState } from 'react'
import type { FaceReport } from '../../shared/face-api.ts'
import { ask, calls } from './cashier-actions.ts'

export interface FaceReportState {
  /** Null while it is asked for, or where the core did not answer. */
  readonly report: FaceReport | null
  readonly adopted: boolean
  again(): void
  adopt(): void
}

/** The report on faces at this site, asked for when the screen opens and whenever staff ask again. */
export function useFaceReport(): FaceReportState {
  const [report, setReport] = useState<FaceReport | null>(null)
  const [adopted, setAdopted] = useState(false)
  const [asked, setAsked] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is another question
  useEffect(() => {
    let wanted = true
    void askForReport().then(found => wanted && setReport(found))
    return () => {
      wanted = false
    }
  }, [asked])
  return {
    report,
    adopted,
    again() {
      setAdopted(false)
      setAsked(asked + 1)
    },
    adopt() {
      if (report?.adopt) void takeOver(report, report.adopt).then(setAdopted)
    },
  }
}

async function askForReport(): Promise<FaceReport | null> {
  try {
    const answer = await calls.face.report()
    return answer.result === 'done' ? answer.report : null
  } catch (error) {
    console.info('no report:', error instanceof Error ? error.message : String(error))
    return null
  }
}

function takeOver({ engine, modelHash }: FaceReport, calibration: NonNullable<FaceReport['adopt']>): Promise<boolean> {
  return ask(calls.face.adoptCalibration({ engine, modelHash, calibration }))
}
