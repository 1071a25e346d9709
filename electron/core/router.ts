import { implement, ORPCError } from '@orpc/server'
import type { CameraChoice, Notice } from '../../shared/terminal-api.ts'
import { terminalApi } from '../../shared/terminal-api.ts'
import type { CheckIns } from './check-in.ts'
import type { DeviceDesk } from './devices/device-desk.ts'
import type { Simulator } from './devices/simulator.ts'
import type { PageRole } from './host.ts'
import type { Shifts } from './shift.ts'
import type { SyncLoop } from './sync/sync-loop.ts'
import { cashierViewOf, customerViewOf, terminalViewOf, type ViewParts } from './views.ts'
import type { Watched } from './watch.ts'

export interface RouterParts {
  readonly views: ViewParts
  readonly checkIns: CheckIns
  readonly devices: DeviceDesk
  readonly shifts: Shifts
  readonly sync: SyncLoop
  readonly watched: Watched
  readonly simulator: Simulator | null
  readonly cameraChoice: { keep(choice: CameraChoice): void }
  changed(): void
}

const done = { result: 'done' as const }
const noSimulator: Notice = { code: 'SIMULATOR_OFFLINE', values: {} }

/** The terminal API for pages. A customer page may only watch the public view: everything else answers as if it were not there. */
export function createRouter(parts: RouterParts) {
  const { views, checkIns, devices, watched } = parts
  const open = implement(terminalApi).$context<{ role: PageRole }>()
  const api = open.use(({ context, next, path }) => {
    if (context.role !== 'staff' && path.join('.') !== 'watchCustomer')
      throw new ORPCError('FORBIDDEN', { message: 'not for this page' })
    return next()
  })
  return api.router({
    watchTerminal: api.watchTerminal.handler(({ signal }) => watched.watch(() => terminalViewOf(views), signal)),
    watchCashier: api.watchCashier.handler(({ signal }) => watched.watch(() => cashierViewOf(views), signal)),
    watchCustomer: api.watchCustomer.handler(({ signal }) => watched.watch(() => customerViewOf(views), signal)),
    codeSeen: api.codeSeen.handler(({ input }) => {
      devices.cameraSaw(input.camera, input.eventId, input.text)
      return done
    }),
    cameraState: api.cameraState.handler(({ input }) => {
      devices.cameraIs(input.camera, input.state, input.notes)
      return done
    }),
    chooseCamera: api.chooseCamera.handler(({ input }) => {
      parts.cameraChoice.keep(input)
      parts.changed()
      return done
    }),
    openShift: api.openShift.handler(async ({ input }) => {
      if (!views.site()?.operators.some(one => one.id === input.operator))
        return { result: 'refused', notice: { code: 'OPERATOR_UNKNOWN', values: {} } }
      const result = await parts.shifts.open(input.operator, input.date, checkIns.today())
      parts.changed()
      parts.sync.nudge()
      return result
    }),
    chooseSet: api.chooseSet.handler(({ input }) => checkIns.chooseSet(input.set)),
    chooseTender: api.chooseTender.handler(({ input }) => checkIns.chooseTender(input.tender)),
    startGuest: api.startGuest.handler(() => checkIns.startGuest()),
    priceAsStranger: api.priceAsStranger.handler(({ input }) => checkIns.priceAsStranger(input.checkIn)),
    hold: api.hold.handler(({ input }) => checkIns.hold(input.checkIn)),
    dismiss: api.dismiss.handler(() => checkIns.dismiss()),
    confirm: api.confirm.handler(({ input }) => checkIns.confirm(input.checkIn, input.digest)),
    voidSale: api.voidSale.handler(({ input }) => checkIns.voidSale(input.sale)),
    syncNow: api.syncNow.handler(() => {
      void parts.sync.round()
      return done
    }),
    simulatedPeople: api.simulatedPeople.handler(() => parts.simulator?.people() ?? []),
    simulate: api.simulate.handler(
      ({ input }) =>
        parts.simulator?.present(input.senior, input.present) ?? { result: 'refused' as const, notice: noSimulator },
    ),
  })
}
