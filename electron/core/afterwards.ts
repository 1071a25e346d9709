import type { DiskWatch } from './disk-watch.ts'
import type { LateEntries } from './late-entry.ts'
import type { OperatorPins } from './operator-pins.ts'
import type { PhonePaymentDesk } from './phone-payments.ts'
import type { Refunds } from './refund.ts'
import type { StaffApi } from './staff-api.ts'

/** What staff do about meals of an earlier hour or day. */
export interface Afterwards {
  readonly refunds: Refunds
  readonly payments: PhonePaymentDesk
  readonly late: LateEntries
  readonly pins: OperatorPins
}

/** The part of the terminal API that is about meals of an earlier hour or day. */
export function createAfterwardsRouter(
  api: StaffApi['afterwards'],
  { refunds, payments, late, pins }: Afterwards,
  disk: DiskWatch,
) {
  return {
    find: api.find.handler(({ input }) => refunds.find(input)),
    refund: api.refund.handler(({ input }) => disk.pressing(() => refunds.refund(input))),
    waitingPayments: api.waitingPayments.handler(() => payments.waiting()),
    waitingPayment: api.waitingPayment.handler(({ input }) => payments.ofSale(input.sale)),
    sayPayment: api.sayPayment.handler(({ input }) => disk.pressing(() => payments.say(input))),
    approvers: api.approvers.handler(() => pins.approvers()),
    setPin: api.setPin.handler(({ input }) => pins.set(input.pin)),
    priceLate: api.priceLate.handler(({ input }) => late.price(input)),
    enterLate: api.enterLate.handler(({ input }) => late.enter(input)),
  }
}
