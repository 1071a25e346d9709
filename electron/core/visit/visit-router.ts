import type { DiskWatch } from '../disk-watch.ts'
import type { PeopleDesk } from '../people/people-desk.ts'
import type { StaffApi } from '../staff-api.ts'
import type { Watched } from '../watch.ts'
import { followUp } from './follow-up.ts'
import type { LateVisits } from './late-visit.ts'
import type { VisitDesk } from './visit-desk.ts'
import type { VisitHouse } from './visit-house.ts'
import { stationViewOf } from './visit-view.ts'

/** The services of a station, as the router knows them. */
export interface StationParts {
  readonly house: VisitHouse
  readonly desk: VisitDesk
  readonly late: LateVisits
}

/** The part of the terminal API that is about services. */
export function createVisitRouter(
  api: StaffApi['visit'],
  { house, desk, late }: StationParts,
  parts: { watched: Watched; people: Pick<PeopleDesk, 'find'>; disk: Pick<DiskWatch, 'pressing'> },
) {
  return {
    watch: api.watch.handler(({ signal }) => parts.watched.watch(() => stationViewOf(house, desk.now()), signal)),
    open: api.open.handler(() => desk.open()),
    close: api.close.handler(() => desk.close()),
    find: api.find.handler(({ input }) => parts.people.find(input.text)),
    choose: api.choose.handler(({ input }) => desk.choose(input.senior)),
    back: api.back.handler(() => desk.back()),
    look: api.look.handler(({ input }) => desk.look(input.visit)),
    chooseOrder: api.chooseOrder.handler(({ input }) => desk.chooseOrder(input.order)),
    chooseService: api.chooseService.handler(({ input }) => desk.chooseService(input.service)),
    carer: api.carer.handler(({ input }) => desk.carer(input.carer, input.pin)),
    setCarerPin: api.setCarerPin.handler(({ input }) => desk.setCarerPin(input.carer, input.pin, input.approval)),
    setCarerPhone: api.setCarerPhone.handler(({ input }) =>
      desk.setCarerPhone(input.carer, input.give, input.approval),
    ),
    answer: api.answer.handler(({ input }) => desk.answer(input.text)),
    proxy: api.proxy.handler(({ input }) => desk.proxy(input.proxy, input.pin)),
    setProxyPin: api.setProxyPin.handler(({ input }) => desk.setProxyPin(input.proxy, input.pin, input.approval)),
    stationCode: api.stationCode.handler(({ input }) => desk.stationCode(input.text)),
    begin: api.begin.handler(({ input }) => desk.begin(input.seen, input.note)),
    pause: api.pause.handler(({ input }) => desk.pause(input.visit)),
    goOn: api.goOn.handler(({ input }) => desk.goOn(input.visit)),
    compare: api.compare.handler(({ input }) => desk.compare(input.visit)),
    takeListPrice: api.takeListPrice.handler(({ input }) => desk.takeListPrice(input.visit)),
    leave: api.leave.handler(({ input }) => desk.leave(input.visit, input.early)),
    chooseTender: api.chooseTender.handler(({ input }) => desk.chooseTender(input.tender)),
    finish: api.finish.handler(({ input }) => desk.finish(input.visit, input.digest)),
    rate: api.rate.handler(({ input }) => desk.rate(input.visit, input.rating)),
    priceLate: api.priceLate.handler(({ input }) => late.price(input)),
    late: api.late.handler(({ input: { reason, approval, digest, ...visit } }) =>
      late.enter(visit, { reason, approval, digest }),
    ),
    followUp: api.followUp.handler(({ input }) => followUp(house, input)),
    takeBack: api.takeBack.handler(({ input }) => parts.disk.pressing(() => desk.takeBack(input.visit))),
  }
}
