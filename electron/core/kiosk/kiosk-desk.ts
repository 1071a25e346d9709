import type { CheckInId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { ConfirmResult, Done } from '../../../shared/terminal-api.ts'
import type { CheckIns } from '../check-in.ts'
import type { CheckInState } from '../check-in-state.ts'
import type { OperatorPins } from '../operator-pins.ts'
import type { KioskFront } from './kiosk-front.ts'
import { hasToChoose, isForKiosk } from './kiosk-rules.ts'

/** What people may do at a kiosk without staff; see `kioskApi`. */
export interface KioskDesk {
  confirm(id: CheckInId, digest: string): Promise<ConfirmResult>
  enterPin(id: CheckInId, pin: string): Promise<Done>
  takeListPrice(id: CheckInId): Promise<Done>
  reset(turn: string): Promise<Done>
  leave(shown: Parameters<OperatorPins['recognise']>[0]): Done
}

/** Names what stands on the screen, so that it can be taken away and nothing that came after it. */
export function turnOf(state: CheckInState): string {
  switch (state.state) {
    case 'priced':
    case 'confirmed':
    case 'face-to-confirm':
      return state.open.id
    case 'problem':
      return `problem ${state.at}`
    case 'ready':
    case 'group-paid':
    case 'reading':
    case 'desk':
      return state.state
  }
}

export function createKioskDesk(parts: {
  checkIns: Pick<CheckIns, 'state' | 'confirm' | 'priceAsStranger' | 'dismiss' | 'proof'>
  pins: Pick<OperatorPins, 'recognise'>
  front: KioskFront
}): KioskDesk {
  const { checkIns } = parts
  const done: Done = { result: 'done' }
  const refuse = (code: ProblemCode): Extract<Done, { result: 'refused' }> => ({
    result: 'refused',
    notice: { code, values: {} },
  })

  const strangerIs = (id: CheckInId) => {
    const state = checkIns.state()
    return state.state === 'problem' && state.stranger?.id === id
  }

  return {
    async confirm(id, digest) {
      const state = checkIns.state()
      if (state.state === 'priced' && state.open.id === id) {
        if (!isForKiosk(state.open)) return refuse('KIOSK_NEEDS_STAFF')
        if (hasToChoose(state)) return refuse('ASSURANCE_LOW')
      }
      return await checkIns.confirm(id, digest)
    },
    async enterPin(id, pin) {
      if (strangerIs(id)) return refuse('PIN_NONE')
      const state = checkIns.state()
      if (state.state !== 'priced' || state.open.id !== id || !hasToChoose(state)) return refuse('CHECK_IN_GONE')
      return await checkIns.proof.enterPin(id, pin)
    },
    async takeListPrice(id) {
      if (strangerIs(id)) {
        const opened = await checkIns.priceAsStranger(id)
        if (opened.result === 'refused') return opened
      }
      return await checkIns.proof.takeListPrice(id)
    },
    async reset(turn) {
      const state = checkIns.state()
      // Who stands at the desk with staff is theirs to let go.
      if (turnOf(state) !== turn || state.state === 'desk') return done
      return await checkIns.dismiss()
    },
    leave(shown) {
      const problem = parts.pins.recognise(shown)
      if (problem !== null) return refuse(problem)
      parts.front.letStaffIn()
      return done
    },
  }
}
