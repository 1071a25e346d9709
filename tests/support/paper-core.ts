import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { InferContractRouterOutputs } from '@orpc/contract'
import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import type { Approvers, EarlierSale, LateView, WaitingPayment } from '../../shared/afterwards-api.ts'
import { businessDate } from '../../shared/business-day.ts'
import type { CloseView } from '../../shared/close-api.ts'
import { refusalClose, refusalText } from '../../shared/core-refusal.ts'
import type { DeviceTest } from '../../shared/device-tests.ts'
import type { FaceReport } from '../../shared/face-api.ts'
import { recordId } from '../../shared/ids.ts'
import { type KioskView, kioskApi } from '../../shared/kiosk-api.ts'
import type { NeighbourView } from '../../shared/neighbour-api.ts'
import type { RoundsView } from '../../shared/round-api.ts'
import type { CodeRead, SettingsView, TestResult } from '../../shared/settings-api.ts'
import type { Bilingual } from '../../shared/site.ts'
import type { Slip } from '../../shared/slip.ts'
import type { StatementTold, StatementView } from '../../shared/statement-api.ts'
import {
  type CashierView,
  type ConfirmResult,
  type CustomerView,
  type Done,
  type FoundSenior,
  type Notice,
  type SimulatedPerson,
  type TerminalView,
  terminalApi,
  type UsbStick,
} from '../../shared/terminal-api.ts'
import type { StationView } from '../../shared/visit-api.ts'
import { kioskView } from '../e2e/screens/kiosk-fixtures.ts'
import { statementView } from '../e2e/screens/statement-states.ts'
import { noStation } from '../e2e/screens/station-fixtures.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.wav': 'audio/wav',
}

const pagePolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; " +
  "media-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** A value that streams: each reader gets the value of now, then each new one. */
interface Channel<T> {
  value(): T
  set(value: T): void
  read(signal: AbortSignal | undefined): AsyncGenerator<T>
}

function channel<T>(first: T): Channel<T> {
  let value = first
  let turn = Promise.withResolvers<void>()
  return {
    value: () => value,
    set(next) {
      value = next
      turn.resolve()
      turn = Promise.withResolvers()
    },
    async *read(signal) {
      const ended = new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()))
      while (!signal?.aborted) {
        const next = turn.promise
        yield value
        await Promise.race([next, ended])
      }
    },
  }
}

export interface PaperCall {
  readonly name: string
  readonly input: unknown
}

type PaperFaceStatus = InferContractRouterOutputs<typeof terminalApi>['face']['status']

/** A core of paper: shows what a test sets and writes down what the page asks. It computes nothing. */
export interface PaperCore {
  readonly origin: string
  readonly terminal: Channel<TerminalView>
  readonly cashier: Channel<CashierView>
  readonly customer: Channel<CustomerView>
  readonly kiosk: Channel<KioskView>
  readonly rounds: Channel<RoundsView>
  readonly station: Channel<StationView>
  readonly neighbour: Channel<NeighbourView>
  /** Every call of the pages, in order. */
  readonly calls: PaperCall[]
  /** What `confirm` answers; a promise that never settles is a core that hangs. */
  onConfirm: (question: { checkIn: string; digest: string }) => Promise<ConfirmResult> | ConfirmResult
  /** What every other call answers. */
  onCall: (call: PaperCall) => Done | Promise<Done>
  people: SimulatedPerson[]
  /** What a carer's phone is given. */
  phoneLink: string
  /** What the core says of the face of whomever is asked about. */
  faces: { status: PaperFaceStatus; portrait: string | null; slip: Bilingual[]; statement: Bilingual[] }
  /** What staff's search finds, whatever they type. */
  found: FoundSenior[]
  sticks: UsbStick[]
  /** What the core says of its looks; null: faces are off. */
  faceReport: FaceReport | null
  /** The sales that staff find of earlier days, whatever they ask for. */
  earlier: EarlierSale[]
  /** Phone payments that wait to be confirmed. */
  waiting: WaitingPayment[]
  /** Where the close of the day stands. */
  closing: CloseView
  slip: Slip
  /** What the core tells of anybody's month, whatever month is asked for. */
  statement: StatementView
  staff: Approvers
  /** What a late entry costs; null: the core has no price for it. */
  late: LateView | null
  settings: SettingsView
  /** What a test of a device finds. */
  tested(test: DeviceTest): TestResult
  /** What an enrolment code says of itself, whatever it is; null: it is none. */
  enrolmentCode: CodeRead | null
  named(name: string): PaperCall[]
  /** Breaks every line, as a dying core does. While `refuse` is true no new line opens. */
  cut(refuse?: boolean): void
  /** Closes every line and each new one with why the core does not start again, as the host does. */
  refuse(notice: Notice): void
  mend(): void
  close(): Promise<void>
}

