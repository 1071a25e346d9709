import type { TerminalView } from '../../../shared/terminal-api.ts'
import type { Enrolment } from '../../state/cashier-store.ts'
import { CheckStep } from './CheckStep.tsx'
import { EnrolSteps } from './EnrolSteps.tsx'
import { ExtrasStep } from './ExtrasStep.tsx'
import styles from './enrol.module.css'
import { NoticeStep } from './NoticeStep.tsx'
import { PhotosStep } from './PhotosStep.tsx'
import { SlipStep } from './SlipStep.tsx'
import { TrialStep } from './TrialStep.tsx'

const steps = {
  check: CheckStep,
  notice: NoticeStep,
  extras: ExtrasStep,
  photos: PhotosStep,
  trial: TrialStep,
  slip: SlipStep,
} as const satisfies Record<Enrolment['step'], unknown>

/** The enrolment of a face, one step after the other; leaving it at any of them keeps nothing. */
export function EnrolScreen({ enrolment, terminal }: { enrolment: Enrolment; terminal: TerminalView }) {
  const Step = steps[enrolment.step]
  return (
    <main className={styles.screen} data-screen="enrolment" data-step={enrolment.step}>
      <EnrolSteps enrolment={enrolment} operator={terminal.operator?.name ?? null} />
      <section className={styles.step}>
        <Step enrolment={enrolment} />
      </section>
    </main>
  )
}
