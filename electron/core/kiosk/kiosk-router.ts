import type { DeviceDesk } from '../devices/device-desk.ts'
import { type FaceHouse, siteModelOf, siteModelPart } from '../face/face-house.ts'
import type { KioskPageApi } from '../staff-api.ts'
import type { ViewParts } from '../views.ts'
import type { Watched } from '../watch.ts'
import type { KioskDesk } from './kiosk-desk.ts'
import type { KioskFront } from './kiosk-front.ts'
import { kioskViewOf } from './kiosk-view.ts'

/** The kiosk of this terminal; where it is none, `front` says so and nobody may call `desk`. */
export interface Kiosk {
  readonly desk: KioskDesk
  readonly front: KioskFront
}

const done = { result: 'done' as const }

/** What each call of a kiosk's page does. */
export function createKioskRouter(
  api: KioskPageApi['kiosk'],
  { desk, front }: Kiosk,
  parts: {
    views: ViewParts
    watched: Watched
    devices: DeviceDesk
    face: FaceHouse
  },
) {
  const { face } = parts
  return {
    watch: api.watch.handler(({ signal, context }) =>
      parts.watched.watch(() => kioskViewOf(parts.views, context.speaks()), signal),
    ),
    wedgeTyped: api.wedgeTyped.handler(({ input }) => {
      parts.devices.wedgeTyped(input.eventId, input.text)
      return done
    }),
    confirm: api.confirm.handler(({ input }) => desk.confirm(input.checkIn, input.digest)),
    enterPin: api.enterPin.handler(({ input }) => desk.enterPin(input.checkIn, input.pin)),
    takeListPrice: api.takeListPrice.handler(({ input }) => desk.takeListPrice(input.checkIn)),
    reset: api.reset.handler(({ input }) => desk.reset(input.turn)),
    callHelp: api.callHelp.handler(() => {
      front.setHelp(true)
      return done
    }),
    endHelp: api.endHelp.handler(() => {
      front.setHelp(false)
      return done
    }),
    leave: api.leave.handler(({ input }) => desk.leave(input)),
    face: {
      model: api.face.model.handler(() => siteModelOf(face)),
      modelPart: api.face.modelPart.handler(({ input }) => siteModelPart(face, input.offset)),
      look: api.face.look.handler(({ input }) => face.desk.look({ ...input, checkIn: null, senior: null })),
      isMe: api.face.isMe.handler(({ input }) => face.desk.confirm(input.look, 'person')),
      isNotMe: api.face.isNotMe.handler(({ input }) => face.desk.notThem(input.look)),
    },
  }
}