export async function startPaperCore(options: {
  folder: string
  terminal: TerminalView
  customer: CustomerView
  kiosk?: KioskView
  station?: StationView
}): Promise<PaperCore> {
  const terminal = channel(options.terminal)
  const cashier = channel<CashierView>({ state: 'ready' })
  const customer = channel(options.customer)
  const kiosk = channel(options.kiosk ?? kioskView())
  const rounds = channel<RoundsView>({ today: businessDate.parse('2026-11-20'), rounds: [], scan: null, followUps: [] })
  const station = channel(options.station ?? noStation)
  const neighbour = channel<NeighbourView>(null)
  const calls: PaperCall[] = []
  let refusing: boolean | Notice = false

  const http = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://paper')
    const path = normalize(pathname === '/' ? '/cashier.html' : pathname)
    response.setHeader('Content-Security-Policy', pagePolicy)
    try {
      const body = await readFile(join(options.folder, path))
      response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  const sockets = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    const why = refusing
    if (why === true) socket.destroy()
    else if (why) sockets.handleUpgrade(request, socket, head, opened => opened.close(refusalClose, refusalText(why)))
    else sockets.handleUpgrade(request, socket, head, opened => void handler.upgrade(opened, { context: {} }))
  })

  const core: PaperCore = {
    origin: '',
    terminal,
    cashier,
    customer,
    kiosk,
    rounds,
    station,
    neighbour,
    calls,
    onConfirm: () => ({ result: 'price-changed' }),
    onCall: () => ({ result: 'done' }),
    people: [],
    phoneLink: 'https://elder.example/carer/#till-1/he/k',
    faces: { status: null, portrait: null, slip: [], statement: [] },
    found: [],
    sticks: [],
    faceReport: null,
    earlier: [],
    waiting: [],
    statement: statementView,
    closing: { step: 'nothing', date: businessDate.parse('2026-11-20') },
    slip: [],
    staff: { own: null, others: [] },
    late: null,
    settings: {
      ...{ lead: null, sets: [], defaultSet: '', entrySeconds: null, staffed: true, nameForm: 'title' },
      ...{ customerLanguage: 'zh', contrast: 'normal', staff: [], log: [] },
      textSize: { staff: 100, public: 100 },
      voice: {
        amounts: false,
        names: true,
        volumes: [
          { from: '06:00', volume: 100 },
          { from: '20:00', volume: 60 },
        ],
      },
    },
    tested: test => ({ test, health: 'good', found: 'read', values: {}, at: 0 }),
    enrolmentCode: null,
    named: name => calls.filter(call => call.name === name),
    cut(refuse = false) {
      refusing = refuse
      for (const socket of sockets.clients) socket.terminate()
    },
    refuse(notice) {
      refusing = notice
      for (const socket of sockets.clients) socket.close(refusalClose, refusalText(notice))
    },
    mend() {
      refusing = false
    },
    async close() {
      core.cut(true)
      await new Promise<void>(resolve => {
        http.close(() => resolve())
        http.closeAllConnections()
      })
    },
  }

  function note(name: string, input: unknown): PaperCall {
    const call = { name, input }
    calls.push(call)
    return call
  }
  const answer = (name: string) => (call: { input?: unknown }) => core.onCall(note(name, call.input))

  const api = implement(terminalApi)

  /** Faces on paper: every call is written down; an enrolment takes whatever it is given. */
  function paperFaces() {
    const { face } = api
    const enrolment = '01a1f5ee-4e70-70ec-ad4d-8532449f6db2'
    const record = recordId.parse(enrolment)
    let taken = 0
    return {
      switch: face.switch.handler(answer('face.switch')),
      adoptCalibration: face.adoptCalibration.handler(answer('face.adoptCalibration')),
      report: face.report.handler(() => {
        note('face.report', null)
        return core.faceReport
          ? { result: 'done' as const, report: core.faceReport }
          : { result: 'refused' as const, notice: { code: 'FACE_OFF' as const, values: {} } }
      }),
      model: face.model.handler(() => ({ result: 'done' as const, model: null })),
      modelPart: face.modelPart.handler(() => ({ bytes: '' })),
      begin: face.begin.handler(async ({ input }) => {
        const said = await core.onCall(note('face.begin', input))
        return said.result === 'done' ? { ...said, enrolment } : said
      }),
      consent: face.consent.handler(({ input }) => {
        taken = 0
        return core.onCall(note('face.consent', input))
      }),
      photo: face.photo.handler(async ({ input }) => {
        const said = await core.onCall(note('face.photo', input))
        if (said.result === 'refused') return said
        taken += 1
        return { ...said, taken, needed: 3 }
      }),
      tryOut: face.tryOut.handler(answer('face.tryOut')),
      takePortrait: face.takePortrait.handler(answer('face.takePortrait')),
      finish: face.finish.handler(async ({ input }) => {
        const said = await core.onCall(note('face.finish', input))
        return said.result === 'done' ? { ...said, record, slip: core.faces.slip } : said
      }),
      cancel: face.cancel.handler(answer('face.cancel')),
      status: face.status.handler(({ input }) => {
        note('face.status', input)
        return core.faces.status
      }),
      withdraw: face.withdraw.handler(async ({ input }) => {
        const said = await core.onCall(note('face.withdraw', input))
        const found = { files: 41, bytes: 9_000_000, found: 0 }
        const erasure = { what: input.what, ...found, statement: core.faces.statement }
        return said.result === 'done' ? { ...said, record, erasure } : said
      }),
      look: face.look.handler(answer('face.look')),
      atCamera: face.atCamera.handler(answer('face.atCamera')),
      confirm: face.confirm.handler(answer('face.confirm')),
      notThem: face.notThem.handler(answer('face.notThem')),
      portrait: face.portrait.handler(({ input }) => {
        note('face.portrait', input)
        return { jpeg: core.faces.portrait }
      }),
    }
  }

  function paperKiosk() {
    const { kiosk: page } = implement({ kiosk: kioskApi })
    return {
      watch: page.watch.handler(({ signal }) => kiosk.read(signal)),
      wedgeTyped: page.wedgeTyped.handler(answer('kiosk.wedgeTyped')),
      confirm: page.confirm.handler(({ input }) => {
        note('kiosk.confirm', input)
        return core.onConfirm(input)
      }),
      enterPin: page.enterPin.handler(answer('kiosk.enterPin')),
      takeListPrice: page.takeListPrice.handler(answer('kiosk.takeListPrice')),
      reset: page.reset.handler(answer('kiosk.reset')),
      callHelp: page.callHelp.handler(answer('kiosk.callHelp')),
      endHelp: page.endHelp.handler(answer('kiosk.endHelp')),
      leave: page.leave.handler(answer('kiosk.leave')),
      face: {
        model: page.face.model.handler(() => ({ result: 'done' as const, model: null })),
        modelPart: page.face.modelPart.handler(() => ({ bytes: '' })),
        look: page.face.look.handler(answer('kiosk.face.look')),
        isMe: page.face.isMe.handler(answer('kiosk.face.isMe')),
        isNotMe: page.face.isNotMe.handler(answer('kiosk.face.isNotMe')),
      },
    }
  }

  function paperStation() {
    const { visit } = api
    const refused = { result: 'refused' as const, notice: { code: 'NO_STATION' as const, values: {} } }
    return {
      watch: visit.watch.handler(({ signal }) => station.read(signal)),
      open: visit.open.handler(answer('visit.open')),
      close: visit.close.handler(answer('visit.close')),
      find: visit.find.handler(({ input }) => {
        note('visit.find', input)
        return core.found
      }),
      choose: visit.choose.handler(answer('visit.choose')),
      back: visit.back.handler(answer('visit.back')),
      look: visit.look.handler(answer('visit.look')),
      chooseOrder: visit.chooseOrder.handler(answer('visit.chooseOrder')),
      chooseService: visit.chooseService.handler(answer('visit.chooseService')),
      carer: visit.carer.handler(answer('visit.carer')),
      proxy: visit.proxy.handler(answer('visit.proxy')),
      setProxyPin: visit.setProxyPin.handler(answer('visit.setProxyPin')),
      setCarerPin: visit.setCarerPin.handler(answer('visit.setCarerPin')),
      setCarerPhone: visit.setCarerPhone.handler(async ({ input }) => {
        const said = await core.onCall(note('visit.setCarerPhone', input))
        return said.result === 'done' ? { ...said, link: input.give ? core.phoneLink : null } : said
      }),
      answer: visit.answer.handler(answer('visit.answer')),
      stationCode: visit.stationCode.handler(answer('visit.stationCode')),
      begin: visit.begin.handler(answer('visit.begin')),
      pause: visit.pause.handler(answer('visit.pause')),
      goOn: visit.goOn.handler(answer('visit.goOn')),
      leave: visit.leave.handler(answer('visit.leave')),
      compare: visit.compare.handler(answer('visit.compare')),
      takeListPrice: visit.takeListPrice.handler(answer('visit.takeListPrice')),
      chooseTender: visit.chooseTender.handler(answer('visit.chooseTender')),
      finish: visit.finish.handler(({ input }) => {
        note('visit.finish', input)
        return { result: 'recorded' as const, visit: recordId.parse(input.visit) }
      }),
      rate: visit.rate.handler(answer('visit.rate')),
      takeBack: visit.takeBack.handler(answer('visit.takeBack')),
      priceLate: visit.priceLate.handler(() => refused),
      late: visit.late.handler(answer('visit.late')),
      followUp: visit.followUp.handler(answer('visit.followUp')),
    }
  }

  function tellStatement(name: 'read' | 'ask', input: unknown): StatementTold {
    note(`statement.${name}`, input)
    return { result: 'done', statement: core.statement }
  }

  const handler = new RPCHandler({
    kiosk: paperKiosk(),
    ...api.router({
      watchTerminal: api.watchTerminal.handler(({ signal }) => terminal.read(signal)),
      watchCashier: api.watchCashier.handler(({ signal }) => cashier.read(signal)),
      watchCustomer: api.watchCustomer.handler(({ signal }) => customer.read(signal)),
      payment: {
        split: api.payment.split.handler(answer('payment.split')),
        reference: api.payment.reference.handler(answer('payment.reference')),
      },
      printer: {
        receipt: api.printer.receipt.handler(answer('printer.receipt')),
        lines: api.printer.lines.handler(answer('printer.lines')),
      },
      statement: {
        read: api.statement.read.handler(({ input }) => tellStatement('read', input)),
        ask: api.statement.ask.handler(({ input }) => tellStatement('ask', input)),
        print: api.statement.print.handler(answer('statement.print')),
        revoke: api.statement.revoke.handler(answer('statement.revoke')),
      },
      round: {
        watch: api.round.watch.handler(({ signal }) => rounds.read(signal)),
        print: api.round.print.handler(answer('round.print')),
        enter: api.round.enter.handler(answer('round.enter')),
        followUp: api.round.followUp.handler(answer('round.followUp')),
      },
      neighbour: {
        watch: api.neighbour.watch.handler(({ signal }) => neighbour.read(signal)),
        serve: api.neighbour.serve.handler(answer('neighbour.serve')),
      },
      group: {
        start: api.group.start.handler(answer('group.start')),
        end: api.group.end.handler(answer('group.end')),
        takeOff: api.group.takeOff.handler(answer('group.takeOff')),
        chooseTender: api.group.chooseTender.handler(answer('group.chooseTender')),
        pay: api.group.pay.handler(({ input }) => {
          note('group.pay', input)
          return { result: 'price-changed' as const }
        }),
      },
      proxy: {
        choose: api.proxy.choose.handler(answer('proxy.choose')),
        approve: api.proxy.approve.handler(answer('proxy.approve')),
        register: api.proxy.register.handler(answer('proxy.register')),
        end: api.proxy.end.handler(answer('proxy.end')),
      },
      afterwards: {
        find: api.afterwards.find.handler(({ input }) => {
          note('afterwards.find', input)
          return core.earlier
        }),
        refund: api.afterwards.refund.handler(answer('afterwards.refund')),
        waitingPayments: api.afterwards.waitingPayments.handler(() => core.waiting),
        waitingPayment: api.afterwards.waitingPayment.handler(
          ({ input }) => core.waiting.find(({ of }) => of === input.sale) ?? null,
        ),
        sayPayment: api.afterwards.sayPayment.handler(answer('afterwards.sayPayment')),
        approvers: api.afterwards.approvers.handler(() => core.staff),
        setPin: api.afterwards.setPin.handler(answer('afterwards.setPin')),
        priceLate: api.afterwards.priceLate.handler(({ input }) => {
          note('afterwards.priceLate', input)
          const { late } = core
          if (late) return { result: 'priced' as const, late }
          return {
            result: 'refused' as const,
            notice: { code: 'LATE_TOO_OLD' as const, values: { days: 7, from: '2026-11-13' } },
          }
        }),
        enterLate: api.afterwards.enterLate.handler(({ input }) => {
          note('afterwards.enterLate', input)
          return { result: 'recorded' as const, record: recordId.parse(input.entry), held: input.approval === null }
        }),
      },
      close: {
        look: api.close.look.handler(({ input }) => {
          note('close.look', input)
          return core.closing
        }),
        count: api.close.count.handler(answer('close.count')),
        closeShift: api.close.closeShift.handler(answer('close.closeShift')),
        closeDay: api.close.closeDay.handler(answer('close.closeDay')),
        correct: api.close.correct.handler(answer('close.correct')),
        slip: api.close.slip.handler(({ input }) => {
          note('close.slip', input)
          return { result: 'done' as const, slip: core.slip }
        }),
        printSlip: api.close.printSlip.handler(answer('close.printSlip')),
        tableToStick: api.close.tableToStick.handler(({ input }) => {
          note('close.tableToStick', input)
          return { result: 'done' as const, file: `till-1-${input.date}.csv` }
        }),
      },
      settings: {
        look: api.settings.look.handler(() => core.settings),
        unlock: api.settings.unlock.handler(answer('settings.unlock')),
        lock: api.settings.lock.handler(answer('settings.lock')),
        change: api.settings.change.handler(answer('settings.change')),
        sellOut: api.settings.sellOut.handler(answer('settings.sellOut')),
        test: api.settings.test.handler(({ input }) => {
          note('settings.test', input)
          return core.tested(input.test)
        }),
      },
      setup: {
        read: api.setup.read.handler(({ input }) => {
          note('setup.read', input)
          return core.enrolmentCode
            ? { result: 'read' as const, code: core.enrolmentCode }
            : { result: 'refused' as const, notice: { code: 'ENROLMENT_UNREADABLE' as const, values: {} } }
        }),
        fromStick: api.setup.fromStick.handler(() => ({
          result: 'refused' as const,
          notice: { code: 'ENROLMENT_NO_FILE' as const, values: {} },
        })),
        enrol: api.setup.enrol.handler(answer('setup.enrol')),
        finish: api.setup.finish.handler(answer('setup.finish')),
      },
      codeSeen: api.codeSeen.handler(answer('codeSeen')),
      wedgeTyped: api.wedgeTyped.handler(answer('wedgeTyped')),
      cameraState: api.cameraState.handler(answer('cameraState')),
      chooseCamera: api.chooseCamera.handler(answer('chooseCamera')),
      openShift: api.openShift.handler(answer('openShift')),
      confirmClock: api.confirmClock.handler(answer('confirmClock')),
      chooseSet: api.chooseSet.handler(answer('chooseSet')),
      chooseTender: api.chooseTender.handler(answer('chooseTender')),
      addItem: api.addItem.handler(answer('addItem')),
      removeItem: api.removeItem.handler(answer('removeItem')),
      chooseChannel: api.chooseChannel.handler(answer('chooseChannel')),
      startGuest: api.startGuest.handler(answer('startGuest')),
      priceAsStranger: api.priceAsStranger.handler(answer('priceAsStranger')),
      hold: api.hold.handler(answer('hold')),
      park: api.park.handler(answer('park')),
      takeBack: api.takeBack.handler(answer('takeBack')),
      dropParked: api.dropParked.handler(answer('dropParked')),
      dismiss: api.dismiss.handler(answer('dismiss')),
      confirm: api.confirm.handler(({ input }) => {
        note('confirm', input)
        return core.onConfirm(input)
      }),
      restoreSale: api.restoreSale.handler(answer('restoreSale')),
      voidSale: api.voidSale.handler(answer('voidSale')),
      comparePerson: api.comparePerson.handler(answer('comparePerson')),
      enterPin: api.enterPin.handler(answer('enterPin')),
      takeListPrice: api.takeListPrice.handler(answer('takeListPrice')),
      askProvince: api.askProvince.handler(answer('askProvince')),
      openDesk: api.openDesk.handler(answer('openDesk')),
      openDeskWithCard: api.openDeskWithCard.handler(answer('openDeskWithCard')),
      findSeniors: api.findSeniors.handler(({ input }) => {
        note('findSeniors', input)
        return core.found
      }),
      chooseSenior: api.chooseSenior.handler(answer('chooseSenior')),
      askProvinceByName: api.askProvinceByName.handler(answer('askProvinceByName')),
      bindCard: api.bindCard.handler(answer('bindCard')),
      unbindCard: api.unbindCard.handler(answer('unbindCard')),
      reportCard: api.reportCard.handler(answer('reportCard')),
      setPin: api.setPin.handler(answer('setPin')),
      clearPin: api.clearPin.handler(answer('clearPin')),
      serveSenior: api.serveSenior.handler(answer('serveSenior')),
      syncNow: api.syncNow.handler(answer('syncNow')),
      putLaneVisitsAway: api.putLaneVisitsAway.handler(answer('putLaneVisitsAway')),
      usbSticks: api.usbSticks.handler(() => core.sticks),
      usbOut: api.usbOut.handler(async ({ input }) => {
        const said = await core.onCall(note('usbOut', input))
        return said.result === 'done' ? { ...said, records: 158, left: 0 } : said
      }),
      usbBack: api.usbBack.handler(async ({ input }) => {
        const said = await core.onCall(note('usbBack', input))
        return said.result === 'done' ? { ...said, acknowledged: 158, items: 12, upToDate: true } : said
      }),
      face: paperFaces(),
      visit: paperStation(),
      answerHelp: api.answerHelp.handler(answer('answerHelp')),
      backToKiosk: api.backToKiosk.handler(answer('backToKiosk')),
      simulatedPeople: api.simulatedPeople.handler(() => core.people),
      simulate: api.simulate.handler(answer('simulate')),
    }),
  })

  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return Object.assign(core, { origin: `http://127.0.0.1:${port}` })
}
