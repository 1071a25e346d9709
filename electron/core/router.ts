import type { Router } from '@orpc/server'
import type { BusinessDate } from '../../shared/business-day.ts'
import type { CameraChoice, CashierView, Notice, TerminalView, terminalApi } from '../../shared/terminal-api.ts'
import { type Afterwards, createAfterwardsRouter } from './afterwards.ts'
import type { CheckIns } from './check-in.ts'
import type { ClockWatch } from './clock-watch.ts'
import { type CloseHouse, createCloseRouter } from './close/close-router.ts'
import type { DeviceDesk } from './devices/device-desk.ts'
import type { Simulator } from './devices/simulator.ts'
import type { DiskWatch } from './disk-watch.ts'
import { createFaceRouter, type FaceHouse } from './face/face-house.ts'
import { createGroupRouter } from './group/group-desk.ts'
import { createKioskRouter, type Kiosk } from './kiosk/kiosk-router.ts'
import type { SiteLanes } from './lanes/site-lanes.ts'
import { createStatementRouter, type StatementDesk } from './people/statement-desk.ts'
import type { PrinterDesk } from './printing/printer-desk.ts'
import { slipOfLines } from './printing/slips.ts'
import { createProxyRouter } from './proxy-desk.ts'
import type { RoundDesk } from './round/round-desk.ts'
import { createRoundRouter } from './round/round-router.ts'
import { createSettingsRouter, createSetupRouter, type SettingsHouse } from './settings/settings-house.ts'
import type { Shifts } from './shift.ts'
import { type FromPage, type kioskContract, kioskPageApi, staffApi } from './staff-api.ts'
import type { SyncLoop } from './sync/sync-loop.ts'
import type { Drive } from './usb/drives.ts'
import type { UsbDesk } from './usb/usb-desk.ts'
import { cashierViewOf, customerViewOf, terminalViewOf, type ViewParts } from './views.ts'
import { createVisitRouter, type StationParts } from './visit/visit-router.ts'
import type { Watched } from './watch.ts'

export interface RouterParts {
  readonly views: ViewParts
  readonly checkIns: CheckIns
  readonly devices: DeviceDesk
  readonly shifts: Shifts
  readonly sync: SyncLoop
  readonly usb: UsbDesk
  /** The sticks that are plugged in now. */
  sticks(): Drive[]
  readonly watched: Watched
  readonly disk: DiskWatch
  readonly clockWatch: ClockWatch
  readonly simulator: Simulator | null
  readonly face: FaceHouse
  readonly afterwards: Afterwards
  readonly lanes: Pick<SiteLanes, 'putAway'>
  readonly printer: PrinterDesk
  readonly close: CloseHouse
  readonly rounds: RoundDesk
  readonly kiosk: Kiosk
  readonly statements: StatementDesk
  readonly settings: SettingsHouse
  readonly station: StationParts
  readonly cameraChoice: { keep(choice: CameraChoice): void }
  today(): BusinessDate
  changed(): void
}

const done = { result: 'done' as const }
const gone = { result: 'refused' as const, notice: { code: 'USB_GONE' as const, values: {} } }
const noSimulator: Notice = { code: 'SIMULATOR_OFFLINE', values: {} }

/** Written out, since the compiler gives up on a type of this size. */
type PageRouter = Router<typeof terminalApi & typeof kioskContract, FromPage>

