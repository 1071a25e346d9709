import { printLines, startGuest, switchLanguage } from './cashier-actions.ts'
import { type Enrolment, type PersonFace, useCashier } from './cashier-store.ts'
import { openDesk } from './desk-actions.ts'
import {
  changePersonFace,
  chooseToEnd,
  chooseToEndAll,
  closeFaces,
  closePersonFace,
  confirmFace,
  enrolNow,
  notThisFace,
  openFaceReport,
  switchFaces,
  withdrawChosen,
} from './face-actions.ts'
import {
  agreeToFace,
  beginEnrolment,
  changeEnrolment,
  checks,
  giveConsent,
  leaveEnrolment,
  sentenceRead,
  takePhoto,
  tryOut,
} from './face-enrolment.ts'
import { endFaceLook } from './face-look.ts'
import { faceStatusOf } from './face-status.ts'

const isEnter = (code: string) => code === 'Enter' || code === 'NumpadEnter'

/** What a key does on the screens about faces, which have the keys to themselves. False where none of them stands there. */
export function actOnFaces(code: string, digit: number | null): boolean {
  const { enrolment, personFace, faceLook, facesOpen, faceReportOpen, view, terminal } = useCashier.getState()
  if (enrolment) actInEnrolment(code, digit, enrolment)
  else if (personFace) actOnConsents(code, digit, personFace)
  else if (faceLook) {
    // Whatever else is pressed does what it does without a look, and may end it by that.
    if (code !== 'Escape') return false
    endFaceLook()
  } else if (view.state === 'face-to-confirm') {
    if (isEnter(code)) confirmFace(view)
    else if (code === 'Escape') void notThisFace(view)
    else if (code === 'F2') startGuest()
    else if (code === 'Slash' || code === 'NumpadDivide' || code === 'F6') void openDesk()
  } else if (facesOpen) {
    if (code === 'Escape') closeFaces()
    else if (code === 'F2') startGuest()
    else if (digit === 1 && terminal?.face && !faceReportOpen) switchFaces(!terminal.face.on)
    else if (digit === 2) openFaceReport()
  } else return false
  if (code === 'KeyL') switchLanguage()
  return true
}

function actInEnrolment(code: string, digit: number | null, enrolment: Enrolment): void {
  if (code === 'Escape') {
    leaveEnrolment()
    return
  }
  switch (enrolment.step) {
    case 'check': {
      const checked = digit === null ? undefined : checks[digit - 1]
      if (checked) changeEnrolment({ checked })
      else if (code === 'KeyB') changeEnrolment({ giver: { ...enrolment.giver, who: 'senior' } })
      else if (code === 'KeyD') changeEnrolment({ giver: { ...enrolment.giver, who: 'agent' } })
      else if (isEnter(code)) void beginEnrolment()
      return
    }
    case 'notice':
      if (digit === 1) leaveEnrolment()
      else if (digit === 2) agreeToFace()
      else if (code === 'KeyR') changeEnrolment({ reading: 0 })
      else if (code === 'KeyZ') changeEnrolment({ large: !enrolment.large })
      else if (isEnter(code)) sentenceRead(enrolment.reading)
      return
    case 'extras':
      if (digit === 1 || digit === 2) changeEnrolment({ away: digit === 2 })
      else if (digit === 3 || digit === 4) changeEnrolment({ portrait: digit === 4 })
      else if (isEnter(code)) void giveConsent()
      return
    case 'photos':
      if (isEnter(code)) void takePhoto()
      return
    case 'trial':
      if (isEnter(code)) void tryOut()
      else if (code === 'KeyR') void giveConsent()
      return
    case 'slip':
      if (isEnter(code)) leaveEnrolment()
      else if (code === 'KeyT') printLines(enrolment.slip)
  }
}

function actOnConsents(code: string, digit: number | null, { person, erasure, giver }: PersonFace): void {
  const kinds = faceStatusOf(person.senior)?.what ?? []
  const kind = digit === null ? undefined : kinds[digit - 1]
  if (code === 'Escape' || (erasure !== null && isEnter(code))) closePersonFace()
  else if (erasure !== null) {
    if (code === 'KeyT') printLines(erasure.statement)
  } else if (kind) chooseToEnd(kind)
  else if (code === 'KeyA') chooseToEndAll()
  else if (code === 'KeyB') changePersonFace({ giver: { ...giver, who: 'senior' } })
  else if (code === 'KeyD') changePersonFace({ giver: { ...giver, who: 'agent' } })
  else if (code === 'KeyN') enrolNow()
  else if (isEnter(code)) void withdrawChosen()
}