/** What each call of the terminal API does. */
export function createRouter(parts: RouterParts): PageRouter {
  const { views, checkIns, devices, watched, disk } = parts
  const { desk, proof } = checkIns
  const door = { front: parts.kiosk.front, faultOf: disk.failed }
  const api = staffApi(door)
  const kiosk = kioskPageApi(door)

  let lastRead: TerminalView | null = null
  /** Where pages that the screen shows cannot be read any more, it stays as it was, with the word that sales stop. */
  function terminalView(): TerminalView {
    try {
      lastRead = terminalViewOf(views)
      return lastRead
    } catch (error) {
      const stopped = disk.failed(error)
      if (stopped === null || lastRead === null) throw error
      return { ...lastRead, stopped }
    }
  }

  function cashierView(): CashierView {
    try {
      return cashierViewOf(views)
    } catch (error) {
      const notice = disk.failed(error)
      if (notice === null) throw error
      return { state: 'problem', notice, means: null, stranger: null, already: null, at: views.now() }
    }
  }

  /** A page names only what was shown to it: it writes nowhere else. */
  const isPlugged = (path: string) => parts.sticks().some(drive => drive.path === path)
  const staffRouter = api.router({
    watchTerminal: api.watchTerminal.handler(({ signal }) => watched.watch(terminalView, signal)),
    watchCashier: api.watchCashier.handler(({ signal }) => watched.watch(cashierView, signal)),
    watchCustomer: api.watchCustomer.handler(({ signal, context }) =>
      watched.watch(() => customerViewOf(views, context.speaks()), signal),
    ),
    codeSeen: api.codeSeen.handler(({ input }) => {
      devices.cameraSaw(input.camera, input.eventId, input.text)
      return done
    }),
    wedgeTyped: api.wedgeTyped.handler(({ input }) => {
      devices.wedgeTyped(input.eventId, input.text)
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
      const result = await disk.pressing(() =>
        parts.shifts.open(input.operator, input.date, parts.today(), input.floatFen),
      )
      parts.changed()
      parts.sync.nudge()
      return result
    }),
    confirmClock: api.confirmClock.handler(async ({ input }) => {
      if (!views.site()?.operators.some(one => one.id === input.operator))
        return { result: 'refused', notice: { code: 'OPERATOR_UNKNOWN', values: {} } }
      return await disk.pressing(() => parts.clockWatch.confirm(input.operator, input.date))
    }),
    chooseSet: api.chooseSet.handler(({ input }) => checkIns.chooseSet(input.set)),
    chooseTender: api.chooseTender.handler(({ input }) => checkIns.chooseTender(input.tender)),
    payment: {
      split: api.payment.split.handler(({ input }) => checkIns.payment.split(input.checkIn, input.first, input.rest)),
      reference: api.payment.reference.handler(({ input }) =>
        checkIns.payment.reference(input.checkIn, input.fen, input.reference),
      ),
    },
    addItem: api.addItem.handler(({ input }) => checkIns.addItem(input.checkIn, input.set, input.openFen)),
    removeItem: api.removeItem.handler(({ input }) => checkIns.removeItem(input.checkIn, input.place)),
    chooseChannel: api.chooseChannel.handler(({ input }) => checkIns.chooseChannel(input.channel)),
    startGuest: api.startGuest.handler(() => checkIns.startGuest()),
    priceAsStranger: api.priceAsStranger.handler(({ input }) => checkIns.priceAsStranger(input.checkIn)),
    hold: api.hold.handler(({ input }) => checkIns.hold(input.checkIn)),
    park: api.park.handler(({ input }) => checkIns.parking.park(input.checkIn)),
    takeBack: api.takeBack.handler(({ input }) => checkIns.parking.takeBack(input.checkIn)),
    dropParked: api.dropParked.handler(async ({ input }) => {
      const result = await checkIns.parking.drop(input.checkIn)
      parts.changed()
      return result
    }),
    dismiss: api.dismiss.handler(() => checkIns.dismiss()),
    confirm: api.confirm.handler(({ input }) => checkIns.confirm(input.checkIn, input.digest)),
    restoreSale: api.restoreSale.handler(({ input }) => checkIns.restoring.restore(input.sale)),
    voidSale: api.voidSale.handler(({ input }) => disk.pressing(() => checkIns.voidSale(input.sale))),
    comparePerson: api.comparePerson.handler(({ input }) => proof.comparePerson(input.checkIn)),
    enterPin: api.enterPin.handler(({ input }) => proof.enterPin(input.checkIn, input.pin)),
    takeListPrice: api.takeListPrice.handler(({ input }) => proof.takeListPrice(input.checkIn)),
    askProvince: api.askProvince.handler(({ input }) => proof.askProvince(input.checkIn)),
    openDesk: api.openDesk.handler(() => desk.open()),
    openDeskWithCard: api.openDeskWithCard.handler(({ input }) => desk.openWithCard(input.checkIn)),
    findSeniors: api.findSeniors.handler(({ input }) => desk.find(input.text)),
    chooseSenior: api.chooseSenior.handler(({ input }) => desk.choose(input.senior)),
    askProvinceByName: api.askProvinceByName.handler(({ input }) =>
      proof.askProvinceByName(input.name, input.numberTail),
    ),
    bindCard: api.bindCard.handler(() => desk.bindCard()),
    unbindCard: api.unbindCard.handler(({ input }) => desk.unbindCard(input.handle)),
    reportCard: api.reportCard.handler(({ input }) => desk.reportCard(input.handle, input.lost)),
    setPin: api.setPin.handler(({ input }) => desk.setPin(input.pin)),
    clearPin: api.clearPin.handler(() => desk.clearPin()),
    serveSenior: api.serveSenior.handler(() => desk.serve()),
    syncNow: api.syncNow.handler(() => {
      void parts.sync.round()
      return done
    }),
    putLaneVisitsAway: api.putLaneVisitsAway.handler(() => parts.lanes.putAway()),
    usbSticks: api.usbSticks.handler(() => parts.sticks()),
    usbOut: api.usbOut.handler(async ({ input }) => {
      if (!isPlugged(input.path)) return gone
      const result = await parts.usb.out(input.path)
      return result.ok
        ? { result: 'done', records: result.records, left: result.left }
        : { result: 'refused', notice: result.notice }
    }),
    usbBack: api.usbBack.handler(async ({ input }) => {
      if (!isPlugged(input.path)) return gone
      const result = await parts.usb.back(input.path)
      if (!result.ok) return { result: 'refused', notice: result.notice }
      const { acknowledged, items, upToDate } = result.brought
      return { result: 'done', acknowledged, items, upToDate }
    }),
    face: createFaceRouter(api.face, parts.face),
    afterwards: createAfterwardsRouter(api.afterwards, parts.afterwards, disk),
    group: createGroupRouter(api.group, checkIns.group),
    proxy: createProxyRouter(api.proxy, checkIns.proxies, desk),
    printer: {
      receipt: api.printer.receipt.handler(({ input }) => parts.printer.receipt(input.sale)),
      lines: api.printer.lines.handler(({ input }) => parts.printer.print(slipOfLines(input.lines))),
    },
    close: createCloseRouter(api.close, parts.close, { disk, isPlugged, site: views.site, printer: parts.printer }),
    statement: createStatementRouter(api.statement, parts.statements),
    round: createRoundRouter(api.round, parts.rounds, { disk }),
    neighbour: {
      watch: api.neighbour.watch.handler(({ signal }) => watched.watch(checkIns.neighbours.view, signal)),
      serve: api.neighbour.serve.handler(({ input }) => checkIns.neighbours.serve(input.senior)),
    },
    answerHelp: api.answerHelp.handler(() => {
      parts.kiosk.front.setHelp(false)
      return done
    }),
    backToKiosk: api.backToKiosk.handler(() => {
      parts.kiosk.front.backToKiosk()
      return done
    }),
    visit: createVisitRouter(api.visit, parts.station, { watched, people: desk, disk }),
    settings: createSettingsRouter(api.settings, parts.settings, disk),
    setup: createSetupRouter(api.setup, parts.settings),
    simulatedPeople: api.simulatedPeople.handler(() => parts.simulator?.people() ?? []),
    simulate: api.simulate.handler(
      ({ input }) =>
        parts.simulator?.present(input.senior, input.present) ?? { result: 'refused' as const, notice: noSimulator },
    ),
  })
  const kioskRouter = kiosk.router({
    kiosk: createKioskRouter(kiosk.kiosk, parts.kiosk, {
      ...{ views, watched, devices, face: parts.face },
    }),
  })
  return { ...staffRouter, ...kioskRouter }
}
